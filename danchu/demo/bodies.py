"""The bodies of the illustrative records: opened at real units, closed where a unit ended."""

from danchu.demo.topics import place_name
from danchu.kernel.days import today
from danchu.units.actions import open_bodies
from danchu.units.maps import boundaries
from danchu.units.models import BodySuccession, Standing, Succession

NAMES = {
    "peoples_committee": "Ủy ban nhân dân {}",
    "fatherland_front": "Ủy ban Mặt trận Tổ quốc Việt Nam {}",
    "steering_committee": "Ban Chỉ đạo thực hiện Quy chế dân chủ ở cơ sở {}",
    "peoples_inspection_board": "Ban Thanh tra nhân dân {}",
}
AT = {
    "province": ("peoples_committee", "fatherland_front", "steering_committee"),
    "district": ("peoples_committee", "fatherland_front", "steering_committee"),
    "commune": tuple(NAMES),
}


def open_demo_bodies(city, day, *, by):
    """Open the usual bodies of a city's units of `day` and of today. Returns {(unit id, kind): body
    id}.
    """
    rows = []
    for standing in _standings(city, day):
        for kind in AT.get(standing.unit.level, ()):
            rows.append(
                (
                    standing.unit,
                    kind,
                    NAMES[kind].format(place_name(standing.name)),
                    standing.unit.since,
                )
            )
    bodies = {(body.unit_id, body.kind): body.pk for body in open_bodies(rows, by=by)}
    _succeed(bodies)
    return bodies


def _standings(city, day):
    """One standing for each unit of the city that exists on `day` or today."""
    standings = {}
    for map_day in (day, today()):
        city_id = Standing.objects.on(map_day).get(code=city, unit__level="province").unit_id
        rows = (
            Standing.objects.on(map_day)
            .filter(unit__in=boundaries(map_day).subtree(city_id))
            .select_related("unit")
        )
        for standing in rows.order_by("unit_id"):
            standings.setdefault(standing.unit_id, standing)
    return standings.values()


def _succeed(bodies):
    """Record that the bodies of a merged unit are succeeded by those of the unit it went into."""
    units = {unit for unit, _kind in bodies}
    BodySuccession.objects.bulk_create(
        BodySuccession(
            before_id=bodies[succession.before_id, kind],
            after_id=bodies[succession.after_id, kind],
            on=succession.on,
        )
        for succession in Succession.objects.filter(before__in=units, after__in=units).order_by(
            "pk"
        )
        for kind in NAMES
        if (succession.before_id, kind) in bodies and (succession.after_id, kind) in bodies
    )

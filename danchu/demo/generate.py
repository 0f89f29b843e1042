"""Illustrative records of Hà Nội and Hồ Chí Minh City, 2021 to 12/12/2023, from a fixed seed.

They are at the real communes and districts of that time and add up to the figures of Hà Nội's
published report. The records themselves are invented, and every page of a demo says so.
"""

import random
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.apps import apps
from django.db import connection, transaction

from danchu.casework.loading import load_matters
from danchu.demo.bodies import open_demo_bodies, place_name
from danchu.demo.files import copy_in, write_files
from danchu.demo.halls import hold_conference
from danchu.demo.statements import load_statements
from danchu.demo.topics import TOPICS
from danchu.journal.actions import record
from danchu.kernel.refusals import require
from danchu.register.kinds import KINDS
from danchu.register.models import Event, State
from danchu.units.maps import boundaries
from danchu.units.models import Standing

SEED = 20231212
LAST = date(2023, 12, 12)
# kind, form, rows, first day, level of the recording unit, {number: total over all rows}
HA_NOI = (
    (
        "critique",
        "conference",
        2480,
        date(2021, 1, 4),
        "commune",
        {"participants": 99200, "opinions": 12400, "opinions_accepted": 9300},
    ),
    (
        "opinion_conference",
        "",
        4215,
        date(2021, 1, 4),
        "commune",
        {"participants": 210750, "opinions": 53324, "opinions_accepted": 41012},
    ),
    (
        "supervision_217",
        "delegation",
        24624,
        date(2021, 1, 4),
        "commune",
        {"participants": 123120, "recommended": 18468, "accepted": 15710},
    ),
    (
        "dialogue",
        "periodic",
        1682,
        date(2021, 1, 4),
        "commune",
        {"participants": 134560, "opinions": 16820, "opinions_accepted": 14297},
    ),
    (
        "reception",
        "regular",
        3920,
        date(2022, 1, 4),
        "commune",
        {"participants": 6694, "people": 7312, "matters_first": 5400, "matters_repeat": 1294},
    ),
    ("inspection_round", "", 12567, date(2022, 1, 4), "commune", {"participants": 62835}),
    ("communication", "", 1830, date(2021, 1, 4), "commune", {"participants": 164700}),
    ("training", "", 412, date(2021, 1, 4), "district", {"participants": 28840}),
    ("document", "plan", 655, date(2021, 1, 4), "district", {}),
    ("steering_inspection", "", 148, date(2021, 1, 4), "district", {}),
    ("emulation_launch", "", 36, date(2021, 6, 1), "district", {"participants": 7200}),
)
# After the report: fewer rows, up to a fixed day, so that the last two years can be compared.
AFTER = (
    (
        "critique",
        "conference",
        260,
        {"participants": 9100, "opinions": 1300, "opinions_accepted": 990},
    ),
    (
        "opinion_conference",
        "",
        420,
        {"participants": 20800, "opinions": 5210, "opinions_accepted": 4100},
    ),
    (
        "supervision_217",
        "delegation",
        2100,
        {"participants": 10500, "recommended": 1610, "accepted": 1402},
    ),
    (
        "dialogue",
        "authority",
        380,
        {"participants": 30400, "opinions": 3610, "opinions_accepted": 3180},
    ),
    (
        "reception",
        "regular",
        840,
        {"participants": 1430, "people": 1522, "matters_first": 1120, "matters_repeat": 270},
    ),
    ("inspection_round", "", 1460, {"participants": 7300}),
    ("communication", "", 240, {"participants": 21600}),
    ("document", "regulation", 150, {}),
)
# Records with files of their own: (first day, last day, petitions, eligible, competent, resolved,
# violations found, violations resolved).
FILES = (date(2022, 1, 4), LAST, 5079, 4622, 3907, 3471, 1566, 1446)
FILES_AFTER = (910, 836, 715, 648, 172, 160)
LATER_PERIODS = ((date(2023, 12, 13), date(2025, 6, 30)), (date(2025, 7, 1), date(2026, 10, 30)))
WHOLE_OF = {
    "resolved": "findings",
    "opinions_accepted": "opinions",
    "accepted": "recommended",
    "recommended": "",
    "competent": "eligible",
}


def spread(chance, total, count, ceiling=None):
    """[int] of `count` random whole numbers that add up to `total`; `ceiling` has the maximum of
    each.
    """
    if ceiling is None:
        cuts = sorted(chance.randint(0, total) for _ in range(count - 1))
        return [b - a for a, b in zip([0, *cuts], [*cuts, total], strict=True)]
    pool = [i for i, most in enumerate(ceiling) for _ in range(most)]
    numbers = [0] * count
    for i in chance.sample(pool, total):
        numbers[i] += 1
    return numbers


def _numbers(chance, totals, count):
    columns = {}
    for name, total in totals.items():
        whole = WHOLE_OF.get(name, "")
        if name == "eligible":  # a petition is one row: eligible or not
            ceiling = [1] * count
        elif name == "resolved":
            ceiling = columns.get("findings") or columns.get("competent")
        else:
            ceiling = columns.get(whole)
        columns[name] = spread(chance, total, count, ceiling)
    return columns


def _events(chance, city, places, bodies, plan, factor, last=LAST, mark=""):
    """Yields {field: value} of events between the first day of each row of the plan and `last`;
    `places` is {level: standings}, `factor` scales the numbers.
    """
    instant = datetime(last.year, last.month, last.day, 3, tzinfo=UTC)
    for kind, form, rows, first, level, totals in plan:
        rows = max(1, int(rows * factor))
        columns = _numbers(chance, {n: int(t * factor) for n, t in totals.items()}, rows)
        for i in range(rows):
            place = chance.choice(places[level])
            topic = chance.choice(TOPICS[kind])
            yield dict(
                uid=UUID(int=chance.getrandbits(128), version=4),
                reference=f"MH{mark}-{city}-{kind[:4].upper()}-{i + 1:05d}",
                kind=kind,
                form=form,
                held_on=first + timedelta(days=chance.randrange((last - first).days + 1)),
                unit_id=place.unit_id,
                body_id=bodies[place.unit_id, KINDS[kind].bodies[0]],
                title=f"{topic} tại {place_name(place.name)} (minh họa)",
                state=State.CONFIRMED.value,
                illustrative=True,
                recorded_by="system",
                recorded_at=instant,
                **{n: c[i] for n, c in columns.items()},
            )


def _write(events):
    copy_in(Event, events)


def _conference(chance, city, unit_id, districts, by):
    """The online conference of 2023, whose event is counted from its hall; Hà Nội's has the 20,236
    delegates of the published report.
    """
    uid = UUID(int=chance.getrandbits(128), version=4)
    sizes = [560 + chance.randrange(240) for _ in districts]
    sizes[0] += max(0, 20_236 - sum(sizes)) if city == "01" else 0
    points = [(d.unit_id, f"Điểm cầu {d.name}", n) for d, n in zip(districts, sizes, strict=True)]
    hold_conference(uid, unit_id, points, by=by)


def _places(city, day):
    """{level: standings} of the city on a day."""
    top = Standing.objects.on(day).get(code=city, unit__level="province").unit_id
    inside = (
        Standing.objects.on(day)
        .filter(unit__in=boundaries(day).subtree(top))
        .select_related("unit")
        .order_by("unit_id")
    )
    return {
        level: [s for s in inside if s.unit.level == level] for level in ("commune", "district")
    }


def _analyze():
    """Count the rows for the planner: what follows, and the first pages, come before autovacuum,
    and one that ran meanwhile saw none of them.
    """
    tables = [
        connection.ops.quote_name(model._meta.db_table)
        for room in ("units", "register", "casework", "inspection", "obligations")
        for model in apps.get_app_config(room).get_models()
        if model._meta.managed
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(tables)}")


@transaction.atomic
def generate_demo(*, by):
    """Write the illustrative records; idempotent. Returns how many events are new."""
    require(by.may("import", "conference", None), "Ông/bà không có quyền tạo dữ liệu minh họa.")
    if Event.objects.filter(illustrative=True).exists():
        return 0
    load_matters(by=by)
    chance = random.Random(SEED)
    count = 0
    for city, factor in (("01", 1), ("79", 0.62)):
        unit_id = Standing.objects.on(LAST).get(code=city).unit_id
        places = _places(city, LAST)
        bodies = open_demo_bodies(city, LAST, by=by)
        _write(_events(chance, city, places, bodies, HA_NOI, factor))
        _conference(chance, city, unit_id, places["district"], by)
        write_files(
            chance,
            city,
            places["commune"],
            bodies,
            *FILES[:2],
            *(int(n * factor) for n in FILES[2:]),
        )
        for first, last in LATER_PERIODS:
            plan = [
                (kind, form, rows, first, "commune", totals) for kind, form, rows, totals in AFTER
            ]
            places = _places(city, last)
            _write(_events(chance, city, places, bodies, plan, factor, last, f"{last:%y}"))
            write_files(
                chance,
                city,
                places["commune"],
                bodies,
                first,
                last,
                *(int(n * factor) for n in FILES_AFTER),
            )
    load_statements(LAST, by=by)
    _analyze()
    count = Event.objects.filter(illustrative=True).count()
    record(by, "demo.generated", None, count=count)
    return count

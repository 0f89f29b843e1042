"""The rows a plan without problems stands for. Only `actions.reorganise` keeps them; the dry
run undoes them.
"""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from danchu.kernel.refusals import Refused
from danchu.units.models import (
    Body,
    BodyStanding,
    BodySuccession,
    Decree,
    Standing,
    Succession,
    Unit,
)
from danchu.units.spelling import name_columns


def write(resolved):
    """Write all rows of a plan without problems, inside the caller's transaction. `(decree,
    {key: id})`.
    """
    plan = resolved.plan
    decree = _decree(plan)
    _close(list(resolved.ends), list(resolved.standings), plan.on)
    begun = _begin(resolved)

    def of(unit):
        return begun.get(unit, unit)

    rows = [
        (begun[key], vars(entry), of(parent)) for key, (entry, parent) in resolved.begins.items()
    ]
    rows += [(unit, row, of(row["parent"])) for unit, row in resolved.standings.items()]
    try:
        with transaction.atomic():
            Standing.objects.bulk_create(
                [
                    Standing(
                        unit_id=unit,
                        code=row["code"],
                        kind=row["kind"],
                        parent_id=parent,
                        decree=decree,
                        since=plan.on,
                        **name_columns(row["name"], row["kind"]),
                    )
                    for unit, row, parent in rows
                ]
            )
    except IntegrityError as problem:  # the check told all it knows; the database has the last word
        raise Refused(_("Cơ sở dữ liệu từ chối: {why}").format(why=problem)) from None
    Succession.objects.bulk_create(
        [
            Succession(
                before_id=before,
                after_id=of(after),
                on=plan.on,
                basis=entry.basis,
                decree=decree,
                share_over=share and share.numerator,
                share_under=share and share.denominator,
            )
            for before, after, share, entry in resolved.successions
        ]
    )
    _write_bodies(resolved, of)
    return decree, begun


def _decree(plan):
    known, made = Decree.objects.get_or_create(
        number=plan.number,
        defaults={"title": plan.title, "issued_on": plan.issued_on, "source": plan.source},
    )
    if not made:  # a number met before without its title or day: learn them
        known.title, known.source = known.title or plan.title, known.source or plan.source
        known.issued_on = known.issued_on or plan.issued_on
        known.save(update_fields=["title", "issued_on", "source"])
    return known


def _close(ended, restood, on):
    Unit.objects.filter(pk__in=ended).update(until=on)
    Standing.objects.filter(unit__in=ended + restood, until=None).update(until=on)
    bodies = Body.objects.filter(unit__in=ended, until=None)
    BodyStanding.objects.filter(body__in=bodies.values("pk"), until=None).update(until=on)
    bodies.update(until=on)


def _begin(resolved):
    entries = [entry for entry, _parent in resolved.begins.values()]
    units = Unit.objects.bulk_create(
        [Unit(level=entry.level, since=resolved.plan.on) for entry in entries]
    )
    return {entry.key: unit.pk for entry, unit in zip(entries, units, strict=True)}


def _write_bodies(resolved, of):
    on = resolved.plan.on
    old = {}
    for body in Body.objects.filter(unit__in=list(resolved.ends), until=on).order_by("pk"):
        old.setdefault((body.unit_id, body.kind), []).append(body)
    bodies = Body.objects.bulk_create(
        [
            Body(unit_id=of(unit), kind=entry.kind, since=on)
            for unit, entry, _origins in resolved.bodies
        ]
    )
    told = list(zip(bodies, resolved.bodies, strict=True))
    BodyStanding.objects.bulk_create(
        [BodyStanding(body=body, name=row[1].name, since=on) for body, row in told]
    )
    BodySuccession.objects.bulk_create(
        [
            BodySuccession(before=before, after=body, on=on)
            for body, (_unit, entry, origins) in told
            for origin in dict.fromkeys(origins)
            for before in old.get((origin, entry.kind), [])
        ]
    )

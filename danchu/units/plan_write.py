"""Writes the rows of a plan without problems. `actions.reorganise` keeps them; the dry run rolls
them back.
"""

from collections.abc import Callable
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from danchu.kernel.chronicle import UnitId
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
from danchu.units.plan_entries import Plan
from danchu.units.plan_references import Reference, Resolved
from danchu.units.spelling import name_columns

IdOf = Callable[[Reference], UnitId]


def write(resolved: Resolved) -> tuple[Decree, dict[str, UnitId]]:
    """Write all rows of a plan without problems, inside the caller's transaction; (decree, {key:
    id} of the units that begin). Refused where the database refuses a standing.
    """
    plan = resolved.plan
    decree = _decree(plan)
    _close(list(resolved.ends), list(resolved.standings), plan.on)
    begun = _begin(resolved)

    def id_of(unit: Reference) -> UnitId:
        return begun[unit] if isinstance(unit, str) else unit

    def standing(
        unit: UnitId, name: str, code: str, kind: str, parent: Reference | None
    ) -> Standing:
        return Standing(
            unit_id=unit,
            code=code,
            kind=kind,
            parent_id=None if parent is None else id_of(parent),
            decree=decree,
            since=plan.on,
            **name_columns(name, kind),
        )

    standings = [
        standing(begun[key], entry.name, entry.code, entry.kind, parent)
        for key, (entry, parent) in resolved.begins.items()
    ]
    standings += [
        standing(unit, new.name, new.code, new.kind, new.parent)
        for unit, new in resolved.standings.items()
    ]
    try:
        with transaction.atomic():
            Standing.objects.bulk_create(standings)
    except IntegrityError as problem:  # another transaction wrote since the check
        raise Refused(_("Cơ sở dữ liệu từ chối: {why}").format(why=problem)) from None
    Succession.objects.bulk_create(
        [
            Succession(
                before_id=before,
                after_id=id_of(after),
                on=plan.on,
                basis=entry.basis,
                decree=decree,
                share_over=None if share is None else share.numerator,
                share_under=None if share is None else share.denominator,
            )
            for before, after, share, entry in resolved.successions
        ]
    )
    _write_bodies(resolved, id_of)
    return decree, begun


def _decree(plan: Plan) -> Decree:
    """The decree of the plan. One that is known without its title, source or day gets them."""
    decree, is_new = Decree.objects.get_or_create(
        number=plan.number,
        defaults={"title": plan.title, "issued_on": plan.issued_on, "source": plan.source},
    )
    if not is_new:
        decree.title = decree.title or plan.title
        decree.source = decree.source or plan.source
        decree.issued_on = decree.issued_on or plan.issued_on
        decree.save(update_fields=["title", "issued_on", "source"])
    return decree


def _close(ended: list[UnitId], restood: list[UnitId], on: date) -> None:
    """End units with their standings and bodies, and the standings of those that change."""
    Unit.objects.filter(pk__in=ended).update(until=on)
    Standing.objects.filter(unit__in=ended + restood, until=None).update(until=on)
    bodies = Body.objects.filter(unit__in=ended, until=None)
    BodyStanding.objects.filter(body__in=bodies.values("pk"), until=None).update(until=on)
    bodies.update(until=on)


def _begin(resolved: Resolved) -> dict[str, UnitId]:
    """`{key: id}` of the units that begin."""
    entries = [entry for entry, _parent in resolved.begins.values()]
    units = Unit.objects.bulk_create(
        [Unit(level=entry.level, since=resolved.plan.on) for entry in entries]
    )
    return {entry.key: unit.pk for entry, unit in zip(entries, units, strict=True)}


def _write_bodies(resolved: Resolved, id_of: IdOf) -> None:
    """Open the bodies, each as successor of those of its kind at its units of origin."""
    on = resolved.plan.on
    old: dict[tuple[Reference | None, str], list[Body]] = {}
    for body in Body.objects.filter(unit__in=list(resolved.ends), until=on).order_by("pk"):
        old.setdefault((body.unit_id, body.kind), []).append(body)
    bodies = Body.objects.bulk_create(
        [
            Body(unit_id=id_of(unit), kind=entry.kind, since=on)
            for unit, entry, _origins in resolved.bodies
        ]
    )
    opened = list(zip(bodies, resolved.bodies, strict=True))
    BodyStanding.objects.bulk_create(
        [BodyStanding(body=body, name=row[1].name, since=on) for body, row in opened]
    )
    BodySuccession.objects.bulk_create(
        [
            BodySuccession(before=before, after=body, on=on)
            for body, (_unit, entry, origins) in opened
            for origin in dict.fromkeys(origins)
            for before in old.get((origin, entry.kind), [])
        ]
    )

"""Writes the rows of a plan that has no problems. `actions.reorganise` commits them, the dry run
rolls them back.
"""

from collections.abc import Callable
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from danchu.kernel.chronicle import UnitId
from danchu.kernel.refusals import Refused
from danchu.units.models import (
    Body,
    BodyCode,
    BodyStanding,
    BodySuccession,
    Decree,
    Standing,
    Succession,
    Unit,
)
from danchu.units.plan_entries import Plan
from danchu.units.plan_references import Reference, ResolvedPlan
from danchu.units.spelling import name_columns

IdOf = Callable[[Reference], UnitId]


def write(resolved_plan: ResolvedPlan) -> tuple[Decree, dict[str, UnitId]]:
    """Write all rows of a plan that has no problems, inside the caller's transaction. Returns
    (decree, {key: id} of the units that begin). Refused where a constraint rejects a standing.
    """
    plan = resolved_plan.plan
    decree = _decree(plan)
    _close(list(resolved_plan.ends), list(resolved_plan.standings), plan.on)
    new_ids = _begin(resolved_plan)

    def id_of(unit: Reference) -> UnitId:
        return new_ids[unit] if isinstance(unit, str) else unit

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
        standing(new_ids[key], entry.name, entry.code, entry.kind, parent)
        for key, (entry, parent) in resolved_plan.begins.items()
    ]
    standings += [
        standing(unit, change.name, change.code, change.kind, change.parent)
        for unit, change in resolved_plan.standings.items()
    ]
    try:
        with transaction.atomic():
            Standing.objects.bulk_create(standings)
    except IntegrityError as error:  # another transaction wrote after the check
        raise Refused(_("Cơ sở dữ liệu từ chối: {why}").format(why=error)) from None
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
            for before, after, share, entry in resolved_plan.successions
        ]
    )
    _write_bodies(resolved_plan, id_of)
    return decree, new_ids


def _decree(plan: Plan) -> Decree:
    """The decree of the plan; an existing one gets the title, source or day it lacks."""
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


def _close(ended_units: list[UnitId], changed_units: list[UnitId], on: date) -> None:
    """End the units with their standings and bodies, and the present standings of those that
    change.
    """
    Unit.objects.filter(pk__in=ended_units).update(until=on)
    Standing.objects.filter(unit__in=ended_units + changed_units, until=None).update(until=on)
    bodies = Body.objects.filter(unit__in=ended_units).exclude(until__lte=on)
    ended_bodies = list(bodies.values_list("pk", flat=True))
    BodyStanding.objects.filter(body__in=ended_bodies).exclude(until__lte=on).update(until=on)
    BodyCode.objects.filter(body__in=ended_bodies).exclude(until__lte=on).update(until=on)
    Body.objects.filter(pk__in=ended_bodies).update(until=on)


def _begin(resolved_plan: ResolvedPlan) -> dict[str, UnitId]:
    """Write the units that begin; `{key: id}` of them."""
    entries = [entry for entry, _parent in resolved_plan.begins.values()]
    units = Unit.objects.bulk_create(
        [Unit(level=entry.level, since=resolved_plan.plan.on) for entry in entries]
    )
    return {entry.key: unit.pk for entry, unit in zip(entries, units, strict=True)}


def _write_bodies(resolved_plan: ResolvedPlan, id_of: IdOf) -> None:
    """Write the bodies that begin, each as the successor of the bodies of its kind at its units of
    origin.
    """
    on = resolved_plan.plan.on
    closed_bodies: dict[tuple[Reference | None, str], list[Body]] = {}
    for body in Body.objects.filter(unit__in=list(resolved_plan.ends), until=on).order_by("pk"):
        closed_bodies.setdefault((body.unit_id, body.kind), []).append(body)
    bodies = Body.objects.bulk_create(
        [
            Body(unit_id=id_of(unit), kind=entry.kind, since=on)
            for unit, entry, _origins in resolved_plan.bodies
        ]
    )
    opened = list(zip(bodies, resolved_plan.bodies, strict=True))
    BodyStanding.objects.bulk_create(
        [BodyStanding(body=body, name=row[1].name, since=on) for body, row in opened]
    )
    BodySuccession.objects.bulk_create(
        [
            BodySuccession(before=before, after=body, on=on)
            for body, (_unit, entry, origins) in opened
            for origin in dict.fromkeys(origins)
            for before in closed_bodies.get((origin, entry.kind), [])
        ]
    )

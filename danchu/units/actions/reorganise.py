"""A whole reorganisation in one act, or not at all."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.boundaries import Boundaries
from danchu.kernel.chronicle import UnitId
from danchu.kernel.refusals import Refused, require
from danchu.units.maps import boundaries
from danchu.units.models import Reorganisation
from danchu.units.plan_check import resolve
from danchu.units.plan_entries import Plan
from danchu.units.plan_write import write
from danchu.units.sources_load import lock_map


@transaction.atomic
def reorganise_units(plan: Plan, *, by: Acting) -> Reorganisation:
    """Apply the plan under its decree. Refused, with every problem, when it does not fit the map,
    and when a file of the same hash was applied before. Denied without the right to reorganise
    every unit it touches.
    """
    lock_map()
    resolved = resolve(plan)
    if resolved.problems:
        raise Refused("\n".join(resolved.problems))
    require(
        all(by.may("reorganise", "unit", unit) for unit in resolved.touched),
        _("Ông/bà không có quyền sắp xếp mọi đơn vị trong tệp này."),
    )
    above = _nearest_common(boundaries(plan.on), resolved.touched)
    decree, begun = write(resolved)
    reorganisation = Reorganisation.objects.create(
        decree=decree,
        on=plan.on,
        file_hash=plan.file_hash,
        text=plan.text,
        applied_by=by.name or by.key,
    )
    record(
        by,
        "units.reorganised",
        reorganisation,
        unit=above,
        decree=plan.number,
        on=plan.on,
        file_hash=plan.file_hash,
        ended=sorted(resolved.ends),
        begun=sorted(begun.values()),
        restood=sorted(resolved.standings),
    )
    return reorganisation


def _nearest_common(chart: Boundaries, units: Iterable[UnitId]) -> UnitId | None:
    """The lowest unit that all these lie in on the map; None when there is none."""
    common: list[UnitId] | None = None
    for unit in units:
        line = [unit, *chart.ancestors(unit)]
        common = line if common is None else [above for above in common if above in line]
    return common[0] if common else None

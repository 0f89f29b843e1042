"""The act that applies a whole reorganisation in one transaction."""

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
    """Apply the plan under its decree. Refused, listing every problem, when it does not fit the map
    or a file with the same hash was applied before. Denied without the right to reorganise every
    unit it affects.
    """
    lock_map()
    resolved_plan = resolve(plan)
    if resolved_plan.problems:
        raise Refused("\n".join(resolved_plan.problems))
    require(
        all(by.may("reorganise", "unit", unit) for unit in resolved_plan.touched),
        _("Ông/bà không có quyền sắp xếp mọi đơn vị trong tệp này."),
    )
    common_unit = _lowest_common(boundaries(plan.on), resolved_plan.touched)
    decree, new_ids = write(resolved_plan)
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
        unit=common_unit,
        decree=plan.number,
        on=plan.on,
        file_hash=plan.file_hash,
        ended=sorted(resolved_plan.ends),
        begun=sorted(new_ids.values()),
        restood=sorted(resolved_plan.standings),
    )
    return reorganisation


def _lowest_common(chart: Boundaries, units: Iterable[UnitId]) -> UnitId | None:
    """The lowest unit of the map that contains all `units`; None when there is none."""
    ancestors: list[UnitId] | None = None
    for unit in units:
        lineage = [unit, *chart.ancestors(unit)]
        ancestors = (
            lineage
            if ancestors is None
            else [ancestor for ancestor in ancestors if ancestor in lineage]
        )
    return ancestors[0] if ancestors else None

"""A whole reorganisation in one act, or not at all."""

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.refusals import Refused, require
from danchu.units.maps import boundaries
from danchu.units.models import Reorganisation
from danchu.units.plan_check import resolve
from danchu.units.plan_write import write
from danchu.units.sources_load import lock_map


@transaction.atomic
def reorganise_units(plan, *, by):
    """Apply the plan under its decree. Refused, with every problem, when it does not fit the map; a
    second time it is refused by the hash of its file, whoever sends it at the same moment.
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
    done = Reorganisation.objects.create(
        decree=decree,
        on=plan.on,
        file_hash=plan.file_hash,
        text=plan.text,
        applied_by=by.name or by.key,
    )
    record(
        by,
        "units.reorganised",
        done,
        unit=above,
        decree=plan.number,
        on=plan.on,
        file_hash=plan.file_hash,
        ended=sorted(resolved.ends),
        begun=sorted(begun.values()),
        restood=sorted(resolved.standings),
    )
    return done


def _nearest_common(chart, units):
    """The lowest unit that all these lie in on the map; None when there is none."""
    common = None
    for unit in units:
        line = [unit, *chart.ancestors(unit)]
        common = line if common is None else [above for above in common if above in line]
    return common[0] if common else None

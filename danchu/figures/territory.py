"""The recorded units whose rows count at a unit on the map of a day."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from danchu.figures.among import Ids, array
from danchu.kernel.boundaries import Placing
from danchu.kernel.chronicle import RANK, UnitId
from danchu.kernel.parts import Amount
from danchu.kernel.refusals import Refused
from danchu.units.maps import boundaries


def sources_of(unit_id: UnitId, map_day: date, own: str = "") -> tuple[Placing, Ids | None]:
    """(`{recorded unit: share}` of the unit, the recorded units to filter by: None for the nation,
    at which all rows count); with `own` (a level) of what counts at none of its units of that
    level. Refused, on "map", for a unit that is not on the map, and on "own" for a level that is
    not below it.
    """
    chart = boundaries(map_day)
    if own and RANK.get(own, 0) <= RANK[chart.level_of(unit_id)]:
        raise Refused(
            _("Phần ghi tại chính nơi này: hãy chọn một cấp thấp hơn, như commune, village."), "own"
        )
    shares = chart.sources(unit_id, own or None)
    if not shares:
        raise Refused(
            _("Đơn vị này không có trên bản đồ của ngày đã chọn. Hãy chọn ngày khác."), "map"
        )
    is_whole_nation = not own and chart.level_of(unit_id) == "nation"
    return shares, None if is_whole_nation else array(shares)


def open_shares_of(unit_id: UnitId, map_day: date, own: str = "") -> Mapping[UnitId, Amount]:
    """`{recorded unit: most of it that may count at the unit beside its share}`, of those that were
    divided without agreed shares.
    """
    return boundaries(map_day).open_sources(unit_id, own or None)

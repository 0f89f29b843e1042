"""Consistency rules of the map, checked by `danchu verify` with one query for each rule."""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.kernel.chronicle import LEVELS, WHOLE, Share, UnitId
from danchu.units.models import Succession
from danchu.units.names_changed import ABSORBED

# (table, fault, query for the ids of the faulty units)
RULES = (
    (
        "units_standing",
        gettext_lazy("có ngày tồn tại mà không có tên, hoặc có tên khi không tồn tại"),
        """
        SELECT u.id FROM units_unit u LEFT JOIN units_standing s ON s.unit_id = u.id GROUP BY u.id
        HAVING COALESCE(range_agg(daterange(s.since, s.until)), '{}')
            <> datemultirange(daterange(u.since, u.until))
    """,
    ),
    (
        "units_standing",
        gettext_lazy("thuộc một đơn vị không tồn tại trong cùng thời gian"),
        """
        SELECT s.unit_id FROM units_standing s JOIN units_unit p ON p.id = s.parent_id
        WHERE NOT daterange(p.since, p.until) @> daterange(s.since, s.until)
    """,
    ),
    (
        "units_standing",
        gettext_lazy("thuộc một đơn vị không phải cấp trên"),
        """
        SELECT u.id FROM units_standing s JOIN units_unit u ON u.id = s.unit_id LEFT JOIN
            units_unit p ON p.id = s.parent_id
        WHERE (p.id IS NULL) <> (u.level = 'nation') OR array_position(%(levels)s::varchar[],
            p.level) >=
            array_position(%(levels)s::varchar[], u.level)
    """,
    ),
    (
        "units_succession",
        gettext_lazy("kết thúc hoặc bắt đầu không đúng ngày kế thừa"),
        """
        SELECT c.before_id FROM units_succession c
        JOIN units_unit b ON b.id = c.before_id JOIN units_unit a ON a.id = c.after_id
        WHERE b.until IS DISTINCT FROM c.on OR NOT daterange(a.since, a.until) @> c.on
           OR (a.since < c.on AND c.basis <> %(absorbed)s AND
               array_position(%(levels)s::varchar[], a.level) >=
               array_position(%(levels)s::varchar[], b.level))
    """,
    ),
    (
        "units_body",
        gettext_lazy("có tổ chức hoạt động khi đơn vị không tồn tại"),
        """
        SELECT u.id FROM units_body b JOIN units_unit u ON u.id = b.unit_id
        WHERE NOT daterange(u.since, u.until) @> daterange(b.since, b.until)
    """,
    ),
)


def map_problems() -> Iterator[tuple[str, str]]:
    """(place, message) for every violation of a rule of the map; none when it is consistent."""
    for table, message, query in RULES:
        with connection.cursor() as cursor:
            cursor.execute(query, {"levels": list(LEVELS), "absorbed": ABSORBED})
            for (unit,) in cursor.fetchall():
                yield f"{table}, {_('đơn vị')} {unit}", str(message)
    yield from _shares()


def _shares() -> Iterator[tuple[str, str]]:
    """(place, message) of the units whose shares are agreed only in part or do not add up to 1."""
    shares: dict[UnitId, list[Share]] = defaultdict(list)
    for succession in Succession.objects.all().iterator():
        shares[succession.before_id].append(succession.share)
    for unit, parts in shares.items():
        agreed = [share for share in parts if share is not None]
        if agreed and (len(agreed) < len(parts) or sum(agreed, Fraction(0)) != WHOLE):
            yield (
                f"units_succession, {_('đơn vị')} {unit}",
                _("các tỷ lệ không cộng lại đúng bằng 1"),
            )

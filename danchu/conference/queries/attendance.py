"""How the delegates of a conference are counted, by bridge point
(docs/decisions/0009-live-hall.md).

A bridge point counts the largest number of heads its desk entered; one without a count counts its
delegates who were there at any time. Delegates of no bridge point count at the unit that holds the
conference. Nobody counts twice.
"""

from django.db import connection
from django.utils.translation import gettext as _

from danchu.conference.models import BridgePoint, HeadCount

# Everyone whose arrival was recorded, or who had a line, before the instant; by the point where
# they were last recorded, else their own.
_CAME = """
WITH noted AS (
    SELECT DISTINCT ON (a.delegate_id) a.delegate_id AS delegate, a.point_id AS point FROM
        conference_attendance a
    JOIN conference_delegate d ON d.id = a.delegate_id
    WHERE d.conference_id = %(conference)s AND a.movement = 'arrived' AND a.at <= %(until)s ORDER
        BY a.delegate_id, a.at DESC, a.id DESC
), heard AS (
    SELECT DISTINCT p.delegate_id AS delegate FROM conference_line l JOIN conference_pass p ON
        p.id = l.pass_in_id
    WHERE p.conference_id = %(conference)s AND p.delegate_id IS NOT NULL AND l.opened_at <=
        %(until)s AND (l.closed_at IS NULL OR l.closed_at >= %(since)s)
)
SELECT coalesce(n.point, d.point_id), count(*) FROM conference_delegate d LEFT JOIN noted n ON
    n.delegate = d.id
WHERE d.conference_id = %(conference)s AND (n.delegate IS NOT NULL OR d.id IN (SELECT delegate
    FROM heard)) GROUP BY 1
"""


def attendance_by_place(conference, until):
    """[(unit, name, number)] in the order of the bridge points, without those that nobody attended.
    Three queries.
    """
    heads = {}
    for point, count in HeadCount.objects.filter(
        point__conference=conference, at__lte=until
    ).values_list("point_id", "count"):
        heads[point] = max(count, heads.get(point, 0))
    with connection.cursor() as cursor:
        cursor.execute(
            _CAME,
            {"conference": conference.pk, "until": until, "since": conference.opened_at or until},
        )
        number_by_point = dict(cursor.fetchall())
    rows = [
        (point.unit, point.name, heads.get(point.pk) or number_by_point.get(point.pk, 0))
        for point in BridgePoint.objects.filter(conference=conference)
        .select_related("unit")
        .order_by("position", "pk")
    ]
    rows.append(
        (conference.unit, _("Dự từ xa, không thuộc điểm cầu"), number_by_point.get(None, 0))
    )
    return [row for row in rows if row[2]]

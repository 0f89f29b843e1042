"""Who is in the hall at an instant, reconstructed from recorded attendance and open lines.

A delegate is in when their last recorded movement is an arrival, or when a device of theirs has a
line; each counts once. A room counts by the heads its desk entered; these include its delegates
without a device.
"""

from django.db import connection

from danchu.conference.models import Attendance
from danchu.conference.words import Movement
from danchu.kernel.days import now

# Common table expressions: `present` (delegate) and `heads` (point, count) of a conference at an
# instant. Lines of a hub that died end where it was last seen. A delegate's last movement up to the
# instant decides.
IN_HALL = """
WITH heard AS (
    SELECT p.delegate_id AS delegate FROM conference_line l JOIN conference_hub h ON h.uid =
        l.hub_id JOIN conference_pass p ON p.id = l.pass_in_id
    WHERE p.conference_id = %(conference)s AND p.delegate_id IS NOT NULL AND l.opened_at <= %(at)s
      AND (l.closed_at > %(at)s OR l.closed_at IS NULL AND h.seen_at + interval '15 seconds' >=
          %(at)s)
), noted AS (
    SELECT DISTINCT ON (a.delegate_id) a.delegate_id AS delegate, a.movement, a.point_id AS point
        FROM conference_attendance a
    JOIN conference_delegate d ON d.id = a.delegate_id WHERE d.conference_id = %(conference)s AND
        a.at <= %(at)s
    ORDER BY a.delegate_id, a.at DESC, a.id DESC
), present AS (
    SELECT delegate FROM heard UNION SELECT delegate FROM noted WHERE movement = 'arrived'
), heads AS (
    SELECT DISTINCT ON (c.point_id) c.point_id AS point, c.count FROM conference_headcount c
    JOIN conference_bridgepoint b ON b.id = c.point_id WHERE b.conference_id = %(conference)s AND
        c.at <= %(at)s
    ORDER BY c.point_id, c.at DESC, c.id DESC
)
"""
_TOTAL = """
SELECT (SELECT count(*) FROM present), (SELECT count(DISTINCT delegate) FROM heard), (SELECT
    coalesce(sum(count), 0) FROM heads),
       (SELECT count(*) FROM heads WHERE count > 0)
"""
# Delegates sit where they were last recorded, else at their own point.
_BY_POINT = """
, seated AS (
    SELECT coalesce(n.point, d.point_id) AS point, count(*) AS number FROM present p JOIN
        conference_delegate d ON d.id = p.delegate
    LEFT JOIN noted n ON n.delegate = d.id GROUP BY 1
)
SELECT b.id, coalesce(h.count, 0), coalesce(s.number, 0) FROM conference_bridgepoint b LEFT JOIN
    heads h ON h.point = b.id
LEFT JOIN seated s ON s.point = b.id WHERE b.conference_id = %(conference)s ORDER BY b.position,
    b.id
"""


def _rows(select, conference, at):
    with connection.cursor() as cursor:
        cursor.execute(IN_HALL + select, {"conference": conference.pk, "at": at})
        return cursor.fetchall()


def present_at(conference, at):
    """{"delegates": delegates who are in, "online": of them with a line, "heads": counted in rooms,
    "rooms": rooms with heads}. One query.
    """
    ((delegates, online, heads, rooms),) = _rows(_TOTAL, conference, at)
    return {"delegates": delegates, "online": online, "heads": int(heads), "rooms": rooms}


def present_now(conference):
    """As `present_at`, now."""
    return present_at(conference, now())


def present_by_point(conference, at):
    """{bridge point id: (heads counted, delegates who are in)} at the instant. One query."""
    return {
        point: (heads, delegates) for point, heads, delegates in _rows(_BY_POINT, conference, at)
    }


def noted_as_present(delegates, at):
    """The ids of those of the delegates whose last recorded movement up to the instant is an
    arrival.
    """
    rows = (
        Attendance.objects.filter(delegate__in=delegates, at__lte=at)
        .order_by("at", "pk")
        .values_list("delegate_id", "movement")
    )
    return {delegate for delegate, movement in dict(rows).items() if movement == Movement.ARRIVED}

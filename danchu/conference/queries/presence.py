"""Who is in the hall at an instant: reconstructed from what was noted and from the lines that were
open.

A delegate is in when the last that was noted of him is that he came, or when a device of his has a
line: one person once. A room counts by the heads its desk gave; where a room gave a count, its
delegates without a device are among those heads.
"""

from django.db import connection

from danchu.conference.models import Attendance
from danchu.conference.words import Movement
from danchu.kernel.days import now

# `present` (delegate) and `heads` (point, count) of a conference at an instant, to be asked
# further. Lines of a hub that died end where it was last seen. The last word on a delegate is his
# last attendance up to the instant.
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
# A delegate sits where he was last noted, else at his own point.
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


def _asked(question, conference, at):
    with connection.cursor() as cursor:
        cursor.execute(IN_HALL + question, {"conference": conference.pk, "at": at})
        return cursor.fetchall()


def present_at(conference, at):
    """{"delegates": persons known to be in, "online": of them with a line, "heads": in rooms as
    counted, "rooms": rooms with heads}
    """
    ((delegates, online, heads, rooms),) = _asked(_TOTAL, conference, at)
    return {"delegates": delegates, "online": online, "heads": int(heads), "rooms": rooms}


def present_now(conference):
    """As `present_at`, at this instant."""
    return present_at(conference, now())


def present_by_point(conference, at):
    """{bridge point id: (heads counted, delegates known to be in)} at the instant."""
    return {
        point: (heads, delegates) for point, heads, delegates in _asked(_BY_POINT, conference, at)
    }


def noted_in(delegates, at):
    """Of these delegates the ids of those whose last note up to the instant is that they came."""
    rows = (
        Attendance.objects.filter(delegate__in=delegates, at__lte=at)
        .order_by("at", "pk")
        .values_list("delegate_id", "movement")
    )
    return {delegate for delegate, movement in dict(rows).items() if movement == Movement.ARRIVED}

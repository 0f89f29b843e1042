"""What is open follows the law: counted again after every change, in one question; what is
closed never changes.
"""

from django.db import connection, transaction
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.refusals import require
from danchu.law.book import book
from danchu.obligations.outlook import moves

# All rows of one rule, event and due day move together. Only open ones, and of these only those
# that change.
MOVE = """
UPDATE obligations_obligation AS o SET due_on = m.to_day, rule_id = m.to_rule, calendar = %s
FROM unnest(%s::bigint[], %s::date[], %s::date[], %s::date[], %s::bigint[]) AS m (rule, event,
    due, to_day, to_rule)
WHERE o.state = 'open' AND o.rule_id = m.rule AND o.event_on = m.event AND o.due_on = m.due
"""


@transaction.atomic
def change_law(change, *, by):
    """`change()` of a rule or of the calendar, and with it every open due day that follows, or
    neither.

    Returns what `change` returned and how many due days moved.
    """
    require(by.may("correct", "law", None), _("Ông/bà không có quyền thay đổi quy tắc."))
    made = change()
    changed, moved = _recount()
    record(
        by,
        "obligations.recounted",
        None,
        changed=changed,
        moved=moved,
        calendar=book().calendar.version,
    )
    return made, moved


@transaction.atomic
def recount_obligations(*, by):
    """Work out the open ones again, by the rules and the calendar of today; how many days moved."""
    require(by.may("correct", "law", None), _("Ông/bà không có quyền tính lại thời hạn."))
    changed, moved = _recount()
    if changed:
        record(
            by,
            "obligations.recounted",
            None,
            changed=changed,
            moved=moved,
            calendar=book().calendar.version,
        )
    return moved


def _recount():
    """(rows changed, due days moved)"""
    now = book()
    found = list(moves(now))
    if not found:
        return 0, 0
    columns = list(
        zip(*((m.rule, m.event_on, m.due_on, m.to_day, m.to_rule) for m in found), strict=True)
    )
    with connection.cursor() as cursor:
        cursor.execute(MOVE, [now.calendar.version, *map(list, columns)])
        changed = cursor.rowcount
    return changed, sum(m.number for m in found if m.to_day != m.due_on)

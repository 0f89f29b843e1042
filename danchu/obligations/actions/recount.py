"""Due days of open obligations are recomputed after every change of the law, in one UPDATE. Each
that moves is written as a Revision. Closed obligations never change: what would be right now is
written beside them.
"""

from collections.abc import Callable
from typing import TypeVar

from django.db import connection, transaction
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import now
from danchu.kernel.refusals import require
from danchu.law.book import book
from danchu.law.models import RuleVersion
from danchu.obligations.actions.revising import revise_closed
from danchu.obligations.misjudged import calendar_words, correction_words
from danchu.obligations.outlook import moves

Result = TypeVar("Result")

# What moves is written beside its new due day before it is moved, so that no due day changes
# silently. The reason is that of its group.
REVISE = """
INSERT INTO obligations_revision (obligation_id, unit_id, reason, state, is_applied, from_rule_id,
    from_event, from_due, to_rule_id, to_event, to_due, calendar, made_by, made_at)
SELECT o.id, o.unit_id, m.reason, o.state, true, o.rule_id, o.event_on, o.due_on, m.to_rule,
    o.event_on, m.to_day, %s, %s, %s
FROM obligations_obligation AS o JOIN unnest(%s::bigint[], %s::date[], %s::date[], %s::date[],
    %s::bigint[], %s::text[]) AS m (rule, event, due, to_day, to_rule, reason)
    ON o.rule_id = m.rule AND o.event_on = m.event AND o.due_on = m.due
WHERE o.state = 'open' AND m.due <> m.to_day
ORDER BY o.id FOR UPDATE OF o
"""
# Rows with the same rule, event and due day are updated together: only open ones, and of these
# only those that change.
MOVE = """
UPDATE obligations_obligation AS o SET due_on = m.to_day, rule_id = m.to_rule, calendar = %s
FROM unnest(%s::bigint[], %s::date[], %s::date[], %s::date[], %s::bigint[]) AS m (rule, event,
    due, to_day, to_rule)
WHERE o.state = 'open' AND o.rule_id = m.rule AND o.event_on = m.event AND o.due_on = m.due
"""


@transaction.atomic
def change_law(change: Callable[[], Result], *, by: Acting) -> tuple[Result, int]:
    """Run `change()`, which changes a rule or the calendar, and in the same transaction recompute
    every open due day and write beside the closed ones what would be right now.

    Returns the result of `change` and the number of due days that moved.
    """
    require(by.may("correct", "law", None), _("Ông/bà không có quyền thay đổi quy tắc."))
    result = change()
    changed, moved = _recount(by)
    record(
        by,
        "obligations.recounted",
        None,
        changed=changed,
        moved=moved,
        calendar=book().calendar.version,
    )
    revise_closed(by=by)
    return result, moved


@transaction.atomic
def recount_obligations(*, by: Acting) -> int:
    """Recompute the open due days by today's rules and calendar; returns how many moved."""
    require(by.may("correct", "law", None), _("Ông/bà không có quyền tính lại thời hạn."))
    changed, moved = _recount(by)
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


def _recount(by):
    """(rows changed, due days moved)"""
    law = book()
    changes = list(moves(law))
    if not changes:
        return 0, 0
    columns = list(
        zip(*((m.rule, m.event_on, m.due_on, m.to_day, m.to_rule) for m in changes), strict=True)
    )
    reasons = _reasons(changes)
    with connection.cursor() as cursor:
        cursor.execute(REVISE, [law.calendar.version, by.key, now(), *map(list, columns), reasons])
        cursor.execute(MOVE, [law.calendar.version, *map(list, columns)])
        changed = cursor.rowcount
    return changed, sum(m.number for m in changes if m.to_day != m.due_on)


def _reasons(changes):
    """Why each of the Moves has another due day: a correction, a new version or the calendar."""
    corrected = set(
        RuleVersion.objects.exclude(replaced_at=None)
        .filter(pk__in={move.rule for move in changes})
        .values_list("pk", flat=True)
    )
    reasons = []
    for move in changes:
        if move.rule == move.to_rule:
            reasons.append(calendar_words())
        elif move.rule in corrected:
            reasons.append(correction_words())
        else:
            reasons.append(_("Phiên bản mới của quy tắc áp dụng cả việc đang chạy."))
    return reasons

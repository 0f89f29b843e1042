"""Due days that were judged under a wrong rule are written beside the right ones: those of open
obligations are moved, those of closed ones stay.
"""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import now
from danchu.kernel.refusals import require
from danchu.law.book import book
from danchu.obligations.misjudged import misjudged, rejudged, right_due
from danchu.obligations.models import Obligation, Revision, State


@transaction.atomic
def revise_misjudged(*, by: Acting) -> int:
    """Write a Revision for each obligation that was judged by a wrong rule, from a wrong day, under
    a row of the law that was corrected or ended since, or by another calendar; returns how many are
    new.

    What is open gets the right due day. What is closed keeps its due day and its outcome. Runs at
    every upgrade; idempotent. Denied without the right to correct the law.
    """
    require(by.may("correct", "law", None), _("Ông/bà không có quyền tính lại thời hạn."))
    number, changed_number = _revise_rooms(by)
    if number or changed_number:
        record(by, "obligations.revised", None, number=number)
    return number + revise_closed(by=by)


@transaction.atomic
def revise_closed(*, by: Acting) -> int:
    """Write a Revision for each closed obligation whose rule or calendar was corrected since;
    returns how many are new. Idempotent. Denied without the right to correct the law.
    """
    require(by.may("correct", "law", None), _("Ông/bà không có quyền tính lại thời hạn."))
    number = 0
    for rule, event_on, due_on, rightly, reason in rejudged():
        rows = Obligation.objects.exclude(state=State.OPEN).filter(
            rule=rule, event_on=event_on, due_on=due_on
        )
        rows = rows.exclude(Q(revisions__to_event=event_on, revisions__to_due=rightly.day))
        new_rows = Revision.objects.bulk_create(
            (Revision(**_revision(row, rightly, reason, by)) for row in rows),
            batch_size=1000,
        )
        number += len(new_rows)
    if number:
        record(by, "obligations.revised", None, number=number)
    return number


def _revise_rooms(by):
    """Revise what the rooms above find, one by one. Returns (how many Revisions are new, how many
    open obligations changed). One may change without a Revision: the same days by another article.
    """
    law = book()
    number = changed_number = 0
    for misjudgement in misjudged():
        rightly = right_due(law, misjudgement)
        if rightly is None:
            continue
        row = Obligation.objects.select_for_update().get(pk=misjudgement.obligation.pk)
        is_revised = Revision.objects.filter(
            obligation=row, to_event=rightly.event, to_due=rightly.day
        ).exists()
        if row.due_on != rightly.day and not is_revised:
            Revision.objects.create(**_revision(row, rightly, misjudgement.reason, by))
            number += 1
        if row.state == State.OPEN:
            row.event_on = rightly.event
            row.due_on = rightly.day
            row.rule_id = rightly.rule.number
            row.calendar = rightly.calendar_version
            row.save(update_fields=["event_on", "due_on", "rule", "calendar"])
            changed_number += 1
    return number, changed_number


def _revision(row, rightly, reason, by):
    """The columns of the Revision of an obligation."""
    return {
        "obligation": row,
        "unit_id": row.unit_id,
        "reason": reason,
        "state": row.state,
        "is_applied": row.state == State.OPEN,
        "from_rule_id": row.rule_id,
        "from_event": row.event_on,
        "from_due": row.due_on,
        "to_rule_id": rightly.rule.number,
        "to_event": rightly.event,
        "to_due": rightly.day,
        "calendar": rightly.calendar_version,
        "made_by": by.key,
        "made_at": now(),
    }

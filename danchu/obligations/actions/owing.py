"""What is done with one obligation: owe, meet, excuse, hand over, tell that it is overdue."""

from datetime import date
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.days import now, show_day, today
from danchu.kernel.refusals import Refused, require
from danchu.kernel.text import clean
from danchu.law.book import book
from danchu.law.rule import OWED
from danchu.obligations.lives import OBLIGATION_LIFE
from danchu.obligations.models import Obligation, State
from danchu.subjects.sent import check_unsent
from danchu.subjects.texts import LONGEST_TEXT, reason_of
from danchu.subjects.writes import move_on

EARLIEST = date(1990, 1, 1)
BATCH = 5000


@transaction.atomic
def owe(
    *,
    by,
    unit,
    rule_key,
    event_on,
    title,
    body=None,
    owed_to="",
    claimant=None,
    subject_kind="",
    subject="",
    uid=None,
):
    """An obligation of `body` at `unit` from what happened on `event_on`; the rule in force says
    until when.

    Written down by whoever may do so at the unit that owes, or at the unit `claimant` that it is
    owed to.
    """
    allowed = (
        by.may("draft", "obligation", unit)
        or claimant is not None
        and by.may("draft", "obligation", claimant)
    )
    require(allowed, _("Ông/bà không có quyền ghi việc phải làm của đơn vị này."))
    title = clean(title)
    owed_to = clean(owed_to)
    if not title or len(title) > 200 or len(owed_to) > 120:
        raise Refused(_("Hãy ghi việc phải làm, không quá 200 ký tự."), "title")
    if not isinstance(event_on, date) or event_on < EARLIEST:
        raise Refused(_("Hãy ghi ngày phát sinh."), "event_on")
    if body is not None and body.unit_id != unit.pk:
        raise Refused(
            _("Tổ chức này không thuộc đơn vị đã chọn. Hãy chọn tổ chức của đơn vị."), "body"
        )
    due = _due(rule_key, event_on)
    check_unsent(Obligation, uid)
    made = Obligation.objects.create(
        uid=uid or uuid4(),
        unit=unit,
        body=body,
        title=title,
        owed_to=owed_to,
        subject_kind=subject_kind,
        subject=str(subject),
        rule_id=due.rule.number,
        event_on=event_on,
        due_on=due.day,
        calendar=due.calendar_version,
        made_by=by.key,
        made_at=now(),
    )
    record(by, "obligation.owed", made, unit=unit, rule=rule_key, due=due.day.isoformat())
    return made


def _due(rule_key, event_on):
    """The due day by the rule in force; Refused where the rule is not of something owed."""
    found = book().due(rule_key, event_on)
    if found.rule.sense not in OWED:
        raise Refused(
            _(
                "Quy tắc này nói một việc có giá trị đến bao giờ, không phải việc phải "
                "làm. Hãy chọn quy tắc khác."
            ),
            "key",
        )
    return found


@transaction.atomic
def meet_obligation(obligation, *, by, on, note=""):
    """It was done on the day: in time or late, as the version of the rule it was judged by
    says. Nothing changes it after.
    """
    OBLIGATION_LIFE.require(by, "meet", obligation)
    obligation = OBLIGATION_LIFE.hold(obligation, "meet", "unit", "rule")
    if not isinstance(on, date) or on > today():
        raise Refused(_("Ngày làm xong không được ở tương lai."), "on")
    if on < obligation.event_on and obligation.due_on >= obligation.event_on:
        raise Refused(
            _("Ngày làm xong không được trước ngày phát sinh %s.") % show_day(obligation.event_on),
            "on",
        )
    _close(obligation, "meet", by, done_on=on, note=clean(note)[:500])
    late = obligation.state == State.LATE
    record(by, "obligation.met", obligation, unit=obligation.unit, on=on.isoformat(), late=late)
    return obligation


@transaction.atomic
def excuse_obligation(obligation, *, by, reason):
    """It need not be done, for the reason given: the matter was withdrawn, the rule did not
    apply.
    """
    OBLIGATION_LIFE.require(by, "excuse", obligation)
    obligation = OBLIGATION_LIFE.hold(obligation, "excuse", "unit", "rule")
    # Acts of other rooms excuse with their own, longer sentence before it.
    note = reason_of(reason, most=LONGEST_TEXT)[:500]
    _close(obligation, "excuse", by, note=note)
    record(by, "obligation.excused", obligation, unit=obligation.unit, reason=note)
    return obligation


@transaction.atomic
def hand_over_obligations(subject_kind, subject, *, by, unit, body=None):
    """What is still owed of one thing is owed by the successor from now on, by the same day;
    how many.
    """
    require(
        by.may("reorganise", "unit", None),
        _("Ông/bà không có quyền chuyển việc phải làm sang đơn vị khác."),
    )
    number = (
        Obligation.objects.open()
        .filter(subject_kind=subject_kind, subject=str(subject))
        .update(unit=unit, body=body)
    )
    record(
        by,
        "obligations.handed_over",
        None,
        unit=unit,
        of=f"{subject_kind} {subject}",
        number=number,
    )
    return number


@transaction.atomic
def tell_overdue(*, by, on=None):
    """Write into the journal each obligation that is overdue on the day (today) and was not told
    of; they are returned.

    Each once for its due day, whatever the clock does and however many servers ask; at most a batch
    at a time.
    """
    require(by.may("verify", "obligation", None), _("Ông/bà không có quyền rà soát việc quá hạn."))
    on = on or today()
    rows = (
        Obligation.objects.overdue(on)
        .not_told_by(on)
        .select_for_update(skip_locked=True, of=("self",))
    )
    found = list(rows.order_by("due_on", "pk")[:BATCH])
    Obligation.objects.filter(pk__in=[row.pk for row in found]).update(told_overdue_on=on)
    for row in found:
        record(by, "obligation.overdue", row, unit=row.unit_id, due=row.due_on.isoformat())
    return found


def _close(obligation, act, by, **fields):
    move_on(obligation, OBLIGATION_LIFE, act, closed_by=by.key, closed_at=now(), **fields)

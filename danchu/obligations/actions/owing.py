"""The acts on one obligation: owe, meet, excuse, hand over, record as overdue."""

from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import now, show_day, today
from danchu.kernel.refusals import Refused, all_refusals, require
from danchu.kernel.text import clean
from danchu.law.book import book
from danchu.law.rule import OWED
from danchu.obligations.asked import check_asked
from danchu.obligations.lives import OBLIGATION_LIFE
from danchu.obligations.models import Obligation, State
from danchu.subjects.sent import check_unsent
from danchu.subjects.texts import LONGEST_TEXT, reason_of
from danchu.subjects.writes import move_on
from danchu.units.models import Body, Unit

EARLIEST = date(1990, 1, 1)
BATCH = 5000


@transaction.atomic
def owe(
    *,
    by: Acting,
    unit: Unit,
    rule_key: str,
    event_on: date,
    title: str,
    body: Body | None = None,
    owed_to: str = "",
    claimant: Unit | int | None = None,
    subject_kind: str = "",
    subject: object = "",
    asked_on: date | None = None,
    uid: UUID | None = None,
) -> Obligation:
    """Create an obligation of `body` at `unit` that follows from an event on `event_on`; its due
    day is computed by the version of the rule in force on that day. `asked_on`, the day until which
    it is asked for, lies within that time and does not change it.

    The actor needs the right at the unit that owes or at `claimant`, the unit it is owed to.
    Refused, on its field, for a missing title, a wrong day, a body of another unit, a rule by which
    nothing is owed, or a `uid` that was sent before.
    """
    places = [place for place in (unit, claimant) if place is not None]
    allowed = any(by.may("draft", "obligation", place) for place in places)
    require(allowed, _("Ông/bà không có quyền ghi việc phải làm của đơn vị này."))
    title = clean(title)
    owed_to = clean(owed_to)
    with all_refusals() as rule:
        with rule():
            if not title or len(title) > 200 or len(owed_to) > 120:
                raise Refused(_("Hãy ghi việc phải làm, không quá 200 ký tự."), "title")
        with rule():
            _check_body(body, unit)
        with rule():
            if not isinstance(event_on, date) or event_on < EARLIEST:
                raise Refused(_("Hãy ghi ngày phát sinh."), "event_on")
            due = _due(rule_key, event_on)
            check_asked(asked_on, event_on, due.day)
    check_unsent(Obligation, uid)
    obligation = Obligation.objects.create(
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
        asked_on=asked_on,
        calendar=due.calendar_version,
        made_by=by.key,
        made_at=now(),
    )
    record(by, "obligation.owed", obligation, unit=unit, rule=rule_key, due=due.day.isoformat())
    return obligation


def _check_body(body, unit):
    """Refused where the body is one of another unit."""
    if body is not None and body.unit_id != unit.pk:
        raise Refused(
            _("Tổ chức này không thuộc đơn vị đã chọn. Hãy chọn tổ chức của đơn vị."), "body"
        )


def _due(rule_key, event_on):
    """The due day by the rule in force; Refused where nothing is owed by this rule."""
    due = book().due(rule_key, event_on)
    if due.rule.sense not in OWED:
        raise Refused(
            _(
                "Quy tắc này nói một việc có giá trị đến bao giờ, không phải việc phải "
                "làm. Hãy chọn quy tắc khác."
            ),
            "key",
        )
    return due


@transaction.atomic
def meet_obligation(obligation: Obligation, *, by: Acting, on: date, note: str = "") -> Obligation:
    """Close an obligation as done on the day `on`, in time or late by its version of the rule. This
    is final.
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
def excuse_obligation(
    obligation: Obligation, *, by: Acting, reason: str, on: date | None = None
) -> Obligation:
    """Close an obligation that need not be done from the day `on` (today), for a stated reason,
    such as a petition that was withdrawn. This is final.
    """
    OBLIGATION_LIFE.require(by, "excuse", obligation)
    obligation = OBLIGATION_LIFE.hold(obligation, "excuse", "unit", "rule")
    # Acts of other rooms put a sentence of their own before the reason, so it may be longer.
    note = reason_of(reason, most=LONGEST_TEXT)[:500]
    _close(obligation, "excuse", by, note=note, excused_on=on or today())
    record(by, "obligation.excused", obligation, unit=obligation.unit, reason=note)
    return obligation


@transaction.atomic
def hand_over_obligations(
    subject_kind: str, subject: object, *, by: Acting, unit: Unit, body: Body | None = None
) -> int:
    """Move the open obligations about one subject to another unit and body, with the same due days;
    returns their number.
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
def tell_overdue(*, by: Acting, on: date | None = None) -> list[Obligation]:
    """Record in the journal the obligations that are overdue on the day (today) and not yet
    recorded as such; returns them, at most BATCH.

    Idempotent: each is recorded once for its due day. Concurrent runs skip each other's locked
    rows.
    """
    require(by.may("verify", "obligation", None), _("Ông/bà không có quyền rà soát việc quá hạn."))
    on = on or today()
    rows = (
        Obligation.objects.overdue(on)
        .not_told_by(on)
        .select_for_update(skip_locked=True, of=("self",))
    )
    obligations = list(rows.order_by("due_on", "pk")[:BATCH])
    Obligation.objects.filter(pk__in=[row.pk for row in obligations]).update(told_overdue_on=on)
    for row in obligations:
        record(by, "obligation.overdue", row, unit=row.unit_id, due=row.due_on.isoformat())
    return obligations


def _close(obligation, act, by, **fields):
    move_on(obligation, OBLIGATION_LIFE, act, closed_by=by.key, closed_at=now(), **fields)

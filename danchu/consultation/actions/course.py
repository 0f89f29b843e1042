"""The time in which people are asked: opened, closed, cancelled."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.consultation.lives import CONSULTATION_LIFE
from danchu.consultation.models import Consultation
from danchu.consultation.writes.telling import tell_results
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import check_day, show_day
from danchu.kernel.refusals import Refused, all_refusals
from danchu.law.book import book
from danchu.subjects.texts import line_of, reason_of
from danchu.subjects.writes import move_on


@transaction.atomic
def open_consultation(
    consultation: Consultation, *, by: Acting, on: date, until: date
) -> Consultation:
    """The content is published and opinions are taken from `on` to the last day `until`, which the
    rule of the consultation does not let be too early.
    """
    CONSULTATION_LIFE.require(by, "open", consultation)
    consultation = CONSULTATION_LIFE.hold(consultation, "open")
    first = consultation.contents.order_by("number").values_list("since", flat=True).first()
    since = max(consultation.planned_on, first, consultation.told_on or first)
    check_day(on, since, "on")
    due = book().due(consultation.period_rule, on)
    if not isinstance(until, date):
        raise Refused(_("Hãy ghi ngày cuối nhận ý kiến."), "until")
    if until < due.day:
        raise Refused(
            _("Ngày cuối nhận ý kiến phải từ %(day)s trở đi (%(article)s).")
            % {"day": show_day(due.day), "article": due.rule.source},
            "until",
        )
    move_on(consultation, CONSULTATION_LIFE, "open", opened_on=on, until=until, required_on=due.day)
    record(
        by,
        "consultation.opened",
        consultation,
        unit=consultation.unit_id,
        on=on.isoformat(),
        until=until.isoformat(),
    )
    return consultation


@transaction.atomic
def close_consultation(
    consultation: Consultation, *, by: Acting, on: date, reason: str = ""
) -> Consultation:
    """No opinion is taken any more. Before the last day that was announced a reason is asked for,
    which is public; before the day that the rule requires the consultation counts as too short.
    """
    CONSULTATION_LIFE.require(by, "close", consultation)
    consultation = CONSULTATION_LIFE.hold(consultation, "close")
    with all_refusals() as rule:
        with rule():
            check_day(on, consultation.opened_on, "on")
        is_early = isinstance(on, date) and on < consultation.until
        with rule():
            why = _("Kết thúc trước ngày đã báo cho dân: hãy ghi lý do.") if is_early else ""
            reason = line_of(reason, "reason", 500, why)
    move_on(
        consultation,
        CONSULTATION_LIFE,
        "close",
        closed_on=on,
        close_reason=reason,
        is_long_enough=on >= consultation.required_on,
    )
    tell_results(consultation.pk)  # the last ones: from now on they are compared with the votes
    record(
        by,
        "consultation.closed",
        consultation,
        unit=consultation.unit_id,
        on=on.isoformat(),
        long_enough=consultation.is_long_enough,
    )
    return consultation


@transaction.atomic
def cancel_consultation(consultation: Consultation, *, by: Acting, reason: str) -> Consultation:
    """The people are not asked any more, for a reason that everyone reads."""
    CONSULTATION_LIFE.require(by, "cancel", consultation)
    consultation = CONSULTATION_LIFE.hold(consultation, "cancel")
    move_on(consultation, CONSULTATION_LIFE, "cancel", reason=reason_of(reason))
    record(by, "consultation.cancelled", consultation, unit=consultation.unit_id)
    return consultation

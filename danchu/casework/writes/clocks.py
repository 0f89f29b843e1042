"""The clocks of a petition as obligations: begun, met and excused by its steps."""

from django.utils.translation import gettext as _

from danchu.casework.moves import FINAL
from danchu.casework.querysets import SUBJECT
from danchu.casework.rules.clocks import (
    FIRST_RULES,
    MEETS,
    RESOLVING,
    TRANSFER,
    event_of,
    first_rule,
    rules_begun_by,
)
from danchu.kernel.refusals import Refused
from danchu.law.book import book
from danchu.obligations.actions import excuse_obligation, meet_obligation, owe
from danchu.obligations.clock import LAW
from danchu.obligations.models import Obligation, State
from danchu.obligations.writes import in_time as was_in_time


def clocks_of(petition):
    """The obligations of the petition, open or not, in the order of their creation; the rule and
    the unit of each are selected.
    """
    return (
        Obligation.objects.filter(subject_kind=SUBJECT, subject=str(petition.pk))
        .select_related("rule", "unit")
        .order_by("pk")
    )


def begin_clocks(act, petition, on):
    """Begin the clocks that the act begins, by the rules in force on the day of the event. An act
    that is repeated, such as a corrected classification, begins no second clock.
    """
    law = book()
    clocks = clocks_of(petition).exclude(state=State.EXCUSED)
    if act != "classify":  # what was met is not begun again by a classification only
        clocks = clocks.filter(state=State.OPEN)
    running = {(clock.rule.key, clock.event_on) for clock in clocks}
    for key in rules_begun_by(act, petition):
        event = event_of(key, act, petition, on)
        if (key, event) in running or not law.is_in_force(key, event):
            continue
        title = f"{law.rule(key, event).vi}: {petition.code}"[:200]
        owe(
            by=LAW,
            unit=petition.unit,
            body=petition.body,
            rule_key=key,
            event_on=event,
            title=title,
            subject_kind=SUBJECT,
            subject=petition.pk,
        )


def end_clocks(act, petition, on):
    """Meet the open clocks that the act meets, and excuse those that still run when the petition
    has ended, is suspended or extended. Returns whether all of them were in time.

    Refused where the time limit to resolve has passed before an extension or suspension.
    """
    clocks = list(clocks_of(petition))
    in_time = _in_time_by_hand(act, clocks, on)
    for clock in (clock for clock in clocks if clock.state == State.OPEN):
        if _among(clock.rule.key, MEETS.get(act, ())):
            in_time &= (
                meet_obligation(
                    clock, by=LAW, on=max(on, clock.event_on) if act != "invite" else on
                ).state
                == State.MET
            )
        elif petition.state in FINAL:
            in_time &= clock.due_on >= on
            excuse_obligation(
                clock,
                by=LAW,
                reason=_("Đơn đã kết thúc: %s.") % petition.get_state_display(),
                on=on,
            )
        elif act == "classify" and clock.rule.key == TRANSFER and petition.competent:
            excuse_obligation(clock, by=LAW, reason=_("Phân loại lại: thuộc thẩm quyền."))
        elif act == "classify" and _is_of_another_nature(clock, petition):
            reason = _("Phân loại lại: hạn tính theo loại đơn đúng, từ ngày nhận.")
            excuse_obligation(clock, by=LAW, reason=reason)
        elif act in ("extend", "suspend") and _among(clock.rule.key, RESOLVING):
            if on > clock.due_on:
                raise Refused(
                    _("Hạn giải quyết đã qua: không gia hạn, tạm đình chỉ được nữa."), "on"
                )
            reason = _("Gia hạn") if act == "extend" else _("Tạm đình chỉ")
            excuse_obligation(clock, by=LAW, reason=reason, on=on)
    return in_time


def _in_time_by_hand(act, clocks, on):
    """Whether the act is in time by the last of its clocks, where somebody closed that at its own
    page before the act was written down; True where the act closes it itself.
    """
    clocks = [clock for clock in clocks if _among(clock.rule.key, MEETS.get(act, ()))]
    if not clocks or clocks[-1].closed_by in ("", LAW.key):
        return True
    return was_in_time(clocks[-1], on)


def _is_of_another_nature(clock, petition):
    """Whether the clock ran from the receipt by the rule of what the petition seemed to be."""
    return clock.rule.key in FIRST_RULES and clock.rule.key != first_rule(petition)


def _among(key, stems):
    return any(key == stem or key.startswith(f"{stem}.") for stem in stems)

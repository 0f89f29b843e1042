"""The clocks of a petition as obligations: begun, met, excused by the steps of its life."""

from django.utils.translation import gettext as _

from danchu.casework.moves import FINAL
from danchu.casework.querysets import SUBJECT
from danchu.casework.rules.clocks import MEETS, RESOLVING, begun_by, event_of
from danchu.kernel.refusals import Refused
from danchu.law.book import book
from danchu.obligations.actions import excuse_obligation, meet_obligation, owe
from danchu.obligations.clock import LAW
from danchu.obligations.models import Obligation, State


def clocks_of(petition):
    """Every clock that ran or runs, the earliest first; the rule of each is selected."""
    return (
        Obligation.objects.filter(subject_kind=SUBJECT, subject=str(petition.pk))
        .select_related("rule", "unit")
        .order_by("pk")
    )


def begin_clocks(act, petition, on):
    """Begin what the act begins, of the rules in force on the day of the event."""
    event = event_of(act, petition, on)
    law = book()
    for key in begun_by(act, petition):
        if not any(rule.in_force(event) for rule in law.versions(key)):
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
    """Meet what the act meets; when the case has ended or pauses excuse what still runs.
    Whether all that was met was in time.
    """
    in_time = True
    for owed in clocks_of(petition).filter(state=State.OPEN):
        if _among(owed.rule.key, MEETS.get(act, ())):
            in_time &= (
                meet_obligation(
                    owed, by=LAW, on=max(on, owed.event_on) if act != "invite" else on
                ).state
                == State.MET
            )
        elif petition.state in FINAL:
            in_time &= owed.due_on >= on
            excuse_obligation(
                owed, by=LAW, reason=_("Đơn đã kết thúc: %s.") % petition.get_state_display()
            )
        elif act in ("extend", "suspend") and _among(owed.rule.key, RESOLVING):
            if on > owed.due_on:
                raise Refused(
                    _("Hạn giải quyết đã qua: không gia hạn, tạm đình chỉ được nữa."), "on"
                )
            excuse_obligation(
                owed, by=LAW, reason=_("Gia hạn") if act == "extend" else _("Tạm đình chỉ")
            )
    return in_time


def _among(key, stems):
    return any(key == stem or key.startswith(f"{stem}.") for stem in stems)

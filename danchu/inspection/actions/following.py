"""The violations of a round follow it when its event is corrected or withdrawn. Called by the
register's acts.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.inspection.actions.findings import withdraw_finding
from danchu.inspection.lives import FindingState, finding_state, recommendation_of
from danchu.inspection.models import Finding, Recommendation
from danchu.inspection.moves import ROUND, State
from danchu.inspection.rules.paper_books import counted_once
from danchu.inspection.rules.round_numbers import versions
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import show_day, today
from danchu.kernel.refusals import Refused, require
from danchu.register.models import Event
from danchu.subjects.texts import LONGEST_REASON


@transaction.atomic
def follow_round(old: Event, new: Event | None, *, by: Acting) -> int:
    """Move the violations of the round `old` to its correction `new`: those found on its day get
    the new day. Returns how many. None: the draft is discarded, and what was withdrawn has no
    round.

    Refused by field where a violation or recommendation of the round does not fit the correction,
    or would lose its round. Denied to the public; the act of the register has checked the right.
    """
    require(not by.is_public)
    if old.kind != ROUND:
        return 0
    violations = _violations(old)
    if new is None:
        _refuse_discard(old, violations)
        # Withdrawn ones stay readable. The act of the register has written its entry before.
        number = Finding.objects.filter(round=old).update(round=None)
        if number:
            record(by, "round.violations_left", None, unit=old.unit_id, number=number)
        return number
    for violation in violations:
        _refuse_other_board(violation, new)
        with counted_once(violation, "held_on"):
            _move(violation, old, new)
    if violations:
        record(by, "round.violations_moved", new, unit=new.unit_id, number=len(violations))
    return len(violations)


@transaction.atomic
def leave_round(event: Event, *, by: Acting, reason: str) -> int:
    """Withdraw the violations of a round that is withdrawn. Returns how many. Refused where one of
    them was recommended or resolved, or the round has a recommendation: those stand for themselves.
    Denied without the right.
    """
    require(by.may("withdraw", event.kind, event.unit_id))
    if event.kind != ROUND:
        return 0
    violations = _violations(event)
    standing = [one for one in violations if finding_state(one) != FindingState.OPEN]
    recommendations = Recommendation.objects.filter(round__in=versions(event))
    if standing or recommendations.exclude(state=State.WITHDRAWN).exists():
        raise Refused(
            _(
                "Cuộc giám sát này có vụ việc đã kiến nghị hoặc đã giải quyết, nên không rút được. "
                "Hãy đính chính cuộc, hoặc rút các kiến nghị chưa gửi trước."
            )
        )
    for violation in violations:
        words = _("Cuộc giám sát đã rút: %s") % reason
        withdraw_finding(violation, by=by, on=today(), reason=words[:LONGEST_REASON])
    if violations:
        record(by, "round.violations_withdrawn", event, unit=event.unit_id, number=len(violations))
    return len(violations)


def _violations(event: Event) -> list[Finding]:
    """The violations of the round that count, in whichever version of it they were recorded."""
    rows = Finding.objects.counted().filter(round__in=versions(event)).order_by("pk")
    return list(rows.select_for_update())


def _refuse_discard(event: Event, violations: list[Finding]) -> None:
    if violations or Recommendation.objects.filter(round=event).exists():
        raise Refused(
            _("Bản nháp này đã có vụ việc hoặc kiến nghị ghi theo cuộc. Hãy rút các việc đó trước.")
        )


def _refuse_other_board(violation: Finding, new: Event) -> None:
    """Refused, on "unit" or "body", where the round is no longer that of the violation's board."""
    message = _("Cuộc này có vụ việc của Ban đã ghi: không chuyển sang đơn vị hay Ban khác được.")
    if new.unit_id != violation.unit_id:
        raise Refused(message, "unit")
    if new.body_id not in (None, violation.board_id):
        raise Refused(message, "body")


def _move(violation: Finding, old: Event, new: Event) -> None:
    """Give the violation its new round, and the new day where it was found on the day of the old
    one. Refused, on "held_on", where something was done about it before that day.
    """
    fields = {"round": new}
    if violation.found_on == old.held_on:
        fields["found_on"] = new.held_on
        recommendation = recommendation_of(violation)
        sent_on = recommendation.sent_on if recommendation else None
        first = min(filter(None, (violation.resolved_on, sent_on)), default=None)
        if first and first < new.held_on:
            raise Refused(
                _(
                    "Vụ việc “{title}” của cuộc này đã được xử lý ngày {day}. Hãy ghi ngày không "
                    "muộn hơn."
                ).format(title=violation.title, day=show_day(first)),
                "held_on",
            )
    Finding.objects.filter(pk=violation.pk).update(**fields)

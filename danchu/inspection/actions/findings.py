"""Violations that boards find: recorded, resolved on the spot, withdrawn when there was none."""

from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.inspection.actions.recommendations import ANSWER_RULES
from danchu.inspection.input.recovered import check_recovered
from danchu.inspection.lives import FINDING_LIFE
from danchu.inspection.models import Finding, Project
from danchu.inspection.moves import ROUND
from danchu.inspection.rules.paper_books import counted_once, refuse_new_violation
from danchu.inspection.rules.round_numbers import locked_round
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import check_day, now
from danchu.kernel.refusals import Refused, all_refusals, require
from danchu.kernel.text import clean
from danchu.register.models import Event
from danchu.subjects.sent import check_unsent
from danchu.subjects.texts import check_length, reason_of, text_of
from danchu.units.models import Body
from danchu.units.on_day import check_body_on

LENGTHS = {"number": 60, "title": 180, "place": 200}


@transaction.atomic
def record_finding(
    *,
    by: Acting,
    board: Body,
    found_on: date,
    title: str,
    detail: str = "",
    place: str = "",
    number: str = "",
    round: Event | None = None,
    project: Project | None = None,
    uid: UUID | None = None,
) -> Finding:
    """Record a violation that the board found, in one of its rounds if any. It is public once it
    is recommended. Refused by field, also where the round says its number of violations itself or
    a statement on paper counts them; Denied without the right.
    """
    require(by.may("draft", ROUND, board.unit_id), _("Ông/bà không có quyền ghi việc của Ban này."))
    texts = {"number": clean(number), "title": clean(title), "place": clean(place)}
    with all_refusals() as rule:
        if board.kind not in ANSWER_RULES:
            with rule():
                raise Refused(
                    _("Kiến nghị phải là của một Ban Thanh tra nhân dân. Hãy chọn Ban."), "board"
                )
        if round is not None and (round.kind != ROUND or round.unit_id != board.unit_id):
            with rule():
                raise Refused(
                    _("Cuộc giám sát này không phải của đơn vị của Ban. Hãy chọn cuộc khác."),
                    "round",
                )
        if project is not None and project.board_id != board.pk:
            with rule():
                raise Refused(_("Dự án này không phải của Ban. Hãy chọn dự án của Ban."), "project")
        for name, most in LENGTHS.items():
            with rule():
                check_length(texts[name], name, most)
        if not texts["title"]:
            with rule():
                raise Refused(_("Hãy ghi vụ việc vi phạm."), "title")
        with rule():
            check_day(found_on, None, "found_on")
            check_body_on(board, found_on, "found_on")
    round = locked_round(round)
    check_unsent(Finding, uid)
    finding = Finding.objects.create(
        uid=uid or uuid4(),
        unit_id=board.unit_id,
        board=board,
        round=round,
        project=project,
        found_on=found_on,
        detail=text_of(detail, "detail"),
        made_by=by.key,
        made_at=now(),
        **texts,
    )
    refuse_new_violation(finding, "found_on")
    record(by, "finding.recorded", finding, unit=finding.unit_id)
    return finding


@transaction.atomic
def resolve_finding(
    finding: Finding,
    *,
    by: Acting,
    on: date,
    outcome: str,
    money: int = 0,
    land: int = 0,
    reduced: int = 0,
) -> Finding:
    """Write down that a violation was resolved without a recommendation; money and `reduced` in
    đồng, land in m². Refused by field, and where it was recommended: that is settled by the act on
    the recommendation; Denied without the right.
    """
    FINDING_LIFE.require(by, "resolve", finding)
    finding = FINDING_LIFE.hold(finding, "resolve")
    check_day(on, finding.found_on, "on")
    outcome = text_of(outcome, "outcome", required=_("Hãy ghi đã giải quyết thế nào."))
    recovered = check_recovered(money=money, land=land, reduced=reduced)
    finding.resolved_on = on
    finding.outcome = outcome
    finding.money = money
    finding.land = land
    finding.reduced = reduced
    with counted_once(finding, "on"):
        finding.save(update_fields=["resolved_on", "outcome", *recovered])
    record(by, "finding.resolved", finding, unit=finding.unit_id, on=on.isoformat())
    return finding


@transaction.atomic
def withdraw_finding(finding: Finding, *, by: Acting, on: date, reason: str) -> Finding:
    """Withdraw what was no violation: it is no longer counted, and officials can still read it with
    the reason. Refused by field, and where it was recommended; Denied without the right.
    """
    FINDING_LIFE.require(by, "withdraw", finding)
    finding = FINDING_LIFE.hold(finding, "withdraw")
    check_day(on, finding.found_on, "on")
    finding.withdrawn_on = on
    finding.reason = reason_of(reason)
    finding.save(update_fields=["withdrawn_on", "reason"])
    record(by, "finding.withdrawn", finding, unit=finding.unit_id, reason=finding.reason)
    return finding

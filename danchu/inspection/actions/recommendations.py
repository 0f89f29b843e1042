"""Everything that can be done with a recommendation, each act by the table of moves."""

from datetime import UTC, datetime
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.inspection.input.recovered import check_recovered
from danchu.inspection.lives import FINDING_LIFE
from danchu.inspection.models import Finding, Recommendation
from danchu.inspection.moves import RECOMMENDATION, RECOMMENDATION_LIFE, Answer, Asks
from danchu.journal.actions import record
from danchu.kernel.days import check_day
from danchu.kernel.refusals import Refused, require
from danchu.kernel.text import clean
from danchu.obligations.actions import meet_obligation, owe
from danchu.obligations.models import State as Owed
from danchu.subjects.sent import check_unsent
from danchu.subjects.texts import check_length, content_of, reason_of
from danchu.subjects.writes import move_on

# Which rule gives the time to answer a board of the kind.
ANSWER_RULES = {
    "peoples_inspection_board": "pib.answer",
    "pib_agency": "pib.answer",
    "pib_enterprise": "pib.answer",
    "investment_board": "investment.answer",
}
TEXTS = {"number": 60, "title": 180, "finding": 10_000}


@transaction.atomic
def draft_recommendation(
    *,
    by,
    board,
    answerer,
    title,
    finding,
    found_on,
    number="",
    round=None,
    violation=None,
    project=None,
    asks=Asks.REMEDY,
    uid=None,
):
    """A recommendation of a board to the body that must answer, as a draft: nobody outside sees it.

    An investment board may ask that its project be suspended.
    """
    require(
        by.may("draft", RECOMMENDATION, board.unit_id),
        _("Ông/bà không có quyền soạn kiến nghị của Ban này."),
    )
    if board.kind not in ANSWER_RULES:
        raise Refused(_("Kiến nghị phải là của một Ban Thanh tra nhân dân. Hãy chọn Ban."), "board")
    if round is not None and (round.kind != "inspection_round" or round.unit_id != board.unit_id):
        raise Refused(
            _("Cuộc giám sát này không phải của đơn vị của Ban. Hãy chọn cuộc khác."), "round"
        )
    if violation is not None:
        violation = _recommended_violation(violation, board)
    _refuse_project(board, project, asks)
    texts = _texts({"title": title, "finding": finding, "number": number})
    check_day(found_on, None, "found_on")
    check_unsent(Recommendation, uid)
    made = Recommendation.objects.create(
        uid=uid or uuid4(),
        unit_id=board.unit_id,
        board=board,
        answerer=answerer,
        round=round,
        violation=violation,
        project=project,
        asks=asks,
        found_on=found_on,
        made_by=by.key,
        made_at=datetime.now(UTC),
        **texts,
    )
    record(by, "recommendation.drafted", made, unit=made.unit_id)
    return made


@transaction.atomic
def edit_recommendation(recommendation, *, by, **fields):
    """Change the texts or the day it was found, of a draft."""
    RECOMMENDATION_LIFE.require(by, "edit", recommendation)
    found = _held(recommendation, "edit")
    texts = _texts({name: fields.get(name, getattr(found, name)) for name in TEXTS})
    found_on = fields.get("found_on", found.found_on)
    check_day(found_on, None, "found_on")
    _move(found, "edit", **texts, found_on=found_on)
    record(by, "recommendation.edited", found, unit=found.unit_id, fields=sorted(fields))
    return found


@transaction.atomic
def confirm_recommendation(recommendation, *, by):
    """The Front confirms it: only then may it be sent."""
    RECOMMENDATION_LIFE.require(by, "confirm", recommendation)
    found = _held(recommendation, "confirm")
    _move(found, "confirm", reason="")
    record(by, "recommendation.confirmed", found, unit=found.unit_id)
    return found


@transaction.atomic
def return_recommendation(recommendation, *, by, reason):
    """The Front gives it back to the board, with the reason."""
    RECOMMENDATION_LIFE.require(by, "return", recommendation)
    found = _held(recommendation, "return")
    _move(found, "return", reason=reason_of(reason))
    record(by, "recommendation.returned", found, unit=found.unit_id, reason=found.reason)
    return found


@transaction.atomic
def withdraw_recommendation(recommendation, *, by, reason):
    """The board takes it back before it is sent; it stays readable to officials, with the
    reason.
    """
    RECOMMENDATION_LIFE.require(by, "withdraw", recommendation)
    found = _held(recommendation, "withdraw")
    _move(found, "withdraw", reason=reason_of(reason))
    record(by, "recommendation.withdrawn", found, unit=found.unit_id, reason=found.reason)
    return found


@transaction.atomic
def send_recommendation(recommendation, *, by, sent_on, received_on):
    """It was sent, and received on the day its clock begins: an answer is owed from then on."""
    RECOMMENDATION_LIFE.require(by, "send", recommendation)
    found = _held(recommendation, "send")
    check_day(sent_on, found.found_on, "sent_on")
    check_day(received_on, sent_on, "received_on")
    owed = owe(
        by=by,
        unit=found.answerer.unit,
        body=found.answerer,
        claimant=found.unit_id,
        rule_key=ANSWER_RULES[found.board.kind],
        event_on=received_on,
        title=found.title,
        owed_to=found.board.name_on(received_on) or "",
        subject_kind="recommendation",
        subject=found.pk,
    )
    _move(found, "send", sent_on=sent_on, received_on=received_on, obligation=owed)
    Finding.objects.filter(pk=found.violation_id).update(is_recommended=True)
    record(by, "recommendation.sent", found, unit=found.unit_id, due=owed.due_on.isoformat())
    return found


@transaction.atomic
def answer_recommendation(recommendation, *, by, on, answer, text):
    """The People's Committee answers, in full, in part or refusing, with the text the public
    reads; its clock stops.
    """
    act = "reject" if answer == Answer.REFUSED else "answer"
    RECOMMENDATION_LIFE.require(by, act, recommendation)
    found = _held(recommendation, act)
    if answer not in Answer.values:
        raise Refused(_("Hãy chọn: tiếp thu toàn bộ, một phần hoặc không tiếp thu."), "answer")
    check_day(on, found.received_on, "on")
    text = content_of(text, "text")
    owed = meet_obligation(found.obligation, by=by, on=on)
    _move(
        found, act, answered_on=on, answer=answer, answer_text=text, in_time=owed.state == Owed.MET
    )
    record(
        by,
        "recommendation.answered",
        found,
        unit=found.unit_id,
        answer=answer,
        in_time=found.in_time,
    )
    return found


@transaction.atomic
def report_remedy(recommendation, *, by, on, text, money=0, land=0, reduced=0):
    """Who answered says that the violation was remedied: what was done, how many đồng and m²
    came back, what was taken off a settlement.
    """
    RECOMMENDATION_LIFE.require(by, "report_remedy", recommendation)
    found = _held(recommendation, "report_remedy")
    check_day(on, found.answered_on, "on")
    recovered = check_recovered(money=money, land=land, reduced=reduced)
    _move(found, "report_remedy", remedied_on=on, remedy_text=content_of(text, "text"), **recovered)
    record(by, "recommendation.remedied", found, unit=found.unit_id, **recovered)
    return found


@transaction.atomic
def dispute_remedy(recommendation, *, by, reason):
    """The board went to see: it was not remedied; the matter is open again."""
    RECOMMENDATION_LIFE.require(by, "dispute_remedy", recommendation)
    found = _held(recommendation, "dispute_remedy")
    _move(
        found,
        "dispute_remedy",
        reason=reason_of(reason),
        remedied_on=None,
        money=0,
        land=0,
        reduced=0,
    )
    record(by, "recommendation.disputed", found, unit=found.unit_id, reason=found.reason)
    return found


@transaction.atomic
def settle_recommendation(recommendation, *, by, on):
    """The board confirms the remedy: the matter is settled and never changes again."""
    RECOMMENDATION_LIFE.require(by, "settle", recommendation)
    found = _held(recommendation, "settle")
    check_day(on, found.remedied_on, "on")
    _move(found, "settle", settled_on=on, reason="")
    Finding.objects.filter(pk=found.violation_id).update(
        resolved_on=on,
        outcome=found.remedy_text,
        money=found.money,
        land=found.land,
        reduced=found.reduced,
    )
    record(by, "recommendation.settled", found, unit=found.unit_id, on=on.isoformat())
    return found


def _recommended_violation(violation, board):
    """The violation, held so that it is not taken back meanwhile; Refused when it is closed."""
    if violation.board_id != board.pk:
        raise Refused(_("Vụ việc này của Ban khác. Hãy chọn vụ việc của Ban."), "violation")
    try:
        return FINDING_LIFE.hold(violation, "recommend")
    except Refused as refusal:
        raise Refused(refusal.message, "violation") from None


def _refuse_project(board, project, asks):
    if asks not in Asks.values:
        raise Refused(_("Hãy chọn trong danh sách."), "asks")
    if project is not None and project.board_id != board.pk:
        raise Refused(_("Dự án này không phải của Ban. Hãy chọn dự án của Ban."), "project")
    if asks == Asks.SUSPEND and project is None:
        raise Refused(
            _(
                "Chỉ Ban Giám sát đầu tư của cộng đồng đề nghị đình chỉ, với dự án của "
                "mình (Luật 10/2022/QH15 Điều 41–45)."
            ),
            "asks",
        )


def _held(recommendation, act):
    """The recommendation as it is now, held; Refused unless the act may follow its state."""
    return RECOMMENDATION_LIFE.hold(recommendation, act, "board", "answerer", "answerer__unit")


def _move(recommendation, act, **fields):
    move_on(recommendation, RECOMMENDATION_LIFE, act, **fields)


def _texts(texts):
    texts = {
        name: clean(text) if name != "finding" else str(text or "").strip()
        for name, text in texts.items()
    }
    for name, most in TEXTS.items():
        check_length(texts[name], name, most)
    for name in ("title", "finding"):
        if not texts[name]:
            raise Refused(_("Hãy ghi nội dung của kiến nghị."), name)
    return texts

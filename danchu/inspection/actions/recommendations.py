"""Recommendations until they are sent: drafted, confirmed by the Front, returned, withdrawn."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.inspection.lives import FINDING_LIFE
from danchu.inspection.models import Finding, Project, Recommendation
from danchu.inspection.moves import RECOMMENDATION, RECOMMENDATION_LIFE, Asks
from danchu.inspection.rules.paper_books import counted_once
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import check_day, now
from danchu.kernel.refusals import Refused, all_refusals, require
from danchu.kernel.text import clean, paragraphs
from danchu.law.book import book
from danchu.obligations.actions import owe
from danchu.obligations.asked import check_asked
from danchu.register.models import Event
from danchu.subjects.sent import check_unsent
from danchu.subjects.texts import check_length, reason_of
from danchu.subjects.writes import move_on
from danchu.units.models import Body
from danchu.units.on_day import check_body_on

# {kind of board: key of the rule with the time limit to answer it}.
ANSWER_RULES = {
    "peoples_inspection_board": "pib.answer",
    "pib_agency": "pib.answer.agency",
    "pib_enterprise": "pib.answer.enterprise",
    "investment_board": "investment.answer",
}
# What acts join when they lock a recommendation: rows that no act changes.
JOINED = ("board", "answerer", "answerer__unit")
TEXTS = {"number": 60, "title": 180, "finding": 10_000}


@transaction.atomic
def draft_recommendation(
    *,
    by: Acting,
    board: Body,
    answerer: Body,
    title: str,
    finding: str,
    found_on: date,
    number: str = "",
    round: Event | None = None,
    violation: Finding | None = None,
    project: Project | None = None,
    asks: str = Asks.REMEDY,
    asked_on: date | None = None,
    uid: UUID | None = None,
) -> Recommendation:
    """Draft a recommendation of a board to the body that must answer it; it is not public yet. An
    investment board may ask that its project be suspended, and each for an answer until a day
    (`asked_on`). Refused by field; Denied without the right.
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
    with all_refusals() as rule:
        with rule():
            _refuse_project(board, project, asks)
        with rule():
            texts = _texts({"title": title, "finding": finding, "number": number})
        with rule():
            check_day(found_on, None, "found_on")
            check_body_on(board, found_on, "found_on")
            check_asked(asked_on, found_on)
    check_unsent(Recommendation, uid)
    recommendation = Recommendation.objects.create(
        uid=uid or uuid4(),
        unit_id=board.unit_id,
        board=board,
        answerer=answerer,
        round=round,
        violation=violation,
        project=project,
        asks=asks,
        found_on=found_on,
        asked_on=asked_on,
        made_by=by.key,
        made_at=now(),
        **texts,
    )
    record(by, "recommendation.drafted", recommendation, unit=recommendation.unit_id)
    return recommendation


@transaction.atomic
def edit_recommendation(
    recommendation: Recommendation, *, by: Acting, **fields: Any
) -> Recommendation:
    """Change a draft: `fields` are those of TEXTS, `answerer`, `found_on` and `asked_on`. Refused
    by field; Denied without the right.
    """
    RECOMMENDATION_LIFE.require(by, "edit", recommendation)
    recommendation = RECOMMENDATION_LIFE.hold(recommendation, "edit", *JOINED)
    texts = _texts({name: fields.get(name, getattr(recommendation, name)) for name in TEXTS})
    found_on = fields.get("found_on", recommendation.found_on)
    check_day(found_on, None, "found_on")
    check_body_on(recommendation.board, found_on, "found_on")
    asked_on = fields.get("asked_on", recommendation.asked_on)
    check_asked(asked_on, found_on)
    changes = {"found_on": found_on, "asked_on": asked_on}
    changes["answerer"] = fields.get("answerer", recommendation.answerer)
    move_on(recommendation, RECOMMENDATION_LIFE, "edit", **texts, **changes)
    record(
        by,
        "recommendation.edited",
        recommendation,
        unit=recommendation.unit_id,
        fields=sorted(fields),
    )
    return recommendation


@transaction.atomic
def confirm_recommendation(recommendation: Recommendation, *, by: Acting) -> Recommendation:
    """Write down that the Front confirmed the draft: only then may it be sent (Law 10/2022 article
    40). Refused where the violation was withdrawn; Denied without the right.
    """
    RECOMMENDATION_LIFE.require(by, "confirm", recommendation)
    recommendation = RECOMMENDATION_LIFE.hold(recommendation, "confirm", *JOINED)
    move_on(recommendation, RECOMMENDATION_LIFE, "confirm", reason="")
    record(by, "recommendation.confirmed", recommendation, unit=recommendation.unit_id)
    return recommendation


@transaction.atomic
def return_recommendation(
    recommendation: Recommendation, *, by: Acting, reason: str
) -> Recommendation:
    """Return a confirmed one to the board as a draft, with the reason of the Front. Refused by
    field; Denied without the right.
    """
    RECOMMENDATION_LIFE.require(by, "return", recommendation)
    recommendation = RECOMMENDATION_LIFE.hold(recommendation, "return", *JOINED)
    move_on(recommendation, RECOMMENDATION_LIFE, "return", reason=reason_of(reason))
    record(
        by,
        "recommendation.returned",
        recommendation,
        unit=recommendation.unit_id,
        reason=recommendation.reason,
    )
    return recommendation


@transaction.atomic
def withdraw_recommendation(
    recommendation: Recommendation, *, by: Acting, reason: str
) -> Recommendation:
    """Withdraw one that was not sent, with the reason of the board; officials can still read it.
    Refused by field; Denied without the right.
    """
    RECOMMENDATION_LIFE.require(by, "withdraw", recommendation)
    recommendation = RECOMMENDATION_LIFE.hold(recommendation, "withdraw", *JOINED)
    move_on(recommendation, RECOMMENDATION_LIFE, "withdraw", reason=reason_of(reason))
    record(
        by,
        "recommendation.withdrawn",
        recommendation,
        unit=recommendation.unit_id,
        reason=recommendation.reason,
    )
    return recommendation


@transaction.atomic
def send_recommendation(
    recommendation: Recommendation,
    *,
    by: Acting,
    sent_on: date,
    received_on: date,
    asked_on: date | None = None,
) -> Recommendation:
    """Write down when it was sent and received; an answer is owed from the day it was received,
    where a rule of that day sets a time limit. `asked_on` replaces the day that the draft asks for.
    Refused by field; Denied without the right.
    """
    RECOMMENDATION_LIFE.require(by, "send", recommendation)
    recommendation = RECOMMENDATION_LIFE.hold(recommendation, "send", *JOINED)
    check_day(sent_on, recommendation.found_on, "sent_on")
    check_day(received_on, sent_on, "received_on")
    recommendation.asked_on = asked_on or recommendation.asked_on
    obligation = _owe_answer(recommendation, received_on, by)
    move_on(
        recommendation,
        RECOMMENDATION_LIFE,
        "send",
        sent_on=sent_on,
        received_on=received_on,
        asked_on=recommendation.asked_on,
        obligation=obligation,
    )
    with counted_once(recommendation.violation, "sent_on"):
        Finding.objects.filter(pk=recommendation.violation_id).update(is_recommended=True)
    record(
        by,
        "recommendation.sent",
        recommendation,
        unit=recommendation.unit_id,
        due=obligation.due_on.isoformat() if obligation else None,
    )
    return recommendation


def _owe_answer(recommendation, received_on, by):
    """The obligation to answer; None where no rule of the day sets a time limit, as for some boards
    before 2023.
    """
    rule_key = ANSWER_RULES[recommendation.board.kind]
    if not book().is_in_force(rule_key, received_on):
        check_asked(recommendation.asked_on, received_on)
        return None
    return owe(
        by=by,
        unit=recommendation.answerer.unit,
        body=recommendation.answerer,
        claimant=recommendation.unit_id,
        rule_key=rule_key,
        event_on=received_on,
        title=recommendation.title,
        owed_to=recommendation.board.name_on(received_on) or "",
        subject_kind="recommendation",
        subject=recommendation.pk,
        asked_on=recommendation.asked_on,
    )


def _recommended_violation(violation, board):
    """The violation, locked so that it cannot be withdrawn meanwhile; Refused when it is closed."""
    if violation.board_id != board.pk:
        raise Refused(_("Vụ việc này của Ban khác. Hãy chọn vụ việc của Ban."), "violation")
    try:
        return FINDING_LIFE.hold(violation, "recommend")
    except Refused as refusal:
        raise Refused(refusal.message, "violation") from None


def _refuse_project(board, project, asks):
    """Refused by field where the project is not of the board, or a suspension has no project."""
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


def _texts(texts):
    """The texts of TEXTS, cleaned; Refused by field."""
    texts = {
        name: clean(text) if name != "finding" else paragraphs(text or "")
        for name, text in texts.items()
    }
    with all_refusals() as rule:
        for name, most in TEXTS.items():
            with rule():
                check_length(texts[name], name, most)
        for name in ("title", "finding"):
            if not texts[name]:
                with rule():
                    raise Refused(_("Hãy ghi nội dung của kiến nghị."), name)
    return texts

"""Questions are screened, grouped, answered in the hall, or owed in writing: a commitment with an
owner and a day.
"""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.conference.access.clerk import CLERK
from danchu.conference.input.fields import clean_paragraphs
from danchu.conference.models import Question
from danchu.conference.question_life import ANSWERED, OWED, QUESTION_LIFE, SHOWN
from danchu.conference.rules import lock_conference
from danchu.conference.words import State
from danchu.conference.writes import frames
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import now, show_day, today
from danchu.kernel.refusals import Refused
from danchu.kernel.text import clean
from danchu.minutes.actions import make_commitment
from danchu.minutes.models import Commitment
from danchu.minutes.models.commitments import Origin
from danchu.subjects.texts import line_of
from danchu.subjects.writes import move_on
from danchu.units.models import Body


@transaction.atomic
def show_question(question: Question, *, by: Acting) -> Question:
    """Show the question on the screen, where other delegates can vote it up. A grouped question is
    taken out of its group. Refused unless QUESTION_LIFE allows it; Denied without the right.
    """
    QUESTION_LIFE.require(by, "show", question)
    question = _lock_question(question, "show")
    _move(question, "show", into=None, reason="")
    record(by, "conference_question.shown", question, unit=question.conference.unit_id)
    return question


@transaction.atomic
def refuse_question(question: Question, *, by: Acting, reason: str) -> Question:
    """Keep the question off the screen, for a reason that its asker reads. Refused without a
    reason, while others are grouped into it, or unless QUESTION_LIFE allows it; Denied without the
    right.
    """
    QUESTION_LIFE.require(by, "refuse", question)
    question = _lock_question(question, "refuse")
    if question.grouped.exists():
        raise Refused(_("Có câu hỏi khác gộp vào câu này: hãy tách chúng ra trước."))
    reason = line_of(reason, "reason", 300, _("Hãy ghi lý do để người hỏi biết."))
    _move(question, "refuse", into=None, reason=reason)
    record(by, "conference_question.refused", question, unit=question.conference.unit_id)
    return question


@transaction.atomic
def group_question(question: Question, *, by: Acting, into: Question) -> Question:
    """Merge the question into `into`, which asks the same: each delegate's vote counts there once.
    Questions grouped into it before move along. Refused when `into` is the same question, is not on
    the screen or belongs to another conference; Denied without the right.
    """
    QUESTION_LIFE.require(by, "group", question)
    question = _lock_question(question, "group")
    target = (
        Question.objects.select_for_update()
        .filter(pk=into.pk, conference=question.conference)
        .first()
    )
    if target is None or target.pk == question.pk or target.state not in (SHOWN, ANSWERED, OWED):
        raise Refused(_("Chỉ gộp được vào một câu hỏi khác đã lên màn hình."), "into")
    Question.objects.filter(into=question).update(into=target)
    _move(question, "group", into=target)
    record(by, "conference_question.grouped", question, unit=question.conference.unit_id)
    return question


@transaction.atomic
def answer_question(question: Question, *, by: Acting, answer: str = "") -> Question:
    """The question was answered in the hall; `answer` is a summary for the minutes, at most 20,000
    characters. Refused unless QUESTION_LIFE allows it; Denied without the right.
    """
    QUESTION_LIFE.require(by, "answer", question)
    question = _lock_question(question, "answer")
    _move(question, "answer", answer=clean_paragraphs(answer, 20_000, "answer"), answered_at=now())
    record(by, "conference_question.answered", question, unit=question.conference.unit_id)
    return question


@transaction.atomic
def owe_answer(
    question: Question, *, by: Acting, due_on: date, owner: Body | None = None, office: str = ""
) -> tuple[Question, Commitment]:
    """The question will be answered in writing by `due_on`: a commitment of the body `owner`, or of
    an `office` at the conference's own unit; (question, Commitment). Refused where the commitment
    is or unless QUESTION_LIFE allows it; Denied without the right.
    """
    QUESTION_LIFE.require(by, "owe", question)
    question = _lock_question(question, "owe")
    unit = owner.unit if owner else question.conference.unit
    commitment = make_commitment(
        by=CLERK,
        unit=unit,
        owner=owner,
        office=office,
        title=_("Trả lời bằng văn bản: %s") % " ".join(question.text.split())[:150],
        text=question.text,
        made_on=today(),
        due_on=due_on,
        asked_by=(question.point.name if question.point else _("Đại biểu hội nghị"))[:120],
        origin=Origin.CONFERENCE,
        origin_uid=question.uid,
    )
    answerer = clean(office) or owner.name_on(today()) or ""
    sentence = _("%(who)s trả lời bằng văn bản, chậm nhất ngày %(day)s (cam kết %(code)s).")
    _move(
        question,
        "owe",
        answer=sentence % {"who": answerer, "day": show_day(due_on), "code": commitment.code},
    )
    record(
        by,
        "conference_question.owed",
        question,
        unit=question.conference.unit_id,
        commitment=commitment.pk,
    )
    return question, commitment


def _lock_question(question, act):
    """The question as it is now, locked, with its conference; Refused unless the act may follow."""
    conference = lock_conference(question.conference, tuple(State))
    question = QUESTION_LIFE.hold(question, act, "conference")
    question.conference = conference
    return question


def _move(question, act, **fields):
    move_on(question, QUESTION_LIFE, act, **fields)
    frames.wake(question.conference, "questions")

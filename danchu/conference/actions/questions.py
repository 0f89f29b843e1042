"""Questions are screened, grouped, answered in the hall, or owed in writing: a commitment with
an owner and a day.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.conference.access.clerk import CLERK
from danchu.conference.input.fields import paragraphs
from danchu.conference.models import Question
from danchu.conference.rules import locked
from danchu.conference.screening import ANSWERED, OWED, QUESTION_LIFE, SHOWN
from danchu.conference.words import State
from danchu.conference.writes import frames
from danchu.journal.actions import record
from danchu.kernel.days import now, show_day, today
from danchu.kernel.refusals import Refused
from danchu.minutes.actions import make_commitment
from danchu.minutes.models.commitments import Origin
from danchu.subjects.texts import line_of
from danchu.subjects.writes import move_on


@transaction.atomic
def show_question(question, *, by):
    """It reaches the screen, where others may want it answered too. One that was grouped stands
    by itself again.
    """
    QUESTION_LIFE.require(by, "show", question)
    found = _held(question, "show")
    _move(found, "show", into=None, reason="")
    record(by, "conference_question.shown", found, unit=found.conference.unit_id)
    return found


@transaction.atomic
def refuse_question(question, *, by, reason):
    """It does not reach the screen, for a reason that its asker reads."""
    QUESTION_LIFE.require(by, "refuse", question)
    found = _held(question, "refuse")
    if found.grouped.exists():
        raise Refused(_("Có câu hỏi khác gộp vào câu này: hãy tách chúng ra trước."))
    reason = line_of(reason, "reason", 300, _("Hãy ghi lý do để người hỏi biết."))
    _move(found, "refuse", into=None, reason=reason)
    record(by, "conference_question.refused", found, unit=found.conference.unit_id)
    return found


@transaction.atomic
def group_question(question, *, by, into):
    """It asks what another asks: who wants it answered counts there, once each. What was
    grouped into it goes along.
    """
    QUESTION_LIFE.require(by, "group", question)
    found = _held(question, "group")
    target = (
        Question.objects.select_for_update().filter(pk=into.pk, conference=found.conference).first()
    )
    if target is None or target.pk == found.pk or target.state not in (SHOWN, ANSWERED, OWED):
        raise Refused(_("Chỉ gộp được vào một câu hỏi khác đã lên màn hình."), "into")
    Question.objects.filter(into=found).update(into=target)
    _move(found, "group", into=target)
    record(by, "conference_question.grouped", found, unit=found.conference.unit_id)
    return found


@transaction.atomic
def answer_question(question, *, by, answer=""):
    """It was answered in the hall; `answer` is what is kept of it."""
    QUESTION_LIFE.require(by, "answer", question)
    found = _held(question, "answer")
    _move(found, "answer", answer=paragraphs(answer, 20_000, "answer"), answered_at=now())
    record(by, "conference_question.answered", found, unit=found.conference.unit_id)
    return found


@transaction.atomic
def owe_answer(question, *, by, due_on, owner=None, office=""):
    """It is answered in writing by a day: a commitment of a body, or of an office at the
    conference's own unit; (question, Commitment).
    """
    QUESTION_LIFE.require(by, "owe", question)
    found = _held(question, "owe")
    unit = owner.unit if owner else found.conference.unit
    promise = make_commitment(
        by=CLERK,
        unit=unit,
        owner=owner,
        office=office,
        title=_("Trả lời bằng văn bản: %s") % " ".join(found.text.split())[:150],
        text=found.text,
        made_on=today(),
        due_on=due_on,
        asked_by=(found.point.name if found.point else _("Đại biểu hội nghị"))[:120],
        origin=Origin.CONFERENCE,
        origin_uid=found.uid,
    )
    who = office.strip() or owner.name_on(today()) or ""
    told = _("%(who)s trả lời bằng văn bản, chậm nhất ngày %(day)s (cam kết %(code)s).")
    _move(
        found,
        "owe",
        answer=told % {"who": who, "day": show_day(due_on), "code": promise.code},
    )
    record(
        by, "conference_question.owed", found, unit=found.conference.unit_id, commitment=promise.pk
    )
    return found, promise


def _held(question, act):
    """The question as it is now, with its conference; Refused unless the act may follow."""
    conference = locked(question.conference, tuple(State))
    held = QUESTION_LIFE.hold(question, act, "conference")
    held.conference = conference
    return held


def _move(question, act, **fields):
    move_on(question, QUESTION_LIFE, act, **fields)
    frames.wake(question.conference, "questions")

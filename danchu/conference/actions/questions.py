"""Questions are screened, grouped, answered in the hall, or owed in writing: a commitment with
an owner and a day.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.conference.access.clerk import CLERK
from danchu.conference.input.fields import line, paragraphs
from danchu.conference.models import Question
from danchu.conference.rules import NO_RIGHT, locked, may_moderate
from danchu.conference.screening import ANSWERED, GROUPED, MOVES, OWED, REFUSED, SHOWN, WHEN
from danchu.conference.words import State
from danchu.conference.writes import frames
from danchu.journal.actions import record
from danchu.kernel.days import now, show_day, today
from danchu.kernel.refusals import Refused, require
from danchu.minutes.actions import make_commitment
from danchu.minutes.models.commitments import Origin


@transaction.atomic
def show_question(question, *, by):
    """It reaches the screen, where others may want it answered too. One that was grouped stands
    by itself again.
    """
    require(may_moderate(by, question.conference), NO_RIGHT)
    found = _held(question, "show")
    found.state, found.into, found.reason = SHOWN, None, ""
    _save(found, "into", "reason")
    record(by, "conference_question.shown", found, unit=found.conference.unit_id)
    return found


@transaction.atomic
def refuse_question(question, *, by, reason):
    """It does not reach the screen, for a reason that its asker reads."""
    require(may_moderate(by, question.conference), NO_RIGHT)
    found = _held(question, "refuse")
    if found.grouped.exists():
        raise Refused(_("Có câu hỏi khác gộp vào câu này: hãy tách chúng ra trước."))
    found.state, found.into, found.reason = (
        REFUSED,
        None,
        line(reason, 300, "reason", _("Hãy ghi lý do để người hỏi biết.")),
    )
    _save(found, "into", "reason")
    record(by, "conference_question.refused", found, unit=found.conference.unit_id)
    return found


@transaction.atomic
def group_question(question, *, by, into):
    """It asks what another asks: who wants it answered counts there, once each. What was
    grouped into it goes along.
    """
    require(may_moderate(by, question.conference), NO_RIGHT)
    found = _held(question, "group")
    target = (
        Question.objects.select_for_update().filter(pk=into.pk, conference=found.conference).first()
    )
    if target is None or target.pk == found.pk or target.state not in (SHOWN, ANSWERED, OWED):
        raise Refused(_("Chỉ gộp được vào một câu hỏi khác đã lên màn hình."), "into")
    Question.objects.filter(into=found).update(into=target)
    found.state, found.into = GROUPED, target
    _save(found, "into")
    record(by, "conference_question.grouped", found, unit=found.conference.unit_id)
    return found


@transaction.atomic
def answer_question(question, *, by, answer=""):
    """It was answered in the hall; `answer` is what is kept of it."""
    require(may_moderate(by, question.conference), NO_RIGHT)
    found = _held(question, "answer")
    found.state, found.answer, found.answered_at = (
        ANSWERED,
        paragraphs(answer, 20_000, "answer"),
        now(),
    )
    _save(found, "answer", "answered_at")
    record(by, "conference_question.answered", found, unit=found.conference.unit_id)
    return found


@transaction.atomic
def owe_answer(question, *, by, due_on, owner=None, office=""):
    """It is answered in writing by a day: a commitment of a body, or of an office at the
    conference's own unit; (question, Commitment).
    """
    require(may_moderate(by, question.conference), NO_RIGHT)
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
    found.state, found.answer = (
        OWED,
        told % {"who": who, "day": show_day(due_on), "code": promise.code},
    )
    _save(found, "answer")
    record(
        by, "conference_question.owed", found, unit=found.conference.unit_id, commitment=promise.pk
    )
    return found, promise


def _held(question, act):
    """The question as it is now, with its conference; Refused unless the act may follow."""
    conference = locked(question.conference, WHEN.get(act, (State.OPEN,)))
    found = Question.objects.select_for_update().filter(pk=question.pk).first()
    if found is None or found.state not in MOVES[act]:
        state = found.get_state_display() if found else "–"
        raise Refused(
            _("Câu hỏi đang ở trạng thái “%s”: một thiết bị khác có thể vừa xử lý. Hãy xem lại.")
            % state
        )
    found.conference = conference
    return found


def _save(found, *fields):
    found.save(update_fields=["state", *fields])
    frames.wake(found.conference, "questions")

"""The desk of the moderators: they show or refuse each question, group it with another, and note
that it was answered or will be answered in writing.
"""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from danchu.conference.actions.questions import (
    answer_question,
    group_question,
    owe_answer,
    refuse_question,
    show_question,
)
from danchu.conference.models import Question
from danchu.conference.queries.hall_state import hall_state
from danchu.conference.rules import may_moderate
from danchu.conference.words import QuestionState
from danchu.kernel.days import parse_day
from danchu.kernel.refusals import Refused
from danchu.live.views.desks import HallDesk, act_at_desk, desk_page
from danchu.live.views.hall_page import hall_page
from danchu.live.views.numbers import number_in
from danchu.subjects.first_rows import PARAMETER, first_rows, limit_in

MOST_SHOWN = 200
KEYS = (
    ("j", gettext_lazy("câu sau")),
    ("k", gettext_lazy("câu trước")),
    ("d", gettext_lazy("đưa lên màn hình")),
    ("x", gettext_lazy("không đưa: tới ô lý do")),
    ("g", gettext_lazy("gộp: tới danh sách câu")),
    ("r", gettext_lazy("đã trả lời: tới ô tóm tắt")),
    ("o", gettext_lazy("trả lời sau bằng văn bản")),
    ("Esc", gettext_lazy("rời ô đang gõ")),
)


def questions(request, pk):
    """The page of the desk."""
    return desk_page(request, DESK, pk)


def _desk(request, visitor, status=200, problem="", typed=None):
    """Waiting questions in the order they came; shown ones by their up-votes; refused and grouped
    ones, newest first. `typed` are the fields of a form that was refused.
    """
    state = hall_state(visitor.conference)
    rows = Question.objects.filter(conference=visitor.conference).select_related(
        "delegate", "point", "item", "into"
    )
    up_votes = {int(pk): number for pk, number in state.get("wanted", {}).items()}
    on_screen = sorted(
        rows.filter(state__in=[QuestionState.SHOWN, QuestionState.OWED, QuestionState.ANSWERED]),
        key=lambda row: (row.state != QuestionState.SHOWN, -up_votes.get(row.pk, 0), row.pk),
    )
    waiting = rows.filter(state=QuestionState.SUBMITTED).order_by("asked_at", "pk")
    put_away = rows.filter(state__in=[QuestionState.REFUSED, QuestionState.GROUPED])
    query = request.GET
    return hall_page(
        request,
        visitor,
        "live/questions.html",
        status=status,
        state=(0, state),
        keys=KEYS,
        problem=problem,
        typed=typed or {},
        asked_for=_asked_for(request),
        waiting=first_rows(waiting, MOST_SHOWN, query),
        on_screen=first_rows(on_screen, MOST_SHOWN, query).each(
            lambda row: (row, up_votes.get(row.pk, 0))
        ),
        put_away=first_rows(put_away.order_by("-pk"), MOST_SHOWN, query),
    )


def _asked_for(request):
    """What the address of the desk says of how many rows it shows, as it began."""
    limit = limit_in(request.GET, MOST_SHOWN)
    return f"?{PARAMETER}={limit}" if limit > MOST_SHOWN else ""


@require_POST
def moderate(request, pk, act):
    """Do one act on one question (`act_at_desk`)."""
    return act_at_desk(request, DESK, pk, act)


def _run(act, visitor, fields, by):
    ACTS[act](_question(visitor.conference, fields, "question"), fields, by)


def _back(request, pk):
    return redirect(reverse("hall_questions", args=[pk]) + _asked_for(request))


def _question(conference, fields, name):
    pk = number_in(fields, name)
    question = (
        Question.objects.select_related("conference").filter(conference=conference, pk=pk).first()
        if pk is not None
        else None
    )
    if question is None:
        raise Refused(_("Hãy chọn một câu hỏi."), name)
    return question


ACTS = {
    "show": lambda question, fields, by: show_question(question, by=by),
    "refuse": lambda question, fields, by: refuse_question(
        question, by=by, reason=fields.get("reason", "")
    ),
    "group": lambda question, fields, by: group_question(
        question, by=by, into=_question(question.conference, fields, "into")
    ),
    "answer": lambda question, fields, by: answer_question(
        question, by=by, answer=fields.get("answer", "")
    ),
    "owe": lambda question, fields, by: owe_answer(
        question, by=by, due_on=parse_day(fields.get("due_on", "")), office=fields.get("office", "")
    ),
}

DESK = HallDesk(
    may_act=may_moderate,
    denied=gettext_lazy(
        "Trang này dành cho tổ điều phối câu hỏi. Hãy vào bằng mã của tổ điều phối, hoặc đăng nhập."
    ),
    show=_desk,
    acts=ACTS,
    run=_run,
    back=_back,
)

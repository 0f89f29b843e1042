"""The desk of the moderators: each question is read, put on the screen or refused with a
reason, grouped, answered, owed in writing.
"""

from django.http import Http404
from django.shortcuts import redirect
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
from danchu.kernel.refusals import Denied, Refused
from danchu.live.views.doors import guest, hall
from danchu.live.views.numbers import number_in

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
    """The moderators' desk."""
    met = guest(request, pk)
    _moderator(request, met)
    return _desk(request, met)


def _moderator(request, met):
    for by in (met.who, request.actor):
        if by is not None and may_moderate(by, met.conference):
            return by
    raise Denied(
        _(
            "Trang này dành cho tổ điều phối câu hỏi. Hãy vào bằng mã của tổ điều phối, "
            "hoặc đăng nhập."
        )
    )


def _desk(request, met, status=200, problem="", typed=None):
    """What waits in the order it came; what was shown, most wanted first; the rest, newest
    first.
    """
    state = hall_state(met.conference)
    rows = Question.objects.filter(conference=met.conference).select_related(
        "delegate", "point", "item", "into"
    )
    wanted = {int(pk): number for pk, number in state.get("wanted", {}).items()}
    shown = list(
        rows.filter(state__in=[QuestionState.SHOWN, QuestionState.OWED, QuestionState.ANSWERED])[
            :MOST_SHOWN
        ]
    )
    shown.sort(key=lambda row: (row.state != QuestionState.SHOWN, -wanted.get(row.pk, 0), row.pk))
    return hall(
        request,
        met,
        "live/questions.html",
        status=status,
        state=(0, state),
        keys=KEYS,
        problem=problem,
        typed=typed or {},
        waiting=list(
            rows.filter(state=QuestionState.SUBMITTED).order_by("asked_at", "pk")[:MOST_SHOWN]
        ),
        shown=[(row, wanted.get(row.pk, 0)) for row in shown],
        put_away=list(
            rows.filter(state__in=[QuestionState.REFUSED, QuestionState.GROUPED]).order_by("-pk")[
                :MOST_SHOWN
            ]
        ),
    )


@require_POST
def moderate(request, pk, act):
    """Do one act on one question; refused, the desk says why and keeps what was typed."""
    met = guest(request, pk)
    by = _moderator(request, met)
    if act not in ACTS:
        raise Http404
    try:
        ACTS[act](_question(met.conference, request.POST, "question"), request.POST, by)
    except Refused as refusal:
        return _desk(
            request,
            met,
            status=400,
            problem=refusal.message,
            typed={**request.POST.dict(), "act": act},
        )
    return redirect("hall_questions", pk=pk)


def _question(conference, sent, name):
    pk = number_in(sent, name)
    found = (
        Question.objects.select_related("conference").filter(conference=conference, pk=pk).first()
        if pk is not None
        else None
    )
    if found is None:
        raise Refused(_("Hãy chọn một câu hỏi."), name)
    return found


ACTS = {
    "show": lambda question, sent, by: show_question(question, by=by),
    "refuse": lambda question, sent, by: refuse_question(
        question, by=by, reason=sent.get("reason", "")
    ),
    "group": lambda question, sent, by: group_question(
        question, by=by, into=_question(question.conference, sent, "into")
    ),
    "answer": lambda question, sent, by: answer_question(
        question, by=by, answer=sent.get("answer", "")
    ),
    "owe": lambda question, sent, by: owe_answer(
        question, by=by, due_on=parse_day(sent.get("due_on", "")), office=sent.get("office", "")
    ),
}

"""Recommendations at the desk: the list, writing one, and what may be done with it next."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from danchu.desk.answers import recommendation_promise_url
from danchu.desk.guard import official
from danchu.desk.offices import place_of
from danchu.desk.recommendation_form import RecommendationForm
from danchu.desk.rows import history
from danchu.inspection import actions
from danchu.inspection.models import Finding, Project, Recommendation
from danchu.inspection.moves import RECOMMENDATION, RECOMMENDATION_LIFE, State, answer_choices
from danchu.kernel.days import parse_day, show_day, today
from danchu.kernel.numbers import parse_count
from danchu.kernel.refusals import Refused, require
from danchu.look.pages import page
from danchu.minutes.models import Commitment, Origin
from danchu.units.names import name_of, names_of

PAGE = 50
# What each act reads from its form.
ACTS = {
    "confirm": lambda it, by, form: actions.confirm_recommendation(it, by=by),
    "return": lambda it, by, form: actions.return_recommendation(
        it, by=by, reason=form.get("reason", "")
    ),
    "withdraw": lambda it, by, form: actions.withdraw_recommendation(
        it, by=by, reason=form.get("reason", "")
    ),
    "send": lambda it, by, form: actions.send_recommendation(
        it, by=by, sent_on=_day(form, "sent_on"), received_on=_day(form, "received_on")
    ),
    "answer": lambda it, by, form: actions.answer_recommendation(
        it, by=by, on=_day(form, "on"), answer=form.get("answer", ""), text=form.get("text", "")
    ),
    "report_remedy": lambda it, by, form: actions.report_remedy(
        it,
        by=by,
        on=_day(form, "on"),
        text=form.get("text", ""),
        money=parse_count(form.get("money") or "0"),
        land=parse_count(form.get("land") or "0"),
        reduced=parse_count(form.get("reduced") or "0"),
    ),
    "dispute_remedy": lambda it, by, form: actions.dispute_remedy(
        it, by=by, reason=form.get("reason", "")
    ),
    "settle": lambda it, by, form: actions.settle_recommendation(it, by=by, on=_day(form, "on")),
}


def _day(form, name):
    return parse_day(form.get(name, ""))


@official
def recommendations(request):
    """Those the reader may see, the newest first; `state` narrows, `after` is the last one seen."""
    rows = Recommendation.objects.viewed_by(request.actor).select_related("obligation")
    rows = rows.order_by("-pk")
    state, after = request.GET.get("state", ""), request.GET.get("after", "")
    if state in State.values:
        rows = rows.filter(state=state)
    if after.isascii() and after.isdecimal() and len(after) < 18:
        rows = rows.filter(pk__lt=int(after))
    found = list(rows[: PAGE + 1])
    return page(
        request,
        "desk/recommendations.html",
        rows=lines(found[:PAGE]),
        states=State.choices,
        asked=request.GET,
        after=found[PAGE - 1].pk if len(found) > PAGE else None,
        may_draft=request.actor.scope("draft", RECOMMENDATION) != frozenset(),
    )


def lines(found):
    """Each with the name of its place and whether its answer is overdue."""
    names, day = names_of({(row.unit_id, row.found_on) for row in found}), today()
    return [
        {
            "it": row,
            "where": names[row.unit_id, row.found_on],
            "is_overdue": row.state == State.SENT and row.obligation.due_on < day,
        }
        for row in found
    ]


@official
def new_recommendation(request):
    """Write one, as a draft."""
    scope = request.actor.scope("draft", RECOMMENDATION)
    require(scope != frozenset(), _("Chức trách của ông/bà không soạn kiến nghị."))
    about = _about(request)
    known = (
        {
            "title": about.title[:180],
            "finding": about.detail or about.title,
            "found_on": show_day(about.found_on),
        }
        if isinstance(about, Finding)
        else {}
    )
    place = name_of(about.unit_id, today()) if about else place_of(request.actor, scope)
    form = RecommendationForm(
        request.actor,
        request.POST or None,
        about=about,
        initial={
            "uid": uuid4(),
            "unit": place,
            "found_on": show_day(today()),
            "answerer": "peoples_committee",
            **known,
        },
    )
    if request.method == "POST" and form.is_valid():
        earlier = (
            Recommendation.objects.visible_to(request.actor)
            .filter(uid=form.cleaned_data["uid"])
            .first()
        )
        if earlier:
            return redirect("desk_recommendation", uid=earlier.uid)
        try:
            made = actions.draft_recommendation(by=request.actor, **form.values())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Đã lưu bản nháp."))
            return redirect("desk_recommendation", uid=made.uid)
    return page(
        request, "desk/recommendation_form.html", status=400 if form.errors else 200, form=form
    )


def _about(request):
    """The violation or the project that the address names, with a board to recommend about it;
    None when it names none.
    """
    for name, rows in (
        ("violation", Finding.objects.counted()),
        ("project", Project.objects.filter(board__isnull=False)),
    ):
        if request.GET.get(name):
            scope = request.actor.scope("draft", RECOMMENDATION)
            rows = (
                rows.select_related("board")
                if scope is None
                else rows.select_related("board").filter(unit__in=scope)
            )
            return get_object_or_404(rows, uid=_uid(request.GET[name]))
    return None


def _uid(text):
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def _recommendation(request, uid):
    rows = Recommendation.objects.visible_to(request.actor).select_related(
        "board", "answerer", "answerer__unit", "obligation", "project", "violation"
    )
    return get_object_or_404(rows, uid=uid)


@official
def recommendation(request, uid, status=200, fault="", typed=None):
    """One recommendation: its life so far and what may be done next."""
    found = _recommendation(request, uid)
    able = [act for act in RECOMMENDATION_LIFE.acts_of(found, request.actor) if act in ACTS]
    return page(
        request,
        "desk/recommendation.html",
        status=status,
        it=found,
        fault=fault,
        typed=typed or {},
        acts=able,
        answers=answer_choices(found),
        where=name_of(found.unit_id, found.found_on),
        board=found.board.name_on(found.found_on),
        answerer=found.answerer.name_on(found.found_on),
        promises=Commitment.objects.counted().of(Origin.RECOMMENDATION, found.uid),
        new_promise=recommendation_promise_url(found, request.actor),
        entries=history(found),
        today=show_day(today()),
        is_overdue=found.state == State.SENT and found.obligation.due_on < today(),
    )


@official
@require_POST
def act(request, uid, act):
    """One act; where it is refused, what was typed stays."""
    found = _recommendation(request, uid)
    if act not in ACTS:
        raise Http404
    try:
        done = ACTS[act](found, request.actor, request.POST)
    except Refused as refusal:
        return recommendation(request, uid, status=400, fault=refusal.message, typed=request.POST)
    messages.success(request, _("Đã ghi: %s.") % done.get_state_display())
    return redirect("desk_recommendation", uid=found.uid)

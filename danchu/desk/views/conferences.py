"""Conferences at the desk: those an official sees, preparing one, and what may be done with it
next.
"""

from uuid import uuid4

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from danchu.conference.actions.closing import close_conference
from danchu.conference.actions.conferences import (
    cancel_conference,
    convene_conference,
    draft_conference,
    edit_conference,
    renew_entry_code,
)
from danchu.conference.actions.minuting import write_minutes
from danchu.conference.actions.running import open_conference
from danchu.conference.models import Conference
from danchu.conference.models.programme import HALL
from danchu.conference.queries.delegate_numbers import delegates_by_state, points_of
from danchu.conference.queries.presence import present_now
from danchu.conference.rules import CONFERENCE_LIFE, may_prepare
from danchu.conference.words import State
from danchu.desk.conference_form import ConferenceForm, initial_of
from danchu.desk.guard import official
from danchu.desk.lists import among, units_named
from danchu.desk.rows import history
from danchu.kernel.days import day_of, now, show_instant
from danchu.kernel.refusals import Refused, require
from danchu.look.pages import page
from danchu.look.paging import page_by_key
from danchu.look.sheets import csv_answer, xlsx_answer
from danchu.minutes.models import Minutes
from danchu.people.offices_held import place_of
from danchu.units.names import name_of, names_of

MOST_EXPORTED = 20_000
ACTS = {
    "convene": lambda it, by, form: convene_conference(it, by=by),
    "open": lambda it, by, form: open_conference(it, by=by),
    "close": lambda it, by, form: close_conference(it, by=by),
    "cancel": lambda it, by, form: cancel_conference(it, by=by, reason=form.get("reason", "")),
    "renew": lambda it, by, form: renew_entry_code(it, by=by),
}
# Each act as a button, and what it does that cannot be taken back.
WORDS = {
    "convene": (
        gettext_lazy("Triệu tập hội nghị"),
        gettext_lazy(
            "Hội nghị hiện trên trang công khai, đại biểu vào được hội trường. Ngày "
            "triệu tập được so với thời hạn của quy tắc đã chọn."
        ),
    ),
    "open": (
        gettext_lazy("Khai mạc"),
        gettext_lazy("Từ lúc này đại biểu hỏi, đăng ký phát biểu và biểu quyết được."),
    ),
    "close": (
        gettext_lazy("Bế mạc"),
        gettext_lazy(
            "Không ai hỏi, phát biểu, biểu quyết được nữa; số người dự theo điểm cầu "
            "được ghi vào sổ việc. Không mở lại được."
        ),
    ),
    "cancel": (
        gettext_lazy("Không tổ chức"),
        gettext_lazy("Mọi người đọc được lý do. Không khôi phục được."),
    ),
}


def conferences_of(actor):
    """Those he may see by a right of his own: what is prepared is not for every eye."""
    return Conference.objects.viewed_by(actor)


def conference_at(request, pk):
    return get_object_or_404(
        conferences_of(request.actor).select_related("unit", "body", "event", "notice"), pk=pk
    )


def _asked(request):
    """The conferences the address asks for; Refused by field where a filter does not read."""
    asked, rows = (
        {name: value.strip() for name, value in request.GET.items()},
        conferences_of(request.actor),
    )
    if asked.get("unit"):
        rows = rows.filter(unit__among=units_named(asked["unit"]))
    if asked.get("state"):
        rows = rows.filter(state=among(asked["state"], State.values, "state"))
    return rows.found_by(*(asked.get(name, "") for name in ("since", "last", "q")))


@official
def conferences(request):
    """Those of his places, the latest first."""
    try:
        rows, problem = _asked(request), ""
    except Refused as refusal:
        rows, problem = Conference.objects.none(), refusal.message
    found = page_by_key(request, rows, ("starts_at", "title", "state"))
    return page(
        request,
        "desk/conferences.html",
        status=400 if problem else 200,
        problem=problem,
        found=found,
        asked=request.GET,
        states=State.choices,
        rows=_placed(found.rows),
        may_draft=request.actor.scope("draft", HALL) != frozenset(),
    )


def _placed(rows):
    """[(conference, where)], the places named by their day."""
    names = names_of({(it.unit_id, day_of(it.starts_at)) for it in rows})
    return [(it, names[it.unit_id, day_of(it.starts_at)]) for it in rows]


def _table(request):
    head = [
        _("Hội nghị"),
        _("Nơi tổ chức"),
        _("Bắt đầu"),
        _("Trạng thái"),
        _("Khai mạc"),
        _("Bế mạc"),
        _("Cách vào"),
    ]
    rows = _placed(list(_asked(request).order_by("-starts_at", "-pk")[:MOST_EXPORTED]))
    return head, (
        [
            it.title,
            where,
            show_instant(it.starts_at),
            it.get_state_display(),
            *(show_instant(at) if at else "" for at in (it.opened_at, it.closed_at)),
            it.get_entry_display(),
        ]
        for it, where in rows
    )


@official
def conferences_csv(request):
    """The filtered list as a table."""
    return csv_answer("hoi-nghi", *_table(request))


@official
def conferences_xlsx(request):
    return xlsx_answer("hoi-nghi", *_table(request))


@official
def new_conference(request):
    """Prepare one."""
    scope = request.actor.scope("draft", HALL)
    require(scope != frozenset(), _("Chức trách của ông/bà không chuẩn bị hội nghị."))
    initial = {
        "uid": uuid4(),
        "unit": place_of(request.actor, scope),
        "planned_minutes": 120,
        "keeps_waiting_list": True,
        "entry": "list",
    }
    form = ConferenceForm(request.actor, None, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if name != "uid"}
        uid = form.cleaned_data["uid"] or uuid4()
        earlier = conferences_of(request.actor).filter(uid=uid).first()
        try:
            made = earlier or draft_conference(by=request.actor, uid=uid, **given)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(
                request, _("Đã lưu. Hãy ghi chương trình, điểm cầu và đại biểu, rồi triệu tập.")
            )
            return redirect("desk_conference", pk=made.pk)
    return page(
        request,
        "desk/plain_form.html",
        status=400 if form.errors else 200,
        form=form,
        title=_("Chuẩn bị hội nghị"),
        back="desk_conferences",
        wide=("title", "subject"),
    )


@official
def edit_conference_at(request, pk):
    """Change what is written of it, while it is not over."""
    found = conference_at(request, pk)
    CONFERENCE_LIFE.require(request.actor, "edit", found)
    form = ConferenceForm(request.actor, found, request.POST or None, initial=initial_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            if changed := form.changed():
                edit_conference(found, by=request.actor, **changed)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("desk_conference", pk=pk)
    return page(
        request,
        "desk/conference_form.html",
        status=400 if form.errors else 200,
        form=form,
        it=found,
        title=_("Sửa hội nghị"),
        wide=("title", "subject"),
    )


@official
@never_cache
def conference(request, pk, status=200, fault="", typed=None):
    """One conference: its programme, rooms and people, where it stands and what may be done
    next.
    """
    found, actor = conference_at(request, pk), request.actor
    acts = CONFERENCE_LIFE.acts_of(found, actor)
    minutes = (
        Minutes.objects.viewed_by(actor)
        .filter(subject_kind=HALL, subject=str(found.uid))
        .order_by("-pk")
        .first()
    )
    return page(
        request,
        "desk/conference.html",
        status=status,
        it=found,
        fault=fault,
        typed=typed or {},
        where=name_of(found.unit_id, day_of(found.starts_at)),
        body=found.body and found.body.name_on(day_of(found.starts_at)),
        items=list(found.items.order_by("position")),
        points=points_of(found, now() if found.state == State.OPEN else found.closed_at),
        people=delegates_by_state(found),
        present=present_now(found) if found.state == State.OPEN else None,
        acts=[(act, *WORDS[act]) for act in acts if act in WORDS],
        may_prepare=may_prepare(actor, found),
        prepares="edit" in acts,
        writes_minutes="minute" in acts and minutes is None,
        minutes=minutes,
        entries=history(found),
    )


@official
@require_POST
def act(request, pk, act):
    """convene | open | close | cancel | renew | minutes; where it is refused, what was typed
    stays.
    """
    found = conference_at(request, pk)
    if act == "minutes":
        return _minuted(request, found)
    if act not in ACTS:
        raise Http404
    try:
        done = ACTS[act](found, request.actor, request.POST)
    except Refused as refusal:
        return conference(request, pk, status=400, fault=refusal.message, typed=request.POST)
    messages.success(
        request,
        _("Đã đổi mã chung.") if act == "renew" else _("Đã ghi: %s.") % done.get_state_display(),
    )
    return redirect("desk_conference", pk=pk)


def _minuted(request, found):
    """A draft of the minutes from what happened, and the page where it is read through."""
    try:
        made = write_minutes(found, by=request.actor)
    except Refused as refusal:
        return conference(request, found.pk, status=400, fault=refusal.message)
    messages.success(
        request,
        _("Đã lập bản nháp biên bản từ diễn biến của hội nghị. Hãy đọc lại trước khi duyệt."),
    )
    return redirect("desk_minutes_one", uid=made.uid)

"""Minutes at the desk: the list, beginning them, the text with what is marked, and what may be
done with it.
"""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from danchu.desk.act_forms import Asked, act_forms, given, typed_in
from danchu.desk.guard import official
from danchu.desk.lists import units_named
from danchu.desk.minutes_form import NewMinutesForm
from danchu.desk.rows import history
from danchu.kernel.days import show_day, today
from danchu.kernel.refusals import Refused, require
from danchu.look.pages import page
from danchu.look.paging import page_by_key
from danchu.look.sheets import csv_answer
from danchu.minutes import actions
from danchu.minutes.lives import MINUTES_LIFE
from danchu.minutes.models import Minutes, MinutesState
from danchu.minutes.models.texts import MINUTES
from danchu.minutes.papers.minutes import minutes_file
from danchu.minutes.queries.lists import text_lines, texts
from danchu.minutes.queries.readable_text import told
from danchu.papers.official import MEDIA
from danchu.people.offices_held import place_of
from danchu.register.models import Event
from danchu.units.names import name_of

MOST_EXPORTED = 20_000
WORDS = {
    "approve": gettext_lazy("Duyệt biên bản"),
    "attach": gettext_lazy("Gắn với việc trong sổ"),
    "correct": gettext_lazy("Soạn bản đính chính"),
    "discard": gettext_lazy("Bỏ bản nháp"),
}
FIELDS = {
    "approve": (
        Asked(
            "is_public",
            gettext_lazy(
                "Công khai toàn văn (không có thông tin riêng của công dân; người phát "
                "biểu hiện theo chức danh hoặc nơi ở)"
            ),
            "check",
        ),
    ),
    "attach": (Asked("event", gettext_lazy("Việc trong sổ cùng ngày"), "choice"),),
    "correct": (Asked("changed", gettext_lazy("Sẽ sửa gì và vì sao, sẽ công khai")),),
    "discard": (),
}


@official
def minutes_list(request):
    """Those of the reader's places, the newest first."""
    found = page_by_key(request, _asked(request), ("held_on", "title"))
    return page(
        request,
        "desk/minutes.html",
        rows=text_lines(found.rows),
        found=found,
        asked=request.GET,
        states=MinutesState.choices,
        may_draft=request.actor.scope("draft", MINUTES) != frozenset(),
    )


@official
def minutes_csv(request):
    """The same rows as a file."""
    head = [_("Ngày"), _("Biên bản"), _("Số"), _("Nơi"), _("Trạng thái"), _("Bản"), _("Duyệt")]
    rows = _asked(request).order_by("-held_on", "-pk")[:MOST_EXPORTED]
    return csv_answer("bien-ban", head, (_cells(line) for line in text_lines(list(rows))))


def _cells(line):
    it = line["it"]
    return [
        show_day(it.held_on),
        it.title,
        it.number,
        line["where"],
        it.get_state_display(),
        it.version,
        f"{it.approved_at:%d/%m/%Y}" if it.approved_at else "",
    ]


def _asked(request):
    rows = Minutes.objects.viewed_by(request.actor)
    if place := request.GET.get("unit", "").strip():
        rows = rows.filter(unit__among=units_named(place))
    return texts(rows, request.GET)


@official
def new_minutes(request):
    """Begin minutes: of an event of the register (`event` in the address), or of none yet."""
    scope = request.actor.scope("draft", MINUTES)
    require(scope != frozenset(), _("Chức trách của ông/bà không soạn biên bản."))
    event = _event(request, request.GET.get("event", ""))
    initial = {"uid": uuid4(), "held_on": show_day(today()), "unit": place_of(request.actor, scope)}
    initial |= {"title": event.title[:200], "place": event.place} if event else {}
    form = NewMinutesForm(request.actor, event, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        earlier = (
            Minutes.objects.viewed_by(request.actor).filter(uid=form.cleaned_data["uid"]).first()
        )
        try:
            made = earlier or actions.draft_minutes(by=request.actor, **form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return redirect("desk_edit_minutes", uid=made.uid)
    return page(
        request,
        "desk/plain_form.html",
        status=400 if form.errors else 200,
        form=form,
        title=_("Soạn biên bản"),
        back="desk_minutes",
        wide=("title", "attendance"),
    )


def _event(request, text):
    try:
        uid = UUID(text) if text else None
    except ValueError:
        raise Http404 from None
    return (
        get_object_or_404(
            Event.objects.visible_to(request.actor).select_related("unit", "body"), uid=uid
        )
        if uid
        else None
    )


def minutes_at(request, uid):
    rows = Minutes.objects.viewed_by(request.actor).select_related(
        "unit", "body", "event", "supersedes"
    )
    return get_object_or_404(rows, uid=uid)


@official
def minutes(request, uid, status=200, fault="", typed=None):
    """The text as it stands, with names of who spoke; what may be done next."""
    found, actor = minutes_at(request, uid), request.actor
    acts = MINUTES_LIFE.acts_of(found, actor)
    events = _events(found) if "attach" in acts else []
    offered = [act for act in FIELDS if act in acts and act != "discard"]
    if not events and "attach" in offered:
        offered.remove("attach")
    fields = {
        **FIELDS,
        "attach": (Asked("event", FIELDS["attach"][0].label, "choice", tuple(events)),),
    }
    return page(
        request,
        "desk/minutes_one.html",
        status=status,
        it=found,
        fault=fault,
        typed=typed or {},
        here=reverse("desk_minutes_one", args=[uid]),
        where=name_of(found.unit_id, found.held_on),
        body=found.body and found.body.name_on(found.held_on),
        blocks=told(found),
        entries=history(found),
        forms=act_forms(offered, WORDS, fields, typed),
        may_discard="discard" in acts,
        earlier=found.supersedes,
        later=Minutes.objects.viewed_by(actor).filter(supersedes=found).first(),
        may_edit="edit" in acts,
    )


def _events(found):
    """[(uid, in words)] of the events of the place and day that stand."""
    rows = Event.objects.filter(
        unit=found.unit_id, held_on=found.held_on, state__in=("draft", "confirmed")
    ).order_by("pk")[:50]
    return [(str(event.uid), f"{event.reference} {event.title}".strip()[:120]) for event in rows]


@official
@require_POST
def act(request, uid, act):
    """approve | attach | correct | discard; what was typed stays when it is refused."""
    found = minutes_at(request, uid)
    if act not in FIELDS:
        raise Http404
    try:
        done = _do(request, act, found)
    except Refused as refusal:
        return minutes(request, uid, 400, refusal.message, typed_in(request, act))
    if done is None:
        messages.success(request, _("Đã bỏ bản nháp."))
        return redirect("desk_minutes")
    messages.success(request, _("Đã ghi: %s.") % WORDS[act])
    return redirect("desk_edit_minutes" if act == "correct" else "desk_minutes_one", uid=done.uid)


def _do(request, act, found):
    typed = given(FIELDS[act], request.POST)
    if act == "attach":
        event = _event(request, typed["event"])
        if event is None:
            raise Refused(_("Hãy chọn việc trong sổ."), "event")
        return actions.attach_minutes(found, event, by=request.actor)
    does = {
        "approve": actions.approve_minutes,
        "correct": actions.correct_minutes,
        "discard": actions.discard_minutes,
    }
    return does[act](found, by=request.actor, **typed)


@official
def minutes_paper(request, uid, ending):
    """The same as DOCX or PDF, with the names of who spoke, to sign."""
    found = minutes_at(request, uid)
    if ending not in MEDIA:
        raise Http404
    answer = HttpResponse(minutes_file(found, ending, with_names=True), content_type=MEDIA[ending])
    answer.headers["Content-Disposition"] = (
        f'attachment; filename="bien-ban-{found.held_on:%Y-%m-%d}.{ending}"'
    )
    answer.headers["Cache-Control"] = "private, no-store"
    return answer

"""Rounds of boards at the desk: the list, the page they are written on, the sheet of one with
its photos, confirming.
"""

from uuid import uuid4

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from danchu.desk.guard import official
from danchu.desk.lists import units_named
from danchu.desk.round_form import RoundForm, point_text
from danchu.desk.round_line import SCRIPTS, promised
from danchu.desk.round_words import words
from danchu.desk.rows import history
from danchu.inspection import actions
from danchu.inspection.boards_of import boards_of
from danchu.inspection.input.rounds import Conflict
from danchu.inspection.lives import ROUND_LIFE
from danchu.inspection.models import Finding, RoundPhoto, RoundSheet
from danchu.inspection.moves import ROUND
from danchu.inspection.photos.uploads import arrived
from danchu.kernel.days import show_day, today
from danchu.kernel.refusals import Refused, require
from danchu.look.middleware import POWERS
from danchu.look.pages import page
from danchu.look.paging import page_by_key
from danchu.look.sheets import csv_answer
from danchu.register.models import State
from danchu.register.words import STATE_WORDS
from danchu.units.names import name_of, names_of

MOST_EXPORTED = 20_000
# The one page that may ask where the device is, and only when its button is pressed.
WITH_PLACE = POWERS.replace("geolocation=()", "geolocation=(self)")
DOES = {"confirm": actions.confirm_round, "discard": actions.discard_round}


@official
def rounds(request):
    """The rounds of the reader's places, the latest first."""
    found = page_by_key(request, asked(request), ("held_on", "title"))
    return page(
        request,
        "desk/rounds.html",
        rows=lines(found.rows),
        found=found,
        asked=request.GET,
        states=[(State.DRAFT, STATE_WORDS["draft"]), (State.CONFIRMED, STATE_WORDS["confirmed"])],
        may_draft=request.actor.scope("draft", ROUND) != frozenset(),
    )


@official
def rounds_csv(request):
    """The same rows as a file."""
    head = [
        _("Ngày"),
        _("Kiểm tra, giám sát việc gì"),
        _("Ban"),
        _("Nơi"),
        _("Trạng thái"),
        _("Vụ việc ghi nhận"),
        _("Ảnh đã đến"),
        _("Ảnh"),
    ]
    rows = asked(request).order_by("-held_on", "-pk")[:MOST_EXPORTED]
    return csv_answer(
        "cuoc-giam-sat",
        head,
        (
            [
                show_day(line["it"].held_on),
                line["it"].title,
                line["board"],
                line["where"],
                line["state"],
                len(line["it"].noted),
                line["it"].came,
                line["it"].promised,
            ]
            for line in lines(list(rows))
        ),
    )


def asked(request):
    rows = (
        RoundSheet.objects.viewed_by(request.actor)
        .kept()
        .with_photos()
        .select_related("board", "event")
        .prefetch_related("board__standings")
    )
    if request.GET.get("state", "") in State.values:
        rows = rows.filter(event__state=request.GET["state"])
    if place := request.GET.get("unit", "").strip():
        rows = rows.filter(unit__in=units_named(place))
    return rows


def lines(found):
    """Each with the names of its board and place and its state in words."""
    names = names_of({(it.unit_id, it.held_on) for it in found})
    return [
        {
            "it": it,
            "board": it.board.name_on(it.held_on),
            "where": names[it.unit_id, it.held_on],
            "state": STATE_WORDS[it.event.state],
        }
        for it in found
    ]


@official
@never_cache
def new_round(request):
    """Write one down: an ordinary form, and with script one that waits on the device while
    there is no line.
    """
    require(
        request.actor.scope("draft", ROUND) != frozenset(),
        _("Chức trách của ông/bà không ghi cuộc giám sát."),
    )
    boards = boards_of(
        request.actor, "draft", ROUND, request.POST.get("board") or request.GET.get("board", "")
    )
    form = RoundForm(
        boards,
        request.POST or None,
        initial={
            "uid": uuid4(),
            "board": request.GET.get("board", ""),
            "plan": request.GET.get("plan", ""),
            "held_on": show_day(today()),
        },
    )
    other = None
    if request.method == "POST" and form.is_valid():
        try:
            made = _written(request, form)
        except Conflict as conflict:
            other = conflict.other
            form.add_error(None, conflict.message)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Đã lưu bản nháp."))
            return redirect("desk_round", uid=made.uid)
    answer = page(
        request,
        "desk/round_form.html",
        status=400 if form.errors else 200,
        form=form,
        noted=form.noted(),
        other=other,
        words=words(),
        account=request.actor.account_id,
        worker=reverse("desk_rounds_worker"),
        line=reverse("desk_rounds_line"),
        scripts=[static(path) for path in SCRIPTS],
        name=request.actor.name,
    )
    answer.headers["Permissions-Policy"] = WITH_PLACE
    return answer


def _written(request, form):
    """The round with its photos, as one browser form sends them: all at once."""
    files = request.FILES.getlist("photos")
    given = form.values()
    made = actions.write_round(
        given.pop("uid"), by=request.actor, photos=[promised(file) for file in files], **given
    )
    for file in files:
        sent_hash, _name, _size = promised(file)
        file.seek(0)
        content, came = file.read(), arrived(RoundPhoto(sheet=made, sent_hash=sent_hash))
        try:
            actions.receive_photo(made, sent_hash, came, content[came:], by=request.actor)
        except Refused as refusal:
            messages.error(request, refusal.message)
            actions.drop_photo(made, sent_hash, by=request.actor)
    return made


def _sheet(request, uid):
    rows = RoundSheet.objects.viewed_by(request.actor).select_related(
        "board", "event", "plan", "project"
    )
    return get_object_or_404(rows, uid=uid)


@official
def round_(request, uid, status=200, fault=""):
    """One round: its minutes, point, photos, what was noted, and what may be done now."""
    found, actor = _sheet(request, uid), request.actor
    acts = ROUND_LIFE.acts_of(found, actor)
    papers = (
        list(found.event.attachments.select_related("paper").order_by("pk")) if found.event else []
    )
    return page(
        request,
        "desk/round.html",
        status=status,
        it=found,
        fault=fault,
        may={"draft": "edit" in acts, "confirm": "confirm" in acts},
        state=STATE_WORDS[found.event.state] if found.event else _("Đã bỏ bản nháp"),
        where=name_of(found.unit_id, found.held_on),
        board=found.board.name_on(found.held_on),
        point=point_text(found),
        entries=history(found),
        pictures=[one for one in papers if one.paper.media.startswith("image/")],
        awaited=list(found.photos.filter(paper=None).order_by("number")),
        findings=list(Finding.objects.filter(round=found.event).order_by("pk"))
        if found.event
        else [],
        writer=_writer(found),
    )


def _writer(sheet):
    entry = next((line for line in reversed(history(sheet))), None)
    return entry[2] if entry else ""


@official
@never_cache
def edit_round(request, uid):
    """Change the texts of a draft."""
    found = _sheet(request, uid)
    ROUND_LIFE.require(request.actor, "edit", found)
    known = {
        "uid": found.uid,
        "board": str(found.board_id),
        "held_on": show_day(found.held_on),
        "title": found.title,
        "minutes": found.minutes,
        "noted": found.noted,
    }
    known |= (
        {"place": found.event.place, "participants": found.event.participants}
        if found.event
        else {}
    )
    form = RoundForm({str(found.board_id): found.board}, request.POST or None, initial=known)
    for name in ("plan", "project", "latitude", "longitude", "accuracy", "keeps_trace", "apart"):
        del form.fields[name]
    if request.method == "POST" and form.is_valid():
        given = {
            name: form.cleaned_data[name]
            for name in ("held_on", "title", "place", "participants", "minutes")
        }
        try:
            actions.edit_round(
                found,
                by=request.actor,
                noted=[row for row in form.noted() if any(row.values())],
                **given,
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Đã lưu bản nháp."))
            return redirect("desk_round", uid=uid)
    return page(
        request,
        "desk/round_edit.html",
        status=400 if form.errors else 200,
        form=form,
        noted=form.noted(),
        it=found,
    )


@official
@require_POST
def act(request, uid, act):
    """confirm | discard | drop: a photo that will not come."""
    found = _sheet(request, uid)
    if act not in (*DOES, "drop"):
        raise Http404
    try:
        if act == "drop":
            actions.drop_photo(found, request.POST.get("photo", ""), by=request.actor)
        else:
            DOES[act](found, by=request.actor)
    except Refused as refusal:
        return round_(request, uid, 400, refusal.message)
    messages.success(
        request,
        _("Đã xác nhận: việc này có trong mọi số liệu ngay từ bây giờ.")
        if act == "confirm"
        else _("Đã ghi."),
    )
    return redirect("desk_rounds") if act == "discard" else redirect("desk_round", uid=uid)

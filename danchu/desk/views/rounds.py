"""Rounds of boards at the desk: the page on which they are recorded, and editing a draft."""

from uuid import uuid4

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from danchu.desk.guard import official
from danchu.desk.round_line import SCRIPTS, announced
from danchu.desk.round_words import words
from danchu.inspection import actions
from danchu.inspection.boards_of import boards_of
from danchu.inspection.input.rounds import Conflict
from danchu.inspection.lives import ROUND_LIFE
from danchu.inspection.models import RoundPhoto
from danchu.inspection.moves import ROUND
from danchu.inspection.photos.uploads import bytes_received
from danchu.inspection.sections.round_form import EditRoundForm, RoundForm
from danchu.inspection.sections.rounds import ROUNDS
from danchu.kernel.days import show_day, today
from danchu.kernel.refusals import Refused, require
from danchu.look.middleware import POWERS_WITH_PLACE
from danchu.look.pages import page
from danchu.subjects.editing import save_edited, status_of
from danchu.units.models import Body

# The one page that may ask where the device is, and only when its button is pressed.
CHANGED = ("held_on", "title", "place", "participants", "minutes")


@official
@never_cache
def new_round(request):
    """Record a round: an ordinary form, and with script one that is queued on the device while
    there is no connection.
    """
    require(ROUNDS.new.allows(request.actor), ROUNDS.new.denied)
    initial = {
        "uid": uuid4(),
        "board": request.GET.get("board", ""),
        "plan": request.GET.get("plan", ""),
        "held_on": show_day(today()),
    }
    boards = boards_of(request.actor, "draft", ROUND)
    form = RoundForm(boards, request.POST or None, request.FILES or None, initial=initial)
    other = None
    if request.method == "POST" and form.is_valid():
        try:
            sheet = _write_round(request, form)
        except Conflict as conflict:
            other = conflict.other
            form.add_error(None, conflict.message)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Đã lưu bản nháp."))
            return redirect("desk_round", uid=sheet.uid)
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
    answer.headers["Permissions-Policy"] = POWERS_WITH_PLACE
    return answer


def _write_round(request, form):
    """The new round with its photos, which a browser form sends all at once."""
    files = [file for file, _name in form.cleaned_data["photos"]]
    values = form.values()
    photos = [announced(file) for file in files]
    sheet = actions.write_round(values.pop("uid"), by=request.actor, photos=photos, **values)
    for file, (sent_hash, _name, _size) in zip(files, photos, strict=True):
        file.seek(0)
        content = file.read()
        offset = bytes_received(RoundPhoto(sheet=sheet, sent_hash=sent_hash))
        try:
            actions.receive_photo(sheet, sent_hash, offset, content[offset:], by=request.actor)
        except Refused as refusal:
            messages.error(request, refusal.message)
            actions.drop_photo(sheet, sent_hash, by=request.actor)
    return sheet


@official
@never_cache
def edit_round(request, uid):
    """Edit the texts of a draft."""
    sheet = get_object_or_404(ROUNDS.record.rows(request.actor), uid=uid)
    ROUND_LIFE.require(request.actor, "edit", sheet)
    form = _edit_form(sheet, request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in CHANGED}
        noted = [row for row in form.noted() if any(row.values())]
        try:
            save_edited(
                form,
                sheet,
                _edit_form,
                lambda: actions.edit_round(sheet, by=request.actor, noted=noted, **values),
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Đã lưu bản nháp."))
            return redirect("desk_round", uid=uid)
    return page(
        request,
        "desk/round_edit.html",
        status=status_of(form),
        form=form,
        noted=form.noted(),
        record=sheet,
    )


def _edit_form(sheet, typed=None):
    """The form of a draft."""
    boards = Body.objects.filter(pk=sheet.board_id)
    return EditRoundForm(boards, typed, initial=_initial_of(sheet))


def _initial_of(sheet):
    """The initial values of the form of a draft."""
    initial = {
        "uid": sheet.uid,
        "board": str(sheet.board_id),
        "held_on": show_day(sheet.held_on),
        "title": sheet.title,
        "minutes": sheet.minutes,
        "noted": sheet.noted,
    }
    if sheet.event:
        initial["place"] = sheet.event.place
        initial["participants"] = sheet.event.participants
    return initial

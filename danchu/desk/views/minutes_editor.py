"""The editor of minutes: one form, without script. When two clerks edit at once, the second save is
merged row by row with the first and shown again, so that no text is lost.
"""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from danchu.desk.guard import official
from danchu.desk.minutes_rows import Row, blocks_of, changed_by, joined, rows_of, typed_rows
from danchu.desk.views.minutes import minutes_at
from danchu.kernel.addresses import number_in
from danchu.kernel.refusals import Refused
from danchu.look.pages import page
from danchu.minutes import actions
from danchu.minutes.actions.texts import EDITION
from danchu.minutes.lives import MINUTES_LIFE
from danchu.minutes.models import PassageKind
from danchu.minutes.queries.readable_text import block_inputs
from danchu.minutes.sections.minutes_form import HeadForm, bodies_near, head_of
from danchu.units.names import name_of


@official
@never_cache
def edit_minutes(request, uid):
    """Show, or save what was typed; a button that only moves rows saves nothing yet."""
    minutes = minutes_at(request, uid)
    MINUTES_LIFE.require(request.actor, "edit", minutes)
    if MINUTES_LIFE.obstacle(minutes, "edit"):
        return redirect("desk_minutes_one", uid=uid)
    if request.method != "POST":
        return _editor(
            request,
            minutes,
            HeadForm(initial=head_of(minutes)),
            rows_of(block_inputs(minutes)) or [Row()],
            minutes.edition,
        )
    form = HeadForm(request.POST)
    rows = typed_rows(request.POST)
    do = request.POST.get("do", "save")
    edition = _number(request.POST.get("edition", ""))
    if do not in ("save", "finish"):
        return _editor(request, minutes, form, changed_by(rows, do) or [Row()], edition, moved=do)
    if not form.is_valid():
        fault = _("Có ô chưa đúng: hãy sửa các ô được đánh dấu. Những gì đã gõ vẫn còn nguyên.")
        return _editor(request, minutes, form, rows, edition, 400, fault)
    try:
        actions.edit_minutes(
            minutes,
            by=request.actor,
            edition=edition,
            blocks=blocks_of(rows, bodies_near(minutes)),
            **form.values(),
        )
    except Refused as refusal:
        if refusal.field == EDITION:
            return _merge_page(request, uid, form, rows, refusal.message)
        form.refuse(refusal)
        fault = refusal.message if refusal.field not in form.fields else ""
        return _editor(request, minutes, form, rows, edition, 400, fault)
    messages.success(request, _("Đã lưu biên bản."))
    return redirect("desk_minutes_one" if do == "finish" else "desk_edit_minutes", uid=uid)


def _merge_page(request, uid, form, rows, refusal):
    """409: somebody else saved first; both texts merged, to be checked and saved again."""
    minutes = minutes_at(request, uid)
    joined_rows = joined(rows, rows_of(block_inputs(minutes)), minutes.editor or _("Người khác"))
    stored_head = head_of(minutes)
    differs = [
        (form[name].label, stored_head[name])
        for name in form.fields
        if str(form.data.get(name, "")).strip() != str(stored_head[name]).strip()
    ]
    fault = (
        refusal
        + " "
        + _(
            "Dưới đây là bài của hai người đã ghép, đoạn khác nhau có ghi chú: hãy xem "
            "lại rồi bấm Lưu."
        )
    )
    return _editor(request, minutes, form, joined_rows, minutes.edition, 409, fault, differs)


def _editor(request, minutes, form, rows, edition, status=200, fault="", differs=(), moved=""):
    return page(
        request,
        "desk/minutes_edit.html",
        status=status,
        record=minutes,
        form=form,
        rows=rows,
        edition=edition,
        fault=fault,
        differs=differs,
        kinds=PassageKind.choices,
        bodies=[(key, body.label) for key, body in bodies_near(minutes).items()],
        where=name_of(minutes.unit_id, minutes.held_on),
        is_moved=bool(moved),
        promised=_tracked_marks(minutes),
    )


def _tracked_marks(minutes):
    """The marks whose promises are being tracked: those are changed at the promise, not here."""
    if not minutes.supersedes_id:
        return frozenset()
    return frozenset(
        str(mark)
        for mark in minutes.supersedes.passages.filter(kind=PassageKind.COMMITMENT).values_list(
            "mark", flat=True
        )
    )


def _number(text):
    return number_in(text, 9) or 0

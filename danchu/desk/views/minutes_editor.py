"""The editor of minutes: one form, without script; a save that came second is told, joined and
lost in nothing.
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
from danchu.minutes.queries.readable_text import written_of
from danchu.minutes.sections.minutes_form import HeadForm, bodies_near, head_of
from danchu.units.names import name_of


@official
@never_cache
def edit_minutes(request, uid):
    """Read, or save what was typed; a button that only moves rows saves nothing yet."""
    found = minutes_at(request, uid)
    MINUTES_LIFE.require(request.actor, "edit", found)
    if MINUTES_LIFE.obstacle(found, "edit"):
        return redirect("desk_minutes_one", uid=uid)
    if request.method != "POST":
        return _editor(
            request,
            found,
            HeadForm(initial=head_of(found)),
            rows_of(written_of(found)) or [Row()],
            found.edition,
        )
    form = HeadForm(request.POST)
    rows = typed_rows(request.POST)
    do = request.POST.get("do", "save")
    edition = _number(request.POST.get("edition", ""))
    if do not in ("save", "finish"):
        return _editor(request, found, form, changed_by(rows, do) or [Row()], edition, moved=do)
    if not form.is_valid():
        return _editor(
            request,
            found,
            form,
            rows,
            edition,
            400,
            _("Có ô chưa đúng: hãy sửa các ô được đánh dấu. Những gì đã gõ vẫn còn nguyên."),
        )
    try:
        actions.edit_minutes(
            found,
            by=request.actor,
            edition=edition,
            blocks=blocks_of(rows, bodies_near(found)),
            **form.values(),
        )
    except Refused as refusal:
        if refusal.field == EDITION:
            return _second(request, uid, form, rows, refusal.message)
        form.refuse(refusal)
        return _editor(
            request,
            found,
            form,
            rows,
            edition,
            400,
            refusal.message if refusal.field not in form.fields else "",
        )
    messages.success(request, _("Đã lưu biên bản."))
    return redirect("desk_minutes_one" if do == "finish" else "desk_edit_minutes", uid=uid)


def _second(request, uid, form, rows, told):
    """Another saved first: both texts in one, to be looked through and saved again over his."""
    found = minutes_at(request, uid)
    both = joined(rows, rows_of(written_of(found)), found.editor or _("Người khác"))
    kept = head_of(found)
    differs = [
        (form[name].label, kept[name])
        for name in form.fields
        if str(form.data.get(name, "")).strip() != str(kept[name]).strip()
    ]
    fault = (
        told
        + " "
        + _(
            "Dưới đây là bài của hai người đã ghép, đoạn khác nhau có ghi chú: hãy xem "
            "lại rồi bấm Lưu."
        )
    )
    return _editor(request, found, form, both, found.edition, 409, fault, differs)


def _editor(request, found, form, rows, edition, status=200, fault="", differs=(), moved=""):
    return page(
        request,
        "desk/minutes_edit.html",
        status=status,
        it=found,
        form=form,
        rows=rows,
        edition=edition,
        fault=fault,
        differs=differs,
        kinds=PassageKind.choices,
        bodies=bodies_near(found).items(),
        where=name_of(found.unit_id, found.held_on),
        is_moved=bool(moved),
        held=_promised(found),
    )


def _promised(found):
    """The marks whose promises run already: what they promise is changed at the promise, not
    here.
    """
    if not found.supersedes_id:
        return frozenset()
    return frozenset(
        str(mark)
        for mark in found.supersedes.passages.filter(kind=PassageKind.COMMITMENT).values_list(
            "mark", flat=True
        )
    )


def _number(text):
    return number_in(text, 9) or 0

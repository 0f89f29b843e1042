"""The programme and the bridge points of a conference, as who prepares it writes them."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from danchu.conference.actions.points import add_point, edit_point, remove_point
from danchu.conference.actions.programme import (
    add_item,
    add_item_paper,
    edit_item,
    move_item,
    remove_item,
    remove_item_paper,
)
from danchu.conference.models import ItemPaper
from danchu.conference.queries.delegate_numbers import point_numbers
from danchu.conference.rules import NO_RIGHT, UNFINISHED, may_prepare
from danchu.conference.sections.conferences import CONFERENCES
from danchu.conference.sections.preparing_form import ItemForm, PointForm, initial_of_point
from danchu.conference.words import ItemKind
from danchu.desk.guard import official
from danchu.kernel.days import day_of
from danchu.kernel.refusals import Refused, require
from danchu.look.pages import page
from danchu.units.names import names_of

MOVES = {"up": False, "down": True}


def conference_at(request, pk):
    """The conference of an address; 404 where the reader has no right of their own to view it."""
    return get_object_or_404(CONFERENCES.record.rows(request.actor), pk=pk)


def prepared(request, pk):
    """The conference, for who may prepare it."""
    found = conference_at(request, pk)
    require(may_prepare(request.actor, found), NO_RIGHT)
    return found


def _sessions(conference):
    return conference.items.filter(kind=ItemKind.SESSION).order_by("position")


@official
def programme(request, pk, status=200, fault=""):
    """The lines in their order, and a form for another."""
    found = prepared(request, pk)
    form = ItemForm(
        _sessions(found),
        None if fault else request.POST or None,
        initial={
            "kind": ItemKind.REPORT,
            "planned_minutes": 10,
            "parent": request.GET.get("parent", ""),
        },
    )
    if request.method == "POST" and not fault and form.is_valid():
        try:
            made = add_item(found, by=request.actor, **form.values())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Đã thêm “%s” vào chương trình.") % made.title)
            return redirect("desk_programme", pk=pk)
    return page(
        request,
        "desk/programme.html",
        status=400 if form.errors else status,
        it=found,
        fault=fault,
        form=form,
        living=found.state in UNFINISHED,
        items=list(found.items.order_by("position").prefetch_related("papers")),
    )


@official
def item(request, pk, item):
    """Change a line; its papers."""
    found = prepared(request, pk)
    row = get_object_or_404(found.items, pk=item)
    kept = {name: getattr(row, name) for name in ("title", "kind", "speaker", "planned_minutes")}
    form = ItemForm((), request.POST or None, initial=kept)
    if request.method == "POST" and form.is_valid():
        try:
            edit_item(row, by=request.actor, **form.values())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("desk_programme", pk=pk)
    return _item_page(request, found, row, form)


def _item_page(request, found, row, form, status=200, fault=""):
    papers = list(row.papers.select_related("paper").order_by("pk"))
    return page(
        request,
        "desk/programme_item.html",
        status=400 if form.errors else status,
        it=found,
        item=row,
        form=form,
        papers=papers,
        fault=fault,
        living=found.state in UNFINISHED,
    )


@official
@require_POST
def item_paper(request, pk, item):
    """A document to be read before the item."""
    found = prepared(request, pk)
    row = get_object_or_404(found.items, pk=item)
    file = request.FILES.get("file")
    try:
        if file is None:
            raise Refused(_("Hãy chọn tệp trước khi gửi."), "file")
        add_item_paper(row, file, file.name, by=request.actor)
    except Refused as refusal:
        kept = {
            name: getattr(row, name) for name in ("title", "kind", "speaker", "planned_minutes")
        }
        return _item_page(request, found, row, ItemForm((), initial=kept), 400, refusal.message)
    messages.success(request, _("Đã thêm tài liệu."))
    return redirect("desk_programme_item", pk=pk, item=item)


@official
@require_POST
def drop_item_paper(request, pk, paper):
    """Take a document off."""
    found = prepared(request, pk)
    row = get_object_or_404(
        ItemPaper.objects.select_related("item__conference", "paper"),
        pk=paper,
        item__conference=found,
    )
    remove_item_paper(row, by=request.actor)
    messages.success(request, _("Đã bỏ tài liệu."))
    return redirect("desk_programme_item", pk=pk, item=row.item_id)


@official
@require_POST
def item_act(request, pk, item, act):
    """up | down | remove."""
    found = prepared(request, pk)
    row = get_object_or_404(found.items, pk=item)
    if act not in (*MOVES, "remove"):
        raise Http404
    try:
        if act == "remove":
            remove_item(row, by=request.actor)
            messages.success(request, _("Đã bỏ “%s” khỏi chương trình.") % row.title)
        else:
            move_item(row, by=request.actor, down=MOVES[act])
    except Refused as refusal:
        return programme(request, pk, 400, refusal.message)
    return redirect("desk_programme", pk=pk)


@official
def points(request, pk, status=200, fault=""):
    """The plan of bridge points, and a form for another."""
    found = prepared(request, pk)
    form = PointForm(None if fault else request.POST or None)
    if request.method == "POST" and not fault and form.is_valid():
        try:
            made = add_point(found, by=request.actor, **form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Đã thêm điểm cầu “%s”.") % made.name)
            return redirect("desk_points", pk=pk)
    rows = point_numbers(found)
    day = day_of(found.starts_at)
    names = names_of({(row.point.unit_id, day) for row in rows})
    return page(
        request,
        "desk/points.html",
        status=400 if form.errors else status,
        it=found,
        fault=fault,
        form=form,
        living=found.state in UNFINISHED,
        points=[(row, names[row.point.unit_id, day]) for row in rows],
    )


@official
def point(request, pk, point):
    """Change a bridge point."""
    found = prepared(request, pk)
    row = get_object_or_404(found.points.select_related("unit"), pk=point)
    form = PointForm(request.POST or None, initial=initial_of_point(row))
    if request.method == "POST" and form.is_valid():
        try:
            edit_point(row, by=request.actor, **form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("desk_points", pk=pk)
    return page(
        request,
        "desk/conference_form.html",
        status=400 if form.errors else 200,
        form=form,
        it=found,
        title=_("Sửa điểm cầu"),
        wide=("name",),
        back="../../",
    )


@official
@require_POST
def drop_point(request, pk, point):
    """Take a bridge point out that nobody sits in."""
    found = prepared(request, pk)
    row = get_object_or_404(found.points, pk=point)
    try:
        remove_point(row, by=request.actor)
    except Refused as refusal:
        return points(request, pk, 400, refusal.message)
    messages.success(request, _("Đã bỏ điểm cầu “%s”.") % row.name)
    return redirect("desk_points", pk=pk)

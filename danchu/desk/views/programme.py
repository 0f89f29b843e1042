"""The programme and the bridge points of a conference, for whoever may prepare it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

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
from danchu.conference.sections.preparing_form import (
    EditItemForm,
    EditPointForm,
    ItemForm,
    PointForm,
    initial_of_point,
)
from danchu.conference.words import ItemKind
from danchu.desk.guard import official
from danchu.kernel.days import day_of
from danchu.kernel.refusals import Refused, require
from danchu.look.pages import page
from danchu.subjects.editing import save_edited, status_of
from danchu.units.names import names_of

MOVES = {"up": False, "down": True}


def conference_at(request, pk):
    """The conference of an address; 404 where the reader has no right of their own to view it."""
    return get_object_or_404(CONFERENCES.record.rows(request.actor), pk=pk)


def conference_to_prepare(request, pk):
    """The conference; Denied where the reader may not prepare it, 404 as `conference_at`."""
    conference = conference_at(request, pk)
    require(may_prepare(request.actor, conference), NO_RIGHT)
    return conference


def _sessions(conference):
    return conference.items.filter(kind=ItemKind.SESSION).order_by("position")


@official
def programme(request, pk, status=200, fault=""):
    """The items of the programme in their order, and a form for one more."""
    conference = conference_to_prepare(request, pk)
    form = ItemForm(
        _sessions(conference),
        None if fault else request.POST or None,
        initial={
            "kind": ItemKind.REPORT,
            "planned_minutes": 10,
            "parent": request.GET.get("parent", ""),
        },
    )
    if request.method == "POST" and not fault and form.is_valid():
        try:
            new_item = add_item(conference, by=request.actor, **form.values())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Đã thêm “%s” vào chương trình.") % new_item.title)
            return redirect("desk_programme", pk=pk)
    return page(
        request,
        "desk/programme.html",
        status=400 if form.errors else status,
        record=conference,
        fault=fault,
        form=form,
        living=conference.state in UNFINISHED,
        items=list(conference.items.order_by("position").prefetch_related("papers")),
    )


@official
def item(request, pk, item):
    """Change an item of the programme; its papers."""
    conference = conference_to_prepare(request, pk)
    row = get_object_or_404(conference.items, pk=item)
    form = _edit_form(row, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            save_edited(
                form, row, _edit_form, lambda: edit_item(row, by=request.actor, **form.values())
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("desk_programme", pk=pk)
    return _item_page(request, conference, row, form)


def _edit_form(row, typed=None):
    """The form of an item of the programme."""
    names = ("title", "kind", "speaker", "planned_minutes")
    return EditItemForm((), typed, initial={name: getattr(row, name) for name in names})


def _item_page(request, conference, row, form, status=200, fault=""):
    papers = list(row.papers.select_related("paper").order_by("pk"))
    return page(
        request,
        "desk/programme_item.html",
        status=status_of(form) if form.errors else status,
        record=conference,
        item=row,
        form=form,
        papers=papers,
        fault=fault,
        living=conference.state in UNFINISHED,
    )


@official
@require_POST
def item_paper(request, pk, item):
    """A document to be read before the item."""
    conference = conference_to_prepare(request, pk)
    row = get_object_or_404(conference.items, pk=item)
    file = request.FILES.get("file")
    try:
        if file is None:
            raise Refused(_("Hãy chọn tệp trước khi gửi."), "file")
        add_item_paper(row, file, file.name, by=request.actor)
    except Refused as refusal:
        form = _edit_form(row)
        return _item_page(request, conference, row, form, 400, refusal.message)
    messages.success(request, _("Đã thêm tài liệu."))
    return redirect("desk_programme_item", pk=pk, item=item)


@official
@require_http_methods(["GET", "HEAD", "POST"])
def drop_item_paper(request, pk, paper):
    """Remove a document from its item; opened as a page, the address leads to the programme."""
    if request.method != "POST":
        return redirect("desk_programme", pk=pk)
    conference = conference_to_prepare(request, pk)
    row = get_object_or_404(
        ItemPaper.objects.select_related("item__conference", "paper"),
        pk=paper,
        item__conference=conference,
    )
    try:
        remove_item_paper(row, by=request.actor)
    except Refused as refusal:
        form = _edit_form(row.item)
        return _item_page(request, conference, row.item, form, 400, refusal.message)
    messages.success(request, _("Đã bỏ tài liệu."))
    return redirect("desk_programme_item", pk=pk, item=row.item_id)


@official
@require_POST
def item_act(request, pk, item, act):
    """up | down | remove."""
    conference = conference_to_prepare(request, pk)
    row = get_object_or_404(conference.items, pk=item)
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
    """The bridge points in the order of the plan, and a form for one more."""
    conference = conference_to_prepare(request, pk)
    form = PointForm(None if fault else request.POST or None)
    if request.method == "POST" and not fault and form.is_valid():
        try:
            new_point = add_point(conference, by=request.actor, **form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Đã thêm điểm cầu “%s”.") % new_point.name)
            return redirect("desk_points", pk=pk)
    rows = point_numbers(conference)
    day = day_of(conference.starts_at)
    names = names_of({(row.point.unit_id, day) for row in rows})
    return page(
        request,
        "desk/points.html",
        status=400 if form.errors else status,
        record=conference,
        fault=fault,
        form=form,
        living=conference.state in UNFINISHED,
        points=[(row, names[row.point.unit_id, day]) for row in rows],
    )


@official
def point(request, pk, point):
    """Change a bridge point."""
    conference = conference_to_prepare(request, pk)
    row = get_object_or_404(conference.points.select_related("unit"), pk=point)
    form = _point_form(row, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            save_edited(
                form,
                row,
                _point_form,
                lambda: edit_point(row, by=request.actor, **form.cleaned_data),
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("desk_points", pk=pk)
    return page(
        request,
        "desk/conference_form.html",
        status=status_of(form),
        form=form,
        record=conference,
        title=_("Sửa điểm cầu: %s") % row.name,
        back="../../",
    )


def _point_form(row, typed=None):
    """The form of a bridge point of the plan."""
    return EditPointForm(typed, initial=initial_of_point(row))


@official
@require_POST
def drop_point(request, pk, point):
    """Remove a bridge point; refused while delegates are assigned to it."""
    conference = conference_to_prepare(request, pk)
    row = get_object_or_404(conference.points, pk=point)
    try:
        remove_point(row, by=request.actor)
    except Refused as refusal:
        return points(request, pk, 400, refusal.message)
    messages.success(request, _("Đã bỏ điểm cầu “%s”.") % row.name)
    return redirect("desk_points", pk=pk)

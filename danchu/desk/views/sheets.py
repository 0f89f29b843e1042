"""Tables of bodies, of villages and of people: checked and shown first, then written as a whole;
bad cells are shown and can be downloaded.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from danchu.bodies.actions import import_bodies, import_villages
from danchu.bodies.input import body_list, village_list
from danchu.bodies.lives import may_open_some
from danchu.bodies.sections.bodies import BODIES
from danchu.bodies.sections.villages import VILLAGES
from danchu.desk.guard import official
from danchu.desk.waiting import (
    forget_pending,
    problems_as_csv,
    store_pending,
    with_pending_file,
)
from danchu.kernel.refusals import Refused, require
from danchu.look.pages import page
from danchu.look.sheets import csv_answer, xlsx_answer
from danchu.staff.actions import import_people
from danchu.staff.input import people_list
from danchu.staff.sections.invitations import INVITATIONS
from danchu.subjects.first_rows import first_rows

SHOWN = 100


@dataclass(frozen=True)
class Sheet:
    """A kind of table: `read(file, name, by)` previews it, `write(file, name, by=…, token=…)`
    writes it and returns how many rows were new. `name` begins the names of its addresses, `above`
    is the (name of an address, word) of its list, `then` the name of the address that follows the
    writing, of the list by default. `rows_title` stands over what will be written.
    """

    name: str
    title: Any
    above: tuple[str, Any]
    columns: tuple[Any, ...]
    read: Callable[..., Any]
    write: Callable[..., int]
    allows: Callable[[Any], bool]
    denied: Any
    file_name: str
    then: str = ""
    rows_title: Any = gettext_lazy("Các nơi trong tệp")
    rows_advice: Any = gettext_lazy(
        "Hãy đối chiếu tên với mã: mã mất số 0 đứng đầu có thể là mã của nơi khác."
    )
    is_counted: bool = True

    def address(self, part, **named):
        return reverse(f"desk_{self.name}_{part}", kwargs=named)


BODIES_SHEET = Sheet(
    name="bodies_sheet",
    title=gettext_lazy("Nhập danh sách cơ quan, tổ chức"),
    above=("desk_bodies", BODIES.listing.title),
    columns=body_list.COLUMNS,
    read=body_list.read_bodies,
    write=import_bodies,
    allows=may_open_some,
    denied=BODIES.new.denied,
    file_name="mau-co-quan-to-chuc",
)

VILLAGES_SHEET = Sheet(
    name="villages_sheet",
    title=gettext_lazy("Nhập danh sách thôn, tổ dân phố"),
    above=("desk_villages", VILLAGES.listing.title),
    columns=village_list.COLUMNS,
    read=village_list.read_villages,
    write=import_villages,
    allows=VILLAGES.new.allows,
    denied=VILLAGES.new.denied,
    file_name="mau-thon-to-dan-pho",
)

PEOPLE_SHEET = Sheet(
    name="people_sheet",
    title=gettext_lazy("Mời nhiều người từ tệp"),
    above=("desk_account_invitations", INVITATIONS.listing.title),
    columns=people_list.COLUMNS,
    read=people_list.read_people,
    write=import_people,
    allows=INVITATIONS.new.allows,
    denied=INVITATIONS.new.denied,
    file_name="mau-nguoi-va-chuc-trach",
    then="desk_invitation_letters",
    rows_title=gettext_lazy("Những người sẽ được mời"),
    rows_advice=gettext_lazy(
        "Xác nhận thì đúng những người này được mời, bằng giấy in; trang sau in tất cả giấy mời."
    ),
    is_counted=False,
)


def addresses(route, sheet):
    """The URL patterns of a kind of table, behind the route of its list."""
    views = (
        ("", "upload", upload),
        ("sample.<str:ending>", "sample", sample),
        ("<str:file_hash>/", "seen", seen),
        ("<str:file_hash>/problems.csv", "problems", problems_csv),
    )
    return [
        path(
            f"{route}/import/{rest}",
            official(never_cache(partial(view, sheet=sheet))),
            name=f"desk_{sheet.name}_{name}",
        )
        for rest, name, view in views
    ]


def upload(request, sheet):
    """Send a table."""
    require(sheet.allows(request.actor), sheet.denied)
    problem = ""
    if request.method == "POST":
        file = request.FILES.get("file")
        try:
            if file is None:
                raise Refused(_("Hãy chọn tệp trước khi gửi."), "file")
            return redirect(sheet.address("seen", file_hash=store_pending(request, file)))
        except Refused as refusal:
            problem = refusal.message
    return page(
        request,
        "bodies/sheet.html",
        status=400 if problem else 200,
        problem=problem,
        sheet=sheet,
        samples=[sheet.address("sample", ending=ending) for ending in ("xlsx", "csv")],
    )


def sample(request, ending, sheet):
    """The table to fill in, with one example row."""
    require(sheet.allows(request.actor), sheet.denied)
    head = [str(column.label) for column in sheet.columns]
    lines = [[str(column.example) for column in sheet.columns]]
    if ending == "xlsx":
        return xlsx_answer(sheet.file_name, head, lines)
    if ending == "csv":
        return csv_answer(sheet.file_name, head, lines)
    raise Http404


def seen(request, file_hash, sheet):
    """What the table would write. Confirming writes it; where the list has changed since, the new
    outcome is shown instead.
    """
    require(sheet.allows(request.actor), sheet.denied)
    return with_pending_file(
        request,
        file_hash,
        "bodies/sheet_seen.html",
        lambda file, name: _seen(request, sheet, file, name, file_hash),
        sheet=sheet,
    )


def _seen(request, sheet, file, name, file_hash):
    problem = ""
    outcome = None
    try:
        if request.method == "POST":
            token = request.POST.get("token", "")
            number = sheet.write(file, name, by=request.actor, token=token)
            forget_pending(request, file_hash)
            _say(request, number)
            return redirect(sheet.then or sheet.above[0])
    except Refused as refusal:
        problem = refusal.message
    file.seek(0)
    try:
        outcome = sheet.read(file, name, request.actor)
    except Refused as refusal:
        problem = problem or refusal.message
    return page(
        request,
        "bodies/sheet_seen.html",
        status=400 if problem else 200,
        sheet=sheet,
        preview=outcome,
        problem=problem,
        name=name,
        again=sheet.address("upload"),
        problems=outcome.problems[:SHOWN] if outcome else (),
        problems_url=sheet.address("problems", file_hash=file_hash),
        problem_limit=SHOWN,
        places=first_rows(list(outcome.places), SHOWN, request.GET) if outcome else (),
    )


def problems_csv(request, file_hash, sheet):
    """The bad cells as a file."""
    require(sheet.allows(request.actor), sheet.denied)
    return problems_as_csv(
        request, file_hash, lambda file, name: sheet.read(file, name, request.actor)
    )


def _say(request, number):
    if number:
        messages.success(request, _("Đã ghi %s dòng của tệp.") % number)
    else:
        messages.info(request, _("Mọi dòng của tệp đã có trong danh sách: không ghi thêm gì."))

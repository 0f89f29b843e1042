"""Tables of bodies, of villages, of households, of opinions and of people."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.bodies.actions import import_bodies, import_villages
from danchu.bodies.input import body_list, village_list
from danchu.bodies.lives import may_open_some
from danchu.bodies.sections.bodies import BODIES
from danchu.bodies.sections.villages import VILLAGES
from danchu.consultation.actions import import_opinions
from danchu.consultation.input import opinion_list
from danchu.consultation.sections.opinions import OPINIONS
from danchu.decision.actions import import_households
from danchu.decision.input import household_list
from danchu.decision.sections.households import HOUSEHOLDS
from danchu.desk.examples import (
    body_example,
    household_example,
    opinion_example,
    person_example,
    village_example,
)
from danchu.desk.sheet_pages import (
    SHOWN,
    OpenSheet,
    problems_csv,
    seen,
    sheet_view,
    upload,
    waiting,
)
from danchu.kernel.numbers import show_number
from danchu.kernel.refusals import require
from danchu.look.sheets import csv_answer, xlsx_answer
from danchu.staff.actions import import_people
from danchu.staff.input import people_list
from danchu.staff.sections.invitations import INVITATIONS
from danchu.subjects.first_rows import first_rows

PARTS = ("upload", "seen", "problems", "file")


@dataclass(frozen=True)
class Sheet:
    """A kind of table: `read(file, name, by)` previews it, `write(file, name, by=…, token=…)`
    writes it and returns how many rows were new. `name` begins the names of its addresses, `above`
    is the (name of an address, word) of its list, `example(actor)` has what stands in the example
    row in place of `Column.example`, `then` the name of the address that follows the
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
    example: Callable[[Any], dict[str, str]]
    then: str = ""
    rows_title: Any = gettext_lazy("Các nơi trong tệp")
    rows_advice: Any = gettext_lazy(
        "Hãy đối chiếu tên với mã: mã mất số 0 đứng đầu có thể là mã của nơi khác."
    )
    is_counted: bool = True

    upload_template = "desk/sheet.html"
    seen_template = "desk/sheet_seen.html"

    @property
    def names(self):
        return {part: f"desk_{self.name}_{part}" for part in PARTS}

    def open(self, request):
        require(self.allows(request.actor), self.denied)
        return OpenSheet(
            read=lambda file, name: self.read(file, name, request.actor),
            write=lambda file, name, token: self._write(request, file, name, token),
            context={"samples": [self._sample_address(ending) for ending in ("xlsx", "csv")]},
            details=lambda outcome: {
                "places": first_rows(list(outcome.places), SHOWN, request.GET)
            },
        )

    def _sample_address(self, ending):
        return reverse(f"desk_{self.name}_sample", kwargs={"ending": ending})

    def _write(self, request, file, name, token):
        number = self.write(file, name, by=request.actor, token=token)
        if number:
            messages.success(request, _("Đã ghi %s dòng của tệp.") % show_number(number))
        else:
            messages.info(request, _("Mọi dòng của tệp đã có trong danh sách: không ghi thêm gì."))
        return redirect(self.then or self.above[0])


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
    example=body_example,
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
    example=village_example,
)

HOUSEHOLDS_SHEET = Sheet(
    name="households_sheet",
    title=gettext_lazy("Nhập danh sách hộ gia đình"),
    above=("desk_households", HOUSEHOLDS.listing.title),
    columns=household_list.COLUMNS,
    read=household_list.read_households,
    write=import_households,
    allows=household_list.may_write_some,
    denied=HOUSEHOLDS.new.denied,
    file_name="mau-danh-sach-ho",
    example=household_example,
    rows_advice=gettext_lazy("Số hộ mới ở mỗi thôn, tổ dân phố; hãy đối chiếu trước khi ghi."),
)

OPINIONS_SHEET = Sheet(
    name="opinions_sheet",
    title=gettext_lazy("Nhập ý kiến trên giấy"),
    above=("desk_opinions", OPINIONS.listing.title),
    columns=opinion_list.COLUMNS,
    read=opinion_list.read_opinions,
    write=import_opinions,
    allows=opinion_list.may_write_some,
    denied=OPINIONS.new.denied,
    file_name="mau-y-kien-tren-giay",
    example=opinion_example,
    rows_title=gettext_lazy("Các cuộc lấy ý kiến trong tệp"),
    rows_advice=gettext_lazy("Số ý kiến mới của mỗi cuộc; hãy đối chiếu trước khi ghi."),
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
    example=person_example,
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
        ("<str:file_hash>/file/", "file", waiting),
    )
    return [
        path(f"{route}/import/{rest}", sheet_view(view, sheet), name=f"desk_{sheet.name}_{name}")
        for rest, name, view in views
    ]


def sample(request, ending, kind):
    """The table to fill in, with one example row that the reader could send."""
    kind.open(request)
    head = [str(column.label) for column in kind.columns]
    example = kind.example(request.actor)
    lines = [[str(example.get(column.key, column.example)) for column in kind.columns]]
    if ending == "xlsx":
        return xlsx_answer(kind.file_name, head, lines)
    if ending == "csv":
        return csv_answer(kind.file_name, head, lines)
    raise Http404

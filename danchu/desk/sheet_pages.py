"""The pages of a kind of table: sent, looked at, corrected cell by cell, written as a whole.

A kind declares what it reads and writes (`SheetKind`); the pages are the same for all. Cells that
are corrected and rows that are left out make a new file that waits like the first, so what is
confirmed is always a whole file that was looked at.
"""

import re
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from danchu.desk.guard import official
from danchu.desk.sheet_heads import choices_of_heads, keep_heads, named_heads
from danchu.desk.waiting import (
    files_left_out,
    forget_pending,
    pasted_file,
    pending_file,
    problems_as_csv,
    store_pending,
    with_pending_file,
)
from danchu.kernel.numbers import show_number
from danchu.kernel.refusals import Refused
from danchu.kernel.text import clean
from danchu.look.pages import page
from danchu.look.sheets import CSV, SHEET
from danchu.papers.answers import made_answer
from danchu.register.imports.corrected import cells_at, numbers_in, write_rows
from danchu.register.imports.headings import MissingColumns
from danchu.register.imports.typed_cells import number_for_text

SHOWN = 100
_CELL = re.compile(r"cell-([0-9]{1,7})-([0-9]{1,4})")


@dataclass(frozen=True)
class OpenSheet:
    """A kind of table as this reader uses it: `read(file, name)` previews a file, `write(file,
    name, token)` writes it, says so to the reader and returns the response. `context` is for the
    templates, `details(outcome)` more of it for the preview;
    `label(column)` is how the column of a problem is called on the page.
    """

    read: Callable[..., Any]
    write: Callable[..., HttpResponse]
    context: Mapping[str, Any] = field(default_factory=dict)
    details: Callable[[Any], Mapping[str, Any]] = lambda outcome: {}
    label: Callable[[str], str] = str


class SheetKind(Protocol):
    """A kind of table. `names` are the names of its addresses: "upload", "seen", "problems",
    "file"; `open` requires the right and is given what the address names beside the file.
    """

    title: Any
    names: Mapping[str, str]
    upload_template: str
    seen_template: str

    def open(self, request: HttpRequest, **named: Any) -> OpenSheet: ...


def sheet_view(view: Callable[..., HttpResponse], kind: SheetKind) -> Callable[..., HttpResponse]:
    """One of the views below for a kind of table."""
    return official(never_cache(partial(view, kind=kind)))


def upload(request, kind, **named):
    """Send a table; below it the rows that were left out of earlier ones."""
    sheet = kind.open(request, **named)
    problem = ""
    if request.method == "POST":
        file = request.FILES.get("file") or pasted_file(request.POST.get("pasted", ""))
        try:
            if file is None:
                raise Refused(_("Hãy chọn tệp hoặc dán các ô trước khi gửi."), "file")
            return redirect(_address(kind, "seen", named, store_pending(request, file)))
        except Refused as refusal:
            problem = refusal.message
    left_out = [
        (name, _address(kind, "seen", named, file_hash))
        for file_hash, name in files_left_out(request, _address(kind, "upload", named))
    ]
    return page(
        request,
        kind.upload_template,
        status=400 if problem else 200,
        problem=problem,
        sheet=kind,
        left_out=left_out,
        **sheet.context,
    )


def seen(request, kind, file_hash, **named):
    """What the table would write. Confirming writes it; where the records have changed since, the
    new outcome is shown instead.
    """
    sheet = kind.open(request, **named)
    again = _address(kind, "upload", named)
    return with_pending_file(
        request,
        file_hash,
        kind.seen_template,
        lambda file, name: _preview_page(request, kind, sheet, named, file, name, file_hash),
        sheet=kind,
        again=again,
        **sheet.context,
    )


def _preview_page(request, kind, sheet, named, file, name, file_hash):
    problem = ""
    texts = {}
    try:
        if request.method == "POST" and request.POST.get("correct") == "heads":
            file_hash, heads = named_heads(request, sheet, file, name)
            return keep_heads(redirect(_address(kind, "seen", named, file_hash)), heads, request)
        if request.method == "POST" and request.POST.get("correct"):
            texts = _texts_typed(request.POST)
            return _correct(request, kind, sheet, named, file, name, texts)
        if request.method == "POST":
            answer = sheet.write(file, name, request.POST.get("token", "") or "-")
            forget_pending(request, file_hash)
            return answer
    except Refused as refusal:
        problem = refusal.message
    outcome = missing = None
    file.seek(0)
    try:
        outcome = sheet.read(file, name)
    except Refused as refusal:
        missing = refusal if isinstance(refusal, MissingColumns) else None
        problem = problem or refusal.message
    return page(
        request,
        kind.seen_template,
        status=400 if problem else 200,
        sheet=kind,
        preview=outcome,
        problem=problem,
        heads=choices_of_heads(missing, request),
        name=name,
        again=_address(kind, "upload", named),
        problems=_wrong_cells(sheet, outcome, file, name, texts) if outcome else (),
        problems_url=_address(kind, "problems", named, file_hash),
        file_url=_address(kind, "file", named, file_hash),
        problem_limit=SHOWN,
        left_rows=_rows_left(request.POST),
        number_columns=_number_columns(request, sheet, outcome) if outcome else (),
        good_rows=outcome.rows - len({one.row for one in outcome.problems}) if outcome else 0,
        **sheet.context,
        **(sheet.details(outcome) if outcome else {}),
    )


def _wrong_cells(sheet, outcome, file, name, texts):
    """[{problem, label, cell, text, is_first}] of the first wrong cells; `cell` names the field in
    which a cell is corrected, once, "" where the fault is none of a single cell.
    """
    places = {
        (one.row, outcome.column_places[one.column])
        for one in outcome.problems[:SHOWN]
        if one.column in outcome.column_places
    }
    cells = cells_at(file, name, places) | texts
    rows = set()
    lines = []
    for one in outcome.problems[:SHOWN]:
        place = one.row, outcome.column_places.get(one.column)
        cell = f"cell-{place[0]}-{place[1]}" if place in places else ""
        places.discard(place)
        lines.append(
            {
                "problem": one,
                "label": sheet.label(one.column),
                "cell": cell,
                "text": cells.get(place, ""),
                "is_first": one.row not in rows,
            }
        )
        rows.add(one.row)
    return lines


def _number_columns(request, sheet, outcome):
    """[(index of a column where text is meant, its label, how many of its cells are numbers,
    whether they were called right in the form)]
    """
    called_right = _columns_as_shown(request.POST)
    sentence = number_for_text()
    counted = Counter(one.column for one in outcome.problems if one.message == sentence)
    return [
        (place, sheet.label(column), number, place in called_right)
        for column, number in counted.items()
        for place in [outcome.column_places[column]]
    ]


def _texts_typed(form):
    """{(row number, column index): text} of the cells in a form."""
    names = ((_CELL.fullmatch(name), name) for name in form)
    return {(int(m[1]), int(m[2])): clean(form[name]) for m, name in names if m}


def _rows_left(form):
    """The numbers of the rows that are left out in a form."""
    return {int(row) for row in form.getlist("leave") if re.fullmatch("[0-9]{1,7}", row)}


def _columns_as_shown(form):
    """The indexes of the columns whose numbers are the texts that were meant, by a form."""
    return {int(place) for place in form.getlist("as_shown") if re.fullmatch("[0-9]{1,4}", place)}


def _correct(request, kind, sheet, named, file, name, typed):
    """Make a file with the cells as typed, without the rows that are left out; these become a file
    of their own. Redirects to the preview of the first.
    """
    before = cells_at(file, name, typed)
    changed = {place: text for place, text in typed.items() if text != before.get(place, text)}
    texts = numbers_in(file, name, _columns_as_shown(request.POST)) | changed
    without = _rows_left(request.POST)
    with tempfile.TemporaryFile() as content, tempfile.TemporaryFile() as rest:
        count = write_rows(file, name, content, texts=texts, without=without)
        if request.POST["correct"] == "leave" and count:
            without |= _wrong_rows(sheet.read(content, name))
            content.truncate(0)
            content.seek(0)
            count = write_rows(file, name, content, texts=texts, without=without)
        if not texts and not without:
            raise Refused(_("Ông/bà chưa sửa ô nào và chưa để lại dòng nào."), "file")
        if not count:
            raise Refused(_("Không còn dòng nào để ghi. Hãy sửa ít nhất một dòng."), "file")
        content.seek(0)
        file_hash = store_pending(request, content, name)
        left_out = write_rows(file, name, rest, texts=texts, only=without) if without else 0
        if left_out:
            rest.seek(0)
            store_pending(request, rest, name, _address(kind, "upload", named))
    _say_what_changed(request, len(texts), left_out)
    return redirect(_address(kind, "seen", named, file_hash))


def _wrong_rows(outcome):
    """The numbers of all rows with a wrong cell. Refused where there are more than are listed."""
    if outcome.problem_count > len(outcome.problems):
        raise Refused(
            _("Tệp có hơn %s ô chưa đúng: hãy sửa trong tệp rồi gửi lại.")
            % show_number(len(outcome.problems)),
            "file",
        )
    return {one.row for one in outcome.problems}


def _say_what_changed(request, corrected, left_out):
    if corrected:
        messages.success(request, _("Đã sửa %s ô, chưa ghi gì.") % show_number(corrected))
    if left_out:
        messages.info(
            request,
            _("Đã để lại %s dòng. Các dòng ấy chờ ở trang chọn tệp trong một ngày.")
            % show_number(left_out),
        )


def problems_csv(request, kind, file_hash, **named):
    """The wrong cells as a file."""
    return problems_as_csv(request, file_hash, kind.open(request, **named).read)


def waiting(request, kind, file_hash, **named):
    """The waiting file itself: as it was sent, or with what was corrected in it."""
    kind.open(request, **named)
    path, name = pending_file(request, file_hash)
    file = path.open("rb")  # the answer closes it
    is_workbook = file.read(4) == b"PK\x03\x04"
    file.seek(0)
    ending = "xlsx" if is_workbook else "csv"
    return made_answer(
        file, f"{name.rpartition('.')[0] or name}.{ending}", SHEET if is_workbook else CSV
    )


def _address(kind, part, named, file_hash=None):
    more = {"file_hash": file_hash} if file_hash else {}
    return reverse(kind.names[part], kwargs={**named, **more})

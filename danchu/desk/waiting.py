"""Uploaded files that were checked but not imported yet: only their sender can open them, from any
browser and after a new log-in, and they are deleted after a day.

Beside each file lies a note, as JSON: its `name`, and for rows that were left out the address of
the `page` that offers them again.
"""

import json
import re

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from danchu.look.pages import page
from danchu.look.sheets import csv_answer, with_missing
from danchu.papers.store import Draft, sweep_store, waiting_root

NOTE = ".json"


def pasted_file(text):
    """Cells that were copied from a spreadsheet, as a file; None where there are none."""
    return ContentFile(text.encode(), name="o-da-dan.tsv") if text.strip() else None


def store_pending(request, file, name="", page_address=""):
    """Store an uploaded file, or an open one under this `name`, and return its hash. With the
    address of a page where tables are sent, that page offers it again.
    """
    sweep_store()
    with Draft(file, settings.IMPORT_BYTES) as draft:
        place = _place(request, draft.hash)
        place.parent.mkdir(parents=True, exist_ok=True)
        note = {
            "name": (name or file.name)[:120],
            "page": page_address or _note_of(place).get("page", ""),
        }
        _note_place(place).write_text(json.dumps(note), encoding="utf-8")
        draft.path.replace(place)
    return draft.hash


def files_left_out(request, page_address):
    """[(hash, name)] of the waiting files of rows that were left out, newest first."""
    files = [
        (path.stat().st_mtime, path.name.rpartition("-")[2], _note_of(path))
        for path in waiting_root().glob(f"{request.actor.account_id}-*")
        if path.suffix != NOTE
    ]
    return [
        (file_hash, note["name"])
        for _time, file_hash, note in sorted(files, key=lambda one: one[:2], reverse=True)
        if note.get("page") == page_address
    ]


def pending_file(request, file_hash):
    """(path, name) of a file that this sender uploaded; 404 where there is none."""
    if not re.fullmatch(r"[0-9a-f]{64}", file_hash):
        raise Http404
    place = _place(request, file_hash)
    name = _note_of(place).get("name")
    if name is None or not place.exists():
        raise Http404
    return place, name


def with_pending_file(request, file_hash, template, answer, **context):
    """The response of `answer(file, name)` for the open file; where it no longer waits, 404: the
    page `template` with `context`, which says what may have become of it.
    """
    try:
        path, name = pending_file(request, file_hash)
    except Http404:
        problem = _(
            "Tệp này không còn chờ ghi: có thể đã ghi xong từ cửa sổ khác, hoặc đã gửi quá một "
            "ngày. Hãy xem danh sách trước; nếu chưa có thì gửi lại tệp."
        )
        return page(request, template, status=404, problem=problem, **context)
    with path.open("rb") as file:
        return answer(file, name)


def problems_as_csv(request, file_hash, check):
    """The bad cells that `check(file, name)` finds in a waiting file, as a file; 404 where it no
    longer waits.
    """
    path, name = pending_file(request, file_hash)
    with path.open("rb") as file:
        outcome = check(file, name)
    head = [_("Dòng"), _("Cột"), _("Đang ghi"), _("Cần sửa")]
    rows = ([p.row, p.column, p.value, p.message] for p in outcome.problems)
    return csv_answer("o-chua-dung", head, with_missing(rows, outcome.problem_count))


def forget_pending(request, file_hash):
    """Delete a file that was imported, once what it wrote is certain."""
    place = _place(request, file_hash)

    def delete():
        place.unlink(missing_ok=True)
        _note_place(place).unlink(missing_ok=True)

    transaction.on_commit(delete)


def _place(request, file_hash):
    return waiting_root() / f"{request.actor.account_id}-{file_hash}"


def _note_place(place):
    return place.with_name(f"{place.name}{NOTE}")


def _note_of(place):
    """The note beside a file, {} where there is none."""
    try:
        return json.loads(_note_place(place).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}

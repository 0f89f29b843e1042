"""Uploaded files that were checked but not imported yet: only their sender can open them, and they
are deleted after a day.
"""

import re

from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext as _

from danchu.look.pages import page
from danchu.look.sheets import csv_answer, with_missing
from danchu.papers.store import Draft, sweep_store, waiting_root


def store_pending(request, file, name=""):
    """Store an uploaded file, or an open one under this `name`, and return its hash; its name is
    kept in the session.
    """
    sweep_store()
    with Draft(file, settings.IMPORT_BYTES) as draft:
        place = _place(request, draft.hash)
        place.parent.mkdir(parents=True, exist_ok=True)
        draft.path.replace(place)
    names = request.session.get("imports", {})
    request.session["imports"] = {**names, draft.hash: (name or file.name)[:120]}
    return draft.hash


def store_left_out(request, file, name, page_address):
    """Store the open file of the rows that were left out of a table; the page where tables of its
    kind are sent offers it again.
    """
    file_hash = store_pending(request, file, name)
    left_out = request.session.get("left_out", {})
    request.session["left_out"] = {**left_out, file_hash: page_address}


def files_left_out(request, page_address):
    """[(hash, name)] of the waiting files of rows that were left out, newest first."""
    names = request.session.get("imports", {})
    return [
        (file_hash, names[file_hash])
        for file_hash, address in reversed(request.session.get("left_out", {}).items())
        if address == page_address and file_hash in names and _place(request, file_hash).exists()
    ]


def pending_file(request, file_hash):
    """(path, name) of a file that this sender uploaded; 404 where there is none."""
    name = request.session.get("imports", {}).get(file_hash)
    if (
        name is None
        or not re.fullmatch(r"[0-9a-f]{64}", file_hash)
        or not _place(request, file_hash).exists()
    ):
        raise Http404
    return _place(request, file_hash), name


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
    """Delete a file that was imported."""
    _place(request, file_hash).unlink(missing_ok=True)
    for files in ("imports", "left_out"):
        request.session[files] = {
            key: value for key, value in request.session.get(files, {}).items() if key != file_hash
        }


def _place(request, file_hash):
    return waiting_root() / f"{request.actor.account_id}-{file_hash}"

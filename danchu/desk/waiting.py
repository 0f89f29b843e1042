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


def store_pending(request, file):
    """Store an uploaded file and return its hash; its name is kept in the session."""
    sweep_store()
    with Draft(file, settings.IMPORT_BYTES) as draft:
        place = _place(request, draft.hash)
        place.parent.mkdir(parents=True, exist_ok=True)
        draft.path.replace(place)
    request.session["imports"] = {**request.session.get("imports", {}), draft.hash: file.name[:120]}
    return draft.hash


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
    request.session["imports"] = {
        key: name for key, name in request.session.get("imports", {}).items() if key != file_hash
    }


def _place(request, file_hash):
    return waiting_root() / f"{request.actor.account_id}-{file_hash}"

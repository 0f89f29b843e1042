"""Writes an export in batches. A batch is synced to disk before the row of the export records it.
When a run is killed, the next one truncates the file to the recorded size and resumes there.
"""

import json
import os
from collections.abc import Callable
from itertools import islice

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.exceptions import JobAborted

from danchu.exports.models import Export, State
from danchu.exports.store import file_path, pieces_path, remove_files
from danchu.exports.tables import actor_of, rights_digest, table_of
from danchu.kernel.days import now
from danchu.kernel.refusals import Denied, Refused
from danchu.look.sheets import write_csv, write_xlsx
from danchu.people.actor import Actor

WRITERS = {"csv": write_csv, "xlsx": write_xlsx}


def write(pk: int, stop: Callable[[], bool] = lambda: False) -> None:
    """Write the export to its end; raises JobAborted after a batch when `stop()` returns True.

    Denied and Refused end the export as failed, with their message as its `fault`.
    """
    export = Export.objects.select_related("account").get(pk=pk)
    if not export.is_under_way:
        return
    try:
        actor = actor_of(export)
        require_same_rights(export, actor)
        table = table_of(export, actor)
        _write_pieces(export, table, stop)
        _write_file(export, table)
    except (Refused, Denied) as refusal:
        fail(pk, refusal.message)


def require_same_rights(export: Export, actor: Actor) -> None:
    """Raise Denied when the rights of the account have changed since the request."""
    if rights_digest(actor) != export.rights:
        raise Denied(_("Quyền của ông/bà đã đổi từ khi yêu cầu: hãy xuất lại."))


def fail(pk: int, words: str) -> None:
    """Mark an export as failed, with the reason for its account to read; what was written of it
    holds people's data and takes a disk that may be full, and goes.
    """
    Export.objects.filter(pk=pk).update(state=State.FAILED, fault=words[:300])
    remove_files(Export.objects.get(pk=pk))


def _write_pieces(export, table, stop):
    path = pieces_path(export)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with open(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
        if os.fstat(file.fileno()).st_size < export.size:  # the file was lost
            export.rows = export.size = 0
            export.position = None
        file.truncate(export.size)
        file.seek(export.size)
        rows = iter(table.rows(export.position))
        while piece := list(islice(rows, settings.EXPORT_PIECE)):
            file.writelines(
                json.dumps(cells, default=str).encode() + b"\n" for _key, cells in piece
            )
            file.flush()
            os.fsync(file.fileno())
            _note(export, len(piece), file.tell(), piece[-1][0])
            if stop():
                raise JobAborted


@transaction.atomic
def _note(export, number, size, position):
    export.state = State.WRITING
    export.rows += number
    export.size = size
    export.position = position
    export.save(update_fields=["state", "rows", "size", "position"])


def _write_file(export, table):
    """Convert the written rows to the requested format. The file gets its final name only when it
    is complete (write to `.part`, then rename).
    """
    pieces = pieces_path(export)
    path = file_path(export)
    fresh = path.with_suffix(".part")
    private = os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with open(pieces, "rb") as lines, open(private, "w+b") as file:
            WRITERS[export.ending](file, table.head, (json.loads(line) for line in lines))
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        fresh.unlink(missing_ok=True)  # a part of a file only keeps a full disk full
        raise
    fresh.replace(path)
    export.state = State.READY
    export.ready_at = now()
    export.size = path.stat().st_size
    export.save(update_fields=["state", "ready_at", "size"])
    pieces.unlink(missing_ok=True)

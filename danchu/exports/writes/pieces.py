"""Writes an export in batches. A batch is synced to disk before the row of the export records it.
When a run is killed, the next one truncates the file to the recorded size and resumes there.

A run that is slow, not dead, may be taken for dead and started a second time. So a run holds a lock
on the file of its rows, which goes with its process, and records a batch only where no other run
has recorded one since it read the row.
"""

import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from typing import BinaryIO

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

UNDER_WAY = (State.WAITING, State.WRITING)
WAIT_SECONDS = 1
WRITERS = {"csv": write_csv, "xlsx": write_xlsx}


def write(pk: int, stop: Callable[[], bool] = lambda: False) -> None:
    """Write the export to its end; raises JobAborted after a batch when `stop()` returns True.

    Denied and Refused end the export as failed, with their message as its `fault`.
    """
    with suppress(_Overtaken), _only_run(pk, stop) as (export, file):
        try:
            actor = actor_of(export)
            require_same_rights(export, actor)
            table = table_of(export, actor)
            _record(export, total=table.number())
            _write_pieces(export, file, table, stop)
            _write_file(export, table, stop)
        except (Refused, Denied) as refusal:
            fail(pk, refusal.message)


class _Overtaken(Exception):
    """Another run writes, or has written, the export."""


@contextmanager
def _only_run(pk: int, stop: Callable[[], bool]) -> Iterator[tuple[Export, BinaryIO]]:
    """The export and the open file of its rows, which no other run on this machine writes
    meanwhile: one that does is waited for. _Overtaken when nothing is left to do.
    """
    path = pieces_path(_under_way(pk))
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with open(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
        while not _is_locked(file):
            _under_way(pk)
            if stop():
                raise JobAborted
            time.sleep(WAIT_SECONDS)
        export = _under_way(pk)  # whoever removes the file has ended the export before
        export.stored_rows, export.stored_size = export.rows, export.size
        yield export, file


def _is_locked(file: BinaryIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _under_way(pk: int) -> Export:
    export = Export.objects.select_related("account").get(pk=pk)
    if not export.is_under_way:
        raise _Overtaken
    return export


def require_same_rights(export: Export, actor: Actor) -> None:
    """Raise Denied when the rights of the account have changed since the request."""
    if rights_digest(actor) != export.rights:
        raise Denied(_("Quyền của ông/bà đã đổi từ khi yêu cầu: hãy xuất lại."))


def fail(pk: int, words: str) -> None:
    """Mark an export as failed, with the reason for its account to read; what was written of it
    holds people's data and takes a disk that may be full, and goes.
    """
    unfinished = Export.objects.filter(pk=pk, state__in=UNDER_WAY)
    if unfinished.update(state=State.FAILED, fault=words[:300]):
        remove_files(Export.objects.get(pk=pk))


def _write_pieces(export, file, table, stop):
    if os.fstat(file.fileno()).st_size < export.size:  # the file was lost
        export.rows = export.size = 0
        export.position = None
    file.truncate(export.size)
    file.seek(export.size)
    rows = iter(table.rows(export.position))
    while piece := list(islice(rows, settings.EXPORT_PIECE)):
        file.writelines(json.dumps(cells, default=str).encode() + b"\n" for _key, cells in piece)
        file.flush()
        os.fsync(file.fileno())
        _note(export, len(piece), file.tell(), piece[-1][0])
        if stop():
            raise JobAborted


def _note(export, number, size, position):
    _record(export, state=State.WRITING, rows=export.rows + number, size=size, position=position)


@transaction.atomic
def _record(export, **fields):
    """Store the fields; _Overtaken where another run has stored some since the row was read."""
    as_read = Export.objects.filter(
        pk=export.pk, state__in=UNDER_WAY, rows=export.stored_rows, size=export.stored_size
    )
    if not as_read.update(**fields):
        raise _Overtaken
    for name, value in fields.items():
        setattr(export, name, value)
    export.stored_rows = export.rows
    export.stored_size = export.size


def _write_file(export, table, stop):
    """Convert the written rows to the requested format. The file gets its final name only when it
    is complete (write to `.part`, then rename); an aborted run leaves nothing of it.
    """
    pieces = pieces_path(export)
    path = file_path(export)
    fresh = path.with_suffix(".part")
    private = os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with open(pieces, "rb") as lines, open(private, "w+b") as file:
            WRITERS[export.ending](file, table.head, _packed(export, lines, stop))
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        fresh.unlink(missing_ok=True)  # a part of a file only keeps a full disk full
        raise
    fresh.replace(path)
    _record(export, state=State.READY, ready_at=now(), size=path.stat().st_size)
    pieces.unlink(missing_ok=True)


def _packed(export, lines, stop):
    """The rows of the written lines, for a file of the requested format: how many it has is
    recorded after each piece, so that whoever waits sees it grow.
    """
    for number, line in enumerate(lines, 1):
        yield json.loads(line)
        if number % settings.EXPORT_PIECE == 0:
            _record(export, packed=number)
            if stop():
                raise JobAborted

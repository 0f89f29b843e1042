"""The state of a run that takes a long export in: queued with its file, its progress, its end."""

from pathlib import Path
from typing import BinaryIO
from uuid import UUID, uuid4

from danchu.casework.models import CallRun
from danchu.casework.models.calls import RunState
from danchu.jobs.queue import defer, queue
from danchu.kernel.actor import Acting
from danchu.kernel.days import now
from danchu.kernel.private_files import create_private_file
from danchu.papers.store import waiting_root

TAKE_IN = "calls.take_in"  # declared in tasks.py


def file_of(uid: UUID) -> Path:
    """Where the file of a run waits; it is deleted when the run ends, or after a day."""
    return waiting_root() / f"calls-{uid}"


def queue_run(file: BinaryIO, name: str, line: str, total: int, by: Acting) -> CallRun:
    """Queue the run of a file; the calling act is one transaction."""
    uid = uuid4()
    file.seek(0)
    create_private_file(file_of(uid), file)
    try:
        return _queue(uid, name, line, total, by)
    except BaseException:
        file_of(uid).unlink(missing_ok=True)
        raise


def _queue(uid, name, line, total, by):
    run = CallRun.objects.create(
        uid=uid,
        account_id=by.account_id,
        second_factor=not by.lacks_second_factor,
        hotline=line,
        name=name[:120],
        total=total,
        asked_at=now(),
    )
    defer(queue.tasks[TAKE_IN], lock=f"calls.{line}", run=run.pk)
    return run


def note_progress(run: CallRun, number: int) -> None:
    """Note that so many more calls are petitions; the caller has locked the run."""
    run.taken += number
    run.state = RunState.RUNNING
    run.save(update_fields=["taken", "state"])


def end_run(run: CallRun, fault: str = "") -> None:
    """Note that the run is done, or why it could not go on, and delete its file."""
    under_way = CallRun.objects.filter(pk=run.pk, state__in=(RunState.WAITING, RunState.RUNNING))
    under_way.update(state=RunState.FAILED if fault else RunState.DONE, fault=fault[:300])
    file_of(run.uid).unlink(missing_ok=True)

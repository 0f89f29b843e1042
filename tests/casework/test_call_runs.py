"""A long export of a hot-line that could not be queued leaves nothing behind."""

import errno
import io
import os

import pytest

from danchu.casework.models import CallRun
from danchu.casework.writes import call_runs
from danchu.kernel import private_files
from danchu.papers.store import waiting_root


def full(*_given, **_more):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("place", "name"),
    [(private_files.os, "write"), (private_files.os, "fsync"), (call_runs, "defer")],
)
def test_a_run_that_cannot_be_queued_leaves_no_part_of_its_file(at, monkeypatch, place, name):
    by = at("petition_officer")
    with monkeypatch.context() as patch:
        patch.setattr(place, name, full)
        with pytest.raises(OSError, match="No space"):
            call_runs.queue_run(io.BytesIO(b"x" * 3_000_000), "a.csv", "ihanoi", 900, by)
    assert not waiting_root().exists() or not list(waiting_root().iterdir())
    file = io.BytesIO(b"x" * 3_000_000)
    file.seek(7)
    run = call_runs.queue_run(file, "a.csv", "ihanoi", 900, by)
    path = call_runs.file_of(run.uid)
    assert path.stat().st_size == 3_000_000 and path.stat().st_mode & 0o777 == 0o600
    assert CallRun.objects.filter(pk=run.pk).exists()

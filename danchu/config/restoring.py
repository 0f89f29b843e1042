"""Restoring a backup from the set-up page: `danchu restore` in a process of its own, and the report
that it writes, from which the page tells how far it is.

The report lies beside the database, in DANCHU_VAR: the sessions of the database, and the web server
that shows the page, end when the databases are swapped.
"""

import json
import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings

from danchu.kernel.days import UTC, VIETNAM

RUNNING, DONE, REFUSED = "running", "done", "refused"
MOST_FILES = 50
ENDING = ".tar"


@dataclass
class Report:
    """How far a restore is: `lines` to show, `error` where it was refused, `missing` what this
    machine lacks afterwards, as [(what, how it is mended)].
    """

    process: int
    state: str = RUNNING
    lines: list[str] = field(default_factory=list)
    error: str = ""
    missing: list[list[str]] = field(default_factory=list)

    def write(self, path, first=False):
        """Replace the file at `path` by this report; `first` leaves one that is there as it is."""
        partial = path.with_name(f".{path.name}.{os.getpid()}")
        partial.write_text(json.dumps(asdict(self), ensure_ascii=False), encoding="utf-8")
        if not first:
            partial.replace(path)
            return
        with suppress(FileExistsError):
            os.link(partial, path)
        partial.unlink()


@dataclass(frozen=True)
class BackupFile:
    """A backup in the folder of DANCHU_BACKUPS; `size` in bytes."""

    path: Path
    size: int
    made_at: datetime

    @property
    def name(self):
        return self.path.name


def report_path():
    """Where the report of the latest restore lies."""
    return settings.VAR / "restoring.json"


def restart_path():
    """The file by which `danchu serve` is asked to start its processes again."""
    return settings.VAR / "restart"


def last_report():
    """The Report of the latest restore; None without one. A restore whose process has ended without
    a word is refused: it was killed, and the old state stays.
    """
    try:
        report = Report(**json.loads(report_path().read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    if report.state == RUNNING and not _is_alive(report.process):
        report.state = REFUSED
    return report


def is_running():
    """Whether a restore that the page began is under way."""
    report = last_report()
    return report is not None and report.state == RUNNING


def backup_files():
    """The BackupFiles in the folder of DANCHU_BACKUPS, latest first, at most MOST_FILES."""
    folder = settings.BACKUPS_ROOT
    if not folder:
        return []
    files = []
    with suppress(OSError):
        for path in Path(folder).iterdir():
            if path.suffix == ENDING and not path.name.startswith(".") and path.is_file():
                status = path.stat()
                at = datetime.fromtimestamp(status.st_mtime, UTC).astimezone(VIETNAM)
                files.append(BackupFile(path, status.st_size, at))
    return sorted(files, key=lambda file: file.made_at, reverse=True)[:MOST_FILES]


def begin_restore(source):
    """Start `danchu restore` on the file in a session of its own: it lasts when the web server that
    started it ends.
    """
    command = [
        *(sys.executable, "-m", "danchu.config", "restore", str(source)),
        *("--when-empty", "--report"),
    ]
    report_path().unlink(missing_ok=True)
    with open(settings.VAR / "restoring.log", "w") as log:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )
    # The process may have written one of its own by now, or may end before it does.
    Report(process.pid).write(report_path(), first=True)


def upload_path():
    """Where a backup that was sent by the page waits for its restore."""
    return settings.VAR / f"restoring{ENDING}"


def end_report(source, lines, error="", missing=()):
    """Write how the restore of the file ended, and delete the file where the page had sent it; one
    that was done asks `danchu serve` to start its processes again.
    """
    state = REFUSED if error else DONE
    Report(os.getpid(), state, lines, error, [list(one) for one in missing]).write(report_path())
    if Path(source) == upload_path():
        upload_path().unlink(missing_ok=True)
    if not error:
        restart_path().touch()


def _is_alive(process):
    """Whether the process runs; one that has ended and waits for its parent does not."""
    with suppress(OSError):
        status = Path(f"/proc/{process}/status").read_text()
        return "\nState:\tZ" not in status
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return not Path("/proc/self").exists()

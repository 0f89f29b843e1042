"""`danchu upgrade`: brings the data of an earlier version to this one, and back.

The data in use are never half migrated: they are backed up, the backup is read back into a database
beside, migrated and verified there, and only then put in their place (restore.py). Whatever fails
before that leaves everything as it was. Going back restores that backup as it was, after what has
been entered since was kept aside.
"""

import csv
import fcntl
import json
import os
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from danchu.config.backup import backup
from danchu.config.pg_tools import connect
from danchu.config.program import program_before
from danchu.config.restore import restore
from danchu.config.schema import pending_migrations, refuse_newer_database
from danchu.kernel.days import VIETNAM, now
from danchu.kernel.refusals import Refused
from danchu.kernel.version import VERSION

COLUMNS = ("number", "at", "actor", "act", "kind", "subject")


@dataclass(frozen=True)
class Before:
    """The state before the last upgrade: the program, the backup, the end of its journal."""

    version: str
    commit: str
    backup: str
    number: int
    hash: str
    upgraded_at: str


@dataclass(frozen=True)
class KeptAside:
    """What was entered after an upgrade and lies in files: a whole backup, and a list of `entries`
    lines of the journal with how many of each act.
    """

    backup: Path
    listing: Path
    entries: int
    acts: Counter


def upgrade(target, progress=lambda line: None):
    """Bring the data to this version, backed up at `target` first; the Before, or None where they
    have it. Refused while the product runs, for data of a newer version, and for all that a backup
    or a restore is refused for; nothing is changed then.
    """
    _refuse_while_serving()
    refuse_newer_database()
    if not pending_migrations():
        return None
    version, commit = program_before()
    progress(_("Sao lưu trước khi nâng cấp: %(path)s") % {"path": target})
    manifest = backup(target, progress)
    restore(target, commit=True, progress=progress)
    number, entry_hash = manifest["journal"]
    before = Before(version, commit, str(target), number, entry_hash, now().isoformat())
    _write(_note(), json.dumps(asdict(before), ensure_ascii=False, indent=1))
    return before


def go_back(source=None, progress=lambda line: None):
    """Bring back the data before the last upgrade, from its backup or that at `source`; (Before,
    KeptAside). Refused while the product runs, and without an upgrade to go back from.
    """
    _refuse_while_serving()
    before = last_upgrade()
    if before is None:
        raise Refused(_("Máy này chưa nâng cấp lần nào bằng danchu upgrade, hoặc đã quay lại rồi."))
    source = Path(source or before.backup)
    if not source.exists():
        raise Refused(
            _("Không thấy bản sao lưu trước khi nâng cấp (%(path)s): chỉ nó bằng --from TỆP.")
            % {"path": source}
        )
    aside = _keep_aside(source, before, progress)
    restore(source, commit=True, progress=progress, as_it_was=True)
    _note().unlink()
    return before, aside


def last_upgrade():
    """The Before of the last upgrade that was not gone back from; None without one."""
    try:
        return Before(**json.loads(_note().read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None


def backup_path(folder):
    """The path of the backup before an upgrade in this folder."""
    version = program_before()[0] or "truoc"
    return Path(folder) / f"danchu-{version}-truoc-{VERSION}-{_moment()}.tar"


def default_folder():
    """The folder of backups that was chosen at the desk, else DANCHU_BACKUPS, else one beside the
    data. The models are those of this version: the table is asked without them.
    """
    with connect() as connection:
        row = None
        if connection.execute("SELECT to_regclass('public.staff_installation')").fetchone()[0]:
            row = connection.execute("SELECT backup_folder FROM staff_installation").fetchone()
    folder = Path((row and row[0]) or settings.BACKUPS_ROOT or settings.VAR / "upgrades")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _keep_aside(source, before, progress):
    path = source.with_name(f"danchu-{VERSION}-nhap-sau-nang-cap-{_moment()}.tar")
    progress(_("Cất riêng dữ liệu nhập sau nâng cấp: %(path)s") % {"path": path})
    backup(path, progress)
    with connect() as connection:
        rows = connection.execute(
            "SELECT number, at, actor, act, kind, subject FROM journal_entry WHERE number > %s "
            "ORDER BY number",
            [before.number],
        ).fetchall()
    listing = path.with_suffix(".csv")
    with open(os.open(listing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        table.writerows(rows)
    return KeptAside(path, listing, len(rows), Counter(row[3] for row in rows))


def _refuse_while_serving():
    path = settings.VAR / "serve.lock"
    if not path.exists():
        return
    with open(path) as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(
                _("danchu serve đang chạy: hãy dừng dịch vụ trước (systemctl stop danchu).")
            ) from None


def _note():
    return settings.VAR / "upgrade.json"


def _write(path, text):
    partial = path.with_name(f".{path.name}")
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)


def _moment():
    return f"{now().astimezone(VIETNAM):%Y%m%d-%H%M%S}"

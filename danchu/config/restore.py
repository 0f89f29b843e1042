"""`danchu restore FILE`: verifies a backup completely, restores it into a temporary database,
verifies that, and swaps it with the old one by two renames in one transaction. Killed at any moment
it leaves the old state.
"""

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import psycopg
from django.conf import settings
from django.utils.translation import gettext as _
from psycopg import sql

from danchu.config.backup import DUMP, LEFT_OUT, journal_head, row_counts
from danchu.config.children import end_with_parent
from danchu.config.pg_tools import connect, first_line, run_tool, url_of
from danchu.config.restore_databases import (
    drop_database,
    has_records,
    name_beside,
    prefix_of_unpacked,
    restore_lock,
    swap_databases,
)
from danchu.config.restore_file import is_older_version, open_backup, refuse_newer_version
from danchu.config.restore_journal import take_over_journal
from danchu.kernel.refusals import Refused

MOST_PROBLEMS = 5  # problems that a refusal names


def restore(source, commit=False, progress=lambda line: None, as_it_was=False):
    """Restore the backup at `source` (a path) and return its manifest. `progress` is called with
    each line to show. `as_it_was` leaves the database at the version of the backup, for the program
    of then. Refused when it is damaged, cannot be restored, or the database has records and
    `commit` is False.
    """
    source = Path(source).resolve()
    name = settings.DATABASES["default"]["NAME"]
    if not commit and has_records(name):
        raise Refused(
            _(
                "Cơ sở dữ liệu %(name)s đang có dữ liệu. Thêm --commit để thay toàn bộ "
                "bằng bản sao lưu."
            )
            % {"name": name}
        )
    try:
        settings.VAR.mkdir(parents=True, exist_ok=True)
        with (
            restore_lock(name) as lock_connection,
            tempfile.TemporaryDirectory(
                prefix=prefix_of_unpacked(name), dir=settings.VAR, ignore_cleanup_errors=True
            ) as folder,
        ):
            return _replace_database(
                source, name, Path(folder), lock_connection, progress, as_it_was
            )
    except OSError as error:
        raise Refused(
            _("Không phục hồi được: %(why)s. Dữ liệu cũ còn nguyên.")
            % {"why": error.strerror or error}
        ) from error
    except psycopg.Error as error:  # no right to create a database, or the server has ended
        raise Refused(
            _("Không phục hồi được: %(why)s. Dữ liệu cũ còn nguyên.") % {"why": first_line(error)}
        ) from error


def _replace_database(source, name, folder, lock_connection, progress, as_it_was):
    # A new name: a process of a killed attempt may still write to an earlier one.
    fresh = f"{name_beside(name)}{secrets.token_hex(3)}"
    try:
        progress(_("Đọc và đối chiếu bản sao lưu…"))
        unpacked = open_backup(source, folder)
        refuse_newer_version(unpacked.manifest)
        progress(_("Dựng cơ sở dữ liệu mới bên cạnh…"))
        _fill(fresh, unpacked, lock_connection)
        progress(_("Kiểm tra nhật ký và số dòng…"))
        _prove_rows(fresh, unpacked.manifest)
        if not (as_it_was and is_older_version(unpacked.manifest)):
            _prove(fresh, unpacked)
        _put_papers(unpacked)
        progress(_("Thay cơ sở dữ liệu…"))
        swap_databases(name, fresh)
        line = take_over_journal(name)
        if line:
            progress(line)
    finally:
        with suppress(psycopg.Error, Refused):  # the next attempt drops what is left
            drop_database(fresh)
    return unpacked.manifest


def _fill(fresh, unpacked, lock_connection):
    # On the connection that holds the lock: when this process is killed here, the server releases
    # the lock only after it has finished the statement.
    lock_connection.execute(
        sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(
            sql.Identifier(fresh)
        )
    )
    run_tool(
        "pg_restore",
        "--exit-on-error",
        "--no-owner",
        "--no-privileges",
        unpacked.folder / DUMP,
        database=fresh,
    )


def _prove_rows(fresh, manifest):
    """Refused unless the new database has the rows and the journal of the manifest."""
    packed = {name: rows for name, rows in manifest["rows"].items() if name not in LEFT_OUT}
    with connect(fresh) as connection:
        if (
            row_counts(connection) != packed
            or list(journal_head(connection)) != manifest["journal"]
        ):
            raise Refused(_("Số dòng sau phục hồi không khớp bản kê. Dữ liệu cũ còn nguyên."))


def _prove(fresh, unpacked):
    """Refused unless the new database migrates, and its journal and the unpacked papers verify;
    papers that the backup lacked are allowed to.
    """
    manifest = unpacked.manifest
    if is_older_version(manifest):
        migration = _run(fresh, unpacked, "migrate", "--no-input", "--verbosity", "0")
        if migration.returncode:
            lines = (migration.stdout + migration.stderr).strip().splitlines()
            raise _unproved((lines or ["?"])[-1])
    verification = _run(fresh, unpacked, "verify", "--json", "--alone")
    try:
        problems = json.loads(verification.stdout)["problems"]
    except (json.JSONDecodeError, KeyError):
        lines = (verification.stdout + verification.stderr).strip().splitlines()
        raise _unproved((lines or ["?"])[-1]) from None
    missing = {digest[:16] for digest in manifest.get("missing_papers", ())}
    unknown = [problem for problem in problems if not missing & set(problem["place"].split())]
    if unknown:
        named = unknown[:MOST_PROBLEMS]
        raise _unproved("; ".join(f"{problem['place']}: {problem['message']}" for problem in named))


def _run(fresh, unpacked, *task):
    """Run one command of the product on the new database and the unpacked papers."""
    environment = {
        **os.environ,
        "DATABASE_URL": url_of(fresh),
        "DANCHU_DEMO": "1" if settings.DEMO else "0",
        "DANCHU_PAPERS": str(unpacked.folder / "papers"),
    }
    return subprocess.run(
        [sys.executable, "-m", "danchu.config", *task],
        env=environment,
        capture_output=True,
        text=True,
        preexec_fn=end_with_parent(signal.SIGKILL),
    )


def _unproved(reason):
    return Refused(
        _("Bản sao lưu không qua được kiểm tra: %(why)s. Dữ liệu cũ còn nguyên.") % {"why": reason}
    )


def _put_papers(unpacked):
    """Copy the papers into the store. They are named by their hash and only ever added, so those of
    the old state stay readable.
    """
    for name in unpacked.manifest["parts"]:
        if name.startswith("papers/"):
            target = settings.PAPERS_ROOT / name.removeprefix("papers/")
            target.parent.mkdir(parents=True, exist_ok=True)
            partial = target.with_name(f".{target.name}.restoring")
            shutil.copyfile(unpacked.folder / name, partial)
            partial.replace(target)

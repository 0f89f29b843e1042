"""`danchu restore FILE`: a backup is read whole and proved before anything is touched, brought into
a database beside, proved again there, and put in the place of the old one by two renames in one
transaction. Killed anywhere, the old state stands.
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

from danchu.config.backup import DUMP, journal_head, row_counts
from danchu.config.children import tied
from danchu.config.pg_tools import connect, first_line, run_tool, url_of
from danchu.config.restore_databases import (
    drop,
    has_records,
    name_beside,
    only_restore,
    prefix_of_unpacked,
    swap,
)
from danchu.config.restore_file import open_backup, refuse_a_newer
from danchu.kernel.refusals import Refused

SHOWN = 5  # problems that a refusal names


def restore(source, commit=False, progress=lambda line: None):
    """Bring the backup in; Refused when it is damaged, or when records are there and `commit`
    is not given.
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
            only_restore(name) as held,
            tempfile.TemporaryDirectory(
                prefix=prefix_of_unpacked(name), dir=settings.VAR, ignore_cleanup_errors=True
            ) as folder,
        ):
            return _restored(source, name, Path(folder), held, progress)
    except OSError as error:
        raise Refused(
            _("Không phục hồi được: %(why)s. Dữ liệu cũ còn nguyên.")
            % {"why": error.strerror or error}
        ) from error
    except psycopg.Error as error:  # no right to create a database, a server that went away
        raise Refused(
            _("Không phục hồi được: %(why)s. Dữ liệu cũ còn nguyên.") % {"why": first_line(error)}
        ) from error


def _restored(source, name, folder, held, progress):
    # never a name that a process of a killed try may still write to
    fresh = f"{name_beside(name)}{secrets.token_hex(3)}"
    try:
        progress(_("Đọc và đối chiếu bản sao lưu…"))
        opened = open_backup(source, folder)
        refuse_a_newer(opened.manifest)
        progress(_("Dựng cơ sở dữ liệu mới bên cạnh…"))
        _fill(fresh, opened, held)
        progress(_("Kiểm tra nhật ký và số dòng…"))
        _prove(fresh, opened)
        _put_papers(opened)
        progress(_("Thay cơ sở dữ liệu…"))
        swap(name, fresh)
    finally:
        with suppress(psycopg.Error, Refused):  # what is left there, the next try drops
            drop(fresh)
    return opened.manifest


def _fill(fresh, opened, held):
    # By the connection that holds the lock: killed here, the lock stays until the server has done
    # with it.
    held.execute(
        sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(
            sql.Identifier(fresh)
        )
    )
    run_tool(
        "pg_restore",
        "--exit-on-error",
        "--no-owner",
        "--no-privileges",
        opened.folder / DUMP,
        database=fresh,
    )


def _prove(fresh, opened):
    """The new database has the rows and the journal the manifest names; its journal is whole, and
    so are its papers, as they were unpacked.
    """
    manifest = opened.manifest
    with connect(fresh) as connection:
        if (
            row_counts(connection) != manifest["rows"]
            or list(journal_head(connection)) != manifest["journal"]
        ):
            raise Refused(_("Số dòng sau phục hồi không khớp bản kê. Dữ liệu cũ còn nguyên."))
    migrated = _run(fresh, opened, "migrate", "--no-input", "--verbosity", "0")
    if migrated.returncode:
        lines = (migrated.stdout + migrated.stderr).strip().splitlines()
        raise _unproved((lines or ["?"])[-1])
    verified = _run(fresh, opened, "verify", "--json")
    try:
        problems = json.loads(verified.stdout)["problems"]
    except (json.JSONDecodeError, KeyError):
        lines = (verified.stdout + verified.stderr).strip().splitlines()
        raise _unproved((lines or ["?"])[-1]) from None
    missing = {digest[:16] for digest in manifest.get("missing_papers", ())}
    unknown = [one for one in problems if not missing & set(one["place"].split())]
    if unknown:
        shown = "; ".join(f"{one['place']}: {one['message']}" for one in unknown[:SHOWN])
        raise _unproved(shown)


def _run(fresh, opened, *task):
    """One command of the product on the new database and the unpacked papers."""
    environment = {
        **os.environ,
        "DATABASE_URL": url_of(fresh),
        "DANCHU_DEMO": "1" if settings.DEMO else "0",
        "DANCHU_PAPERS": str(opened.folder / "papers"),
    }
    return subprocess.run(
        [sys.executable, "-m", "danchu.config", *task],
        env=environment,
        capture_output=True,
        text=True,
        preexec_fn=tied(signal.SIGKILL),
    )


def _unproved(reason):
    return Refused(
        _("Bản sao lưu không qua được kiểm tra: %(why)s. Dữ liệu cũ còn nguyên.") % {"why": reason}
    )


def _put_papers(opened):
    """Papers are stored under their hash and only ever added: those of the old state stay
    readable too.
    """
    for name in opened.manifest["parts"]:
        if name.startswith("papers/"):
            target = settings.PAPERS_ROOT / name.removeprefix("papers/")
            target.parent.mkdir(parents=True, exist_ok=True)
            waiting = target.with_name(f".{target.name}.restoring")
            shutil.copyfile(opened.folder / name, waiting)
            waiting.replace(target)

"""`danchu restore FILE`: a backup is read whole and proved before anything is touched, brought into
a database beside, proved again there, and put in the place of the old one by two renames in one
transaction. Killed anywhere, the old state stands.
"""

import hashlib
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _
from psycopg import sql

from danchu.config.backup import CHUNK, DUMP, FORMAT, MANIFEST, SEAL, journal_head, row_counts
from danchu.config.children import tied
from danchu.config.pg_tools import MAINTENANCE, connect, first_line, run_tool, url_of
from danchu.kernel.refusals import Refused

PATIENCE = 10  # times others are sent away before the swap is given up
PATIENCE_SECONDS = 15
# the class of the advisory locks of restores; the second number is of the database's name
LOCK = 20250702


@dataclass(frozen=True)
class Opened:
    """A backup that was read to its end and found whole; `folder` holds its parts."""

    manifest: dict
    folder: Path


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
            _alone(name) as held,
            tempfile.TemporaryDirectory(
                prefix=_unpacked(name), dir=settings.VAR, ignore_cleanup_errors=True
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
    fresh = f"{_side(name)}{secrets.token_hex(3)}"
    try:
        progress(_("Đọc và đối chiếu bản sao lưu…"))
        opened = open_backup(source, folder)
        _refuse_a_newer(opened.manifest)
        progress(_("Dựng cơ sở dữ liệu mới bên cạnh…"))
        _fill(fresh, opened, held)
        progress(_("Kiểm tra nhật ký và số dòng…"))
        _prove(fresh, opened.manifest)
        _put_papers(opened)
        progress(_("Thay cơ sở dữ liệu…"))
        _swap(name, fresh)
    finally:
        with suppress(psycopg.Error, Refused):  # what is left there, the next try drops
            _drop(fresh)
    return opened.manifest


@contextmanager
def _alone(name):
    """One restore at a time. A killed one's lock goes when the server notices, which may take
    it a moment.
    """
    with connect(MAINTENANCE) as connection:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not connection.execute(
            "SELECT pg_try_advisory_lock(%s, hashtext(%s))", [LOCK, name]
        ).fetchone()[0]:
            if time.monotonic() > deadline:
                raise Refused(
                    _(
                        "Một lần phục hồi khác đang chạy trên cơ sở dữ liệu %(name)s. "
                        "Hãy đợi nó xong."
                    )
                    % {"name": name}
                )
            time.sleep(0.2)
        _remove_leftovers(name)
        yield connection


def _unpacked(name):
    return f"restoring-{hashlib.sha256(name.encode()).hexdigest()[:6]}-"


def _side(name):
    """What the names of databases beside this one begin with: short enough for PostgreSQL, and
    of no other database.
    """
    return f"{name[:36]}_restoring_{hashlib.sha256(name.encode()).hexdigest()[:6]}_"


def _remove_leftovers(name):
    """What killed tries have left: their databases, and what they had unpacked."""
    with connect(MAINTENANCE) as connection:
        left = connection.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [_side(name)]
        ).fetchall()
    for (one,) in left:
        _drop(one)
    for folder in settings.VAR.glob(f"{_unpacked(name)}*"):
        shutil.rmtree(folder, ignore_errors=True)


def has_records(name):
    """Whether the database is there and something was ever recorded in it."""
    with connect(MAINTENANCE) as connection:
        if not connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [name]
        ).fetchone():
            return False
    with connect(name) as connection:
        if not connection.execute("SELECT to_regclass('public.journal_entry')").fetchone()[0]:
            return bool(
                connection.execute(
                    "SELECT 1 FROM pg_tables WHERE schemaname = 'public' LIMIT 1"
                ).fetchone()
            )
        return bool(connection.execute("SELECT 1 FROM journal_entry LIMIT 1").fetchone())


def open_backup(source, folder):
    """Unpack into the folder, hashing on the way; Refused unless every part is what the sealed
    manifest says.
    """
    found = {}
    try:
        with tarfile.open(source, "r:") as archive:
            for member in archive:
                if (
                    not member.isreg()
                    or member.name.startswith("/")
                    or ".." in Path(member.name).parts
                ):
                    raise Refused(
                        _("Bản sao lưu có phần lạ: %(name)s. Không phục hồi.")
                        % {"name": member.name}
                    )
                found[member.name] = _unpack(archive.extractfile(member), folder / member.name)
        told = (folder / MANIFEST).read_bytes()
        sealed = (folder / SEAL).read_text() == hashlib.sha256(told).hexdigest()
    except (tarfile.TarError, EOFError, FileNotFoundError, UnicodeDecodeError) as error:
        raise Refused(
            _("%(path)s không phải bản sao lưu, hoặc bị hỏng hay bị cắt cụt. Không phục hồi.")
            % {"path": source}
        ) from error
    if not sealed or json.loads(told).get("format") != FORMAT:
        raise Refused(
            _("Bản kê của bản sao lưu bị hỏng hoặc thuộc phiên bản khác. Không phục hồi.")
        )
    manifest = json.loads(told)
    for name in sorted(manifest["parts"].keys() | found.keys() - {MANIFEST, SEAL}):
        if manifest["parts"].get(name) != found.get(name):
            raise Refused(
                _("Phần %(name)s của bản sao lưu bị hỏng hoặc thiếu. Không phục hồi.")
                % {"name": name}
            )
    return Opened(manifest, folder)


def _unpack(file, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with open(path, "wb") as target:
        while piece := file.read(CHUNK):
            digest.update(piece)
            size += len(piece)
            target.write(piece)
    return {"size": size, "sha256": digest.hexdigest()}


def _refuse_a_newer(manifest):
    """A backup of a newer version holds what this one cannot read."""
    known = {f"{room}.{name}" for room, name in MigrationLoader(None).disk_migrations}
    unknown = [name for name in manifest["migrations"] if name not in known]
    if unknown:
        raise Refused(
            _("Bản sao lưu của phiên bản mới hơn (%(name)s): hãy nâng cấp sản phẩm trước.")
            % {"name": unknown[-1]}
        )


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


def _prove(fresh, manifest):
    """The new database has the rows and the journal the manifest names; its journal is whole."""
    with connect(fresh) as connection:
        if (
            row_counts(connection) != manifest["rows"]
            or list(journal_head(connection)) != manifest["journal"]
        ):
            raise Refused(_("Số dòng sau phục hồi không khớp bản kê. Dữ liệu cũ còn nguyên."))
    for task in (["migrate", "--no-input", "--verbosity", "0"], ["verify"]):
        environment = {
            **os.environ,
            "DATABASE_URL": url_of(fresh),
            "DANCHU_DEMO": "1" if settings.DEMO else "0",
        }
        done = subprocess.run(
            [sys.executable, "-m", "danchu.config", *task],
            env=environment,
            capture_output=True,
            text=True,
            preexec_fn=tied(signal.SIGKILL),
        )
        if done.returncode:
            last = ((done.stdout + done.stderr).strip().splitlines() or ["?"])[-1]
            raise Refused(
                _("Bản sao lưu không qua được kiểm tra: %(why)s. Dữ liệu cũ còn nguyên.")
                % {"why": last}
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


def _swap(name, fresh):
    """The old database steps aside as NAME_before, the new one takes its name: both or neither."""
    connections.close_all()
    old, new, aside = (sql.Identifier(one) for one in (name, fresh, f"{name}_before"))
    _drop(f"{name}_before")
    with connect(MAINTENANCE) as connection:
        for attempt in range(PATIENCE):
            try:
                with connection.transaction():
                    connection.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE "
                        "datname = ANY(%s)",
                        [[name, fresh]],
                    )
                    if connection.execute(
                        "SELECT 1 FROM pg_database WHERE datname = %s", [name]
                    ).fetchone():
                        connection.execute(
                            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(old, aside)
                        )
                    connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(new, old))
            except psycopg.errors.ObjectInUse:
                if attempt == PATIENCE - 1:
                    raise Refused(
                        _(
                            "Có chương trình khác luôn nối vào cơ sở dữ liệu: hãy dừng "
                            "nó rồi chạy lại."
                        )
                    ) from None
            else:
                return


def _drop(name):
    with connect(MAINTENANCE) as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )

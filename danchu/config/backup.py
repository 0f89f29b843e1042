"""`danchu backup FILE`: everything in one file, of one moment, whole or not at all.

A tar of `database.dump` (pg_dump's own format), `papers/…`, then `manifest.json` with the size and
SHA-256 of each part, the rows of each table, the end of the journal and the papers that the
database names but the disk lacks, then `manifest.sha256`. The manifest comes last: a file cut off
has none.
"""

import hashlib
import io
import json
import os
import re
import tarfile
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from django.conf import settings
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _
from psycopg import sql

from danchu.config.pg_tools import connect, first_line, run_tool
from danchu.journal.heads import write_head
from danchu.kernel.refusals import Refused

FORMAT = 1
DUMP = "database.dump"
MANIFEST = "manifest.json"
SEAL = "manifest.sha256"
CHUNK = 1024 * 1024
# Their rows are not packed: sessions, counts of requests, and copies of pages with the changes that
# they are held against belong to this day on this machine.
LEFT_OUT = (
    "django_session",
    "people_count",
    "casework_knock",
    "copies_change",
    "copies_pagecopy",
)
_PAPER = re.compile("[0-9a-f]{64}")


def backup(target, progress=lambda line: None):
    """Write the backup to `target` (a path) and return its manifest, a dict; its `missing_papers`
    are the hashes of papers whose files were not in the store.

    Written under a temporary name and renamed once it is complete and synced. The database is read
    in one snapshot; papers are only ever added, so those the snapshot names are still there when
    they are packed. `progress` is called with each line to show. Refused when the file cannot be
    written or the database cannot be read; an earlier backup stays as it was.
    """
    target = Path(target).resolve()
    if target.is_dir() or not target.parent.is_dir():
        raise Refused(_("%(path)s không phải nơi ghi được một tệp.") % {"path": target})
    dump, fresh = (
        target.with_name(f".{target.name}.{os.getpid()}.{end}") for end in ("dump", "tar")
    )
    try:
        manifest, hashes = _dump_database(dump, progress)
        _pack(fresh, dump, manifest, hashes, progress)
        fresh.replace(target)
        _sync_folder(target.parent)
        write_head("backup", *manifest["journal"])
    except OSError as error:
        raise Refused(
            _("Không ghi được bản sao lưu: %(why)s. Bản cũ còn nguyên.") % {"why": error.strerror}
        ) from error
    except psycopg.Error as error:
        raise Refused(
            _("Không đọc được cơ sở dữ liệu: %(why)s. Bản cũ còn nguyên.")
            % {"why": first_line(error)}
        ) from error
    finally:
        with suppress(OSError):  # a folder that cannot be written holds no leftovers
            dump.unlink(missing_ok=True)
            fresh.unlink(missing_ok=True)
    return manifest


def _dump_database(dump, progress):
    """Dump the database to the file; the manifest of the same snapshot, and the hashes of its
    papers.
    """
    with connect() as connection, connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        (snapshot,) = connection.execute("SELECT pg_export_snapshot()").fetchone()
        progress(_("Cơ sở dữ liệu…"))
        os.close(os.open(dump, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        run_tool(
            "pg_dump",
            "-Fc",
            "--no-owner",
            "--no-privileges",
            f"--snapshot={snapshot}",
            *(f"--exclude-table-data={table}" for table in LEFT_OUT),
            "-f",
            dump,
            database=None,
        )
        manifest = {
            "format": FORMAT,
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "postgresql": connection.info.server_version // 10000,
            "journal": list(journal_head(connection)),
            "rows": row_counts(connection),
            "migrations": migrations_applied(connection),
        }
        return manifest, paper_hashes(connection)


def paper_hashes(connection):
    """The hashes of the papers that the database names."""
    if not connection.execute("SELECT to_regclass('public.papers_paper')").fetchone()[0]:
        return set()
    return {digest for (digest,) in connection.execute("SELECT hash FROM papers_paper")}


def journal_head(connection):
    """(number, hash) of the journal's last entry; (0, "") when it is empty."""
    last_entry = connection.execute(
        "SELECT number, hash FROM journal_entry ORDER BY number DESC LIMIT 1"
    ).fetchone()
    return last_entry or (0, "")


def row_counts(connection):
    """{table: rows} of every table of the product whose rows are packed."""
    names = connection.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' "
        "AND NOT tablename = ANY(%s) ORDER BY 1",
        [list(LEFT_OUT)],
    ).fetchall()
    count_query = sql.SQL("SELECT count(*) FROM {}")
    return {
        name: connection.execute(count_query.format(sql.Identifier(name))).fetchone()[0]
        for (name,) in names
    }


def migrations_applied(connection):
    """["room.0001_initial", …] in order."""
    table = sql.Identifier(MigrationRecorder.Migration._meta.db_table)
    rows = connection.execute(
        sql.SQL("SELECT app || '.' || name FROM {} ORDER BY 1").format(table)
    ).fetchall()
    return [name for (name,) in rows]


def _pack(fresh, dump, manifest, hashes, progress):
    parts = manifest["parts"] = {}
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as archive:
            parts[DUMP] = _add_file(archive, DUMP, dump)
            papers = stored_papers()
            progress(_("Tệp đính kèm: %(n)s…") % {"n": len(papers)})
            for name, path in papers:
                parts[name] = _add_file(archive, name, path)
            packed = {path.name for _name, path in papers}
            manifest["missing_papers"] = sorted(hashes - packed)
            manifest_json = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
            _add_bytes(archive, MANIFEST, manifest_json)
            _add_bytes(archive, SEAL, hashlib.sha256(manifest_json).hexdigest().encode())
        file.flush()
        os.fsync(file.fileno())


def stored_papers():
    """[(name in the archive, path)] of every stored paper, and of nothing else that lies beside
    them: uploads that are not finished are no records.
    """
    root = settings.PAPERS_ROOT
    papers = sorted(path for path in root.glob("??/??/*") if _PAPER.fullmatch(path.name))
    return [(f"papers/{path.relative_to(root).as_posix()}", path) for path in papers]


class _HashingReader:
    """A readable file that computes the SHA-256 of what is read."""

    def __init__(self, file):
        self.file = file
        self.hash = hashlib.sha256()

    def read(self, size=-1):
        piece = self.file.read(size)
        self.hash.update(piece)
        return piece


def _add_file(archive, name, path):
    with open(path, "rb") as file:
        member = archive.gettarinfo(arcname=name, fileobj=file)
        member.uid = member.gid = 0
        member.uname = member.gname = ""
        member.mode = 0o600
        reader = _HashingReader(file)
        archive.addfile(member, reader)
    return {"size": member.size, "sha256": reader.hash.hexdigest()}


def _add_bytes(archive, name, content):
    member = tarfile.TarInfo(name)
    member.size = len(content)
    member.mode = 0o600
    archive.addfile(member, io.BytesIO(content))


def _sync_folder(folder):
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

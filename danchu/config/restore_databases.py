"""The databases of a restore: the lock, the temporary database, the swap of names."""

import hashlib
import shutil
import time
from contextlib import contextmanager
from threading import Event, Thread

import psycopg
from django.conf import settings
from django.db import connections
from django.utils.translation import gettext as _
from psycopg import sql

from danchu.config.pg_tools import MAINTENANCE, connect
from danchu.kernel.refusals import Refused

PATIENCE = 10  # attempts to disconnect other sessions before the swap is given up
PATIENCE_SECONDS = 15
SECONDS_BETWEEN = 0.2  # from one ending of the sessions to the next
# First key of the advisory lock of restores; the second is a hash of the database's name.
LOCK = 20250702


@contextmanager
def restore_lock(name):
    """Hold the advisory lock of restores of the database `name`; the connection that holds it.

    Refused when another restore runs. Waits a moment first: the lock of a killed process is
    released when the server notices.
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


def prefix_of_unpacked(name):
    """The beginning of the names of folders that backups for this database are unpacked in."""
    return f"restoring-{hashlib.sha256(name.encode()).hexdigest()[:6]}-"


def name_beside(name):
    """The beginning of the names of temporary databases for this one: unique to it, and short
    enough for PostgreSQL's 63 bytes.
    """
    return f"{name[:36]}_restoring_{hashlib.sha256(name.encode()).hexdigest()[:6]}_"


def _remove_leftovers(name):
    """Remove the databases and folders that killed attempts have left."""
    with connect(MAINTENANCE) as connection:
        left = connection.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [name_beside(name)]
        ).fetchall()
    for (leftover,) in left:
        drop_database(leftover)
    for folder in settings.VAR.glob(f"{prefix_of_unpacked(name)}*"):
        shutil.rmtree(folder, ignore_errors=True)


def has_records(name):
    """Whether the database exists and anything was ever recorded in it."""
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


def swap_databases(name, fresh):
    """Rename the database `name` to NAME_before and `fresh` to `name`, in one transaction. Refused
    when other programs keep connecting.

    Their sessions are ended while the renaming waits for them: it holds a lock by then, so that
    nobody comes back before it is done, as the processes of an installation that serves would.
    """
    connections.close_all()
    old, new, aside = (sql.Identifier(database) for database in (name, fresh, f"{name}_before"))
    drop_database(f"{name}_before")
    with connect(MAINTENANCE) as connection, _ending_sessions(name, fresh):
        for attempt in range(PATIENCE):
            try:
                with connection.transaction():
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


@contextmanager
def _ending_sessions(*names):
    """End every session of the databases again and again, until the block is left."""
    is_over = Event()

    def end():
        with connect(MAINTENANCE) as connection:
            while not is_over.wait(SECONDS_BETWEEN):
                connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = ANY(%s)",
                    [list(names)],
                )

    ending = Thread(target=end, daemon=True)
    ending.start()
    try:
        yield
    finally:
        is_over.set()
        ending.join()


def drop_database(name):
    """Drop the database if it exists, ending its sessions."""
    with connect(MAINTENANCE) as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )

"""The databases of a restore: one restore at a time, a database beside, the swap of names."""

import hashlib
import shutil
import time
from contextlib import contextmanager

import psycopg
from django.conf import settings
from django.db import connections
from django.utils.translation import gettext as _
from psycopg import sql

from danchu.config.pg_tools import MAINTENANCE, connect
from danchu.kernel.refusals import Refused

PATIENCE = 10  # times others are sent away before the swap is given up
PATIENCE_SECONDS = 15
# the class of the advisory locks of restores; the second number is of the database's name
LOCK = 20250702


@contextmanager
def only_restore(name):
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


def prefix_of_unpacked(name):
    return f"restoring-{hashlib.sha256(name.encode()).hexdigest()[:6]}-"


def name_beside(name):
    """What the names of databases beside this one begin with: short enough for PostgreSQL, and
    of no other database.
    """
    return f"{name[:36]}_restoring_{hashlib.sha256(name.encode()).hexdigest()[:6]}_"


def _remove_leftovers(name):
    """What killed tries have left: their databases, and what they had unpacked."""
    with connect(MAINTENANCE) as connection:
        left = connection.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [name_beside(name)]
        ).fetchall()
    for (one,) in left:
        drop(one)
    for folder in settings.VAR.glob(f"{prefix_of_unpacked(name)}*"):
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


def swap(name, fresh):
    """The old database steps aside as NAME_before, the new one takes its name: both or neither."""
    connections.close_all()
    old, new, aside = (sql.Identifier(one) for one in (name, fresh, f"{name}_before"))
    drop(f"{name}_before")
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


def drop(name):
    with connect(MAINTENANCE) as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )

"""A database that is migrated once and kept in the suite's own cluster: each worker's database is a
copy of it.

It is known by a hash of all that the migrations are made of, so one that has changed makes a new
one. Django still migrates the copy: what the template should lack is done there.
"""

import hashlib
import os
from contextlib import contextmanager

PREFIX = "danchu_migrated_"
LOCK = 0x6D696772  # "migr": workers of one run ask at the same time


def template():
    """The name of the migrated database, which is made where there is none; DANCHU_TEST_TEMPLATE
    names one that is taken as it is.
    """
    if os.environ.get("DANCHU_TEST_TEMPLATE"):
        return os.environ["DANCHU_TEST_TEMPLATE"]
    from danchu.config.pg_tools import MAINTENANCE, connect  # settings must be ready first

    name = PREFIX + _hash()
    with connect(MAINTENANCE) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])  # let go with the connection
        held = {
            one
            for (one,) in connection.execute(
                "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX]
            )
        }
        if name not in held:
            for one in held:
                connection.execute(f'DROP DATABASE "{one}" WITH (FORCE)')
            connection.execute(f'CREATE DATABASE "{PREFIX}unready"')
            _migrate(f"{PREFIX}unready")
            connection.execute(f'ALTER DATABASE "{PREFIX}unready" RENAME TO "{name}"')
    return name


def _hash():
    """Of every migration, of the modules of ours that they and their models are made of, and of
    the installed packages.
    """
    from danchu.config.settings import PACKAGE, ROOT

    read = [
        *sorted(
            path
            for path in PACKAGE.rglob("*.py")
            if path.parent.name == "migrations"
            or path.name.startswith("models")
            or path.parent.name == "models"
        )
    ]
    read += [
        PACKAGE / "vault" / "contents.py",
        PACKAGE / "journal" / "keep.py",
        *sorted(PACKAGE.glob("*/kept.py")),
        PACKAGE / "config" / "settings.py",
        ROOT / "requirements-dev.lock",
    ]
    found = hashlib.sha256()
    for path in read:
        found.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:16]


def _migrate(name):
    from django.core.management import call_command

    with _connected_to(name):
        call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)


@contextmanager
def _connected_to(name):
    """Django's connection on another database."""
    from django.db import connection

    own = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own

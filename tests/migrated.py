"""A database that is migrated once in the suite's own cluster; each worker's database is a copy.

Its name has a hash of all that the migrations depend on, so a change creates a new one. Django
still migrates the copy, which does nothing unless a migration is missing.
"""

import hashlib
import os
from contextlib import contextmanager

PREFIX = "danchu_migrated_"
LOCK = 0x6D696772  # "migr": the workers of one run start at the same time


def template():
    """The name of the migrated database, created when it is missing; DANCHU_TEST_TEMPLATE names
    another to use as it is.
    """
    if os.environ.get("DANCHU_TEST_TEMPLATE"):
        return os.environ["DANCHU_TEST_TEMPLATE"]
    from danchu.config.pg_tools import MAINTENANCE, connect  # settings must be ready first

    name = PREFIX + _hash()
    with connect(MAINTENANCE) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])  # released with the connection
        existing = {
            name_of_database
            for (name_of_database,) in connection.execute(
                "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX]
            )
        }
        if name not in existing:
            for name_of_database in existing:
                connection.execute(f'DROP DATABASE "{name_of_database}" WITH (FORCE)')
            connection.execute(f'CREATE DATABASE "{PREFIX}unready"')
            _migrate(f"{PREFIX}unready")
            connection.execute(f'ALTER DATABASE "{PREFIX}unready" RENAME TO "{name}"')
    return name


def _hash():
    """A hash of every migration, of the modules that migrations and models depend on, and of the
    locked packages.
    """
    from danchu.config.settings import PACKAGE, ROOT

    paths = [
        *sorted(
            path
            for path in PACKAGE.rglob("*.py")
            if path.parent.name == "migrations"
            or path.name.startswith("models")
            or path.parent.name == "models"
        )
    ]
    paths += [
        PACKAGE / "vault" / "contents.py",
        PACKAGE / "journal" / "keep.py",
        *sorted(PACKAGE.glob("*/kept.py")),
        PACKAGE / "config" / "settings.py",
        ROOT / "requirements-dev.lock",
    ]
    digest = hashlib.sha256()
    for path in paths:
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


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

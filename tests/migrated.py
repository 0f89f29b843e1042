"""A database that is migrated once in the suite's own cluster; each worker's database is a copy.

Its name has a hash of all that the migrations depend on, so a change creates a new one. Django
still migrates the copy, which does nothing unless a migration is missing.
"""

import hashlib
import os
from contextlib import contextmanager
from fractions import Fraction

PREFIX = "danchu_migrated_"
COUNTRY_PREFIX = "danchu_country_"
INSTALLED_PREFIX = "danchu_installed_"
LAW_PREFIX = "danchu_law_"
ILLUSTRATED_PREFIX = "danchu_illustrated_"
TEMPLATE_NAME = "DANCHU_TEST_TEMPLATE"
FIRST_MAP = 1_000_000_000
LATER = Fraction(1, 10)  # of the illustrative records after the report
LOCK = 0x6D696772  # "migr": the workers of one run start at the same time


def template():
    """The name of the migrated database, created when it is missing; DANCHU_TEST_TEMPLATE names
    another to use as it is.
    """
    given_name = os.environ.get(TEMPLATE_NAME)
    return given_name or _created(PREFIX, _hash(), "template1", _migrate)


def country_template():
    """The name of a copy of the migrated database with the country in it."""
    return _created(COUNTRY_PREFIX, _hash(_files_of_units()), template(), _load_country)


def installed_template():
    """The name of a copy of that one with all that bootstrap loads: law, calendar, offices,
    matters, scores.
    """
    digest = _hash([*_files_of_units(), *_files_of_reference()])
    return _created(INSTALLED_PREFIX, digest, country_template(), _load_reference)


def _created(prefix, digest, copied_from, fill):
    """The name of the database, filled by `fill(name)` when it is missing; older ones go."""
    from danchu.config.pg_tools import MAINTENANCE, connect  # settings must be ready first

    name = prefix + digest
    with connect(MAINTENANCE) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])  # released with the connection
        existing = {
            name_of_database
            for (name_of_database,) in connection.execute(
                "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix]
            )
        }
        if name not in existing:
            for name_of_database in existing:
                connection.execute(f'DROP DATABASE "{name_of_database}" WITH (FORCE)')
            connection.execute(f'CREATE DATABASE "{prefix}unready" TEMPLATE "{copied_from}"')
            fill(f"{prefix}unready")
            connection.execute(f'ALTER DATABASE "{prefix}unready" RENAME TO "{name}"')
    return name


def illustrated_template():
    """The name of a copy of that one with the illustrative records, of those after the report a
    tenth. They depend on acts of many rooms and on the day, so any change of the product creates a
    new one.
    """
    from danchu.config.settings import PACKAGE
    from danchu.kernel.days import today

    files = sorted(path for path in PACKAGE.rglob("*") if path.suffix in (".py", ".csv", ".toml"))
    digest = hashlib.sha256(f"{_hash(files)} {today()}".encode()).hexdigest()[:16]
    return _created(ILLUSTRATED_PREFIX, digest, installed_template(), _load_illustration)


def law_template():
    """The name of a copy of the migrated database with the law, its calendar and the offices."""
    return _created(LAW_PREFIX, _hash(_files_of_reference()), template(), _load_law)


def _files_of_units():
    """What the country is loaded by and from."""
    from danchu.config.settings import PACKAGE

    room = PACKAGE / "units"
    return sorted(path for path in room.rglob("*") if path.suffix in (".py", ".csv", ".toml"))


def _files_of_reference():
    """What the rest is loaded by and from."""
    from danchu.config.settings import PACKAGE

    return sorted(
        {
            *PACKAGE.glob("law/*.py"),
            *PACKAGE.glob("*/loading*"),
            *PACKAGE.glob("*/*.toml"),
            *PACKAGE.glob("*/sources/*"),
        }
    )


def _hash(more=()):
    """A hash of every migration, of the modules that migrations and models depend on, of the
    locked packages, and of `more` files.
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
        PACKAGE / "journal" / "digested.py",
        PACKAGE / "journal" / "migration_states.py",
        *sorted(PACKAGE.glob("*/kept.py")),
        PACKAGE / "config" / "settings.py",
        ROOT / "requirements-dev.lock",
        *more,
    ]
    digest = hashlib.sha256()
    for path in paths:
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _migrate(name):
    from django.core.management import call_command

    with connected_to(name):
        call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)


def _load_country(name):
    from django.db import connection

    from danchu.people.actor import Actor
    from danchu.units.sources_load import load_units

    with connected_to(name):
        with connection.cursor() as cursor:
            # Maps are cached by this number: none of another database may have the same.
            cursor.execute(f"ALTER SEQUENCE units_map_number RESTART {FIRST_MAP}")
        load_units(by=Actor.system("kiểm thử"))
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _load_law(name):
    from danchu.law.loading import load_law
    from danchu.people.actor import Actor
    from danchu.people.loading import load_office_kinds

    by = Actor.system("kiểm thử")
    with connected_to(name):
        load_law(by=by)
        load_office_kinds(by=by)


def _load_reference(name):
    from danchu.casework.loading import load_matters
    from danchu.disclosure.loading import load_catalogue
    from danchu.figures.loading import load_scores
    from danchu.law.loading import load_law
    from danchu.obligations.loading import load_escalations
    from danchu.people.actor import Actor
    from danchu.people.loading import load_office_kinds

    by = Actor.system("kiểm thử")
    with connected_to(name):
        reference = (load_law, load_escalations, load_catalogue, load_matters)
        for load in (*reference, load_office_kinds, load_scores):
            load(by=by)


def _load_illustration(name):
    from django.db import connection

    from danchu.demo.generate import generate_demo
    from danchu.people.actor import Actor

    with connected_to(name):
        generate_demo(by=Actor.system("kiểm thử"), later=LATER)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


@contextmanager
def connected_to(name):
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
        _forget_maps()


def _forget_maps():
    """Maps are cached by their number, and only copies have numbers of their own: those of another
    database would be taken for maps of this one.
    """
    from danchu.units import maps

    for key in list(maps._cache):
        if key[1] < FIRST_MAP:
            del maps._cache[key]

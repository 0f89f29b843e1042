"""The suite runs on the embedded PostgreSQL, without fsync, unless DATABASE_URL names a server."""

import os

os.environ["DANCHU_TESTING"] = "1"

import atexit
import shutil

if not os.environ.get("DATABASE_URL"):
    from danchu.config.settings import embedded_cluster

    cluster = embedded_cluster()
    os.environ["DANCHU_EMBEDDED_URL"] = cluster.start()
    atexit.register(cluster.leave)

import gc

import pytest

# A worker has millions of long-lived objects: with Python's default thresholds garbage collection
# takes a twentieth of its time.
gc.set_threshold(50_000, 20, 100)


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """What is imported and listed is kept: looking through it for garbage is in vain."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


def pytest_collection_finish():
    """What is there by now stays to the end: it is not looked through again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, django_db_blocker):
    """Each worker's database is a copy of a migrated one; not on a server of DATABASE_URL."""
    from django.conf import settings  # settings must be ready first
    from django.db import connection

    from tests.migrated import template

    if settings.EMBEDDED:
        with django_db_blocker.unblock():
            connection.settings_dict["TEST"]["TEMPLATE"] = template()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Disable the triggers that refuse to truncate the journal, for tests that commit."""
    from django.db import connection  # settings must be ready first

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for table, rule in (
            ("journal_entry", "journal_kept"),
            ("journal_rowdigest", "journal_rowdigest_kept"),
            ("journal_founding", "journal_founding_kept"),
        ):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {rule}_emptied")


pytest_plugins = [
    "tests.sizes",
    "tests.browser",
    "tests.clock",
    "tests.country",
    "tests.digested",
    "tests.lawful",
    "tests.readers",
    "tests.shares",
]


@pytest.fixture(scope="session", autouse=True)
def _emptied_quickly():
    from django.test import TransactionTestCase  # settings must be ready first

    from tests.emptied import instead_of_flush

    TransactionTestCase._fixture_teardown = instead_of_flush(TransactionTestCase._fixture_teardown)


@pytest.fixture(scope="session", autouse=True)
def _static_files_listed_once():
    """The middlewares are set up for each test's client, and WhiteNoise then looks up every static
    file: a seventieth of the time of the suite.
    """
    from whitenoise.middleware import WhiteNoiseMiddleware  # settings must be ready first

    look_up, listed = WhiteNoiseMiddleware.add_files_from_finders, {}

    def add_files(self):
        if not listed:
            look_up(self)
            listed.update(self.files)
        self.files.update(listed)

    WhiteNoiseMiddleware.add_files_from_finders = add_files


@pytest.fixture(scope="session", autouse=True)
def _translations():
    """Compile the translations, as the product does when it starts."""
    from danchu.config.bootstrap import compile_translations  # settings must be ready first

    compile_translations()


@pytest.fixture(scope="session", autouse=True)
def _journal_keys():
    """One key for all databases of the suite, under every entry from the first on."""
    from danchu.journal.chain import BEGINNING  # settings must be ready first
    from danchu.journal.signing import existing_ring, found_ring

    ring = existing_ring()
    if ring is None or ring.number:
        found_ring(0, BEGINNING, anew=ring is not None)


@pytest.fixture(autouse=True)
def _own_heads():
    """What one test writes down of its journal is no witness in the next; the folder is made by
    whoever writes into it.
    """
    from django.conf import settings  # must be ready first

    before = settings.JOURNAL_ROOT
    settings.JOURNAL_ROOT = root = before / f"{os.getpid()}"
    yield
    settings.JOURNAL_ROOT = before
    if root.exists():
        shutil.rmtree(root)


@pytest.fixture(autouse=True)
def _vietnamese_again():
    """Each test begins in Vietnamese: a request for an English page leaves its language active in
    the thread.
    """
    from django.utils import translation  # settings must be ready first

    translation.activate("vi")


@pytest.fixture(autouse=True)
def _law_read_anew(monkeypatch):
    """Clear the cache of the law, so that each test asks the database the same whatever ran before
    it. The law that a copied database came with was read when it was copied.
    """
    from danchu.law import book  # settings must be ready first
    from tests.country import BOOKS

    plain = book._cached_book
    plain.cache_clear()
    monkeypatch.setattr(book, "_cached_book", lambda edition: BOOKS.get(edition) or plain(edition))

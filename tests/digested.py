"""Tests marked `digested` run as on an installation whose digests are founded: each act of the test
must leave no record changed that no entry of the journal digests, as when it commits. What the test
itself plants outside of acts is exempt. DANCHU_TEST_DIGESTED=1 runs every test so, except those
marked `plants`, which commit what no act wrote.
"""

import os
from contextlib import contextmanager

import pytest

CHECK = (
    "SET CONSTRAINTS journal_changes_digested IMMEDIATE; "
    "SET CONSTRAINTS journal_changes_digested DEFERRED"
)
PLANTED = "DELETE FROM journal_change WHERE transaction = txid_current() AND kind <> ''"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """Found the digests and look at the end of each act, which is a savepoint in the transaction of
    the test.
    """
    marked = item.get_closest_marker("digested") or os.environ.get("DANCHU_TEST_DIGESTED")
    has_database = {"db", "transactional_db"} & {*item.fixturenames}
    if not marked or not has_database or item.get_closest_marker("plants"):
        return (yield)
    from django.db import connection  # settings must be ready first

    from danchu.journal.digest_form import forms

    with connection.cursor() as cursor:
        cursor.execute(f"{PLANTED}; {CHECK}")
        cursor.execute(
            "INSERT INTO journal_founding (kind, entry) SELECT unnest(%s::text[]), 0",
            [list(forms())],
        )
    with acts_checked(connection):
        answer = yield
    if connection.in_atomic_block and not connection.needs_rollback:
        connection.connection.execute(PLANTED)
    return answer


@contextmanager
def planted():
    """Around what a test that commits plants outside of acts, such as the place of a hall."""
    from django.db import connection, transaction

    with transaction.atomic():
        yield
        connection.connection.execute(PLANTED)


@contextmanager
def acts_checked(connection):
    """Savepoints one deeper than now are acts. The statements that look are not counted as queries
    of the product.
    """
    from django.db.transaction import Atomic

    depth = len(connection.savepoint_ids) + 1
    is_nested = connection.in_atomic_block

    def is_act():
        savepoints = connection.savepoint_ids
        return is_nested and len(savepoints) == depth and savepoints[-1] is not None

    def entered(self):
        enter(self)
        if is_act():
            connection.connection.execute(PLANTED)

    def left(self, kind, error, traceback):
        if kind is None and is_act() and not connection.needs_rollback:
            try:
                with connection.wrap_database_errors:
                    connection.connection.execute(CHECK)
            except Exception as refused:
                leave(self, type(refused), refused, refused.__traceback__)
                raise
        return leave(self, kind, error, traceback)

    enter, leave = Atomic.__enter__, Atomic.__exit__
    Atomic.__enter__, Atomic.__exit__ = entered, left
    try:
        yield
    finally:
        Atomic.__enter__, Atomic.__exit__ = enter, leave

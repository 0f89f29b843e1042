"""One snapshot of the database for everything that is read within it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from danchu.kernel.reading import reading


@contextmanager
def snapshot() -> Iterator[None]:
    """A read-only REPEATABLE READ transaction with a read context of its own: all queries see the
    rows as they were at the first of them, whatever is committed meanwhile.

    Within an open transaction PostgreSQL can no longer change the isolation level: then the reads
    are those of that transaction.
    """
    is_outermost = not connection.in_atomic_block
    with reading(anew=True), transaction.atomic():
        if is_outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield

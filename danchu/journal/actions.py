"""The only function that writes to the journal."""

from datetime import UTC, datetime
from typing import Protocol

from django.db import connection
from django.db.models import Model

from danchu.journal.chain import BEGINNING, digest, kind_of, plain
from danchu.journal.models import Entry


class Signing(Protocol):
    """Who an entry names: `key` identifies the actor, `name` is for readers."""

    @property
    def key(self) -> str: ...

    @property
    def name(self) -> str: ...


def record(
    by: Signing, act: str, subject: Model | None = None, unit: object = None, **data: object
) -> Entry:
    """Write one entry inside the transaction of the act and return it.

    `by` has `.key`, `.name` and may have `.signature`, the name together with that of the person
    it acts for; `act` is "noun.verbed"; `subject` a saved row or None; `unit` a Unit or its id.
    This takes a lock that other writers wait for until the transaction ends, so call it last in
    an act. ValueError when a key of `data` names personal data; RuntimeError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("record() belongs inside the transaction of the act it records")
    entry = Entry(
        actor=by.key,
        actor_name=getattr(by, "signature", by.name) or "",
        act=act,
        kind=kind_of(subject) if subject is not None else "",
        subject=str(subject.pk) if subject is not None else "",
        unit_id=getattr(unit, "pk", unit),
        data=plain(data),
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, hash FROM journal_last()")
        last, previous = cursor.fetchone() or (0, BEGINNING)
    # The time is taken after the lock, so that times run the same way as numbers.
    entry.number = last + 1
    entry.previous = previous
    entry.at = datetime.now(UTC)
    entry.hash = digest(entry)
    entry.save(force_insert=True)
    return entry

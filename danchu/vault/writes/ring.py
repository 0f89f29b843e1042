"""The lock between sealing and reading on one side, and changes of the key ring on the other."""

from django.db import connection

# Sealing and reading take this advisory lock shared, a change of the ring takes it exclusively: no
# identity is sealed for a ring that was replaced, none is read by a lock whose key was removed.
RING = "SELECT pg_advisory_xact_lock{}(hashtext('danchu.vault.ring'))"


def lock_ring(suffix: str = "") -> None:
    """Take the advisory lock of the ring until the transaction ends: "_shared" or exclusively."""
    with connection.cursor() as cursor:
        cursor.execute(RING.format(suffix))

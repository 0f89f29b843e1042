"""Grows the stored tree over the entries."""

from django.db import connection

from danchu.journal.models import Tile
from danchu.journal.tiles import HASH_BYTES, WIDTH, Growth, leaf_hashes, tree_size

LOCK = 2026112901  # advisory lock of whoever grows the tree
MANY = 64


def hold_tree() -> None:
    """Let nobody else grow the tree until the transaction of the caller ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def grow_tree(size: int) -> None:
    """Append the leaves of the entries up to the number `size`, in the transaction of the caller.
    A tree that is as large stays as it is.
    """
    hold_tree()
    tiles: list[Tile] = []

    def store(level: int, index: int, hashes: bytes) -> None:
        tiles.append(Tile(level=level, index=index, hashes=hashes))
        if len(tiles) >= MANY:
            _write(tiles)

    present = tree_size()
    growth = Growth(store)
    level = 0
    while (number := present >> 8 * level) or level == 0:
        index, within = divmod(number, WIDTH)
        row = Tile.objects.filter(level=level, index=index).first() if within else None
        growth.begin(level, index, bytes(row.hashes)[: within * HASH_BYTES] if row else b"")
        level += 1
    for leaf in leaf_hashes(present, size):
        growth.add(leaf)
    growth.finish()
    _write(tiles)


def _write(tiles):
    Tile.objects.bulk_create(
        tiles, update_conflicts=True, unique_fields=["level", "index"], update_fields=["hashes"]
    )
    tiles.clear()

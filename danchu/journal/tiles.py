"""The tree over the entries, as tiles of 256 hashes: computed from entries, read for proofs.

The leaf of an entry is the text "danchu leaf 1", a digest of its hash and signature, and what it
says of the records that it changed (`Entry.rows`, the root over their digests, so that the proof of
one record leads to a checkpoint), each on a line. The signature makes the digest one that nobody
guesses from the content of the entry; the content itself is never published.
"""

import hashlib
from collections.abc import Callable, Iterator

from danchu.journal import merkle
from danchu.journal.models import Entry, Tile

WIDTH = 256
HASH_BYTES = 32


def blinded(entry_hash: str, signature: str) -> str:
    """The digest of hash and signature of an entry, in hex."""
    return hashlib.sha256(f"danchu blind 1\n{entry_hash}\n{signature}\n".encode()).hexdigest()


def leaf_text(entry_hash: str, signature: str, rows: str) -> str:
    """The content of the leaf of an entry."""
    return f"danchu leaf 1\n{blinded(entry_hash, signature)}\n{rows}\n"


def leaf_hashes(beyond: int, size: int) -> Iterator[bytes]:
    """The hashes of the leaves of the entries after the number `beyond`, up to `size`."""
    rows = (
        Entry.objects.filter(number__gt=beyond, number__lte=size)
        .order_by("number")
        .values_list("hash", "signature", "rows")
    )
    for entry_hash, signature, entry_rows in rows.iterator(chunk_size=5000):
        yield merkle.leaf_hash(leaf_text(entry_hash, signature, entry_rows).encode())


class Growth:
    """Appends the hashes of leaves. `store(level, index, hashes)` is called with each tile that
    becomes full, and by `finish` with those at the right edge.
    """

    def __init__(self, store: Callable[[int, int, bytes], None]) -> None:
        self.store = store
        self._edge: list[tuple[int, bytearray]] = []  # by level: index of the tile, its hashes

    def begin(self, level: int, index: int, hashes: bytes) -> None:
        """Continue a tile at the right edge; levels in their order."""
        while len(self._edge) < level:
            self._edge.append((0, bytearray()))
        self._edge.append((index, bytearray(hashes)))

    def add(self, node: bytes, level: int = 0) -> None:
        """Append the hash of a perfect subtree of 256^level leaves."""
        if level == len(self._edge):
            self._edge.append((0, bytearray()))
        index, hashes = self._edge[level]
        hashes += node
        if len(hashes) == WIDTH * HASH_BYTES:
            self.store(level, index, bytes(hashes))
            self._edge[level] = (index + 1, bytearray())
            self.add(merkle.fold(split_tile(hashes)), level + 1)

    def finish(self) -> None:
        """Store the tiles that are not full."""
        for level, (index, hashes) in enumerate(self._edge):
            if hashes:
                self.store(level, index, bytes(hashes))


def split_tile(hashes: bytes | bytearray | memoryview) -> list[bytes]:
    """The hashes of a tile, one by one."""
    content = bytes(hashes)
    return [content[at : at + HASH_BYTES] for at in range(0, len(content), HASH_BYTES)]


def tree_size() -> int:
    """The number of leaves in the stored tree."""
    last = Tile.objects.filter(level=0).order_by("-index").first()
    return last.index * WIDTH + len(last.hashes) // HASH_BYTES if last else 0


def stored_nodes() -> merkle.Nodes:
    """The perfect subtrees of the stored tree, for proofs: each tile is read once, and a proof
    needs two a level. LookupError for what is not stored.
    """
    tiles: dict[tuple[int, int], list[bytes]] = {}

    def node(height: int, index: int) -> bytes:
        level, within = divmod(height, 8)
        first = index << within
        place = (level, first // WIDTH)
        if place not in tiles:
            row = Tile.objects.filter(level=place[0], index=place[1]).first()
            tiles[place] = split_tile(row.hashes) if row else []
        start = first % WIDTH
        hashes = tiles[place][start : start + (1 << within)]
        if len(hashes) < 1 << within:
            raise LookupError(f"the tree has no node {index} at height {height}")
        return merkle.fold(hashes)

    return node


def stored_root(size: int) -> bytes:
    """The root of the stored tree over the first `size` leaves; LookupError when it has fewer."""
    return merkle.root(stored_nodes(), size)

"""Merkle trees such as the journal's (RFC 6962, section 2.1; RFC 9162, sections 2.1.3, 2.1.4).

Proofs are computed from the hashes of perfect subtrees, which `Nodes` reads: `nodes(height, index)`
is the root over the leaves from index·2^height on, 2^height of them.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from itertools import islice

Nodes = Callable[[int, int], bytes]

EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(content: bytes) -> bytes:
    """SHA-256 over 0x00 and the content of a leaf."""
    return hashlib.sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256 over 0x01 and the hashes of the two children."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def fold(hashes: Sequence[bytes]) -> bytes:
    """The root over a power of two of hashes."""
    level = list(hashes)
    while len(level) > 1:
        level = [node_hash(*level[at : at + 2]) for at in range(0, len(level), 2)]
    return level[0]


def nodes_over(leaves: Sequence[bytes]) -> Nodes:
    """The perfect subtrees over hashes of leaves that lie in memory."""
    return lambda height, index: fold(leaves[index << height : (index + 1) << height])


def root(nodes: Nodes, size: int) -> bytes:
    """The root of the first `size` leaves; of none the SHA-256 of nothing."""
    return _range(nodes, 0, size) if size else EMPTY_ROOT


def inclusion_path(nodes: Nodes, index: int, size: int) -> list[bytes]:
    """PATH(index, D[size]): the sibling hashes from the leaf upwards. ValueError unless
    0 <= index < size.
    """
    return [_range(nodes, start, end) for start, end in _siblings(index, size)]


def streamed_path(leaves: Iterable[bytes], index: int, size: int) -> list[bytes]:
    """The inclusion path over the hashes of `size` leaves, each of which is read once."""
    siblings = _siblings(index, size)
    stream = iter(leaves)
    roots = {}
    for start, end in sorted([*siblings, (index, index + 1)]):
        tree = Peaks()
        for leaf in islice(stream, end - start):
            tree.add(leaf)
        roots[start] = tree.root()
    return [roots[start] for start, _end in siblings]


def _siblings(index: int, size: int) -> list[tuple[int, int]]:
    """The ranges of leaves under the hashes of an inclusion path, from the leaf upwards."""
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} of {size}")
    ranges = []
    start = 0
    end = size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    return ranges[::-1]


def consistency_path(nodes: Nodes, earlier: int, size: int) -> list[bytes]:
    """PROOF(earlier, D[size]): that the first `earlier` leaves are those of the tree of `size`.
    Empty for equal sizes; ValueError unless 0 < earlier <= size.
    """
    if not 0 < earlier <= size:
        raise ValueError(f"no tree of {earlier} within {size}")
    path = []
    start = 0
    end = size
    while earlier != end:
        middle = start + _split(end - start)
        if earlier <= middle:
            path.append(_range(nodes, middle, end))
            end = middle
        else:
            path.append(_range(nodes, start, middle))
            start = middle
    if start:  # SUBPROOF with b = false: the earlier root is not known to whoever checks
        path.append(_range(nodes, start, end))
    return path[::-1]


def root_of_path(leaf: bytes, index: int, size: int, path: Iterable[bytes]) -> bytes:
    """The root to which an inclusion path leads; ValueError for a path of another length."""
    place = index
    last = size - 1
    node = leaf
    for sibling in path:
        if last == 0:
            raise ValueError("the path is too long")
        if place % 2 or place == last:
            node = node_hash(sibling, node)
            while place and place % 2 == 0:
                place, last = place // 2, last // 2
        else:
            node = node_hash(node, sibling)
        place, last = place // 2, last // 2
    if last or not 0 <= index < size:
        raise ValueError("the path is too short")
    return node


class Peaks:
    """The roots of the perfect subtrees from the left, the largest first: what is needed to append
    leaves and to know the root.
    """

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """Append the hash of one leaf."""
        size = self.size
        while size & 1:
            leaf = node_hash(self._peaks.pop(), leaf)
            size >>= 1
        self._peaks.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """The root of the leaves so far."""
        peaks = self._peaks[::-1]
        if not peaks:
            return EMPTY_ROOT
        node = peaks[0]
        for peak in peaks[1:]:
            node = node_hash(peak, node)
        return node


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1


def _range(nodes: Nodes, start: int, end: int) -> bytes:
    """MTH(D[start:end]) of a range that the recursion of the RFC reaches."""
    size = end - start
    if size & (size - 1) == 0:
        height = size.bit_length() - 1
        return nodes(height, start >> height)
    middle = start + _split(size)
    return node_hash(_range(nodes, start, middle), _range(nodes, middle, end))

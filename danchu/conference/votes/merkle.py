"""A tree of hashes over lines (RFC 6962, section 2.1): its root stands for all of them, a short
path proves one of them.

Leaves and nodes are hashed under prefixes of their own (0x00, 0x01), so that no node can be passed
off as a line.
"""

import hashlib


def leaf(line):
    """The hash of one line, given as text."""
    return hashlib.sha256(b"\x00" + line.encode()).digest()


def _node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def levels(lines):
    """The hashes from the leaves up to the root, which is alone in the last level; what has no
    neighbour moves up as it is.
    """
    level = [leaf(line) for line in lines]
    found = [level]
    while len(level) > 1:
        pairs = [_node(left, right) for left, right in zip(level[::2], level[1::2], strict=False)]
        level = pairs + level[-1:] if len(level) % 2 else pairs
        found.append(level)
    return found


def root(lines):
    """The root in hex; of no line at all the hash of nothing."""
    top = levels(lines)[-1]
    return (top[0] if top else hashlib.sha256(b"").digest()).hex()


def path(tree, index):
    """The hashes in hex, from the bottom up, with which the line at `index` leads to the root
    of these levels.
    """
    found = []
    for level in tree[:-1]:
        beside = index ^ 1
        if beside < len(level):
            found.append(level[beside].hex())
        index //= 2
    return found


def leads_to(line, index, size, steps, expected):
    """Whether the path proves that `line` is the one at `index` of `size` lines under the root
    `expected` (RFC 9162, 2.1.3.2).
    """
    if not 0 <= index < size:
        return False
    place = index
    last = size - 1
    found = leaf(line)
    for step in steps:
        if last == 0:
            return False
        if place % 2 or place == last:
            found = _node(bytes.fromhex(step), found)
            while place % 2 == 0 and place:
                place = place // 2
                last = last // 2
        else:
            found = _node(found, bytes.fromhex(step))
        place = place // 2
        last = last // 2
    return last == 0 and found.hex() == expected

"""A Merkle tree over lines (RFC 6962, section 2.1): its root commits to all lines, and an inclusion
proof shows that one of them belongs to it.

Leaves and nodes are hashed with different prefixes (0x00, 0x01), so that no node can be passed off
as a line.
"""

import hashlib


def leaf(line):
    """The hash of one line of text, as bytes."""
    return hashlib.sha256(b"\x00" + line.encode()).digest()


def _node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def levels(lines):
    """The hashes by level, from the leaves to the root, which is alone in the last level. A node
    without a sibling moves up unchanged.
    """
    level = [leaf(line) for line in lines]
    tree = [level]
    while len(level) > 1:
        pairs = [_node(left, right) for left, right in zip(level[::2], level[1::2], strict=False)]
        level = pairs + level[-1:] if len(level) % 2 else pairs
        tree.append(level)
    return tree


def root(lines):
    """The root in hex; of no lines the hash of nothing."""
    top = levels(lines)[-1]
    return (top[0] if top else hashlib.sha256(b"").digest()).hex()


def path(tree, index):
    """The inclusion proof of the line at `index`: the sibling hashes in hex, bottom up."""
    steps = []
    for level in tree[:-1]:
        sibling = index ^ 1
        if sibling < len(level):
            steps.append(level[sibling].hex())
        index //= 2
    return steps


def path_proves(line, index, size, steps, expected):
    """Whether the inclusion proof shows that `line` is at `index` of `size` lines under the root
    `expected`, in hex (RFC 9162, section 2.1.3.2).
    """
    if not 0 <= index < size:
        return False
    place = index
    last = size - 1
    node = leaf(line)
    for step in steps:
        if last == 0:
            return False
        if place % 2 or place == last:
            node = _node(bytes.fromhex(step), node)
            while place % 2 == 0 and place:
                place = place // 2
                last = last // 2
        else:
            node = _node(node, bytes.fromhex(step))
        place = place // 2
        last = last // 2
    return last == 0 and node.hex() == expected

"""A Merkle tree over lines (RFC 6962, section 2.1): its root commits to all lines, and an inclusion
proof shows that one of them belongs to it.

Leaves and nodes are hashed with different prefixes (0x00, 0x01), so that no node can be passed off
as a line.
"""

from danchu.journal.merkle import EMPTY_ROOT, leaf_hash, node_hash, root_of_path


def leaf(line):
    """The hash of one line of text, as bytes."""
    return leaf_hash(line.encode())


def levels(lines):
    """The hashes by level, from the leaves to the root, which is alone in the last level. A node
    without a sibling moves up unchanged.
    """
    level = [leaf(line) for line in lines]
    tree = [level]
    while len(level) > 1:
        pairs = [
            node_hash(left, right) for left, right in zip(level[::2], level[1::2], strict=False)
        ]
        level = pairs + level[-1:] if len(level) % 2 else pairs
        tree.append(level)
    return tree


def root(lines):
    """The root in hex; of no lines the hash of nothing."""
    top = levels(lines)[-1]
    return (top[0] if top else EMPTY_ROOT).hex()


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
    siblings = [bytes.fromhex(step) for step in steps]
    try:
        return root_of_path(leaf(line), index, size, siblings).hex() == expected
    except ValueError:  # the path is too long or too short, or there is no such place
        return False

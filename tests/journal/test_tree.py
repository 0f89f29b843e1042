"""The tree over the entries is that of RFC 6962, and its proofs hold for nothing else."""

import hashlib

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from danchu.journal import merkle, tiles
from danchu.journal.actions import record
from danchu.journal.models import Entry, Tile
from danchu.journal.tiles import Growth, leaf_hashes, split_tile, stored_nodes, tree_size
from danchu.journal.verify_tree import tree_problems
from danchu.journal.writes import grow_tree
from tests.journal.conftest import settle, without_triggers

# The vectors of the reference implementation (certificate-transparency, merkle_tree_test): inputs
# in hex and the roots over the first 1, 2, … of them.
INPUTS = [
    *("", "00", "10", "2021", "3031", "40414243", "5051525354555657"),
    "606162636465666768696a6b6c6d6e6f",
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def root_slowly(leaves):
    """MTH(D[n]) as the RFC defines it."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = max(1 << power for power in range(20) if 1 << power < len(leaves))
    return hashlib.sha256(
        b"\x01" + root_slowly(leaves[:split]) + root_slowly(leaves[split:])
    ).digest()


def path_slowly(index, leaves):
    """PATH(m, D[n]) as the RFC defines it."""
    if len(leaves) == 1:
        return []
    split = max(1 << power for power in range(20) if 1 << power < len(leaves))
    if index < split:
        return [*path_slowly(index, leaves[:split]), root_slowly(leaves[split:])]
    return [*path_slowly(index - split, leaves[split:]), root_slowly(leaves[:split])]


def proof_slowly(earlier, leaves, is_known=True):
    """SUBPROOF(m, D[n], b) as the RFC defines it."""
    if earlier == len(leaves):
        return [] if is_known else [root_slowly(leaves)]
    split = max(1 << power for power in range(20) if 1 << power < len(leaves))
    if earlier <= split:
        return [*proof_slowly(earlier, leaves[:split], is_known), root_slowly(leaves[split:])]
    return [*proof_slowly(earlier - split, leaves[split:], False), root_slowly(leaves[:split])]


def nodes_of(leaves):
    """Perfect subtrees of a list of leaves."""
    return lambda height, index: merkle.fold(leaves[index << height : (index + 1) << height])


def some_leaves(size):
    return [merkle.leaf_hash(b"%d" % number) for number in range(size)]


@pytest.mark.parametrize("size", range(1, 9))
def test_the_roots_are_those_of_the_reference(size):
    leaves = [merkle.leaf_hash(bytes.fromhex(text)) for text in INPUTS[:size]]
    peaks = merkle.Peaks()
    for leaf in leaves:
        peaks.add(leaf)
    roots = [merkle.root(nodes_of(leaves), size), peaks.root(), root_slowly(leaves)]
    assert {root.hex() for root in roots} == {ROOTS[size - 1]}


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 700), st.data())
def test_proofs_are_those_of_the_definition(size, data):
    leaves = some_leaves(size)
    nodes = nodes_of(leaves)
    index = data.draw(st.integers(0, size - 1))
    earlier = data.draw(st.integers(1, size))
    path = merkle.inclusion_path(nodes, index, size)
    assert path == path_slowly(index, leaves)
    assert merkle.root_of_path(leaves[index], index, size, path) == merkle.root(nodes, size)
    assert merkle.consistency_path(nodes, earlier, size) == proof_slowly(earlier, leaves)
    assert len(path) <= (size - 1).bit_length()


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 300), st.data())
def test_a_proof_holds_for_no_other_leaf_place_or_path(size, data):
    leaves = some_leaves(size)
    index = data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(0, size - 1).filter(lambda place: place != index))
    path = merkle.inclusion_path(nodes_of(leaves), index, size)
    root = merkle.root(nodes_of(leaves), size)

    def leads(leaf, place, steps):
        try:
            return merkle.root_of_path(leaf, place, size, steps) == root
        except ValueError:
            return False

    assert not leads(leaves[other], index, path)
    assert not leads(leaves[index], other, path)
    assert not leads(leaves[index], index, path[:-1])
    assert not leads(leaves[index], index, [*path, leaves[0]])


@pytest.mark.parametrize(("index", "size"), [(0, 0), (3, 3), (-1, 3)])
def test_there_is_no_proof_of_a_leaf_that_is_not_there(index, size):
    with pytest.raises(ValueError, match="no leaf"):
        merkle.inclusion_path(nodes_of(some_leaves(3)), index, size)
    with pytest.raises(ValueError, match="no tree"):
        merkle.consistency_path(nodes_of(some_leaves(3)), 0, size)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=1, max_size=6))
def test_tiles_that_grow_piece_by_piece_give_the_same_roots(pieces):
    """With tiles of four hashes, so that several levels fill up."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tiles, "WIDTH", 4)
        leaves = some_leaves(sum(pieces))
        stored = {}
        growth = Growth(lambda level, index, hashes: stored.update({(level, index): hashes}))
        for leaf in leaves:
            growth.add(leaf)
        growth.finish()
        for level in range(4):
            whole = len(leaves) // 4**level
            kept = [
                one
                for index in range(whole // 4 + 1)
                for one in split_tile(stored.get((level, index), b""))
            ]
            assert kept == [
                merkle.fold(leaves[at * 4**level : (at + 1) * 4**level]) for at in range(whole)
            ]


@pytest.fixture
def many(db, by):
    """More entries than a tile has room for."""
    first = record(by, "event.drafted")
    rows = [
        Entry(
            number=number,
            at=first.at,
            actor="system",
            act="event.drafted",
            previous="0" * 64,
            hash=hashlib.sha256(b"%d" % number).hexdigest(),
            signature="00",
        )
        for number in range(2, 601)
    ]
    Entry.objects.bulk_create(rows)
    settle()


def test_the_stored_tree_grows_over_the_entries_and_reads_few_tiles(
    many, django_assert_max_num_queries
):
    leaves = list(leaf_hashes(0, 600))
    for size in (1, 2, 255, 256, 257, 511, 600, 600):
        grow_tree(size)
        assert tree_size() == size
        assert merkle.root(stored_nodes(), size) == root_slowly(leaves[:size])
    assert Tile.objects.count() == 4
    for earlier, index in ((1, 0), (256, 255), (257, 256), (512, 300), (599, 598)):
        with django_assert_max_num_queries(4):
            path = merkle.inclusion_path(stored_nodes(), index, 600)
        assert path == path_slowly(index, leaves)
        assert merkle.consistency_path(stored_nodes(), earlier, 600) == proof_slowly(
            earlier, leaves
        )
    with pytest.raises(LookupError):
        merkle.root(stored_nodes(), 601)


def test_a_changed_tile_is_found_and_named(many):
    grow_tree(600)
    assert list(tree_problems()) == []
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE journal_tile SET hashes = overlay(hashes placing '\\x00' from 9) "
            "WHERE level = 0 AND index = 1"
        )
    assert [place for place, _message in tree_problems()] == ["cây băm 0/1"]


def test_a_leaf_depends_on_the_entry_and_its_signature(entries):
    before = list(leaf_hashes(0, 5))
    assert len(set(before)) == 5
    with without_triggers() as cursor:
        cursor.execute("UPDATE journal_entry SET signature = '' WHERE number = 3")
    after = list(leaf_hashes(0, 5))
    assert [one == other for one, other in zip(before, after, strict=True)] == [
        *(True, True, False, True, True),
    ]

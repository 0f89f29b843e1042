"""Verifies the tree over the entries and every checkpoint, in the database and beside it."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from danchu.journal.heads import checkpoints_in_files
from danchu.journal.merkle import Peaks
from danchu.journal.models import Checkpoint, Entry, Tile
from danchu.journal.notes import Head, head_of
from danchu.journal.tiles import Growth, leaf_hashes, tree_size

_Expected = dict[int, list[tuple[bytes, str]]]


def tree_problems(*, alone: bool = False) -> Iterator[tuple[str, str]]:
    """(place, message) of each checkpoint whose root is not that of the entries or that has gone,
    and of each stored tile that differs from the entries. Reads hash and signature of every entry
    once, in constant memory. `alone`: without the checkpoints beside the database.
    """
    expected: _Expected = {}
    yield from _read_checkpoints(expected, [] if alone else checkpoints_in_files())
    stored_size = tree_size()
    differing: list[tuple[int, int]] = []

    def compare(level: int, index: int, hashes: bytes) -> None:
        row = Tile.objects.filter(level=level, index=index).first()
        if row is None or bytes(row.hashes) != hashes:
            differing.append((level, index))

    growth = Growth(compare)
    peaks = Peaks()
    for leaf in leaf_hashes(0, max([stored_size, *expected])):
        peaks.add(leaf)
        if peaks.size <= stored_size:
            growth.add(leaf)
        for root, place in expected.pop(peaks.size, ()):
            if peaks.root() != root:
                yield place, _("không khớp với các dòng nhật ký: có dòng đã bị sửa, thay hay bớt")
    growth.finish()
    for level, index in differing:
        yield _("cây băm %(tile)s") % {"tile": f"{level}/{index}"}, _("không khớp các dòng nhật ký")
    for size in sorted(expected):
        for _root, place in expected[size]:
            yield place, _("nhật ký nay ngắn hơn khi công bố: có dòng bị cắt ở cuối")


def _read_checkpoints(
    expected: _Expected, files: Iterable[tuple[Head, str]]
) -> Iterator[tuple[str, str]]:
    """Put every root that was published under its size; the problems of the checkpoints alone."""
    published = {}
    for row in Checkpoint.objects.order_by("size"):
        place = _("dấu kiểm %s") % row.size
        try:
            head = head_of(row.text)
        except ValueError:
            yield place, _("nội dung đã bị sửa")
            continue
        if head.size != row.size:
            yield place, _("nội dung đã bị sửa")
        published[row.size] = head.root.hex()
        expected.setdefault(row.size, []).append((head.root, place))
    for head, name in files:
        place = _("dấu kiểm trong tệp %s") % name
        if head.size < 0:
            yield place, _("không đọc được")
            continue
        expected.setdefault(head.size, []).append((head.root, place))
    for data in Entry.objects.filter(act="checkpoint.published").values_list("data", flat=True):
        if published.get(data.get("size")) != data.get("root"):
            yield (
                _("dấu kiểm %s") % data.get("size"),
                _("không còn như nhật ký ghi khi công bố"),
            )

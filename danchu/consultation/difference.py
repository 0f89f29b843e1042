"""What changed between two versions of a text: by paragraphs, and by words within one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME = "same"
ADDED = "added"
REMOVED = "removed"
CHANGED = "changed"
# Below this share of common words two paragraphs are shown as one removed and one added.
ALIKE = 0.5

Piece = tuple[str, str]


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of the difference: its number in the later text (0 where it was removed), and
    its pieces, each (SAME, ADDED or REMOVED, text).
    """

    number: int
    kind: str
    pieces: tuple[Piece, ...]


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of a text: its lines that are not empty, which readers call by number."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def difference(before: str, after: str) -> list[Paragraph]:
    """The later text, paragraph by paragraph, with what was added to and removed from the earlier
    one: without the removed pieces it reads as the later text, without the added as the earlier.
    """
    old, new = paragraphs_of(before), paragraphs_of(after)
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [one for step in steps for one in _paragraphs(old, new, step)]


def _paragraphs(
    old: Sequence[str], new: Sequence[str], step: tuple[str, int, int, int, int]
) -> Iterator[Paragraph]:
    """The paragraphs of one step that leads from old ones to new ones."""
    act, old_start, old_end, new_start, new_end = step
    if act == "equal":
        for place in range(new_start, new_end):
            yield Paragraph(place + 1, SAME, ((SAME, new[place]),))
        return
    removed = list(old[old_start:old_end])
    for place in range(new_start, new_end):
        if removed and _likeness(removed[0], new[place]) >= ALIKE:
            yield Paragraph(place + 1, CHANGED, tuple(_words(removed.pop(0), new[place])))
        else:
            yield Paragraph(place + 1, ADDED, ((ADDED, new[place]),))
    for text in removed:
        yield Paragraph(0, REMOVED, ((REMOVED, text),))


def _tokens(text: str) -> list[str]:
    """Words and the blanks between them."""
    return re.findall(r"\s+|[^\s]+", text)


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()


def _words(one: str, other: str) -> Iterator[Piece]:
    """The pieces that lead from one paragraph to the other."""
    old, new = _tokens(one), _tokens(other)
    for act, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if act == "equal":
            yield SAME, "".join(new[c:d])
            continue
        if b > a:
            yield REMOVED, "".join(old[a:b])
        if d > c:
            yield ADDED, "".join(new[c:d])

"""Whether the parts of one text stand in another one in their order. Pure."""

from itertools import pairwise

from danchu.consultation.clauses import Text
from danchu.consultation.courtesy import POLITE

AND = "va"
MOVED = frozenset(["o", "tai", "xin", "mong"])  # where, and what one asks for, stand anywhere
ASKING = ("de", "nghi")
Partners = list[int | None]


def is_in_order(text: Text, other: Text, partners: Partners, back: Partners) -> bool:
    """Whether each part stands in the other text in its order, with nothing in it that has its
    partner elsewhere: parts may change places, not what is said of whom. What a point sets apart
    in one text is a part of both.
    """
    parts = _parts(text)
    for place, partner in enumerate(partners):
        if partner is not None:
            parts |= {place} if partner in other.starts else set()
            parts |= {place + 1} if partner + 1 in other.starts else set()
    for start, end in pairwise(sorted(parts)):
        placed = [partner for partner in partners[start:end] if partner is not None]
        for left, right in pairwise(placed):
            if left >= right or any(place is not None for place in back[left + 1 : right]):
                return False
    return True


def _parts(text: Text) -> set[int]:
    """Where parts begin that may change places: clauses without the polite words before them, and
    what "and" joins.
    """
    parts = set(text.starts)
    for start in text.starts:
        while start < len(text.words) and text.words[start] in POLITE:
            start += 1
        parts.add(start)
    for place, word in enumerate(text.words):
        if word == AND:
            parts |= {place, place + 1}
        elif word in MOVED or text.words[place : place + 2] == ASKING:
            parts.add(place)
    return parts

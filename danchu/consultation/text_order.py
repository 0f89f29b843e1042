"""Whether the parts of one text stand in another one in their order. Pure."""

from itertools import pairwise

from danchu.consultation.clauses import Text
from danchu.consultation.courtesy import POLITE

AND = "va"
LONG_RUN = 5  # words that go together whatever stands around them
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
    parts |= _joints(partners)
    for start, end in pairwise(sorted(parts)):
        placed = [partner for partner in partners[start:end] if partner is not None]
        for left, right in pairwise(placed):
            if left >= right or any(place is not None for place in back[left + 1 : right]):
                return False
    return True


def _joints(partners: Partners) -> set[int]:
    """Where, without a point, one long run of words that stand in the other text ends and another
    one begins.
    """
    breaks = [
        place
        for place in range(1, len(partners))
        if partners[place] is None
        or partners[place - 1] is None
        or partners[place] != (partners[place - 1] or 0) + 1
    ]
    runs = list(pairwise((0, *breaks, len(partners))))
    long_ones = {start for start, end in runs if end - start >= LONG_RUN}
    return long_ones | {end for start, end in runs if start in long_ones}


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

"""Where a text says that something is: numbers of houses, alleys and groups, streets. Pure."""

from collections.abc import Sequence

from danchu.consultation.courtesy import SMALL
from danchu.consultation.slips import is_like_word

Places = frozenset[tuple[str, str]]  # (kind, number or the first words of a name)

NUMBERED = frozenset(["ngo", "nha", "to", "ngach", "khu", "pho", "thon", "xom", "ap", "lo"])
STREET = frozenset(["duong", "pho"])
NAME_WORDS = 2  # "Phan Chu …" and "Phan Bội …" are two streets
NO_NAME = SMALL | frozenset(
    [
        "di",
        "lai",
        "nay",
        "do",
        "kia",
        "o",
        "tai",
        "vao",
        "ra",
        "bi",
        "va",
        "ma",
        "cung",
        "nao",
        "xa",
        "hep",
    ]
)


def places_of(words: Sequence[str]) -> Places:
    """The places that the words (without marks) name."""
    places = set()
    for at, word in enumerate(words):
        number = words[at + 1] if at + 1 < len(words) else ""
        if word in NUMBERED and number.isdigit():
            places.add((word, number))
        elif word in STREET and (name := _name(words, at + 1)):
            places.add((word, name))
    return frozenset(places)


def _name(words, start):
    """The first words of the name of a street at `start`; "" where none begins."""
    name = words[start : start + NAME_WORDS]
    if len(name) < NAME_WORDS or name[0] in NO_NAME or any(map(_is_no_name, name)):
        return ""
    return " ".join(name)


def _is_no_name(word):
    return word.isdigit() or word in SMALL


def are_apart(one: Places, other: Places) -> bool:
    """Whether both name places, and of a kind that both name, or of all, none is the same."""
    kinds = {kind for kind, _name in one} & {kind for kind, _name in other}
    pairs = [
        (
            {place for place in one if place[0] == kind},
            {place for place in other if place[0] == kind},
        )
        for kind in kinds
    ]
    return bool(one and other) and (
        not kinds or any(not _have_common(left, right) for left, right in pairs)
    )


def _have_common(left, right):
    return any(_is_same(name, instead) for _kind, name in left for _other, instead in right)


def _is_same(name, instead):
    if name == instead or name.isdigit() or instead.isdigit():
        return name == instead
    pairs = zip(name.split(), instead.split(), strict=False)
    return all(is_like_word(word, other, True) for word, other in pairs)

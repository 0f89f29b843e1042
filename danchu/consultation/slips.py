"""Whether one word is another one mistyped, as it is spoken, or as a digit. Pure."""

from functools import lru_cache

from rapidfuzz.distance import OSA

from danchu.consultation.courtesy import SYLLABLE
from danchu.consultation.likeness import NUMBERS, TURNING, turns
from danchu.consultation.numerals import WORDS

SHORTEST_SLIP = 3
DIGITS = {str(number): word for word, number in {**WORDS, "muoi": 10}.items()}
MISTYPED, MISTYPED_NAME = 0.6, 0.8  # share of letters that are the same
KEYS = "qwertyuiop asdfghjkl zxcvbnm"
_SOUNDS = (("tr", "ch"), ("s", "x"), ("gi", "d"), ("r", "d"), ("n", "l"))


@lru_cache(maxsize=262_144)
def is_like_word(word, other, is_name):
    """Whether one word is the other, mistyped, as it is spoken, or as a digit."""
    if word == other:
        return True
    if any(map(str.isdigit, word + other)):
        return DIGITS.get(word, word) == DIGITS.get(other, other)
    if {word, other} <= NUMBERS or len(word) == len(other) == 1:
        return False
    are_words = bool(SYLLABLE.fullmatch(word)) and bool(SYLLABLE.fullmatch(other))
    if word in TURNING or other in TURNING:
        is_slip = ("khong" in (word, other) or not are_words) and min(
            len(word), len(other)
        ) > SHORTEST_SLIP
        return (is_slip and OSA.distance(word, other) <= 1) or (
            are_words and _sound(word) == _sound(other)
        )
    if not are_words:
        short, long = sorted((word, other), key=len)
        is_shortened = len(short) <= 2 and long.startswith(short)
        return is_shortened or OSA.distance(word, other) <= (
            1 if len(short) <= SHORTEST_SLIP else 2
        )
    if is_name:
        return False
    if _sound(word) == _sound(other):
        return True
    if OSA.distance(word, other) > 1:
        return False
    short, long = sorted((len(word), len(other)))
    return long > SHORTEST_SLIP or (
        long == SHORTEST_SLIP and (short < long or word[0] == other[0] or _is_beside(word, other))
    )


def _is_beside(word, other):
    """Whether the letters in which two words of one length differ are keys beside each other."""
    return all(
        letter == instead or letter + instead in KEYS or instead + letter in KEYS
        for letter, instead in zip(word, other, strict=True)
    )


def _sound(word):
    word = word[:-1] + "i" if word.endswith("y") and len(word) == 2 else word
    for start, sound in _SOUNDS:
        if word.startswith(start) and not word.startswith(("ng", "nh")):
            return sound + word[len(start) :]
    return word


def is_mistyped(run, instead, names):
    """Whether the letters of both are nearly the same, with words in one that are no syllables."""
    words = (*run, *instead)
    if not (run and instead) or any(word in NUMBERS or turns(word) for word in words):
        return False
    is_strange = any(not SYLLABLE.fullmatch(word) for word in words)
    least = MISTYPED_NAME if any(word in names for word in words) else MISTYPED
    return is_strange and OSA.normalized_similarity("".join(run), "".join(instead)) >= least

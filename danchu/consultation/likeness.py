"""Whether two texts say the same in nearly the same words: slips of the finger, missing diacritics,
shortened words and courtesy are no difference; another place, another number and a "not" are. Pure.
"""

from itertools import groupby

from rapidfuzz.distance import OSA, Levenshtein

from danchu.consultation.courtesy import POLITE, SYLLABLE

# The share of common letters from which two texts are worth reading beside each other; texts less
# like each other do not say the same.
NEAR = 0.6
FRAME, INSERTED = 8, 1  # words that one text has more at an end, and between
PER_SLIP = 4  # words of a text for each slip that makes another word of it
SHORTEST_SLIP = 3
# Words that turn a sentence round.
TURNING = frozenset(["khong", "chua", "chang", "dung", "cam", "tru", "bo"])
_NUMBER_WORDS = "mot hai ba bon tu nam lam sau bay tam chin muoi tram nghin trieu"
# Words with which courtesy at the end begins.
_CLOSING_WORDS = "a ah nhe nha xin em toi chau cam kinh mong rat tran chan thanks tks voi theo dan"
CLOSING = frozenset(_CLOSING_WORDS.split())
NUMBERS = frozenset(_NUMBER_WORDS.split())


def says_the_same(one: list[str], other: list[str]) -> bool:
    """Whether all words that differ are slips, or a few that one of the two has more."""
    steps = Levenshtein.opcodes(one, other).as_list()
    slips = [0]
    runs = [
        list(run)
        for is_equal, run in groupby(steps, lambda step: step[0] == "equal")
        if not is_equal
    ]
    return all(_is_slight(one, other, run, slips) for run in runs) and slips[0] * PER_SLIP <= min(
        len(one), len(other)
    )


def _is_slight(one, other, run, slips):
    """Whether the words of a run are no difference; counts slips that made another word."""
    start = run[0][1]
    end = run[-1][2]
    other_start = run[0][3]
    other_end = run[-1][4]
    left, right = one[start:end], other[other_start:other_end]
    is_first = (start, other_start) == (0, 0)
    is_last = (end, other_end) == (len(one), len(other))
    if (is_first or is_last) and not len(left) == len(right) == 1:
        left, right = (_without_courtesy(words, is_first, is_last) for words in (left, right))
    if left and right:
        if "".join(left) == "".join(right):  # a blank is missing, or one too many
            return True
        return len(left) == len(right) and all(
            _is_slip(a, b, slips) for a, b in zip(left, right, strict=True)
        )
    more = left or right
    return len(more) <= (FRAME if is_first or is_last else INSERTED) and not any(
        turns(word) or len(word) == 1
        for word in more  # of "area A" and "area B"
    )


def _without_courtesy(words, from_start, from_end):
    """The words without polite ones at the end of the text where they stand."""
    start = 0
    end = len(words)
    while from_start and start < end and words[start] in POLITE:
        start += 1
    tail = end
    while from_end and start < tail and words[tail - 1] in POLITE:
        tail -= 1
    while tail < end and words[tail] not in CLOSING:  # "đồng Dâu ạ" ends in a name and a word
        tail += 1
    return words[start:tail]


def turns(word):
    """Whether the word is a number or turns a sentence round, also mistyped. A syllable is what it
    is: "đường" is no slip of "đừng".
    """
    if any(map(str.isdigit, word)) or word in TURNING:
        return True
    return not SYLLABLE.fullmatch(word) and any(
        len(one) > SHORTEST_SLIP and OSA.distance(word, one) <= 1 for one in TURNING
    )


def _is_slip(word, other, slips):
    """Whether one is the other with a letter exchanged, missing, doubled or wrong, or its initial.
    Where both are syllables it is counted in `slips`.
    """
    if word == other:
        return True
    short, long = sorted((word, other), key=len)
    if any(map(str.isdigit, word + other)) or {word, other} <= NUMBERS:
        return False
    if len(short) == 1:
        slips[0] += 1
        return len(long) > 1 and long.startswith(short)
    are_words = bool(SYLLABLE.fullmatch(word)) and bool(SYLLABLE.fullmatch(other))
    if OSA.distance(word, other) > (1 if are_words else 2):
        return False
    if not are_words:
        return True
    if word in TURNING or other in TURNING:
        return False
    slips[0] += 1
    return len(long) > SHORTEST_SLIP or (len(long) == SHORTEST_SLIP and len(short) < len(long))

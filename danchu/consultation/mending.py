"""Words that are mistyped or run together, mended by what other texts of the same place say. Pure.

What is no syllable of Vietnamese, and stands nowhere else, is taken for the word that others have
between the same neighbours: a misspelling is told from its context ("noisy channel", Kernighan,
Church, Gale, COLING 1990).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from danchu.consultation.clauses import plain_word
from danchu.consultation.courtesy import SYLLABLE
from danchu.consultation.likeness import NUMBERS, turns

_WORD = re.compile(r"[^\W\d_]+")
SEEN, SEEN_STRANGE = 2, 4  # texts in which a syllable, and a word that is none, is known
SHORTEST = 3  # letters
LONG = 5  # letters from which a word may have two slips
MOST_TRIED = 40


class Mender:
    """What the texts of a place have in common, and their words mended by it."""

    def __init__(self, texts: Sequence[str]) -> None:
        words = [[plain_word(word) for word in _WORD.findall(text)] for text in texts]
        self._texts_with = Counter(word for one in words for word in set(one))
        self._pairs = Counter(
            pair for one in words for pair in set(zip(one, one[1:], strict=False))
        )
        self._between = defaultdict(Counter)
        for one in words:
            for before, word, after in {*zip(one, one[1:], one[2:], strict=False)}:
                self._between[before, after][word] += 1
        self._known = [word for word in self._texts_with if self._is_known(word)]

    def _is_known(self, word: str) -> bool:
        least = SEEN if SYLLABLE.fullmatch(word) else SEEN_STRANGE
        return self._texts_with[word] >= least

    def mend(self, text: str) -> str:
        """The text with what is no word replaced, without marks, by the word that is meant."""
        matches = list(_WORD.finditer(text))
        words = [plain_word(match[0]) for match in matches]
        pieces = []
        end = 0
        for at, (match, word) in enumerate(zip(matches, words, strict=True)):
            replacement = word
            before = words[at - 1] if at else ""
            after = words[at + 1] if at + 1 < len(words) else ""
            if self._is_strange(word):
                replacement = self._replacement(before, word, after)
            elif self._is_lonely(word) and not match[0][0].isupper():
                replacement = self._usual(before, word, after)
            pieces.append(text[end : match.start()])
            pieces.append(match[0] if replacement == word else replacement)
            end = match.end()
        return "".join((*pieces, text[end:]))

    def _is_strange(self, word: str) -> bool:
        is_word = " " in word or SYLLABLE.fullmatch(word) or self._is_known(word)
        return len(word) >= SHORTEST and not is_word

    def _is_lonely(self, word):
        """Whether the syllable stands in no other text and says no number and no "not"."""
        is_short = len(word) < SHORTEST or " " in word
        return self._texts_with[word] <= 1 and not (is_short or word in NUMBERS or turns(word))

    def _usual(self, before, word, after):
        """What several texts have between both neighbours, but for one letter after the first."""
        usual = self._between.get((before, after), {})
        return max(
            (
                (texts, other)
                for other, texts in usual.items()
                if texts >= SEEN and other[0] == word[0] and OSA.distance(word, other) == 1
            ),
            default=(0, word),
        )[1]

    def _replacement(self, before: str, word: str, after: str) -> str:
        tries = [*self._slips(before, word, after), *self._joined(before, word, after)]
        return min(tries)[-1] if tries else word

    def _slips(self, before, word, after):
        """(0 where a neighbour fits, slips, -texts with it, the word that may be meant), …"""
        for replacement, slips, _place in self._like(word, 2 if len(word) >= LONG else 1):
            fits = self._pairs[before, replacement] + self._pairs[replacement, after]
            if fits or slips == 1:
                yield (0 if fits else 1, slips, -self._texts_with[replacement], replacement)

    def _joined(self, before, word, after):
        """The same for two words that are run together, one of them perhaps with a slip."""
        for cut in range(1, len(word)):
            for left, left_slips in self._parts(word[:cut]):
                for right, right_slips in self._parts(word[cut:]):
                    slips = left_slips + right_slips
                    if slips <= 1 and self._pairs[left, right]:
                        yield (0, slips, -self._pairs[left, right], f"{left} {right}")

    def _parts(self, part):
        if self._texts_with[part] >= SEEN:
            yield part, 0
        elif len(part) >= SHORTEST:
            yield from ((replacement, slips) for replacement, slips, _place in self._like(part, 1))

    def _like(self, word, most):
        return extract(word, self._known, scorer=OSA.distance, score_cutoff=most, limit=MOST_TRIED)

"""What the texts of one place have in common: its words and what is a name there. Learnt from the
texts alone. Pure.
"""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from danchu.consultation.clauses import text_in_clauses
from danchu.consultation.mending import Mender

NAMED = 3  # of so many texts with a word, one or more write it as a name


class PlaceTexts:
    """The texts of a place, and any text read by them."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._mender = Mender(texts)
        self.mended = [self._mender.mend(text) for text in texts]
        self.clauses = [text_in_clauses(text) for text in self.mended]
        self.names = _names_of(self.clauses)

    def mend(self, text: str) -> str:
        return self._mender.mend(text)


@lru_cache(maxsize=8)
def texts_of_place(texts: tuple[str, ...]) -> PlaceTexts:
    """Kept as long as the texts are the same: a page asks again for each text that is sent."""
    return PlaceTexts(texts)


def _names_of(texts):
    """Words that are names in more than a third of the texts in which they stand: many
    write in small letters alone.
    """
    texts_with = Counter(word for text in texts for word in set(text.words))
    named = Counter(word for text in texts for word in text.names)
    return frozenset(word for word, count in named.items() if NAMED * count > texts_with[word])

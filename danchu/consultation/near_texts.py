"""The texts that say the same as one that is read or about to be sent."""

from collections.abc import Iterable
from typing import TypeVar

from rapidfuzz.distance import Indel

from danchu.consultation.clauses import text_in_clauses
from danchu.consultation.courtesy import core_of, words_of
from danchu.consultation.likeness import NEAR, says_the_same
from danchu.consultation.place_texts import texts_of_place
from danchu.consultation.tiles import is_passed_on

# The newest texts that a page compares.
MOST_COMPARED = 1_000
FEWEST_LETTERS = 8  # shorter texts are alike by chance

Key = TypeVar("Key")


def near_ones(
    text: str, texts: Iterable[tuple[Key, str]], *, worth_reading: bool = False
) -> list[Key]:
    """The keys of the texts that say the same, the nearest first; with `worth_reading` also of
    those that share most of their letters.
    """
    if len(core_of(text)) < FEWEST_LETTERS:
        return []
    rows = list(texts)
    place = texts_of_place(tuple(other for _key, other in rows))
    text = place.mend(text)
    core, words, clauses = core_of(text), words_of(text), text_in_clauses(text)
    rated: list[tuple[float, Key]] = []
    for (key, _typed), other, in_clauses in zip(rows, place.mended, place.clauses, strict=True):
        share = Indel.normalized_similarity(core, core_of(other), score_cutoff=NEAR)
        if share >= NEAR and (
            worth_reading
            or says_the_same(words, words_of(other))
            or is_passed_on(clauses, in_clauses, place.names)
        ):
            rated.append((share, key))
    rated.sort(key=lambda pair: -pair[0])
    return [key for _share, key in rated]

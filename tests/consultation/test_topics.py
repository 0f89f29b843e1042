"""Topics and copies of texts against planted ones."""

from datetime import date
from itertools import combinations

import pytest

from danchu.consultation.same_texts import alike
from danchu.consultation.topics import FEWEST_TEXTS, topics_of
from tests.consultation.planted_texts import of_topics, with_copies


def precision_and_recall(ours, theirs):
    """Of pairs of texts: how many of ours are theirs, and how many of theirs are ours."""
    both = len(ours & theirs)
    return both / len(ours), both / len(theirs)


def pairs_of(sets):
    return {pair for numbers in sets for pair in combinations(sorted(numbers), 2)}


def by(names):
    """The numbers of each name."""
    return [[n for n, one in enumerate(names) if one == name] for name in dict.fromkeys(names)]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_planted_topics_come_back(seed):
    rows = of_topics(300, seed)
    topics = topics_of([text for _topic, text in rows])
    ours, theirs = pairs_of(topic.texts for topic in topics), pairs_of(by([one[0] for one in rows]))
    precision, recall = precision_and_recall(ours, theirs)
    assert precision >= 0.95 and recall >= 0.9


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_planted_copies_come_back(seed):
    rows = with_copies(150, seed)
    ours = pairs_of(alike([row[1:] for row in rows]))
    precision, recall = precision_and_recall(ours, pairs_of(by([row[0] for row in rows])))
    assert precision >= 0.95 and recall >= 0.9


def test_the_same_texts_give_the_same_topics_and_few_give_none():
    texts = [text for _topic, text in of_topics(80)]
    assert topics_of(texts) == topics_of(list(texts))
    assert topics_of(texts[: FEWEST_TEXTS - 1]) == ()
    assert topics_of(["như nhau"] * 40) == ()


def test_texts_of_other_places_or_long_after_are_no_copies():
    text, day = "Đề nghị sửa đường vào xóm Đông trước mùa mưa", date(2026, 3, 1)
    assert alike([(1, day, text), (1, day, text)]) == [[0, 1]]
    assert alike([(1, day, text), (2, day, text)]) == []
    assert alike([(1, day, text), (1, date(2026, 5, 1), text)]) == []

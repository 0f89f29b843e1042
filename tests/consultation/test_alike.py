"""Opinions that say nearly the same: found among texts of a generator that knows nothing of how
they are compared, shown before one is sent and to whoever answers.
"""

from itertools import combinations
from uuid import uuid4

import pytest

from danchu.consultation import actions
from danchu.consultation.courtesy import words_of
from danchu.consultation.likeness import says_the_same
from danchu.consultation.models import Opinion
from danchu.consultation.near_texts import near_ones
from danchu.consultation.same_texts import alike
from tests.consultation import hands, strangers
from tests.consultation.conftest import OPENED
from tests.consultation.test_acts import UNTIL_OPEN
from tests.consultation.test_opinions import CAME, WHILE_OPEN
from tests.sizes import long, size

SEEDS = range(size(2, 6))


def pairs_of(sets):
    return {pair for numbers in sets for pair in combinations(sorted(numbers), 2)}


def precision_and_recall(pairs_found, rows_of_seeds):
    """Over all sets: how many of the pairs that are found are true, and how many true are found."""
    right = all_found = wanted = 0
    for rows in rows_of_seeds:
        numbers = dict.fromkeys(number for number, _text in rows)
        true = pairs_of([[n for n, row in enumerate(rows) if row[0] == one] for one in numbers])
        found = pairs_found([text for _number, text in rows])
        right, all_found, wanted = (
            right + len(found & true),
            all_found + len(found),
            wanted + len(true),
        )
    assert wanted > 50 * len(rows_of_seeds)
    return right / all_found, right / wanted


def by_page(texts):
    """The pairs that whoever opens one opinion after the other reads."""
    return {
        (first, second)
        for second, text in enumerate(texts)
        for first in near_ones(text, enumerate(texts[:second]))
    }


def by_job(texts):
    return pairs_of(alike([(1, OPENED, text) for text in texts]))


@long
@pytest.mark.parametrize("generator", [hands, strangers])
def test_what_is_said_again_is_found_and_nothing_else(generator):
    sets = [generator.opinions(seed) for seed in SEEDS]
    precision, recall = precision_and_recall(by_job, sets)
    assert precision >= 0.95 and recall >= 0.9
    precision, recall = precision_and_recall(by_page, sets)
    assert precision >= 0.95 and recall >= 0.9


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Cho họp chợ vào thứ ba hằng tuần", "Cho họp chợ vào thứ bảy hằng tuần"),
        ("Nên làm đường vào xóm Đông trước", "Không nên làm đường vào xóm Đông trước"),
        ("Mỗi nhà góp 20 nghìn tiền đèn", "Mỗi nhà góp 30 nghìn tiền đèn"),
        ("Dời bãi rác ra khỏi thôn Thượng", "Dời bãi rác ra khỏi thôn Trung"),
        ("Bỏ bãi rác đầu ngõ nhà tôi", "Bãi rác đầu ngõ nhà tôi"),
        ("Cấm xe tải vào ngõ", "Xe tải vào ngõ"),
        ("Đề nghị mở cửa chợ buổi tối", "Đề nghị bỏ cửa chợ buổi tối"),
    ],
)
def test_another_number_place_or_not_is_another_opinion(one, other):
    assert not says_the_same(words_of(one), words_of(other))


@pytest.mark.parametrize("text", ["", "Đúng", "Không."])
def test_a_short_text_is_like_no_other(text):
    assert near_ones(text, [(1, text)]) == []


@pytest.fixture
def opened(begin, system):
    consultation = begin(*UNTIL_OPEN, ways=["portal"])
    for text in ("Xin giữ lại cây đa đầu thôn.", "Nên mở rộng đường bốn mét thôi."):
        actions.enter_opinion(
            by=system,
            consultation=consultation,
            received_on=CAME,
            way="paper",
            stance="other",
            text=text,
        )
    return consultation


def test_similar_ones_are_shown_before_an_opinion_is_sent_and_it_may_be_sent_all_the_same(
    client, opened, clock
):
    clock.set(WHILE_OPEN)
    address = f"/consultations/{opened.uid}/say/"
    form = {
        "uid": uuid4(),
        "passage": "0",
        "stance": "other",
        "text": "xin giu lai cay da dau thon",
    }
    page = client.post(address, form).content.decode()
    assert "Xin giữ lại cây đa đầu thôn." in page and "mở rộng đường bốn mét" not in page
    assert Opinion.objects.filter(way="portal").count() == 0
    assert client.post(address, {**form, "seen": "1"}).status_code == 200
    assert Opinion.objects.filter(way="portal").count() == 1


def test_whoever_answers_reads_the_numbers_of_those_that_say_the_same(
    client, officials, opened, system
):
    again = actions.enter_opinion(
        by=system,
        consultation=opened,
        received_on=OPENED,
        way="phone",
        stance="other",
        text="Xin giữ lại cây đa đầu thôn ạ",
    )
    client.force_login(officials.clerk)
    page = client.get(f"/desk/opinions/{again.uid}/")
    assert page.context["alike"] == "1, 3"

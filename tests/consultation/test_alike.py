"""Opinions that say nearly the same: found among texts of a generator that knows nothing of how
they are compared, shown before one is sent and to whoever answers.
"""

import unicodedata
from random import Random
from uuid import uuid4

import pytest

from danchu.consultation import actions
from danchu.consultation.alike import near_ones
from danchu.consultation.models import Opinion
from tests.consultation.conftest import OPENED
from tests.consultation.test_acts import UNTIL_OPEN
from tests.consultation.test_opinions import CAME, WHILE_OPEN

WHO = ["bà con tổ ba", "gia đình tôi", "phụ huynh học sinh", "các cụ cao tuổi", "hộ kinh doanh"]
WANT = ["xin giữ lại", "đề nghị dời đi", "mong sớm sửa", "không đồng ý phá", "muốn mở rộng"]
WHAT = ["cây đa đầu thôn", "sân bóng sau trường", "cống thoát nước", "chợ cóc", "nhà văn hóa cũ"]
WHY = [
    "vì mùa mưa nước ngập đến sân",
    "để trẻ em có chỗ chơi buổi chiều",
    "do xe tải hay đi qua lúc tan học",
    "bởi đã đóng góp từ năm ngoái",
    "cho người già đi lại đỡ vất vả",
]
POLITE = ["", "kính gửi phường ", "theo tôi ", "thưa cán bộ "]


def without_marks(text):
    parts = unicodedata.normalize("NFD", text)
    return "".join(one for one in parts if not unicodedata.combining(one)).replace("đ", "d")


def retold(random, text):
    """The same opinion as another hand writes it down."""
    words = text.split()
    if random.random() < 0.5:
        place = random.randrange(len(words))
        words[place] = words[place][:-1] or words[place]
    if random.random() < 0.3:
        words.pop(random.randrange(len(words)))
    again = random.choice(POLITE) + " ".join(words)
    again = without_marks(again) if random.random() < 0.4 else again
    return again.upper() if random.random() < 0.2 else f"{again}{random.choice(['', '.', '!!'])}"


def planted(random):
    """(texts, pairs that are the same): some told several times, others of the same subjects."""
    told = random.sample(
        [f"{a} {b} {c} {d}" for a in WHO for b in WANT for c in WHAT for d in WHY], 60
    )
    apart, texts, pairs = [], [], set()
    for text in told:  # two that differ in one of the four parts only are no clear case
        if all(len(set(text.split()) ^ set(other.split())) > 12 for other in apart):
            apart.append(text)
    for text in apart:
        group = [text, *(retold(random, text) for _each in range(random.randrange(4)))]
        places = range(len(texts), len(texts) + len(group))
        pairs |= {(a, b) for a in places for b in places if a < b}
        texts += group
    return texts, pairs


def test_what_is_said_again_is_found_and_nothing_else():
    right = found = wanted = 0
    for seed in range(12):
        texts, pairs = planted(Random(seed))
        alike = {
            (first, second)
            for second, text in enumerate(texts)
            for first in near_ones(text, enumerate(texts[:second]))
        }
        right, found, wanted = right + len(alike & pairs), found + len(alike), wanted + len(pairs)
    assert wanted > 300
    assert right >= 0.95 * found
    assert right >= 0.9 * wanted


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

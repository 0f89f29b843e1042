"""One English word of one file, or of the frame that stands around every page, means one thing."""

import re
from collections import defaultdict
from itertools import combinations

import pytest
from babel.messages.pofile import read_po
from django.utils import translation
from django.utils.translation import gettext, pgettext

from danchu.config.messages import catalogues

# What stands on every page of the desk or of a telephone.
FRAME = {
    "danchu/look/context.py",
    "danchu/desk/navigation.py",
    "danchu/desk/templates/desk/parts/navigation.html",
    "danchu/look/templates/parts/bar.html",
    "danchu/look/templates/parts/masthead.html",
}
# Vietnamese has two phrases, the concept is one.
ONE_CONCEPT = {
    ("lúc", "vào lúc"),
    ("kéo dài ít nhất", "từ"),
    ("bế mạc", "đã bế mạc"),
    ("triệu tập", "đã triệu tập"),
    ("đã đính chính", "đã được đính chính"),
    ("có tính", "được tính"),
    ("sắp đến hạn", "đến hạn"),
    ("dân chủ ở cơ sở", "thực hiện dân chủ ở cơ sở"),
    ("mời", "được mời"),
    ("mục khác", "người nữa"),
    ("quá", "trên"),
    ("đơn", "đơn thư"),
    ("bị từ chối tiếp", "từ chối tiếp"),
    ("đã ghi", "đã lưu"),
    ("lượt", "lượt tiếp"),
}
MOST_WORDS = 2


def words_of(text):
    return re.sub(r"[ :.?]+$", "", text).strip().lower()


def of_two_meanings():
    """{(two Vietnamese phrases with one short English in one file or with the frame)}."""
    with catalogues()[0].open("rb") as source:
        messages = [one for one in read_po(source) if one.id and isinstance(one.id, str)]
    phrases = defaultdict(lambda: defaultdict(set))
    for message in messages:
        english = words_of(message.string)
        if english and len(english.split()) <= MOST_WORDS:
            phrases[english][words_of(message.id)] |= {file for file, _line in message.locations}
    return {
        tuple(sorted((one, other)))
        for places in phrases.values()
        for (one, here), (other, there) in combinations(places.items(), 2)
        if here & there or here & FRAME or there & FRAME
    }


def test_two_concepts_of_one_page_have_two_english_words():
    assert of_two_meanings() - ONE_CONCEPT == set()


def test_the_list_of_single_concepts_names_only_what_is_in_the_catalogue():
    assert ONE_CONCEPT - of_two_meanings() == set()


@pytest.mark.parametrize(
    ("context", "word", "other"),
    [
        ("new", "Ghi", "Hồ sơ"),  # a new record is written; a row is a record
        ("speaker", "Mời", "Mời"),  # call the next speaker; how many were invited
        ("column", "Thôi", "Thôi"),  # the day on which a member left; do not save
        ("paper", "Số phiếu", "Số phiếu"),  # the number on a paper form; votes cast
        ("list", "Dự án", "Dự án"),  # projects; one of them
    ],
)
def test_a_word_of_two_meanings_has_an_english_word_for_each(context, word, other):
    with translation.override("en"):
        assert pgettext(context, word) != gettext(other)


def test_a_quarter_of_the_year_is_no_quarter_of_a_ward():
    with translation.override("en"):
        assert gettext("Quý") != gettext("Khu phố")

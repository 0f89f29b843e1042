"""The words of illustrative records: without a database, as nothing is loaded."""

import random
import re
from datetime import date, timedelta
from itertools import product

import pytest

from danchu.demo.generate import LATER_FORMS
from danchu.demo.published import HA_NOI
from danchu.demo.topics import event_title, spot

UNITS = ("Phường Trúc Bạch", "Xã Đông Hội", "Thị trấn Sóc Sơn", "Đặc khu Côn Đảo")
DAYS = [date(2021, 1, 4) + timedelta(days=31 * n) for n in range(70)]
FORMS = {
    (kind, form) for kind, first, *_rest in HA_NOI for form in (first, *LATER_FORMS.get(kind, ()))
}


def titles_of(kind, form, number):
    chance = random.Random(f"{kind} {form}")
    return [
        (event_title(chance, kind, form, unit, day), unit, day)
        for unit, day in ((chance.choice(UNITS), chance.choice(DAYS)) for _number in range(number))
    ]


@pytest.mark.parametrize(("kind", "form"), sorted(FORMS))
def test_a_title_names_its_place_and_leaves_no_blank(kind, form):
    for title, unit, _day in titles_of(kind, form, 300):
        assert title.endswith(f" {unit[0].lower()}{unit[1:]}"), title
        assert not re.search(r"[{}]|  |minh họa", title) and len(title) <= 200, title


@pytest.mark.parametrize(("kind", "form"), sorted(FORMS))
def test_a_time_in_a_title_is_the_time_of_its_day(kind, form):
    for title, _unit, day in titles_of(kind, form, 300):
        for year in map(int, re.findall(r"\b20[2-9]\d\b", title)):
            assert year == day.year or (year == day.year + 1 and day.month >= 11), (title, day)
        for month in map(int, re.findall(r"\btháng (\d+)/", title)):
            assert month == day.month, (title, day)
        for quarter in re.findall(r"\bquý (I{1,3}|IV)/", title):
            months = {"I": (1, 3), "II": (4, 6), "III": (7, 9), "IV": (10, 12)}[quarter]
            assert months[0] <= day.month <= months[1], (title, day)


def test_no_law_is_taught_before_there_is_one():
    """The Law on grassroots democracy is of 10/11/2022."""
    titles = titles_of("communication", "", 6000)
    about = [day for title, _unit, day in titles if "Luật Thực hiện dân chủ" in title]
    assert about and min(about) > date(2022, 11, 10)


@pytest.mark.parametrize(
    ("kind", "form", "word"),
    [
        ("document", "plan", "Kế hoạch|Chương trình"),
        ("document", "regulation", "Quy chế|Quy định"),
        ("document", "directive", "Chỉ thị|Nghị quyết"),
        ("document", "guidance", "Hướng dẫn"),
        ("reception", "ad_hoc", "Tiếp công dân đột xuất"),
        ("reception", "periodic", "Tiếp công dân định kỳ"),
    ],
)
def test_a_title_is_of_its_form(kind, form, word):
    assert all(re.match(word, title) for title, _unit, _day in titles_of(kind, form, 300))


def test_of_fifty_titles_of_one_ward_in_a_year_hardly_two_are_the_same():
    """As many as a ward has of the two kinds that are recorded most."""
    chance = random.Random(50)
    days = [date(2025, 1, 1) + timedelta(days=7 * n) for n in range(50)]
    repeated = 0
    for kind, ward in product(("supervision_217", "inspection_round"), range(40)):
        titles = [event_title(chance, kind, "", f"Phường {ward}", day) for day in days]
        repeated += len(titles) - len(set(titles))
    assert repeated < 0.08 * 2 * 40 * 50


def test_a_spot_is_where_its_subject_can_be():
    chance = random.Random(7)
    for unit in UNITS:
        assert all(re.match("trường", spot(chance, unit, "schools")) for _number in range(100))

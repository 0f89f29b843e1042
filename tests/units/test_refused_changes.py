"""Changes of bodies that cannot be, days on which nothing stood, and choices in words."""

from datetime import date

import pytest

from danchu.kernel.refusals import Refused
from danchu.units.actions import bodies as actions_on_bodies
from danchu.units.actions import (
    code_body,
    correct_loaded_units,
    open_body,
    open_village,
    succeed_body,
)
from danchu.units.body_checks import check_kind_and_day
from danchu.units.body_choices import BodyChoice, body_choices
from danchu.units.choices import successors_on
from danchu.units.maps import boundaries
from danchu.units.models import BodyStanding, Unit
from danchu.units.on_day import check_body_on, check_unit_on

JAN, FEB, MAR = date(2024, 1, 1), date(2024, 2, 1), date(2024, 3, 1)
CODE, OTHER_CODE = "H26.15", "H26.16"


def refused_field(act, *values, **more):
    with pytest.raises(Refused) as refusal:
        act(*values, **more)
    return refusal.value.field


@pytest.fixture
def board(small, system):
    return open_body(small.a, by=system, kind="agency", name="Phòng Văn hóa", since=JAN)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"code": "", "on": FEB}, "code"),
        ({"code": CODE, "on": FEB}, "code"),
        ({"code": OTHER_CODE, "on": None}, "on"),
    ],
)
def test_another_code_is_one_with_a_day(board, system, values, field):
    code_body(board, by=system, code=CODE, on=JAN)
    assert refused_field(code_body, board, by=system, **values) == field


def test_a_code_that_another_unit_takes_at_the_same_moment_is_refused(
    board, small, system, monkeypatch
):
    other = open_body(small.b, by=system, kind="agency", name="Phòng Y tế", since=JAN, code=CODE)
    monkeypatch.setattr(actions_on_bodies, "check_code_free", lambda *values, **more: None)
    assert refused_field(code_body, board, by=system, code=CODE, on=FEB) == "code"
    assert other.codes.get().code == CODE


def test_a_body_is_succeeded_on_a_day(board, small, system):
    heir = open_body(small.a, by=system, kind="agency", name="Phòng Xã hội", since=JAN)
    assert refused_field(succeed_body, board, heir, by=system, on=None) == "on"
    assert refused_field(succeed_body, board, board, by=system, on=FEB) == "after"


def test_a_body_is_opened_on_a_day_of_its_unit(small):
    assert refused_field(check_kind_and_day, small.a, "agency", None) == "since"
    small.a.until = FEB  # it has been there since before all records
    with pytest.raises(Refused, match="trước ngày 01/02/2024"):
        check_kind_and_day(small.a, "agency", MAR)
    small.a.since = JAN
    with pytest.raises(Refused, match="từ ngày 01/01/2024 đến trước ngày 01/02/2024"):
        check_kind_and_day(small.a, "agency", MAR)
    small.a.until = None
    with pytest.raises(Refused, match="từ ngày 01/01/2024"):
        check_kind_and_day(small.a, "agency", date(2023, 12, 31))


def test_what_happens_on_a_day_happens_where_something_stood(board, small, system):
    village = open_village(small.a, by=system, name="Thôn 3", kind="thon", since=FEB)
    check_unit_on(village, FEB)
    assert refused_field(check_unit_on, village, JAN, "place") == "place"
    check_body_on(board, JAN)
    assert refused_field(check_body_on, board, date(2023, 12, 31)) == "body"


def test_another_country_has_nothing_to_correct(small, system):
    assert correct_loaded_units(by=system) == 0


def test_a_body_is_chosen_by_an_earlier_name_and_says_so(board, small, system):
    BodyStanding.objects.filter(body=board).update(until=FEB)
    BodyStanding.objects.create(body=board, name="Phòng Văn hóa và Xã hội", since=FEB)
    [choice] = body_choices("phong van hoa", small.a, MAR)
    assert choice.label == "Phòng Văn hóa và Xã hội"
    assert BodyChoice(board, "Mới", "Cũ").label == "Mới (trước là Cũ)"


def test_predecessors_are_followed_so_far_and_no_farther(small, system, monkeypatch):
    chain = [
        open_body(small.a, by=system, kind="agency", name=f"Phòng {letter}", since=JAN)
        for letter in ("Đỏ", "Vàng", "Lục", "Lam")
    ]
    for month, (before, after) in enumerate(zip(chain, chain[1:], strict=False), 2):
        succeed_body(before, after, by=system, on=date(2024, month, 1))
    day = date(2024, 6, 1)
    assert [choice.body for choice in body_choices("phong do", small.a, day)] == [chain[-1]]
    monkeypatch.setattr("danchu.units.body_choices.LONGEST_CHAIN", 2)
    assert body_choices("phong do", small.a, day) == []
    assert [choice.body for choice in body_choices("phong vang", small.a, day)] == [chain[-1]]


def test_a_district_that_is_still_there_became_nothing_else(small):
    district = small.unit("district", "Huyện Một", "001", "huyen", small.north)
    chart = boundaries(JAN)
    assert successors_on(chart, district.pk) == []
    assert Unit.objects.get(pk=district.pk).until is None

"""Columns that many lists have."""

from types import SimpleNamespace

from danchu.subjects.columns import PLACE, state_column
from danchu.subjects.listing import Column, Line


def line(**fields):
    return Line(SimpleNamespace(**fields), where="Phường Ba Đình")


def test_a_column_shows_the_field_of_its_name():
    assert Column("number", "Số").read(line(number="12/KN")) == "12/KN"


def test_a_column_with_a_value_does_not_ask_for_the_field():
    assert Column("number", "Số", lambda one: one.where).read(line()) == "Phường Ba Đình"


def test_the_place_of_a_row_stands_in_files_and_not_on_the_page():
    assert PLACE.read(line()) == "Phường Ba Đình"
    assert (PLACE.on_page, PLACE.in_files) == (False, True)


def test_the_state_is_the_word_of_the_row_unless_another_is_said():
    row = line(get_state_display=lambda: "Đang thực hiện")
    assert state_column().read(row) == "Đang thực hiện"
    assert state_column(lambda one: "Quá hạn", sort="state").read(row) == "Quá hạn"
    assert state_column(sort="state").is_state

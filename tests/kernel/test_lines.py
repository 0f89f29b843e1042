"""Every bad line is named: the first hundred with what is wrong in them, the others by their
numbers.
"""

import pytest

from danchu.kernel.lines import MOST_TOLD, line_refusals, ranges
from danchu.kernel.refusals import Refused


def checked(texts, field="lines"):
    """The refusals of a text with a line that is "x" wrong."""
    with pytest.raises(Refused) as refusal, line_refusals("%(number)s: %(why)s", field) as line:
        for number, text in enumerate(texts, 1):
            with line(number):
                if text == "x":
                    raise Refused("sai", "own")
    return [(str(one.message), one.field) for one in refusal.value.every]


def test_each_bad_line_is_told_with_its_number():
    assert checked(["a", "x", "b", "x"]) == [("2: sai", "lines"), ("4: sai", "lines")]


def test_without_a_field_each_stands_on_the_field_of_its_own_refusal():
    assert checked(["x"], field="") == [("1: sai", "own")]


def test_behind_the_first_hundred_only_the_numbers_are_told():
    *first, rest = checked(["x"] * (MOST_TOLD + 3) + ["a", "x"])
    assert len(first) == MOST_TOLD
    assert rest[0].startswith("Còn 4 dòng") and rest[0].endswith("101–103, 105.")


def test_what_ends_the_reading_between_the_lines_is_told_with_them():
    with pytest.raises(Refused) as refusal, line_refusals("%(number)s: %(why)s") as line:
        with line(1):
            raise Refused("sai")
        raise Refused("tệp hỏng", "file")
    assert [str(one.message) for one in refusal.value.every] == ["1: sai", "tệp hỏng"]


def test_good_lines_refuse_nothing():
    with line_refusals("%(number)s: %(why)s") as line, line(1):
        pass


@pytest.mark.parametrize(
    ("numbers", "words"),
    [([], ""), ([4], "4"), ([3, 4, 5, 9], "3–5, 9"), ([1, 3, 5, 6], "1, 3, 5–6")],
)
def test_numbers_that_follow_one_another_are_one_range(numbers, words):
    assert ranges(numbers) == words

"""Fields into which a clerk types."""

import pytest
from django import forms

from danchu.subjects.fields import CountField


def test_a_number_that_was_left_empty_is_0():
    assert CountField().clean("") == 0


def test_a_number_that_is_due_may_not_be_left_empty():
    field = CountField(required=True)
    with pytest.raises(forms.ValidationError):
        field.clean(" ")
    assert field.clean("1.205") == 1205


@pytest.mark.parametrize(
    ("stored", "written"),
    [(96_000_000, "96.000.000"), (0, "0"), (999, "999"), ("96000", "96000"), ("x", "x")],
)
def test_a_stored_number_is_written_with_points_and_typed_text_stays(stored, written):
    class Sum(forms.Form):
        amount = CountField()

    page = str(Sum(initial={"amount": stored})["amount"])
    assert f'value="{written}"' in page
    if isinstance(stored, int):
        assert CountField().clean(written) == stored

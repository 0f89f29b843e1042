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

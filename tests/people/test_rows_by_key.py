"""A row that is read by a statement written once is the row that Django reads."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from danchu.people.rows_by_key import row_where

pytestmark = pytest.mark.django_db


def test_the_row_that_meets_all_conditions_is_read_and_no_other():
    now = timezone.now()
    for key, minutes in (("a", 5), ("b", -5)):
        until = now + timedelta(minutes=minutes)
        Session.objects.create(session_key=key, session_data=f"of {key}", expire_date=until)
    for _written_once in range(2):
        row = row_where(Session, session_key="a", expire_date__gt=now)
        assert row.session_data == "of a"
        assert row == Session.objects.get(session_key="a")
        assert not row._state.adding
        assert row_where(Session, session_key="b", expire_date__gt=now) is None
        assert row_where(Session, session_key="' OR true --", expire_date__gt=now) is None

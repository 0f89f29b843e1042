"""Pages are kept, in a small country; how often one was worked out is counted."""

from datetime import date

import pytest
from django.db import connections

from danchu.copies import memory
from danchu.copies.changes import Feed
from danchu.copies.lasting import forget_answers
from danchu.look import copies
from danchu.register.actions import confirm_event, draft_event
from tests.people.conftest import country, holder, offices, person, system  # noqa: F401

DAY = date(2025, 9, 9)


@pytest.fixture
def kept(settings, monkeypatch):
    """Pages are kept from here on; a list that grows by one whenever a page is worked out."""
    settings.PAGE_COPIES = True
    memory.forget_all()
    forget_answers()
    copies._loose.clear()
    monkeypatch.setattr(memory, "feed", Feed())
    worked, watching = [], copies.watching

    def counted():
        worked.append(1)
        return watching()

    monkeypatch.setattr(copies, "watching", counted)
    yield worked
    memory.forget_all()
    connections.close_all()


@pytest.fixture
def draft(system, country):  # noqa: F811
    """A function that drafts a critique."""

    def make(**fields):
        given = {
            "kind": "critique",
            "unit": country.here,
            "held_on": DAY,
            "title": "Phản biện dự thảo",
            "form": "written",
            **fields,
        }
        return draft_event(by=system, **given)

    return make


@pytest.fixture
def confirmed(draft, system):  # noqa: F811
    """A function that drafts and confirms."""
    return lambda **fields: confirm_event(draft(**fields), by=system)

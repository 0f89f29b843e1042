import pytest

from danchu.law.book import book
from danchu.law.loading import load_law
from danchu.people.actor import Actor


@pytest.fixture
def by():
    return Actor.system("test")


@pytest.fixture
def law(db, by):
    """The book as the product brings it."""
    load_law(by=by)
    return book()

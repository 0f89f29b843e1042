import pytest

from danchu.law.loading import load_law
from tests.people.conftest import country, holder, offices, person, system  # noqa: F401


@pytest.fixture(scope="module", autouse=True)
def _law_loaded_once(law_loaded):
    pass


@pytest.fixture
def law(db, system):
    load_law(by=system)

"""A small country, its offices, and where papers go while a test runs."""

import pytest

from tests.people.conftest import country, holder, offices, person, system  # noqa: F401
from tests.site.conftest import PDF


@pytest.fixture(autouse=True)
def papers_root(settings, tmp_path):
    settings.PAPERS_ROOT = tmp_path


@pytest.fixture
def pdf():
    """Bytes that a paper's content check knows for a PDF; each call another paper."""

    def make(number=0):
        return PDF + b"\n%" + str(number).encode()

    return make

"""One commune with two village houses, a loudspeaker and a page; its clerk and its chair."""

from datetime import date
from io import BytesIO
from types import SimpleNamespace

import pytest
from PIL import Image

from danchu.disclosure import actions
from danchu.disclosure.actions.postings import Evidence
from danchu.disclosure.loading import load_catalogue
from danchu.disclosure.models import Item
from danchu.law.loading import load_law
from danchu.units.models import Standing
from tests.people.conftest import (  # noqa: F401
    country,
    holder,
    make_unit,
    offices,
    person,
    system,
)

OPENED = date(2025, 7, 1)
# A Friday; the Saturday after it is worked in exchange, so that five working days end on Thursday.
DECIDED = date(2026, 1, 9)
DUE = date(2026, 1, 15)
TITLE = "Dự toán ngân sách phường năm 2026"


@pytest.fixture(scope="module", autouse=True)
def _law_loaded_once(law_loaded):
    pass


@pytest.fixture
def ward(country, holder, system, clock, settings):  # noqa: F811
    """Accounts by role, the places by name; the second factor is relaxed as in a demo."""
    clock.set("2026-03-02")
    settings.DEMO = True
    load_law(by=system)
    load_catalogue(by=system)
    Standing.objects.filter(unit=country.here).update(search="|dong da|", order="dong da")
    accounts = {
        role: holder(office, country.here, name=role).account
        for role, office in {
            "clerk": "commune_clerk",
            "chair": "committee_chair",
            "auditor": "auditor",
            "front": "front_clerk",
        }.items()
    }
    second = make_unit("village", "Tổ 6", country.here, OPENED)
    places = {
        name: actions.open_place(
            by=system, unit=country.here, kind=kind, name=name, since=OPENED, village=village
        )
        for name, kind, village in (
            ("Trụ sở", "seat", None),
            ("Nhà văn hóa Tổ 5", "culture_house", country.village),
            ("Nhà văn hóa Tổ 6", "culture_house", second),
            ("Loa phường", "loudspeaker", None),
            ("Trang phường", "portal", None),
            ("Tổ trưởng Tổ 5", "village_head", country.village),
        )
    }
    return SimpleNamespace(here=country.here, village=second, places=places, **accounts)


@pytest.fixture
def item(ward):
    """The row of the catalogue with a key."""
    return lambda key: Item.objects.get(key=key, until=None)


@pytest.fixture
def begin(ward, item, system):  # noqa: F811
    """Write down something to disclose, under the budget item unless another is named."""

    def make(key="commune.2", **other):
        fields = {"title": TITLE, "decided_on": DECIDED, **other}
        return actions.open_content(by=system, unit=ward.here, item=item(key), **fields)

    return make


@pytest.fixture
def post(ward, system):  # noqa: F811
    """Post the latest version at a place by name, with two witnesses or what the form needs."""

    def make(content, place, since, until=None, form="posting"):
        proofs = {
            "posting": Evidence("witnesses", witness="An", second_witness="Bình"),
            "loudspeaker": Evidence("log", text="Sổ phát thanh số 3"),
        }
        evidence = proofs.get(form, Evidence("address", text="https://phuong.example/1"))
        return actions.post_content(
            content,
            by=system,
            form=form,
            place=ward.places[place],
            since=since,
            until=until,
            evidence=evidence,
        )

    return make


def photo():
    """A small JPEG file."""
    file = BytesIO()
    Image.new("RGB", (8, 8), (200, 10, 10)).save(file, "JPEG")
    file.seek(0)
    file.name = "bang-tin.jpg"
    return file

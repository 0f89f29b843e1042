"""A place that is typed as a code is the place with this code."""

import re
from uuid import uuid4

import pytest

from danchu.casework.models import Petition
from danchu.kernel.days import today
from danchu.units.find import unit_from
from danchu.units.models import Standing, Unit


@pytest.fixture
def country(matters_loaded, db, settings, tmp_path):
    settings.VAULT_ROOT, settings.PAPERS_ROOT = tmp_path / "vault", tmp_path / "papers"


@pytest.mark.case("FA28", "FA11")
def test_a_code_is_a_code_and_not_the_number_of_a_row(country, client):
    """The question about an ambiguous name asks for the code; 00070 is not the seventieth row."""
    ward = unit_from(f"00070@{today().isoformat()}")
    other = Unit.objects.get(pk=70)
    assert ward != other
    sent = {"service_code": "road", "description": "Nắp cống vỡ"}
    answer = client.post("/open311/v2/requests.json", {**sent, "address_string": " 00070 "})
    assert answer.status_code == 201, answer.content.decode()
    form = {
        "uid": str(uuid4()),
        "nature": "feedback",
        "matter": "road",
        "title": "Đèn",
        "name": "A",
    }
    client.post("/petitions/send/", {**form, "content": "Đèn tắt", "place": "00070"})
    assert set(Petition.objects.values_list("place", flat=True)) == {ward.pk}
    assert Petition.objects.count() == 2
    for place in (str(other.pk), "700070", "9" * 30, "00070@"):
        answer = client.post("/open311/v2/requests.json", {**sent, "address_string": place})
        assert answer.status_code == 400, place
        answer = client.post(
            "/petitions/send/", {**form, "uid": str(uuid4()), "content": "x", "place": place}
        )
        assert answer.status_code == 400, place
        assert client.get("/reception/", {"unit": place}).status_code == 400
    assert Petition.objects.count() == 2


def of_page(text):
    """What the page says, without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


@pytest.fixture
def two(country):
    """(a ward, another unit whose code of today is the id of the ward)"""
    ward = unit_from(f"00070@{today().isoformat()}")
    other = unit_from(f"00004@{today().isoformat()}")
    Standing.objects.on(today()).filter(unit=other).update(code=str(ward.pk))
    return ward, other


FIGURE = "/figures/opinions/"


@pytest.mark.case("FA28")
def test_digits_that_a_reader_types_are_a_code_and_those_of_an_address_an_id(two, client):
    ward, other = two
    page = client.get(FIGURE).content.decode()
    form = page[page.index('<form class="filters"') : page.index("</form>", page.index("filters"))]
    assert 'name="typed" value="1"' in form
    for address in (FIGURE, "/compare/"):
        typed = client.get(address, {"unit": str(ward.pk), "typed": "1"})
        sent = client.get(address, {"unit": str(ward.pk)})
        chosen = [
            answer.context["question"].unit.pk
            if address == FIGURE
            else answer.context["units"][0][0].pk
            for answer in (typed, sent)
        ]
        assert chosen == [other.pk, ward.pk]
        # An address may have been typed by hand: what else it can mean is asked.
        assert "Nếu ý là mã đơn vị" in of_page(sent.content.decode())
        assert f"unit={other.pk}" in sent.content.decode()
        assert "Nếu ý là mã đơn vị" not in of_page(typed.content.decode())


@pytest.mark.case("FA28")
def test_what_begins_with_0_is_no_id(country, client):
    ward = unit_from(f"00070@{today().isoformat()}")
    for query in ({"unit": "00070"}, {"unit": "00070", "typed": "1"}):
        assert client.get(FIGURE, query).context["question"].unit == ward
    assert client.get(FIGURE, {"unit": "099999"}).status_code == 400


@pytest.mark.case("FA28")
def test_a_number_typed_into_a_public_list_that_means_two_places_is_asked_about(two, client):
    ward, _other = two
    answer = client.get("/conferences/", {"unit": str(ward.pk), "typed": "1"})
    assert answer.status_code == 400
    assert "và cũng là số trong hệ thống của" in of_page(answer.content.decode())
    assert client.get("/conferences/", {"unit": str(ward.pk)}).status_code == 200
    assert client.get("/conferences/", {"unit": "00070", "typed": "1"}).status_code == 200

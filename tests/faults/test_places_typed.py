"""A place that is typed as a code is the place with this code."""

from uuid import uuid4

import pytest

from danchu.casework.models import Petition
from danchu.kernel.days import today
from danchu.units.find import unit_from
from danchu.units.models import Unit


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

"""A call is answered with every parameter that is wrong, each by its name (RFC 9457, 3.2)."""

import pytest

from danchu.casework.models import Petition
from danchu.law.loading import load_law
from danchu.people.actor import Actor
from danchu.subjects.room import public_sections
from tests.api.test_open311 import SENT


@pytest.fixture
def city(matters_loaded, db):
    load_law(by=Actor.system("test"))


def wrong(answer):
    """The names of the wrong parameters; each has words of its own, all of them in `error`."""
    body = answer.json()
    assert body["field"] == body["errors"][0]["field"]
    assert all(row["detail"] in body["error"] for row in body["errors"])
    return {row["field"] for row in body["errors"]}


@pytest.mark.parametrize(
    ("address", "names", "status"),
    [
        (
            "figures/x?unit=99999999&since=a&until=b&map=c",
            {"key", "unit", "since", "until", "map"},
            400,
        ),
        ("figures/opinions?since=a&map=c", {"unit", "since", "map"}, 422),
        ("figures/opinions?unit=Nơi+không+có&since=a", {"unit", "since"}, 400),
        ("figures/x/evidence?unit=99999999&since=a&until=31/02/2026&map=c", None, 400),
        ("figures/x/by-unit?unit=99999999&level=x&since=a", {"key", "unit", "level", "since"}, 400),
        ("figures/opinions?unit=99999999&own=x&until=b", {"unit", "own", "until"}, 422),
        ("units?q=a&on=x&level=y", {"on", "level"}, 400),
        ("units/99999999?on=x", {"unit", "on"}, 400),
        ("rules?on=x", {"on"}, 400),
        ("rules/x/due?event=a&on=b", {"key", "event", "on"}, 400),
        ("rules/x/due?on=b", {"key", "event", "on"}, 422),
        ("rules/x/judge?part=-1&whole=z&on=b", {"key", "part", "whole", "on"}, 422),
    ],
)
def test_every_wrong_parameter_is_named_at_once(city, client, address, names, status):
    answer = client.get(f"/api/v1/{address}")
    assert answer.status_code == status
    assert wrong(answer) == (names or {"key", "unit", "since", "until", "map"})


def test_every_wrong_parameter_of_every_list_is_named_at_once(city, client):
    for section in public_sections():
        listing = section.listing
        query = {
            name: "không có đâu"
            for name, declared in listing.filters.items()
            if name in ("unit", "since", "last") and name not in listing.in_body
        }
        if not query:
            continue
        answer = client.get(
            f"/api/v1/lists/{listing.name}", {**query, "sort": "khong_co", "after": "x"}
        )
        assert answer.status_code == 400, listing.name
        assert wrong(answer) == {*query, "sort"}, listing.name
        answer = client.get(f"/api/v1/lists/{listing.name}", {**query, "after": "x"})
        assert wrong(answer) == {*query, "after"}, listing.name


def fields_of(answer):
    return {row.get("field", "") for row in answer.json()}


def test_every_wrong_field_of_a_request_is_named_at_once(city, client):
    answer = client.post(
        "/open311/v2/requests.json",
        {"service_code": "x", "lat": "a", "long": "200", "phone": "abc", "email": "x"}
        | {"description": "", "title": "t" * 181},
    )
    assert answer.status_code == 400 and not Petition.objects.exists()
    expected = {"service_code", "lat", "long", "description", "title", "phone", "email"}
    assert fields_of(answer) == expected
    assert all(row["code"] == 400 and row["description"] for row in answer.json())
    answer = client.post("/open311/v2/requests.json", {**SENT, "address_string": "x", "phone": "a"})
    assert fields_of(answer) == {"address_string", "phone"}
    answer = client.post("/open311/v2/requests.xml", {"description": "x"})
    assert answer.content.count(b"<field>") == answer.content.count(b"<error>") == 2


def test_every_wrong_parameter_of_the_list_of_requests_is_named_at_once(city, client):
    answer = client.get("/open311/v2/requests.json?start_date=x&end_date=y&status=half")
    assert answer.status_code == 400
    assert fields_of(answer) == {"start_date", "end_date", "status"}

"""A call that is sent twice does one thing: by its key, or by its content from one address."""

import pytest
from django.core.cache import cache

from danchu.casework.models import Petition
from danchu.look import idempotent
from tests.api.test_open311 import SENT

ADDRESS = "/open311/v2/requests.json"
KEY = "0b6f6f0e-4c3a-4a5f-9f5e-2a1de1a8c001"
OTHER_KEY = "0b6f6f0e-4c3a-4a5f-9f5e-2a1de1a8c002"


@pytest.fixture
def city(matters_loaded, db):
    """Where requests are sent; what a test writes is undone."""
    cache.clear()


def post(client, key="", address=ADDRESS, asker="203.0.113.7", **more):
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(address, {**SENT, **more}, headers=headers, REMOTE_ADDR=asker)


@pytest.mark.parametrize("key", ["", KEY, f'"{KEY}"'])
@pytest.mark.parametrize("ending", ["json", "xml"])
def test_a_request_sent_again_is_answered_as_the_first_was(city, client, key, ending):
    address = f"/open311/v2/requests.{ending}"
    first, second = (post(client, key, address) for _time in range(2))
    assert (first.status_code, first.content) == (201, second.content)
    assert first.headers["Content-Type"] == second.headers["Content-Type"]
    assert second.status_code == 201 and Petition.objects.count() == 1


def test_a_key_in_quotes_is_the_key(city, client):
    assert post(client, KEY).content == post(client, f'"{KEY}"').content


def test_a_key_follows_a_device_from_one_network_to_another(city, client):
    first = post(client, KEY)
    assert post(client, KEY, asker="198.51.100.9").content == first.content
    assert Petition.objects.count() == 1


@pytest.mark.parametrize(
    "more",
    [
        {"description": "Nắp cống vỡ ở đầu ngõ"},
        {"phone": "0912345679"},
        {"asker": "198.51.100.9"},
        {"key": OTHER_KEY},
    ],
)
def test_what_differs_is_another_request(city, client, more):
    assert post(client).status_code == post(client, **more).status_code == 201
    assert Petition.objects.count() == 2


def test_the_same_content_later_is_another_request(city, client, monkeypatch):
    monkeypatch.setattr(idempotent, "ALIKE_SECONDS", 0)
    assert post(client).status_code == post(client).status_code == 201
    assert Petition.objects.count() == 2


def test_two_keys_say_that_two_requests_are_meant(city, client):
    assert post(client, KEY).content != post(client, OTHER_KEY).content
    assert Petition.objects.count() == 2


def test_another_content_under_a_key_is_refused(city, client):
    post(client, KEY)
    answer = post(client, KEY, description="Việc khác")
    assert answer.status_code == 422 and answer.json()[0]["field"] == "Idempotency-Key"
    assert Petition.objects.count() == 1


def test_a_refused_request_may_be_corrected_under_its_key(city, client):
    assert post(client, KEY, phone="abc").status_code == 400
    assert post(client, KEY).status_code == 201


@pytest.mark.parametrize("key", ["1", "a" * 15, "a" * 256, "khóa của một cuộc gọi", "a b" * 8])
def test_a_key_that_others_would_think_of_too_is_refused(city, client, key):
    answer = client.post(ADDRESS, SENT, HTTP_IDEMPOTENCY_KEY=key)
    assert answer.status_code == 400 and answer.json()[0]["field"] == "Idempotency-Key"
    assert not Petition.objects.exists()


def test_neither_the_secret_nor_the_content_is_stored_in_clear(city, client, monkeypatch):
    stored = []
    write = cache.set
    monkeypatch.setattr(
        cache, "set", lambda name, value, *more: stored.append(value) or write(name, value, *more)
    )
    secret = post(client, KEY).json()[0]["service_notice"].rpartition(" ")[2]
    words = repr(stored)
    assert stored and secret not in words
    assert not any(text in words for text in ("0912345678", "Nắp cống", KEY))

"""The button of an export that is pressed several times at one moment queues one export."""

import pytest

from danchu.exports.actions import MOST_AT_ONCE, request_export
from danchu.exports.models import Export
from danchu.people.actor import Actor
from tests.casework.test_two_at_once import together
from tests.people.conftest import country, holder, offices, person, system  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.case("SE-L2")
@pytest.mark.parametrize("is_same", [True, False])
def test_of_many_at_once_one_is_queued_and_never_more_than_an_account_may_have(
    holder,
    country,
    is_same,  # noqa: F811
):
    by = Actor.of(holder("operator", country.nation).account)
    queries = ["" if is_same else f"q=giam{number}" for number in range(2 * MOST_AT_ONCE)]
    ended = together(
        *[lambda query=query: request_export("records", query, "csv", by=by) for query in queries]
    )
    queued = 1 if is_same else MOST_AT_ONCE
    assert Export.objects.count() == queued
    assert sum(fault is not None for fault in ended) == (0 if is_same else MOST_AT_ONCE)

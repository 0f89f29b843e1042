from datetime import timedelta

import pytest
from django.db.models import Q

from danchu.casework.models import Petition
from tests.casework.conftest import RECEIVED

pytestmark = pytest.mark.django_db
WAYS = [
    Q(),
    Q(nature="complaint"),
    Q(nature="complaint", state="received"),
    Q(state="closed"),
    Q(unit__gt=0),
]


@pytest.mark.parametrize("size", [1, 2, 3, 50])
def test_a_page_is_the_first_rows_of_the_list_in_their_order(registered, size):
    for title, nature, days in (
        ("a", "complaint", 2),
        ("b", "feedback", 0),
        ("c", "complaint", 2),
        ("d", "complaint", 1),
    ):
        registered(nature, title=title, received_on=RECEIVED + timedelta(days=days))
    for wanted in WAYS:
        rows = Petition.objects.filter(wanted).order_by("-received_on", "-pk")
        assert list(rows.page(size)) == list(rows)[:size]


def test_a_page_of_a_search_is_one_query_and_brings_who_took_the_case(
    registered, django_assert_num_queries
):
    registered("feedback", title="Rác tồn đọng"), registered("feedback", title="Đèn hỏng")
    with django_assert_num_queries(1):
        (found,) = Petition.objects.matching("rac ton").order_by("-received_on", "-pk").page(50)
        assert found.title == "Rác tồn đọng" and found.claimed_by is None

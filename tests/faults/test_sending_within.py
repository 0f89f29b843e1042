"""A view that answers a refused form with the page of another view is within one sending."""

from uuid import uuid4

import pytest
from django.http import HttpResponse

from danchu.look.once import FIELD, sent_once


@pytest.mark.case("FA20")
def test_a_refused_form_answered_by_the_page_of_another_view_is_no_second_sending(db, rf):
    request = rf.post("/", {FIELD: str(uuid4())})
    request.user = type("User", (), {"pk": 1})()

    def page_of_another_view():
        return sent_once(request, lambda: HttpResponse("Lý do quá ngắn", status=400))

    assert sent_once(request, page_of_another_view).content.decode() == "Lý do quá ngắn"

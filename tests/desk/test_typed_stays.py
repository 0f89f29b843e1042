"""What was typed stays: an act that is refused, a form whose session ended before it was sent."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from danchu.casework.models import ReceptionDay
from danchu.kernel.days import show_day, today
from danchu.register.models import Event
from tests.desk.test_desk import typed as event_typed
from tests.desk.test_petitions import entered, staff  # noqa: F401
from tests.markup import tight

pytestmark = pytest.mark.usefixtures("law_loaded")
NEW_EVENT = "/desk/records/new/?kind=supervision_217"
ORIGIN = "http://testserver"


@pytest.fixture
def planned(client, staff):
    """A day of reception that has come."""
    client.force_login(staff.handler)
    client.post(
        "/desk/reception/days/new/",
        {
            "unit": "00004",
            "office": "Chủ tịch",
            "on": show_day(today() - timedelta(days=1)),
            "form": "periodic",
            "room": "P1",
        },
    )
    return ReceptionDay.objects.get()


def test_a_day_that_was_missed_without_a_reason_is_refused_on_the_field_of_its_form(
    client, planned
):
    answer = client.post(f"/desk/reception/days/{planned.uid}/", {"was_held": "no", "reason": " "})
    assert answer.status_code == 400
    assert answer.context["form"].errors.keys() == {"reason"}
    assert '<option value="no" selected' in answer.content.decode()
    answer = client.post(f"/desk/reception/days/{planned.uid}/", {"was_held": "no", "reason": "Ốm"})
    assert answer.status_code == 302
    planned.refresh_from_db()
    assert (planned.state, planned.reason) == ("missed", "Ốm")


def test_a_batch_without_petitions_is_refused_beside_its_form_and_keeps_the_act(client, staff):
    petition = entered(client, staff)
    answer = client.post("/desk/petitions/batch/?which=all", {"act": "accept"})
    page = tight(answer.content.decode())
    assert answer.status_code == 400
    assert "Hãy đánh dấu ít nhất một đơn." in page
    assert '<option value="accept" selected' in page
    answer = client.post("/desk/petitions/batch/", {"act": "burn", "uid": [str(petition.uid)]})
    assert answer.context["batch"].errors.keys() == {"act"}
    assert re.search(f'value="{petition.uid}"[^>]*checked', tight(answer.content.decode()))


def test_a_batch_leads_back_to_the_same_rows(client, staff):
    petition = entered(client, staff)
    answer = client.post(
        "/desk/petitions/batch/?which=all", {"act": "claim", "uid": [str(petition.uid)]}
    )
    assert answer.url == "/desk/petitions/?which=all"


def values_of(page):
    """The hidden fields of a page, by name."""
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))


@pytest.mark.case("FA18")
def test_a_form_whose_session_ended_comes_back_with_what_was_typed_and_can_be_sent_again(officials):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(officials.chair)
    browser.get(NEW_EVENT)
    token = browser.cookies["csrftoken"].value
    del browser.cookies["sessionid"]
    typed = {**event_typed(note="Ghi chú dài"), "confirm": "1", "csrfmiddlewaretoken": token}
    answer = browser.post(NEW_EVENT, typed)
    assert answer.status_code == 403
    assert "no-store" in answer.headers["Cache-Control"]
    page = tight(answer.content.decode())
    values = values_of(page)
    assert values["note"] == "Ghi chú dài" and values["confirm"] == "1"
    assert f'action="{NEW_EVENT}"' in page
    assert not Event.objects.exists()
    # They log in in another window, which renews the token; the page is sent, and once more.
    browser.force_login(officials.chair)
    browser.cookies["csrftoken"] = "b" * 32
    again = browser.post(NEW_EVENT, values, headers={"Origin": ORIGIN})
    assert again.status_code == 403
    values = values_of(tight(again.content.decode()))
    assert values["note"] == "Ghi chú dài"
    done = browser.post(NEW_EVENT, values, headers={"Origin": ORIGIN})
    assert done.status_code == 302
    assert Event.objects.get().note == "Ghi chú dài"


@pytest.mark.case("FA18")
@pytest.mark.parametrize("headers", [{"Origin": ORIGIN}, {"Referer": f"{ORIGIN}/petitions/send/"}])
def test_a_petition_whose_token_is_old_comes_back_with_what_was_typed(officials, headers):
    browser = Client(enforce_csrf_checks=True)
    browser.get("/petitions/send/")
    typed = {"title": "Ngõ ngập", "content": "Nước ngập. " * 78, "csrfmiddlewaretoken": "a" * 64}
    browser.cookies["csrftoken"] = "b" * 32  # they have logged in in another tab
    answer = browser.post("/petitions/send/", typed, headers=headers)
    assert answer.status_code == 403
    assert values_of(tight(answer.content.decode()))["content"].strip() == typed["content"].strip()


def test_a_form_of_another_site_does_not_come_back_as_a_button(officials):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(officials.chair)
    for headers in ({"Origin": "https://evil.example"}, {}):
        answer = browser.post(NEW_EVENT, event_typed(note="Của kẻ khác"), headers=headers)
        assert answer.status_code == 403
        assert "Của kẻ khác" not in answer.content.decode()


def test_what_is_typed_to_log_in_is_never_written_into_a_page():
    browser = Client(enforce_csrf_checks=True)
    sent = {"login": "a@b.vn", "password": "mot-cau-bi-mat"}
    answer = browser.post("/accounts/login/", sent, headers={"Origin": ORIGIN})
    assert answer.status_code == 403
    assert "mot-cau-bi-mat" not in answer.content.decode()


@pytest.mark.case("FA18")
def test_a_file_that_cannot_be_kept_is_asked_for_again(client, officials):
    file = SimpleUploadedFile("bien-ban.pdf", b"%PDF-1.4")
    answer = client.post("/desk/petitions/new/", {"title": "Ngập", "files": file})
    page = tight(answer.content.decode())
    assert answer.status_code == 403
    assert "bien-ban.pdf" in page and re.search(r'type="file" name="files"[^>]*required', page)

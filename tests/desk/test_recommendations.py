"""A violation from its finding to the confirmed remedy, played at the desk by its three offices
and read by the public.
"""

import re
from datetime import date
from uuid import uuid4

import pytest

from danchu.inspection.actions import record_finding
from danchu.inspection.models import Recommendation
from danchu.law.loading import load_law
from danchu.people.actions import appoint, create_account
from danchu.people.models import OfficeKind
from danchu.units.actions import open_body
from danchu.units.models import Body
from tests.browser import inspect
from tests.desk.conftest import BY
from tests.markup import tight
from tests.sizes import turn

pytestmark = pytest.mark.usefixtures("law_loaded")


@pytest.fixture
def offices(officials):
    load_law(by=BY)
    for kind, name in (
        ("peoples_inspection_board", "Ban Thanh tra nhân dân phường Ba Đình"),
        ("peoples_committee", "Ủy ban nhân dân phường Ba Đình"),
    ):
        open_body(officials.ward, by=BY, kind=kind, name=name, since=date(2025, 7, 1))
    for role, office in (("board", "inspection_head"), ("committee", "commune_clerk")):
        account = create_account(by=BY, email=f"{role}@example.vn", name=role)
        appoint(
            account,
            by=BY,
            office_kind=OfficeKind.objects.get(key=office),
            unit=officials.ward,
            since=date(2025, 7, 1),
        )
        setattr(officials, role, account)
    return officials


def typed(**more):
    return {
        "uid": str(uuid4()),
        "unit": "00004",
        "board": "peoples_inspection_board",
        "answerer": "peoples_committee",
        "number": "KN-1",
        "found_on": "11/08/2025",
        "title": "Thu quỹ sai mức",
        "finding": "Thu vượt mức đã bàn.",
        **more,
    }


def drafted(client, offices):
    client.force_login(offices.board)
    client.post("/desk/recommendations/new/", typed())
    return f"/desk/recommendations/{Recommendation.objects.get().uid}/"


def test_a_violation_goes_from_finding_to_confirmed_remedy(client, offices):
    page = drafted(client, offices)
    public = page.removeprefix("/desk")
    assert client.post(f"{page}confirm/").status_code == 403
    client.force_login(offices.chair)
    client.post(f"{page}confirm/")
    client.force_login(offices.board)
    assert client.get(public).status_code == 404, "not public before it is sent"
    client.post(f"{page}send/", {"sent_on": "15/08/2025", "received_on": "18/08/2025"})
    client.force_login(offices.committee)
    assert "Quá hạn" in client.get(page).content.decode()
    client.post(
        f"{page}answer/",
        {"on": "03/09/2025", "answer": "full", "text": "UBND trả lại tiền thu thừa."},
    )
    client.post(
        f"{page}report_remedy/",
        {"on": "10/09/2025", "text": "Đã trả 12 hộ.", "money": "2.000.000", "land": ""},
    )
    client.force_login(offices.board)
    client.post(f"{page}settle/", {"on": "12/09/2025"})
    it = Recommendation.objects.get()
    assert (it.state, it.in_time, it.money) == ("settled", True, 2_000_000)
    client.logout()
    text = client.get(public).content.decode()
    assert "UBND trả lại tiền thu thừa." in text and "đúng hạn" in text and "2.000.000" in text
    assert (
        "Thu quỹ sai mức"
        in client.get("/recommendations/?unit=Ba+Dinh&state=settled").content.decode()
    )
    assert "Thu quỹ sai mức" not in client.get("/recommendations/?state=sent").content.decode()


def test_a_draft_is_edited_until_the_front_has_confirmed_it(client, offices):
    page = drafted(client, offices)
    begun = client.get(f"{page}edit/")
    text = begun.content.decode()
    assert "Thu vượt mức đã bàn." in text and "11/08/2025" in text
    fields = {"number": "KN-2", "found_on": "12/08/2025", "title": "Thu quỹ vượt mức"}
    fields |= {"finding": "Thu vượt mức. Đề nghị trả lại trước 30/09/2025."}
    assert "Ủy ban nhân dân phường Ba Đình" in text
    front = open_body(
        offices.ward, by=BY, kind="fatherland_front", name="Mặt trận phường", since=date(2025, 7, 1)
    )
    fields |= {"answerer": "Mặt trận phường"}
    refused = client.post(f"{page}edit/", fields | {"found_on": "31/02/2025"})
    assert refused.status_code == 400 and "KN-2" in refused.content.decode()
    assert client.post(f"{page}edit/", fields).status_code == 302
    stored = Recommendation.objects.values(*fields).get()
    assert stored == fields | {"found_on": date(2025, 8, 12), "answerer": front.pk}
    client.force_login(offices.chair)
    assert client.post(f"{page}edit/", fields).status_code == 403
    client.post(f"{page}confirm/")
    client.force_login(offices.board)
    late = client.post(f"{page}edit/", fields | {"title": "Khác"})
    assert late.status_code == 400 and Recommendation.objects.get().title == "Thu quỹ vượt mức"


def test_a_draft_says_who_must_answer_and_by_when(client, offices):
    page = tight(client.get(drafted(client, offices)).content.decode())
    assert "<dt>Phải trả lời</dt><dd>chậm nhất 15 ngày kể từ ngày nhận (" in page


def test_the_words_of_a_violation_are_not_copied_twice(client, offices):
    board = Body.objects.get(kind="peoples_inspection_board")
    violation = record_finding(
        by=BY, board=board, title="Thu quỹ sai mức", found_on=date(2025, 8, 11)
    )
    client.force_login(offices.board)
    form = client.get(f"/desk/recommendations/new/?violation={violation.uid}").context["form"]
    assert (form.initial["title"], form.initial["finding"]) == ("Thu quỹ sai mức", "")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("found_on", "31/02/2025"),
        ("title", ""),
        ("finding", " "),
        ("unit", "00008"),
        ("answerer", "agency"),
        ("board", "pib_agency"),
    ],
)
def test_what_was_typed_stays_when_it_is_refused(client, offices, field, value):
    client.force_login(offices.board)
    answer = client.post("/desk/recommendations/new/", typed(**{field: value}))
    assert (answer.status_code, 'aria-invalid="true"' in answer.content.decode()) == (400, True)
    assert "KN-1" in answer.content.decode()
    assert not Recommendation.objects.exists()


def test_a_wrong_day_in_an_act_keeps_what_was_typed(client, offices):
    page = drafted(client, offices)
    client.force_login(offices.chair)
    client.post(f"{page}confirm/")
    client.force_login(offices.board)
    answer = client.post(f"{page}send/", {"sent_on": "15/08/2025", "received_on": "01/01/2025"})
    text = answer.content.decode()
    assert answer.status_code == 400
    assert re.search(r'name="received_on"[^>]*value="01/01/2025"', text)
    assert client.post(f"{page}burn/").status_code == 404


def test_two_who_act_at_once_are_not_both_done(client, offices):
    page = drafted(client, offices)
    client.force_login(offices.chair)
    assert client.post(f"{page}confirm/").status_code == 302
    assert client.post(f"{page}confirm/").status_code == 400
    client.force_login(offices.neighbour)
    assert client.get(page).status_code == 404


@turn(4, together=3)
@pytest.mark.browser
def test_the_pages_of_recommendations_are_for_everyone(browser_page, client, site, offices):
    page = drafted(client, offices)
    browser_page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}]
    )
    for path in ("/desk/recommendations/", "/desk/recommendations/new/", page, "/recommendations/"):
        inspect(browser_page, path)
    client.force_login(offices.chair)
    client.post(f"{page}confirm/")
    client.force_login(offices.board)
    client.post(f"{page}send/", {"sent_on": "15/08/2025", "received_on": "18/08/2025"})
    for path in ("/recommendations/", page.removeprefix("/desk")):
        inspect(browser_page, path)

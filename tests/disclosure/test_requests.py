"""Requests for information: sent without an account, answered by the clocks of the law, refused on
a ground, and their file masked.
"""

from datetime import date, timedelta
from uuid import uuid4

import pypdfium2
import pytest

from danchu.disclosure import actions
from danchu.disclosure.actions.requests import Asker
from danchu.disclosure.models import Content, InformationRequest
from danchu.kernel.refusals import Denied, Refused
from danchu.obligations.models import Obligation
from danchu.people.actor import Actor
from tests.papers.test_masks import NAME, letter

TYPED = {
    "unit": "Đống Đa",
    "question": "Quyết toán quỹ đền ơn đáp nghĩa năm 2025",
    "name": "Lê Văn Tám",
    "website": "",
}


@pytest.fixture
def question(ward):
    """(request, secret) of somebody at the portal."""
    return actions.ask_information(
        by=Actor.public(), unit=ward.here, question="Quyết toán quỹ", asker=Asker("Lê Văn Tám")
    )


def do(client, request, act, **values):
    return client.post(f"/desk/information-requests/{request.uid}/{act}/", values)


def due(request):
    request.refresh_from_db()
    return request.obligation.due_on


def test_anyone_asks_once_and_follows_by_code_and_secret(client, ward):
    values = {**TYPED, "uid": uuid4()}
    pages = [client.post("/information/", values) for _again in range(2)]
    assert [page.status_code for page in pages] == [200, 200]
    request = InformationRequest.objects.get()
    secret = pages[0].context["secret"]
    assert secret == pages[1].context["secret"] and secret not in request.secret
    assert due(request) == date(2026, 3, 5), "three working days after a Monday"
    keys = {"code": request.code, "secret": secret}
    page = client.post("/information/follow/", keys)
    assert "Quyết toán quỹ đền ơn" in page.content.decode()
    wrong = client.post("/information/follow/", {**keys, "secret": "x"})
    assert wrong.status_code == 400 and "Quyết toán" not in wrong.content.decode()
    client.force_login(ward.auditor)
    address = f"/desk/information-requests/{request.uid}/"
    assert client.get(address).status_code == 404, "who asks is for those who handle files"
    client.force_login(ward.clerk)
    assert "Lê Văn Tám" in client.get(address).content.decode()


@pytest.mark.parametrize("field", ["unit", "question", "name"])
def test_a_request_is_refused_on_its_field(client, ward, field):
    answer = client.post("/information/", {**TYPED, "uid": uuid4(), field: ""})
    assert answer.status_code == 400 and field in answer.context["form"].errors
    assert not InformationRequest.objects.exists()


def test_the_clock_is_that_of_the_way_and_the_kind_and_is_prolonged_once(client, ward, question):
    request, _secret = question
    client.force_login(ward.clerk)
    assert do(client, request, "prolong", reason="Nhiều").status_code == 400, "it is simple"
    assert do(client, request, "sort", reason="Phải tổng hợp").status_code == 302
    assert due(request) == date(2026, 3, 16)
    assert do(client, request, "prolong", reason="Ba năm").status_code == 302
    assert due(request) == date(2026, 3, 30)
    assert do(client, request, "prolong", reason="Nữa").status_code == 400
    states = Obligation.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["excused", "excused", "open"]
    by_way = {}
    for way in ("online", "post", "person"):
        one, _secret = actions.ask_information(
            by=Actor.public(), unit=ward.here, question="Quỹ", asker=Asker("An"), way=way
        )
        by_way[way] = due(one)
    assert by_way == {
        "online": date(2026, 3, 5),
        "post": date(2026, 3, 9),
        "person": date(2026, 3, 3),
    }


def test_information_is_given_with_a_fee_and_a_masked_file(client, ward, question):
    request, secret = question
    client.force_login(ward.clerk)
    file = letter()
    file.name = "danh-sach.pdf"
    values = {"answer": "Gửi kèm.", "fee": "20000", "file": file, "masked_areas": ""}
    answer = do(client, request, "answer", masked_words="Trần Văn Không", **values)
    assert answer.status_code == 400 and "masked_words" in answer.context["form"].errors
    file.seek(0)
    answer = do(client, request, "answer", masked_words=NAME, hides_numbers="on", **values)
    assert answer.status_code == 302
    request.refresh_from_db()
    assert (request.state, request.fee) == ("answered", 20000)
    client.logout()
    keys = {"code": request.code, "secret": secret, "act": "file"}
    sent = client.post("/information/follow/", keys)
    content = b"".join(sent.streaming_content)
    texts = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content)]
    assert texts == [""] and NAME.encode() not in content
    assert InformationRequest.objects.answered_in_time().get() == request


def test_a_refusal_names_its_ground_and_is_not_counted_as_given(client, ward, question):
    request, _secret = question
    client.force_login(ward.clerk)
    assert do(client, request, "refuse", ground="", answer="Không").status_code == 400
    values = {"ground": "other_duty", "answer": "Thuộc Công an phường."}
    assert do(client, request, "refuse", **values).status_code == 302
    assert do(client, request, "refuse", **values).status_code == 400
    request.refresh_from_db()
    assert (request.state, request.obligation.state) == ("refused", "met")
    assert not InformationRequest.objects.answered_in_time().exists()


def test_who_lacks_the_right_answers_no_request(client, ward, question):
    request, _secret = question
    client.force_login(ward.auditor)
    for act in ("answer", "refuse", "sort", "prolong"):
        assert do(client, request, act).status_code in (403, 404)
    with pytest.raises(Refused):
        actions.ask_information(by=Actor.public(), unit=ward.here, question=" ", asker=Asker("An"))


def test_a_disclosed_file_is_masked_before_it_is_stored(client, ward):
    client.force_login(ward.clerk)
    file = letter()
    file.name = "ho-tro.pdf"
    values = {
        "uid": uuid4(),
        "unit": "Đống Đa",
        "item": "commune.7",
        "title": "Danh sách hỗ trợ",
        "decided_on": "09/01/2026",
        "document": "",
        "special": "",
        "file": file,
        "masked_words": NAME,
        "hides_numbers": "on",
    }
    answer = client.post("/desk/disclosures/new/", values | {"masked_areas": "x"})
    assert answer.status_code == 400 and "masked_areas" in answer.context["form"].errors
    file.seek(0)
    assert client.post("/desk/disclosures/new/", values).status_code == 302
    version = Content.objects.get().versions.get()
    content = version.paper.path.read_bytes()
    [page] = pypdfium2.PdfDocument(content)
    assert page.get_textpage().get_text_range() == "" and b"/Producer" not in content


@pytest.mark.case("FA3")
def test_what_is_late_is_not_bettered_by_a_longer_time(ward, question, system, clock):
    request, _secret = question
    clock.set("2026-03-10")
    with pytest.raises(Refused) as refusal:
        actions.sort_request(request, by=system, reason="Phải tổng hợp")
    assert refusal.value.field == "reason"
    actions.answer_request(request, by=system, answer="Gửi kèm.")
    assert not InformationRequest.objects.answered_in_time().exists()


@pytest.mark.case("FA20")
def test_other_words_with_the_token_of_before_are_another_request(client, ward):
    """Whoever goes back in the browser, or is next at the device, is not told the former's code."""
    token = uuid4()
    for words in ("Quỹ đền ơn", "Quỹ đền ơn", "Quỹ vì người nghèo"):
        answer = client.post("/information/", {**TYPED, "uid": token, "question": words})
        assert answer.context["record"].question == words
    assert InformationRequest.objects.count() == 2


@pytest.mark.case("FA12")
def test_a_telephone_without_its_zero_is_restored_and_no_telephone_is_refused(client, ward):
    for typed in ("912345678", "+84 912 345 678"):
        values = {**TYPED, "uid": uuid4(), "phone": typed, "email": "An@Vidu.vn"}
        assert client.post("/information/", values).status_code == 200
    stored = set(InformationRequest.objects.values_list("phone", "email"))
    assert stored == {("0912345678", "an@vidu.vn")}
    for name, text in (("phone", "gọi sau"), ("email", "an.vidu.vn")):
        answer = client.post("/information/", {**TYPED, "uid": uuid4(), name: text})
        assert answer.status_code == 400 and name in answer.context["form"].errors


@pytest.mark.digested
def test_who_asked_is_forgotten_two_years_after_the_answer(client, ward, question, system, clock):
    request, _secret = question
    actions.answer_request(request, by=system, answer="Gửi kèm.")
    request.refresh_from_db()
    last = request.answered_on + timedelta(days=730)
    clock.set((last - timedelta(days=1)).isoformat())
    assert actions.forget_requesters(by=system) == 0
    clock.set(last.isoformat())
    assert [actions.forget_requesters(by=system) for _again in range(2)] == [1, 0]
    forgotten = InformationRequest.objects.get()
    assert (forgotten.name, forgotten.address, forgotten.phone, forgotten.email) == ("",) * 4
    assert forgotten.question == request.question and forgotten.answer == "Gửi kèm."
    with pytest.raises(Denied):
        actions.forget_requesters(by=Actor.of(ward.clerk))


def test_who_waits_for_an_answer_is_not_forgotten(question, system, clock):
    clock.set("2030-01-02")
    assert actions.forget_requesters(by=system) == 0

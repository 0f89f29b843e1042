"""A promise at the desk and in public: written down by hand or from an answer, followed,
proved, confirmed by those who asked.
"""

import re
from datetime import date, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from danchu.casework.actions import register_petition, take_step
from danchu.casework.loading import load_matters
from danchu.casework.models import Matter
from danchu.inspection import actions as inspection
from danchu.kernel.days import show_day, today
from danchu.minutes.actions import fulfil_commitment, give_secret, make_commitment
from danchu.minutes.models import Commitment
from danchu.notices.models import Notice
from tests.desk.conftest import BY
from tests.desk.test_minutes import dialogue, many_kinds, offices  # noqa: F401
from tests.markup import tight
from tests.papers import samples

HELD, DUE = date(2025, 9, 8), date(2025, 12, 15)
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


@pytest.fixture
def made(offices):
    def make(**more):
        given = {
            "title": "Sửa đường ngõ 5",
            "text": "UBND sẽ sửa.",
            "made_on": HELD,
            "due_on": DUE,
            "owner": offices.bodies[0],
            "asker": offices.bodies[1],
        }
        return make_commitment(by=BY, unit=offices.ward, **{**given, **more})

    return make


def typed(**more):
    return {
        "uid": str(uuid4()),
        "title": "Sửa đường ngõ 5",
        "text": "UBND sẽ sửa đường ngõ 5.",
        "unit": "00004",
        "owner": "peoples_committee",
        "made_on": "08/09/2025",
        "due_on": "15/12/2025",
        "due_reason": "sau khi có vốn",
        "asker": "fatherland_front",
        "asked_by": "Cử tri tổ 5",
        **more,
    }


@pytest.mark.case("FA8")
def test_a_promise_goes_from_its_day_to_the_confirmation_of_the_front(client, offices):
    client.force_login(offices.writer)
    page = client.post("/desk/commitments/new/", typed()).url
    proof = SimpleUploadedFile("nghiem-thu.pdf", samples.pdf())
    client.post(
        f"{page}fulfil/",
        {"on": "10/12/2025", "text": "Đã sửa 300 m.", "files": proof, "is_public": "1"},
    )
    assert client.post(f"{page}confirm/", {"on": "11/12/2025"}).status_code == 403, (
        "who promised does not confirm"
    )
    client.force_login(offices.chair)
    assert (
        client.post(
            f"{page}confirm/", {"on": "11/12/2025", "text": "Mặt trận đã đến xem."}
        ).status_code
        == 302
    )
    it = Commitment.objects.get()
    assert (it.state, it.in_time) == ("kept", True)
    client.logout()
    text = client.get(f"/commitments/{it.uid}/").content.decode()
    assert all(
        word in text
        for word in ("Đã sửa 300 m.", "Mặt trận đã đến xem.", "nghiem-thu.pdf", "đúng hạn")
    )
    with it.papers.get().paper.open() as file:
        assert samples.MARK.encode() not in file.read()
    answer = client.get(f"/commitments/papers/{it.papers.get().pk}/")
    assert (
        b"".join(answer.streaming_content).startswith(b"%PDF-1.7")
        and answer.headers["X-Content-Type-Options"] == "nosniff"
    )


def test_a_proof_that_was_not_made_public_is_read_by_officials_of_the_place_alone(
    client, offices, made
):
    it = fulfil_commitment(
        made(), by=BY, on=date(2025, 12, 1), text="Xong", files=[(BytesIO(PDF), "rieng.pdf")]
    )
    paper = it.papers.get().pk
    assert "rieng.pdf" not in client.get(f"/commitments/{it.uid}/").content.decode()
    assert client.get(f"/commitments/papers/{paper}/").status_code == 404
    client.force_login(offices.head)
    assert client.get(f"/desk/commitments/papers/{paper}/").status_code == 200
    client.force_login(offices.neighbour)
    assert client.get(f"/desk/commitments/papers/{paper}/").status_code == 404
    assert client.get(f"/desk/commitments/{it.uid}/").status_code == 404


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("text", " "),
        ("made_on", "31/02/2025"),
        ("due_on", "01/09/2025"),
        ("due_on", ""),
        ("unit", "00008"),
        ("owner", "agency"),
        ("asker", "agency"),
        ("owner", ""),
    ],
)
def test_what_was_typed_stays_when_it_is_refused(client, offices, field, value):
    client.force_login(offices.writer)
    answer = client.post("/desk/commitments/new/", typed(**{field: value}))
    text = answer.content.decode()
    assert (answer.status_code, 'aria-invalid="true"' in text, "sau khi có vốn" in text) == (
        400,
        True,
        True,
    )
    assert not Commitment.objects.exists()


def test_a_form_sent_twice_is_one_promise(client, offices):
    client.force_login(offices.writer)
    sent = typed()
    assert (
        client.post("/desk/commitments/new/", sent).url
        == client.post("/desk/commitments/new/", sent).url
    )
    assert Commitment.objects.count() == 1


def test_a_wrong_day_in_an_act_keeps_what_was_typed(client, offices, made):
    page = f"/desk/commitments/{made().uid}/"
    client.force_login(offices.head)
    for act, more in (
        ("fulfil", {"on": "01/01/2025", "text": "Đã gõ"}),
        ("postpone", {"on": "01/12/2025", "due_on": "32/12/2025", "reason": "Đã gõ"}),
    ):
        answer = client.post(f"{page}{act}/", more)
        assert answer.status_code == 400 and "Đã gõ" in answer.content.decode()
    assert client.post(f"{page}burn/").status_code == 404
    client.post(
        f"{page}postpone/", {"on": "01/12/2025", "due_on": "02/02/2026", "reason": "Mưa kéo dài"}
    )
    text = tight(client.get(page.removeprefix("/desk")).content.decode())
    assert "15/12/2025 → 02/02/2026" in text and "Mưa kéo dài" in text


def test_a_secret_is_told_once_and_by_it_the_citizen_says_it_was_not_done(client, offices, made):
    page = f"/desk/commitments/{made().uid}/"
    client.force_login(offices.writer)
    assert client.post(f"{page}give_secret/").status_code == 403, "not for who promised to hand out"
    client.force_login(offices.clerk)
    answer = client.post(f"{page}give_secret/")
    secret = re.search(
        r"<strong>((?:[0-9A-Z]{4}-){3}[0-9A-Z]{4})</strong>", tight(answer.content.decode())
    )[1]
    assert (
        "no-store" in answer.headers["Cache-Control"]
        and secret not in client.get(page).content.decode()
    )
    client.force_login(offices.writer)
    client.post(f"{page}fulfil/", {"on": "01/12/2025", "text": "Xong"})
    client.logout()
    public = page.removeprefix("/desk")
    assert "người đã hỏi?" in client.get(public).content.decode()
    empty = client.post(public, {"act": "dispute", "secret": secret, "text": " "})
    assert empty.status_code == 400
    answer = client.post(public, {"act": "dispute", "secret": secret, "text": "Còn 50 m chưa sửa."})
    assert "mở lại" in answer.content.decode() and Commitment.objects.get().state == "disputed"
    assert Notice.objects.filter(account=offices.writer, text__contains="chưa đạt").exists()
    assert client.post(public, {"act": "confirm", "secret": secret}).status_code == 400, (
        "it is not reported again yet"
    )


@pytest.mark.case("FA18", "FA35")
def test_no_word_of_who_confirms_is_cut_off(client, made):
    it, secret = give_secret(made(), by=BY)
    fulfil_commitment(it, by=BY, on=date(2025, 12, 1), text="Xong")
    sent = {"act": "confirm", "secret": secret}
    answer = client.post(f"/commitments/{it.uid}/", {**sent, "text": "Tốt " * 3000 + "HẾT"})
    assert answer.status_code == 400 and "HẾT" in answer.content.decode()
    lines = ["Đã làm tốt"] * 900
    assert len("\n".join(lines)) < 10_000 < len("\r\n".join(lines))
    client.post(f"/commitments/{it.uid}/", {**sent, "text": "\r\n".join(lines)})
    assert it.steps.latest("number").text == "\n".join(lines)


def test_guessing_secrets_is_stopped(client, made):
    it, _secret = give_secret(made(), by=BY)
    fulfil_commitment(it, by=BY, on=date(2025, 12, 1), text="Xong")
    for _ in range(40):
        text = client.post(
            f"/commitments/{it.uid}/", {"act": "confirm", "secret": "AAAA-AAAA-AAAA-AAAA"}
        ).content.decode()
    assert "Quá nhiều lần" in text and Commitment.objects.get().state == "fulfilled"


def test_an_answer_to_a_petition_makes_a_promise_its_sender_confirms_with_his_own_secret(
    client, offices, settings, tmp_path
):
    settings.VAULT_ROOT = tmp_path / "vault"
    load_matters(by=BY)
    person = {"name": "Lê Văn Tám", "address": "Số 1", "phone": "0912345678", "notify_by": "sms"}
    it, secret = register_petition(
        by=BY,
        nature="feedback",
        channel="counter",
        matter=Matter.objects.get(key="road"),
        unit=offices.ward,
        place=offices.ward,
        title="Ngõ ngập nước",
        content="Ngõ ngập",
        received_on=date(2025, 9, 1),
        persons=[person],
    )
    for act, more in (
        ("classify", {"eligible": True, "competent": True}),
        ("accept", {}),
        ("answer", {"text": "Sẽ nạo vét cống trước tháng 12."}),
    ):
        it = take_step(it, act, by=BY, on=date(2025, 9, 5), **more)
    client.force_login(offices.writer)
    link = re.search(
        r'href="(/desk/commitments/new/[^"]+)"',
        client.get(f"/desk/petitions/{it.uid}/").content.decode(),
    )[1].replace("&amp;", "&")
    form = client.get(link).content.decode()
    assert "Sẽ nạo vét cống" in form and "Lê Văn Tám" not in form
    client.post(
        link,
        typed(
            title="Nạo vét cống",
            text="Sẽ nạo vét cống trước tháng 12.",
            asker="",
            made_on="05/09/2025",
        ),
    )
    made = Commitment.objects.get()
    assert (made.origin, made.origin_uid) == ("petition", it.uid)
    fulfil_commitment(made, by=BY, on=today(), text="Đã nạo vét")
    assert Notice.objects.filter(
        channel="sms", target="0912345678", text__contains=made.code
    ).exists()
    client.logout()
    life = client.post("/petitions/follow/", {"code": it.code, "secret": secret}).content.decode()
    assert f"/commitments/{made.uid}/" in life and "chính mã bí mật" in life
    assert (
        client.post(f"/commitments/{made.uid}/", {"act": "confirm", "secret": secret}).status_code
        == 200
    )
    assert Commitment.objects.get().state == "kept"


def test_a_denunciation_makes_no_promise_and_another_place_reads_no_answer(client, offices):
    client.force_login(offices.writer)
    for link in (
        f"?from=petition&of={uuid4()}",
        f"?from=recommendation&of={uuid4()}",
        "?from=petition&of=abc",
        f"?from=gossip&of={uuid4()}",
    ):
        assert client.get(f"/desk/commitments/new/{link}").status_code == 404


def test_an_answer_to_a_recommendation_makes_a_promise_the_board_asked_for(client, offices):
    from danchu.units.actions import open_body

    board = open_body(
        offices.ward,
        by=BY,
        kind="peoples_inspection_board",
        name="Ban TTND phường Ba Đình",
        since=date(2025, 7, 1),
    )
    it = inspection.draft_recommendation(
        by=BY,
        board=board,
        answerer=offices.bodies[0],
        title="Thu quỹ sai",
        finding="Thu vượt",
        found_on=date(2025, 8, 11),
    )
    it = inspection.send_recommendation(
        inspection.confirm_recommendation(it, by=BY),
        by=BY,
        sent_on=date(2025, 8, 15),
        received_on=date(2025, 8, 18),
    )
    it = inspection.answer_recommendation(
        it, by=BY, on=date(2025, 9, 3), answer="full", text="Sẽ trả lại trước 15/12."
    )
    client.force_login(offices.writer)
    link = re.search(
        r'href="(/desk/commitments/new/[^"]+)"',
        client.get(f"/desk/recommendations/{it.uid}/").content.decode(),
    )[1].replace("&amp;", "&")
    client.post(
        link,
        typed(
            title="Trả lại tiền thu vượt", asker="peoples_inspection_board", made_on="03/09/2025"
        ),
    )
    made = Commitment.objects.get()
    assert (made.origin, made.asker_id) == ("recommendation", board.pk)
    client.logout()
    assert made.code in client.get(f"/recommendations/{it.uid}/").content.decode()
    assert f"/recommendations/{it.uid}/" in client.get(f"/commitments/{made.uid}/").content.decode()


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries", "role"), [("/commitments/", 3, None), ("/desk/commitments/", 8, "head")]
)
def test_a_list_of_promises_costs_the_same_for_one_and_three(
    client, offices, made, number, path, queries, role, django_assert_num_queries
):
    for n in range(number):
        made(title=f"Việc {n}")
    if role:
        client.force_login(getattr(offices, role))
    client.get(path)
    with django_assert_num_queries(queries):
        text = client.get(path).content.decode()
    assert all(f"Việc {n}" in text for n in range(number))


def test_the_public_list_is_filtered_sorted_paged_and_exported(client, offices, made):
    for n in range(52):
        made(title=f"Việc số {n:02d}", due_on=DUE + timedelta(days=n))
    late, soon = (
        made(title="Việc quá hạn"),
        made(title="Việc sắp hạn", due_on=today() + timedelta(days=3)),
    )
    made(title="Việc chờ xác nhận")
    fulfil_commitment(
        Commitment.objects.get(title="Việc chờ xác nhận"), by=BY, on=date(2025, 12, 1), text="Xong"
    )

    def listed(asked):
        return client.get(f"/commitments/{asked}").content.decode()

    text = listed("?sort=due_on&q=viec+so")
    assert "Việc số 00" in text and "Việc số 51" not in text
    after = re.search(r'href="(\?[^"]*after=[^"]+)"', text)[1].replace("&amp;", "&")
    assert "Việc số 51" in listed(after)
    assert late.title in listed("?which=overdue&q=qua+han") and soon.title not in listed(
        "?which=overdue"
    )
    assert soon.title in listed("?which=soon") and late.title not in listed("?which=soon")
    assert (
        "Việc chờ xác nhận" in listed("?which=waiting")
        and "Việc chờ xác nhận" in listed("?state=fulfilled")
        and late.title not in listed("?state=fulfilled")
    )
    assert late.title in listed(f"?q={late.code.lower()}") and soon.title not in listed(
        f"?q={late.code}"
    )
    assert soon.title in listed("?unit=Ba+Dinh&sort=-due_on") and soon.title not in listed(
        "?unit=00008@2026-01-01&sort=-due_on"
    )
    assert soon.title not in listed("?origin=petition") and soon.title not in listed(
        f"?since={show_day(today())}"
    )
    assert (
        client.get("/commitments/?last=abc").status_code == 400
        and client.get("/commitments/?q=a").status_code == 400
    )
    lines = (
        b"".join(client.get("/commitments.csv?which=waiting").streaming_content)
        .decode()
        .splitlines()
    )
    assert len(lines) == 2 and "Việc chờ xác nhận" in lines[1]
    client.force_login(offices.head)
    assert (
        len(b"".join(client.get("/desk/commitments.csv").streaming_content).decode().splitlines())
        == 56
    )


def test_a_figure_opens_to_the_promise_and_to_the_passage(client, many_kinds):
    _it, made, _secret = many_kinds
    where = "unit=00004@2026-01-01&since=2025-01-01&last=2025-12-31&map=2026-01-01"
    assert (
        f"/commitments/{made.uid}/"
        in client.get(f"/figures/commitments_made/?{where}").content.decode()
    )
    text = client.get(f"/figures/passages.opinion/?{where}").content.decode()
    passage = re.search(r"/passages/[0-9a-f-]+/", text)[0]
    assert client.get(client.get(passage).url.partition("#")[0]).status_code == 200


def test_the_pages_speak_english_too(client, made):
    text = client.get(f"/en/commitments/{made().uid}/").content.decode()
    assert "The promise word for word" in text and "Nguyên văn lời hứa" not in text

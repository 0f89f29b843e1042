"""Petitions from the portal to their end, in Chromium and without an account: sent, followed,
answered, not solved, solved; hostile senders.
"""

import re
from datetime import date, timedelta
from functools import cache, partial
from inspect import getsource as inspect_source
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from danchu.casework.access.rate_limits import MOST
from danchu.casework.actions import (
    close_reception_day,
    plan_reception_day,
    show_petition,
    take_in_feedback,
    take_step,
)
from danchu.casework.models import Petition, Petitioner
from danchu.kernel import codes
from danchu.kernel.codes import matches
from danchu.kernel.days import show_day, today
from danchu.law.book import book
from danchu.papers.models import Paper
from danchu.people.actor import Actor
from danchu.portal.views import petition_sent, petitions
from danchu.units.find import unit_from
from danchu.vault.models import Sealed
from tests.browser import inspect
from tests.markup import tight
from tests.sizes import turn
from tests.swollen import archive_with_swollen_part

BY = Actor.system("test")
OURS = {"eligible": True, "competent": True}


def png():
    file = BytesIO()
    Image.new("RGB", (8, 8)).save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def city(matters_loaded, db, settings, tmp_path):
    settings.VAULT_ROOT, settings.PAPERS_ROOT = tmp_path / "vault", tmp_path / "papers"
    sending = "danchu.notices.adapters.Email"
    settings.NOTICE_ADAPTERS = dict.fromkeys(("email", "sms", "zalo"), sending)


def typed(**more):
    return {
        "uid": str(uuid4()),
        "nature": "feedback",
        "matter": "road",
        "place": "ba dinh, ha noi",
        "title": "Ngõ ngập nước",
        "content": "Mưa là ngập",
        "name": "Nguyễn Thị Mận",
        "address": "12 ngõ Giếng",
        "phone": "0912345678",
        "notify_by": "sms",
        **more,
    }


def sent(client, **more):
    """(petition, secret) of one sent by the portal."""
    page = client.post("/petitions/send/", typed(**more)).content.decode()
    return Petition.objects.latest("pk"), re.search(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}", page)[0]


@pytest.mark.parametrize("nature", ["complaint", "denunciation", "feedback"])
def test_each_nature_is_sent_and_followed_to_its_end_by_its_sender(city, client, nature):
    it, secret = sent(client, nature=nature)
    way = {
        "complaint": (
            ("classify", OURS),
            ("accept", {}),
            ("verify", {}),
            ("hold_dialogue", {}),
            ("decide", {"verdict": "partly"}),
            ("send", {}),
            ("close", {}),
        ),
        "denunciation": (
            ("classify", OURS),
            ("accept", {}),
            ("notify", {}),
            ("verify", {}),
            ("decide", {"verdict": "founded"}),
            ("send", {}),
            ("publish", {}),
            ("close", {}),
        ),
        "feedback": (("classify", OURS), ("accept", {}), ("answer", {}), ("close", {})),
    }[nature]
    for act, given in way:
        it = take_step(it, act, by=BY, on=today(), text=f"Lời về bước {act}", **given)
        page = client.post(
            "/petitions/follow/", {"code": it.code, "secret": secret}
        ).content.decode()
        assert (
            it.get_state_display() in page
            and "Vì sao có ngày này" in page
            and ("Điều" in page or nature == "feedback")
        )
    assert "Lời về bước close" in page and it.state == "closed"
    assert "Mận" not in page and "0912345678" not in page


def test_not_solved_opens_it_again_without_an_account(city, client):
    it, secret = sent(client)
    for act, given in (("classify", OURS), ("accept", {}), ("answer", {})):
        it = take_step(it, act, by=BY, on=today(), text="Đã khơi cống", **given)
    known = {"code": it.code, "secret": secret}
    empty = client.post("/petitions/follow/", {**known, "act": "reopen", "text": ""})
    assert empty.status_code == 400 and "Hãy ghi nội dung" in empty.content.decode()
    page = client.post(
        "/petitions/follow/", {**known, "act": "reopen", "text": "Mưa hôm qua vẫn ngập"}
    ).content.decode()
    assert "Mưa hôm qua vẫn ngập" in page and Petition.objects.get().state == "accepted"
    assert client.post("/petitions/follow/", {**known, "act": "burn"}).status_code == 400


@pytest.mark.case("FA18", "FA35")
def test_no_word_of_a_sender_is_cut_off(city, client):
    """Browsers send line breaks as two letters and count them as one (HTML, 4.10.11)."""
    it, secret = sent(client)
    for act, given in (("classify", OURS), ("accept", {}), ("answer", {})):
        it = take_step(it, act, by=BY, on=today(), text="Đã khơi cống", **given)
    known = {"code": it.code, "secret": secret, "act": "reopen"}
    too_long = "Mưa hôm qua vẫn ngập. " * 1000 + "HẾT"
    answer = client.post("/petitions/follow/", {**known, "text": too_long})
    assert answer.status_code == 400 and too_long in answer.content.decode()
    lines = ["Mưa hôm qua vẫn ngập"] * 950
    assert len("\n".join(lines)) < 20_000 < len("\r\n".join(lines))
    assert (
        client.post("/petitions/follow/", {**known, "text": "\r\n".join(lines)}).status_code == 200
    )
    assert it.steps.latest("number").text == "\n".join(lines)


def test_sent_twice_it_is_received_once_and_what_was_typed_stays(city, client):
    form = typed()
    told = [
        re.findall(
            r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}",
            client.post("/petitions/send/", form).content.decode(),
        )
        for _ in range(3)
    ]
    assert told[0] and told[0] == told[1] == told[2] and Petition.objects.count() == 1
    assert "từ lần gửi trước" in client.post("/petitions/send/", form).content.decode()
    for field, value in (
        ("title", ""),
        ("content", " "),
        ("place", "Nơi Không Đâu Có"),
        ("matter", ""),
        ("phone", "abc"),
        ("known_on", "31/02/2025"),
        ("website", "http://x"),
    ):
        answer = client.post("/petitions/send/", typed(**{field: value}))
        assert answer.status_code == 400 and "12 ngõ Giếng" in answer.content.decode(), field
    assert Petition.objects.count() == 1


def test_a_bad_telephone_is_told_together_with_the_other_fields(city, client):
    answer = client.post("/petitions/send/", typed(title="", phone="abc", known_on="31/02/2025"))
    assert set(answer.context["form"].errors) == {"title", "phone", "known_on"}
    assert not Petition.objects.exists()


def test_a_denouncer_stands_nowhere_but_in_the_vault(city, client):
    it, _secret = sent(client, nature="denunciation", secret_text="Tôi ở ngay cạnh")
    assert it.sealed is not None and not Petitioner.objects.exists()


def test_hostile_texts_and_files_do_no_harm(city, client):
    script = "<script>alert(1)</script>"
    it, secret = sent(client, title=script, content=script + "{{ 7*7 }} {% load x %}")
    page = client.post("/petitions/follow/", {"code": it.code, "secret": secret}).content.decode()
    assert script not in page and "&lt;script&gt;" in page
    for name, held in (
        ("a.pdf", b"MZ\x00\x00"),
        ("a.png", b"<svg onload=alert(1)>"),
        ("a.exe", b"MZ"),
        ("a.pdf", b"%PDF-1.4 cut"),
    ):
        answer = client.post(
            "/petitions/send/", {**typed(), "files": SimpleUploadedFile(name, held)}
        )
        assert answer.status_code == 400, name
    assert Petition.objects.count() == 1, "a refused file leaves no petition behind"
    assert client.post("/petitions/send/", typed(content="a" * 20_001)).status_code == 400


@cache
def swollen():
    """A Word file of 600 MB in less than 2 MB."""
    return archive_with_swollen_part("word/document.xml", {"[Content_Types].xml": ""})


@pytest.mark.parametrize("nature", ["feedback", "denunciation"])
def test_archives_that_swell_up_and_files_that_lie_leave_neither_petition_nor_file(
    city, client, settings, nature
):
    for name, held, kind in (
        ("a.docx", swollen(), "application/pdf"),
        ("a.xlsx", swollen(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("a.pdf", swollen(), "application/pdf"),
        ("anh.jpg", b"MZ" + bytes(200), "image/jpeg"),
        ("a.pdf", b"<html><script>alert(1)</script>", "application/pdf"),
        ("a.pdf.exe", b"%PDF-1.4", "application/pdf"),
        ("../../a.svg", b"<svg onload=alert(1)>", "image/png"),
    ):
        answer = client.post(
            "/petitions/send/",
            {**typed(nature=nature), "files": SimpleUploadedFile(name, held, kind)},
        )
        assert answer.status_code == 400 and "Mưa là ngập" in answer.content.decode(), name
    assert (
        not Petition.objects.exists() and not Sealed.objects.exists() and not Paper.objects.exists()
    )
    assert [path for path in settings.PAPERS_ROOT.rglob("*") if path.is_file()] == []


def test_a_wrong_code_and_a_wrong_secret_get_the_same_answer(city, client, monkeypatch):
    it, secret = sent(client)
    sent(client, nature="denunciation")
    compared = []
    monkeypatch.setattr(
        petitions,
        "matches",
        lambda given, kept: compared.append((len(given), len(kept))) or matches(given, kept),
    )
    wrong, told = "AAAA-AAAA-AAAA-AAAA", []
    for code, guess in (
        (it.code, wrong),
        ("PA-0000-0000", wrong),
        ("TC-0000-0000", wrong),
        (it.code, ""),
        ("khong-co", wrong),
        ("PA-0000-0000", secret),
    ):
        answer = client.post("/petitions/follow/", {"code": code, "secret": guess})
        page = re.sub(
            r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode()
        ).replace(code, "·")
        headers = {
            name: value
            for name, value in answer.headers.items()
            if name not in ("Content-Length", "Expires", "X-Request-ID")
        }  # they tell the code's length, the second, and which request it was
        told.append((answer.status_code, page, sorted(headers.items())))
    assert all(one[0] == 400 and one == told[0] for one in told), (
        "neither words nor headers tell whether there is such a code"
    )
    assert len(compared) == 6 and len({kept for _given, kept in compared}) == 1, (
        "one comparison each, with a digest as long"
    )
    assert "compare_digest" in inspect_source(codes.matches)


def test_a_flood_and_the_guessing_of_codes_are_stopped(city, client, clock, monkeypatch):
    monkeypatch.setitem(MOST, "follow", 8)
    monkeypatch.setitem(MOST, "send", 6)
    clock.set(today())  # the counts are of an hour: none ends meanwhile
    it, secret = sent(client)
    for _ in range(MOST["follow"]):
        assert (
            "chưa đúng"
            in client.post(
                "/petitions/follow/", {"code": it.code, "secret": "AAAA-AAAA-AAAA-AAAA"}
            ).content.decode()
        )
    assert (
        "Quá nhiều"
        in client.post("/petitions/follow/", {"code": it.code, "secret": "AAAA"}).content.decode()
    )
    assert (
        client.post("/petitions/follow/", {"code": it.code, "secret": secret}).status_code == 200
    ), "who knows it is not shut out"
    for _ in range(MOST["send"] - 1):
        client.post("/petitions/send/", typed())
    assert "Quá nhiều" in client.post("/petitions/send/", typed()).content.decode()


def test_the_public_table_tells_no_few(city, client):
    for _ in range(3):
        sent(client)
    page = client.get(f"/petitions/?unit=01&year={today().year}").content.decode()
    assert "Không có số nào được công khai" in page and "Ngõ ngập nước" not in page
    for query in ("year=abc", "year=9999", "unit=zzzz", "year=2024&unit=Ba+Dinh"):
        assert client.get(f"/petitions/?{query}").status_code in (200, 400)


def test_the_days_of_reception_are_published_with_why_one_was_missed(city, client):
    ward = unit_from(f"00004@{today().isoformat()}")
    day = plan_reception_day(
        by=BY,
        unit=ward,
        office="Chủ tịch UBND",
        on=date(2026, 3, 3),
        form="periodic",
        room="Phòng 1",
    )
    close_reception_day(day, by=BY, was_held=False, reason="Họp Hội đồng nhân dân")
    page = client.get("/reception/?unit=ba+dinh,+ha+noi").content.decode()
    assert "Họp Hội đồng nhân dân" in page and "Phòng 1" in page


@pytest.mark.browser
def test_a_petition_is_sent_and_followed_without_script(page_without_script, city):
    page = page_without_script
    page.goto("/petitions/send/")
    for name, value in (
        ("place", "Ba Đình, Hà Nội"),
        ("title", "Đèn đường hỏng"),
        ("content", "Hai cột đèn không sáng"),
        ("name", "Lê Văn Tám"),
        ("address", "Số 9"),
    ):
        page.fill(f"[name={name}]", value)
    page.select_option("[name=matter]", "road")
    page.click("main button.primary")
    secret = page.locator("dl.facts strong").nth(1).inner_text()
    page.click("main a.button")
    page.fill("#secret", secret)
    page.click("main button.primary")
    assert "Đèn đường hỏng" in page.inner_text("h1")


@turn(4, together=0)
@pytest.mark.browser
def test_the_pages_of_petitions_are_for_everyone(browser_page, client, city):
    sent(client)
    for path in (
        "/petitions/",
        "/petitions/send/",
        "/petitions/follow/",
        "/reception/?unit=ba+dinh,+ha+noi",
    ):
        inspect(browser_page, path)


DOORS = {
    "fault": {"title": "Đèn đường ngõ 5 tắt", "place": "ba dinh, ha noi", "matter": "road"},
    "complaint": {
        "title": "Quyết định 5/QĐ-XPHC",
        "known_on": "01/03/2026",
        "place": "ba dinh, ha noi",
        "matter": "road",
        "content": "Tôi không vi phạm",
        "name": "Nguyễn Thị Mận",
        "address": "12 ngõ Giếng",
    },
    "denunciation": {
        "title": "Nhận tiền",
        "place": "ba dinh, ha noi",
        "matter": "road",
        "content": "Một cán bộ nhận tiền",
        "secret_text": "Tôi là người bán hàng ở đó",
        "name": "Nguyễn Thị Mận",
        "address": "12 ngõ Giếng",
    },
}


@pytest.mark.parametrize("door", DOORS)
def test_each_door_takes_what_its_law_needs_and_sends_one_petition(city, client, door):
    values = {"uid": str(uuid4()), **DOORS[door]}
    answers = [client.post(f"/petitions/send/{door}/", values) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    petition = Petition.objects.get()
    assert petition.nature == {"fault": "feedback"}.get(door, door)
    assert petition.code in answers[0].content.decode()
    assert petition.title == DOORS[door]["title"]
    assert Sealed.objects.exists() == (door == "denunciation")


@pytest.mark.parametrize("name", ["known_on", "name", "address", "place", "matter", "title"])
def test_a_complaint_without_what_its_law_needs_is_refused_on_the_field(city, client, name):
    values = {"uid": str(uuid4()), **DOORS["complaint"], name: ""}
    answer = client.post("/petitions/send/complaint/", values)
    assert answer.status_code == 400 and list(answer.context["form"].errors) == [name]
    assert answer.context["form"]["content"].value() == DOORS["complaint"]["content"]
    assert not Petition.objects.exists()


def test_the_page_of_a_place_begins_with_what_people_look_for_there(city, client):
    unit = unit_from(f"00004@{today()}")
    address = f"/units/{unit.pk}/"
    empty = client.get(address).content.decode()
    assert "Phản ánh và câu trả lời" not in empty and 'id="receive"' not in empty
    shown(client, "Đèn đường ngõ 5 tắt")
    plan_reception_day(
        by=BY, unit=unit, office="Chủ tịch UBND", on=today(), form="periodic", room="Phòng 102"
    )
    page = client.get(address).content.decode()
    parts = ['id="tell"', 'id="verb-know"', 'id="receive"', "Phòng 102"]
    parts += ['id="verb-supervise"', "Đèn đường ngõ 5 tắt", 'id="life"']
    assert 'id="verb-do"' not in page, "a verb without anything has no heading"
    assert sorted(parts, key=page.index) == parts
    [complaint] = re.findall(r'href="(/petitions/send/complaint/[^"]+)"', page)
    form = client.get(complaint).context["form"]
    assert "00004" in form["place"].value()
    other = client.get(f"/units/{unit_from(f'00070@{today()}').pk}/").content.decode()
    assert "Đèn đường ngõ 5 tắt" not in other and 'id="receive"' not in other


def looked(client, **more):
    """What the door of complaints says before the petition is sent: the page, and as JSON."""
    typed_so_far = {**DOORS["complaint"], "content": "", "name": "", **more}
    page = client.post("/petitions/send/complaint/", {**typed_so_far, "foretell": "yes"})
    return page, client.get("/petitions/outlook.json", typed_so_far).json()


def test_a_complainant_reads_the_last_day_and_the_office_before_sending(city, client):
    known_on = today() - timedelta(days=30)
    page, told = looked(client, known_on=show_day(known_on))
    text = tight(page.content.decode())
    due = book().due("complaint.time_bar", known_on).day
    answer_by = book().due("complaint.accept", today()).day
    assert page.status_code == 200 and not Petition.objects.exists()
    assert f"{show_day(due)}, còn {(due - today()).days} ngày" in text
    assert show_day(answer_by) in text and "Phường Ba Đình – Thành phố Hà Nội" in text
    assert page.context["form"]["title"].value() == DOORS["complaint"]["title"]
    assert [line["text"] in text for line in told["lines"]] == [True, True, True]
    assert told["faults"] == [] and not told["lines"][0]["late"]
    assert "90 ngày" in told["lines"][0]["why"]


def test_no_last_day_is_told_of_a_time_before_the_first_rule(city, client):
    assert not book().is_in_force("complaint.time_bar", date(1990, 3, 1))
    _page, told = looked(client, known_on="01/03/1990")
    assert told["faults"] == []
    assert [line["label"] for line in told["lines"]] == [
        "Nơi giải quyết lần đầu",
        "Gửi hôm nay thì có trả lời thụ lý hay không chậm nhất",
    ]


def test_a_complainant_who_comes_late_reads_so_and_what_does_not_count(city, client):
    page, told = looked(client, known_on="01/03/2025")
    first = told["lines"][0]
    assert first["late"] and "đã qua" in first["text"] and "trở ngại khách quan" in first["text"]
    assert page.status_code == 200 and "đã qua" in page.content.decode()


@pytest.mark.parametrize(
    ("more", "field"),
    [({"known_on": "hôm qua"}, "known_on"), ({"known_on": "01/01/2090"}, "known_on")]
    + [({"place": "không có nơi này"}, "place"), ({"matter": ""}, "matter")],
)
def test_what_the_outlook_rests_on_is_asked_again_and_nothing_else(city, client, more, field):
    page, told = looked(client, **more)
    assert page.status_code == 400 and list(page.context["form"].errors) == [field]
    assert told["lines"] == [] and len(told["faults"]) == 1


def test_an_unknown_door_is_no_page(city, client):
    assert client.get("/petitions/send/khac/").status_code == 404


def test_a_sender_reads_their_own_words_and_sees_their_picture(city, client):
    picture = SimpleUploadedFile("den.png", png(), "image/png")
    petition, secret = sent(client, content="Ngập đến đầu gối", files=picture)
    asked = {"code": petition.code, "secret": secret}
    page = client.post("/petitions/follow/", asked).content.decode()
    assert "Ngập đến đầu gối" in page
    [address] = re.findall(r'src="(/petitions/papers/[^"]+)"', page)
    answer = Client().get(address)
    assert answer["Content-Type"] == "image/png" and "no-store" in answer["Cache-Control"]
    assert Client().get(address[:-2] + "x/").status_code == 404
    assert address not in client.get("/petitions/").content.decode()


def test_the_picture_of_a_petition_opens_for_an_hour_only(city, client, monkeypatch):
    petition, _secret = sent(client, files=SimpleUploadedFile("den.png", png(), "image/png"))
    [(_name, address, is_picture)] = petition_sent.own_papers(petition)
    assert is_picture and client.get(address).status_code == 200
    monkeypatch.setattr(petition_sent, "PAPER_SECONDS", -1)
    assert client.get(address).status_code == 404


def shown(client, title, place="ba dinh, ha noi", **more):
    """Feedback that an official took in and made public."""
    petition, _secret = sent(client, title=title, place=place)
    petition = take_in_feedback(petition, by=BY, on=today())
    Petition.objects.filter(pk=petition.pk).update(**more)
    return show_petition(petition, by=BY, title=title, text="Đang xem xét.")


def test_a_receipt_says_who_answers_where_they_are_met_and_what_others_told(city, client):
    shown(client, "Đèn đường ngõ 5 tắt", people=3)
    unit = unit_from(f"00004@{today()}")
    plan_reception_day(
        by=BY, unit=unit, office="Chủ tịch UBND", on=today(), form="periodic", room="Phòng 102"
    )
    values = typed(title="Đèn đường ở ngõ 5 bị tắt")
    page = tight(client.post("/petitions/send/", values).content.decode())
    assert "Chủ tịch UBND, Phòng 102" in page
    assert "Đèn đường ngõ 5 tắt" in page and "3 người đã báo" in page
    complaint = typed(title="Đèn đường ở ngõ 5 bị tắt", nature="complaint")
    assert "3 người đã báo" not in client.post("/petitions/send/", complaint).content.decode()


def test_what_others_told_is_offered_while_it_is_written(city, client):
    petition = shown(client, "Đèn đường ngõ 5 tắt", people=3)
    ask = partial(client.get, "/petitions/told.json")
    [row] = ask({"place": "ba dinh, ha noi", "title": "đèn ngõ 5 tắt"}).json()["rows"]
    assert (row["url"], row["people"]) == (f"/petitions/{petition.code}/", 3)
    for place, title in (("ba dinh, ha noi", "đèn"), ("", "đèn ngõ 5 tắt"), ("hà", "x" * 9)):
        assert ask({"place": place, "title": title}).json() == {"rows": []}
    sent(client, title="Đèn đường ngõ 5 tắt")  # one that nobody made public
    assert len(ask({"place": "ba dinh, ha noi", "title": "đèn ngõ 5 tắt"}).json()["rows"]) == 1


def test_public_feedback_stands_on_the_map_and_the_list_is_of_the_place(city, client):
    here, there = (shown(client, f"Ngõ {place}", place) for place in ("ba dinh, ha noi", "00070"))
    everywhere = client.get("/petitions/").context
    assert {name for name, _lat, _lon, _number, _url in everywhere["picture"]["spots"]} == {
        "Phường Ba Đình",
        "Phường Hoàn Kiếm",
    }
    answer = client.get("/petitions/", {"unit": here.place_id}).context
    assert [row.pk for row, _where in answer["feedback"]] == [here.pk]
    [(_name, _lat, _lon, number, url)] = answer["picture"]["spots"]
    assert (number, url) == (1, f"/petitions/?unit={here.place_id}#shown")
    city_unit = unit_from(f"01@{today()}")
    rows = client.get("/petitions/", {"unit": city_unit.pk}).context["feedback"]
    assert {row.pk for row, _where in rows} == {here.pk, there.pk}


@turn(4, together=2)
@pytest.mark.browser
def test_the_place_of_a_photo_is_offered_before_it_is_sent(city, browser_page, tmp_path):
    photo = tmp_path / "den.jpg"
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (21.0, 1.0, 45.0), 3: "E", 4: (105.0, 51.0, 0.0)}
    Image.new("RGB", (8, 8)).save(photo, exif=exif)
    page = browser_page
    page.goto("/petitions/send/fault/")
    page.locator("#files").set_input_files(photo)
    offered = page.locator("#id_place-list li")
    offered.first.wait_for()
    assert offered.count() == 5 and "Hoàn Kiếm" in page.locator("#id_place-list").inner_text()


@turn(4, together=2)
@pytest.mark.browser
def test_the_doors_are_for_everyone(city, browser_page):
    for door in DOORS:
        inspect(browser_page, f"/petitions/send/{door}/")

"""Minutes written, marked and approved at the desk; a promise from there until who asked
confirms it; all of it without script.
"""

import re
from datetime import date
from uuid import uuid4

import pytest

from danchu.law.loading import load_law
from danchu.minutes.actions import draft_minutes, give_secret
from danchu.minutes.models import Commitment, Minutes, Passage
from danchu.people.actions import appoint, create_account
from danchu.people.models import OfficeKind
from danchu.register.actions import confirm_event, draft_event
from danchu.register.models import Event
from danchu.units.actions import open_body
from tests.browser import inspect
from tests.desk.conftest import BY
from tests.markup import tight
from tests.sizes import turn

pytestmark = pytest.mark.usefixtures("law_loaded")

HELD = date(2025, 9, 8)


@pytest.fixture
def offices(officials, settings, tmp_path):
    settings.PAPERS_ROOT = tmp_path / "papers"
    load_law(by=BY)
    officials.bodies = [
        open_body(officials.ward, by=BY, kind=kind, name=name, since=date(2025, 7, 1))
        for kind, name in (
            ("peoples_committee", "Ủy ban nhân dân phường Ba Đình"),
            ("fatherland_front", "Ủy ban MTTQ phường Ba Đình"),
        )
    ]
    for role, office in (("writer", "commune_clerk"), ("second", "commune_clerk")):
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


@pytest.fixture
def dialogue(offices):
    event = draft_event(
        "dialogue",
        by=BY,
        unit=offices.ward,
        body=offices.bodies[0],
        held_on=HELD,
        title="Đối thoại với Nhân dân",
        opinions=30,
    )
    return confirm_event(event, by=BY)


def begun(client, offices, event=None, role="writer"):
    client.force_login(getattr(offices, role))
    asked = f"?event={event.uid}" if event else ""
    typed = {
        "uid": str(uuid4()),
        "title": "Biên bản đối thoại",
        "held_on": "08/09/2025",
        "unit": "00004",
        "body": "peoples_committee",
    }
    answer = client.post(f"/desk/minutes/new/{asked}", typed)
    assert answer.status_code == 302, answer.content.decode()
    return answer.url


def fields_of(text):
    """What the editor's form would send, as a browser reads it from the page."""
    text = tight(text)
    form = text[text.index('class="form minutes-form"') :]
    form = form[: form.index("</form>")]
    found = {
        name: value.replace("&quot;", '"')
        for name, value in re.findall(
            r'<textarea[^>]* name="([^"]+)"[^>]*>([^<]*)</textarea>', form
        )
    }
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r' name="([^"]+)"', tag), re.search(r' value="([^"]*)"', tag)
        if name and ("checkbox" not in tag or " checked" in tag):
            found[name[1]] = value[1] if value else ""
    for name, options in re.findall(
        r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', form, flags=re.S
    ):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return {name: value for name, value in found.items() if name != "csrfmiddlewaretoken"}


def saved(client, page, status=302, **more):
    typed = {**fields_of(client.get(page).content.decode()), "do": "save", **more}
    answer = client.post(page, typed)
    assert answer.status_code == status, answer.content.decode()
    return answer


PROMISE = {
    "title_1_0": "Sửa đường ngõ 5",
    "due_1_0": "15/12/2025",
    "why_1_0": "sau khi có vốn",
    "askedby_1_0": "Cử tri tổ 5",
}


def test_minutes_go_from_the_event_to_promises_and_the_number_is_the_count_of_the_passages(
    client, offices, dialogue
):
    page = begun(client, offices, dialogue)
    saved(
        client,
        page,
        text_0="Đường ngõ 5 hỏng đã lâu.\nNgõ 7 thiếu đèn.",
        speaker_0="Bà Mận",
        shown_0="Cử tri tổ 5",
        kind_0_0="opinion",
    )
    assert [(block.text, block.shown_as) for block in Minutes.objects.get().blocks.all()] == [
        ("Đường ngõ 5 hỏng đã lâu.", "Cử tri tổ 5"),
        ("Ngõ 7 thiếu đèn.", "Cử tri tổ 5"),
    ]
    saved(
        client,
        page,
        text_2="Chủ tịch: phường sẽ sửa đường ngõ 5 trong năm.",
        kind_2_0="commitment",
        quote_2_0="phường sẽ sửa đường ngõ 5",
    )
    owner, asker = (str(body.pk) for body in offices.bodies)
    more = {name.replace("1_0", "2_0"): value for name, value in PROMISE.items()}
    saved(client, page, **more, owner_2_0=owner, asker_2_0=asker, accepted_1_0="1")
    it = Minutes.objects.get()
    client.force_login(offices.writer)
    one = page.removesuffix("edit/")
    assert client.post(f"{one}approve/").status_code == 403, "who writes does not approve"
    client.force_login(offices.head)
    assert client.post(f"{one}approve/", {"is_public": "1"}).status_code == 302
    event = Event.objects.get(state="confirmed")
    assert (event.opinions, event.opinions_accepted) == (2, 1)
    made = Commitment.objects.get()
    assert (made.title, made.text, made.owner_id, made.asker_id) == (
        "Sửa đường ngõ 5",
        "phường sẽ sửa đường ngõ 5",
        int(owner),
        int(asker),
    )
    client.logout()
    text = client.get(f"/minutes/{it.uid}/").content.decode()
    assert "Cử tri tổ 5" in text and "Bà Mận" not in text and made.code in text
    record = client.get(f"/records/{event.uid}/").content.decode()
    assert "2 ý kiến" in record and f"/minutes/{it.uid}/" in record and made.code in record
    mark = Passage.objects.filter(kind="opinion").first().mark
    assert client.get(f"/passages/{mark}/").url == f"/minutes/{it.uid}/#p-{mark}"


def test_minutes_that_are_not_shown_are_read_by_their_officials_alone(client, offices):
    page = begun(client, offices)
    saved(client, page, text_0="Một ý.", kind_0_0="opinion")
    it = Minutes.objects.get()
    client.force_login(offices.head)
    client.post(f"/desk/minutes/{it.uid}/approve/")
    mark = Passage.objects.get().mark
    assert client.get(f"/minutes/{it.uid}/").status_code == 200
    for who in (None, offices.neighbour):
        client.logout() if who is None else client.force_login(who)
        assert [
            client.get(path).status_code
            for path in (
                f"/minutes/{it.uid}/",
                f"/minutes/{it.uid}/paper.pdf",
                f"/passages/{mark}/",
            )
        ] == [404, 404, 404]


def test_the_buttons_add_and_take_away_rows_and_what_was_typed_stays(client, offices):
    page = begun(client, offices)
    typed = {**fields_of(client.get(page).content.decode()), "text_0": "Một", "kind_0_0": "opinion"}
    more = fields_of(client.post(page, {**typed, "do": "add:1"}).content.decode())
    assert (more["text_0"], more["text_1"], more["kind_0_0"]) == ("Một", "", "opinion")
    turned = fields_of(client.post(page, {**more, "text_1": "Hai", "do": "up:1"}).content.decode())
    assert (turned["text_0"], turned["text_1"], turned["kind_1_0"]) == ("Hai", "Một", "opinion")
    fewer = fields_of(client.post(page, {**turned, "do": "drop:0"}).content.decode())
    assert (fewer["text_0"], "text_1" in fewer) == ("Một", False)
    assert not Minutes.objects.get().blocks.exists(), "a button that moves rows saves nothing"
    for odd in ("add:99", "drop:-1", "up:0", "down:²", "burn:1", "add:"):
        assert client.post(page, {**fewer, "do": odd}).status_code == 200


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"quote_0_0": "không có"}, "Đoạn 1: Không có các chữ"),
        ({"held_on": "31/02/2025"}, "Không có ngày"),
        ({"title": ""}, "Có ô chưa đúng"),
        ({"kind_0_0": "commitment", "due_0_0": "mai"}, "Đoạn 1"),
        ({"kind_0_0": "commitment", "owner_0_0": "1"}, "hãy chọn cơ quan"),
        ({"kind_0_0": "gossip"}, "Đoạn 1"),
    ],
)
def test_what_was_typed_stays_when_it_is_refused(client, offices, more, words):
    page = begun(client, offices)
    text = saved(
        client, page, 400, **{"text_0": "Lời đã gõ", "kind_0_0": "opinion", **more}
    ).content.decode()
    assert words in text and "Lời đã gõ" in text
    assert not Minutes.objects.get().blocks.exists()


def test_two_clerks_at_once_the_second_is_told_and_nothing_is_lost(client, offices):
    page = begun(client, offices)
    saved(client, page, text_0="Một\nHai\nBa")
    both = fields_of(client.get(page).content.decode())
    client.force_login(offices.second)
    saved(client, page, text_0="Một, do Hùng sửa", text_2="Ba, do Hùng sửa")
    client.force_login(offices.writer)
    answer = client.post(
        page,
        {
            **both,
            "text_1": "Hai, do Lan sửa",
            "text_2": "Ba, do Lan sửa",
            "kind_1_0": "opinion",
            "do": "save",
        },
    )
    text = answer.content.decode()
    assert answer.status_code == 409 and "second đã lưu" in text
    rows = fields_of(text)
    assert [rows[f"text_{i}"] for i in range(4)] == [
        "Một, do Hùng sửa",
        "Hai, do Lan sửa",
        "Ba, do Lan sửa",
        "Ba, do Hùng sửa",
    ] or [rows[f"text_{i}"] for i in range(4)] == [
        "Một, do Hùng sửa",
        "Hai, do Lan sửa",
        "Ba, do Hùng sửa",
        "Ba, do Lan sửa",
    ]
    assert [block.text for block in Minutes.objects.get().blocks.all()] == [
        "Một, do Hùng sửa",
        "Hai",
        "Ba, do Hùng sửa",
    ], "nothing was written over"
    assert client.post(page, {**rows, "do": "save"}).status_code == 302
    assert (
        Minutes.objects.get().blocks.count() == 4
        and Passage.objects.get().text == "Hai, do Lan sửa"
    )


def test_a_correction_begins_with_what_stands_and_its_promise_is_not_changed_there(client, offices):
    page = begun(client, offices)
    saved(client, page, text_0="Khai mạc\nPhường sẽ sửa đường.")
    saved(client, page, kind_1_0="commitment")
    saved(client, page, **PROMISE, owner_1_0=str(offices.bodies[0].pk))
    first = Minutes.objects.get()
    client.force_login(offices.head)
    client.post(f"/desk/minutes/{first.uid}/approve/")
    assert client.post(f"/desk/minutes/{first.uid}/correct/", {"changed": ""}).status_code == 400
    editor = client.post(f"/desk/minutes/{first.uid}/correct/", {"changed": "Thiếu một ý kiến"}).url
    assert "đang được theo dõi" in client.get(editor).content.decode()
    saved(client, editor, text_2="Ông Tám: thiếu đèn.", kind_2_0="opinion", due_1_0="01/01/2027")
    second = Minutes.objects.get(version=2)
    client.post(f"/desk/minutes/{second.uid}/approve/", {"is_public": "1"})
    assert (Commitment.objects.get().due_on, Minutes.objects.get(version=1).state) == (
        date(2025, 12, 15),
        "superseded",
    )
    assert "Thiếu một ý kiến" in client.get(f"/minutes/{second.uid}/").content.decode()


def test_minutes_are_a_word_file_and_a_pdf_to_sign(client, offices):
    import io

    from docx import Document

    page = begun(client, offices)
    saved(
        client,
        page,
        text_0="Bà Mận nói đường hỏng.",
        speaker_0="Bà Mận",
        shown_0="Cử tri tổ 5",
        kind_0_0="opinion",
        quote_0_0="đường hỏng",
        chair="Ông Chủ tịch",
        secretary="Chị Lan",
    )
    one = f"/desk/minutes/{Minutes.objects.get().uid}/"
    word = Document(io.BytesIO(client.get(f"{one}paper.docx").content))
    text = "\n".join(paragraph.text for paragraph in word.paragraphs) + "\n".join(
        cell.text for table in word.tables for row in table.rows for cell in row.cells
    )
    assert (
        "[Ý kiến] đường hỏng" in text
        and "CHỦ TRÌ" in text
        and "Chị Lan" in text
        and "Bà Mận: " in text
        and "CỘNG HÒA XÃ HỘI" in text
    )
    marked = [run.text for paragraph in word.paragraphs for run in paragraph.runs if run.underline]
    assert marked == ["đường hỏng"]
    pdf = client.get(f"{one}paper.pdf")
    assert pdf.content.startswith(b"%PDF") and pdf.headers["Content-Type"] == "application/pdf"
    assert client.get(f"{one}paper.csv").status_code == 404
    client.force_login(offices.head)
    client.post(f"{one}approve/", {"is_public": "1"})
    shown = Document(io.BytesIO(client.get(f"{one.removeprefix('/desk')}paper.docx").content))
    assert "Cử tri tổ 5: " in "\n".join(
        p.text for p in shown.paragraphs
    ) and "Bà Mận: " not in "\n".join(p.text for p in shown.paragraphs)


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_minutes_costs_the_same_for_one_and_three(
    client, offices, number, django_assert_num_queries
):
    for n in range(number):
        draft_minutes(by=BY, unit=offices.ward, held_on=HELD, title=f"Biên bản {n}")
    client.force_login(offices.head)
    client.get("/desk/minutes/")
    with django_assert_num_queries(7):
        text = client.get("/desk/minutes/").content.decode()
    assert text.count("/desk/minutes/") >= number


def test_the_list_of_minutes_is_filtered_sorted_paged_and_exported(client, offices):
    for n in range(52):
        draft_minutes(
            by=BY,
            unit=offices.ward,
            held_on=date(2025, 9, 1 + n % 20),
            title=f"Biên bản số {n:02d}",
        )
    client.force_login(offices.head)
    text = client.get("/desk/minutes/?sort=title").content.decode()
    assert "Biên bản số 00" in text and "Biên bản số 51" not in text
    after = re.search(r'href="(\?[^"]*after=[^"]+)"', text)[1].replace("&amp;", "&")
    assert "Biên bản số 51" in client.get(f"/desk/minutes/{after}").content.decode()
    assert "Biên bản số 07" in client.get("/desk/minutes/?q=bien+ban+so+07").content.decode()
    assert "Biên bản số" not in client.get("/desk/minutes/?state=approved").content.decode()
    assert client.get("/desk/minutes/?since=32/13/2025").status_code == 400
    lines = (
        b"".join(client.get("/desk/minutes.csv?since=20/09/2025").streaming_content)
        .decode()
        .splitlines()
    )
    assert len(lines) == 3
    client.force_login(offices.neighbour)
    assert "Biên bản số" not in client.get("/desk/minutes/").content.decode()


@pytest.fixture
def many_kinds(client, offices, dialogue):
    """Minutes with a mark of each kind, approved and shown; a draft besides; a promise that
    waits for who asked.
    """
    page = begun(client, offices, dialogue)
    saved(
        client,
        page,
        text_0="Đường ngõ 5 hỏng.\nPhường sẽ sửa đường.\nKết luận: giao phường.\nKiểm tra thấy "
        "hai hố ga vỡ.",
        shown_0="Cử tri tổ 5",
    )
    saved(
        client,
        page,
        kind_0_0="opinion",
        kind_1_0="commitment",
        kind_2_0="decision",
        kind_3_0="finding",
        quote_3_0="hai hố ga vỡ",
    )
    saved(
        client,
        page,
        **PROMISE,
        owner_1_0=str(offices.bodies[0].pk),
        asker_1_0=str(offices.bodies[1].pk),
    )
    client.force_login(offices.head)
    it = Minutes.objects.get()
    client.post(f"/desk/minutes/{it.uid}/approve/", {"is_public": "1"})
    made = Commitment.objects.get()
    _made, secret = give_secret(made, by=BY)
    client.post(
        f"/desk/commitments/{made.uid}/fulfil/", {"on": "01/12/2025", "text": "Đã sửa 300 m."}
    )
    return it, Commitment.objects.get(), secret


@turn(4, together=3)
@pytest.mark.browser
def test_the_pages_of_minutes_and_promises_are_for_everyone(
    browser_page, client, site, offices, many_kinds
):
    it, made, _secret = many_kinds
    draft = begun(client, offices)
    saved(client, draft, text_0="Phường sẽ sửa đèn.", kind_0_0="commitment")
    client.force_login(offices.head)
    browser_page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}]
    )
    for path in (
        "/desk/minutes/",
        "/desk/minutes/new/",
        draft,
        f"/desk/minutes/{it.uid}/",
        "/desk/commitments/",
        "/desk/commitments/new/",
        f"/desk/commitments/{made.uid}/",
        "/commitments/",
        f"/commitments/{made.uid}/",
        f"/minutes/{it.uid}/",
        f"/records/{Event.objects.get(state='confirmed').uid}/",
    ):
        inspect(browser_page, path)


@pytest.mark.browser
def test_a_clerk_marks_words_from_the_keyboard(browser_page, client, site, offices):
    page = begun(client, offices)
    saved(client, page, text_0="Bà Mận: đường hỏng. Ông Tám: thiếu đèn.")
    browser_page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}]
    )
    browser_page.goto(page)
    for start, end in ((8, 19), (29, 39)):
        browser_page.evaluate(
            "([a, b]) => { const t = document.getElementById('text-0'); t.focus(); "
            "t.setSelectionRange(a, b); }",
            [start, end],
        )
        browser_page.keyboard.press("Alt+1")
    assert (
        browser_page.input_value("#quote-0-0") == "đường hỏng."
        and browser_page.input_value("#quote-0-1") == "thiếu đèn."
    )
    browser_page.keyboard.press("Control+s")
    for _tenth in range(200):  # the page may be idle before the form is on its way
        if Passage.objects.exists():
            break
        browser_page.wait_for_timeout(50)
    browser_page.wait_for_load_state("networkidle")
    assert [passage.text for passage in Passage.objects.all()] == ["đường hỏng.", "thiếu đèn."]
    assert browser_page.problems == []


@pytest.mark.browser
def test_a_citizen_confirms_without_script_or_account(page_without_script, many_kinds):
    _it, made, secret = many_kinds
    page_without_script.goto(f"/commitments/{made.uid}/")
    page_without_script.fill("#j-secret", "AAAA-AAAA-AAAA-AAAA")
    page_without_script.click("button[value=confirm]")
    page_without_script.wait_for_selector("text=Mã bí mật không đúng")
    page_without_script.fill("#j-secret", secret.lower())
    page_without_script.fill("#j-text", "Đường đã tốt.")
    page_without_script.click("button[value=confirm]")
    page_without_script.wait_for_selector("text=Cảm ơn")
    assert Commitment.objects.get().state == "kept"

"""Petitions at the desk: what may be the same is shown before entry, two clerks, a batch,
documents, the vault in two browsers, boards.
"""

import io
import re
from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document as WordFile

from danchu.casework.loading import load_matters
from danchu.casework.models import Matter, Petition, Visit
from danchu.casework.queries.official_tables import TABLES, table_rows, to_be_processed
from danchu.inspection.models import BoardTerm
from danchu.kernel.days import Period, today
from danchu.kernel.text import sort_key
from danchu.law.loading import load_law
from danchu.people.actions import appoint, create_account
from danchu.people.models import OfficeKind
from danchu.staff.models import Installation
from danchu.units.actions import open_body
from danchu.units.find import unit_from
from tests.browser import inspect
from tests.desk.conftest import BY
from tests.inspection.pictures import jpeg
from tests.markup import tight
from tests.papers.samples import pdf
from tests.sizes import turn

pytestmark = pytest.mark.usefixtures("law_loaded")


@pytest.fixture
def staff(officials, settings, tmp_path):
    """The officials, with who handles petitions, the chief inspector and the chair of the
    committee.
    """
    settings.VAULT_ROOT, settings.PAPERS_ROOT = tmp_path / "vault", tmp_path / "papers"
    load_law(by=BY)
    load_matters(by=BY)
    open_body(
        officials.ward,
        by=BY,
        kind="peoples_committee",
        name="Ủy ban nhân dân phường Ba Đình",
        since=date(2025, 7, 1),
    )
    open_body(
        officials.ward,
        by=BY,
        kind="peoples_inspection_board",
        name="Ban Thanh tra nhân dân phường Ba Đình",
        since=date(2025, 7, 1),
    )
    for role, office in (
        ("handler", "petition_officer"),
        ("second", "commune_clerk"),
        ("inspector", "inspectorate_chief"),
        ("overseer", "auditor"),
    ):
        account = create_account(by=BY, email=f"{role}@example.vn", name=f"Công chức {role}")
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
        "received_on": "02/03/2026",
        "channel": "counter",
        "nature": "feedback",
        "stage": "first",
        "matter": "road",
        "title": "Ngõ 5 ngập nước",
        "content": "Mưa là ngập",
        "name": "Nguyễn Thị Mận",
        "address": "12 ngõ Giếng",
        "signers": "Lê Văn Tám; Số 3\nTrần Thị Tư",
        **more,
    }


def entered(client, staff, **more):
    client.force_login(staff.handler)
    answer = client.post("/desk/petitions/new/", typed(**more))
    assert answer.status_code == 200, answer.content.decode()[-3000:]
    return Petition.objects.latest("pk")


def test_every_bad_line_of_the_signers_is_named_and_what_was_typed_stays(client, staff):
    client.force_login(staff.handler)
    lines = "; Số 3\nTrần Thị Tư\n; Số 4"
    file = SimpleUploadedFile("ky.csv", "Họ và tên;Địa chỉ\n;Số 5\n;Số 6\n".encode())
    answer = client.post("/desk/petitions/new/", typed(signers=lines, signers_file=file))
    page = answer.content.decode()
    assert answer.status_code == 400 and not Petition.objects.exists()
    assert lines in page and "Ngõ 5 ngập nước" in page
    words = ("Dòng 1:", "Dòng 3:", "Dòng 2 của danh sách", "Dòng 3 của danh sách")
    assert all(word in page for word in words) and "Dòng 2:" not in page


def test_what_may_be_the_same_is_shown_before_it_is_entered(client, staff):
    first = entered(client, staff)
    assert (first.people, first.petitioners.count()) == (3, 3)
    again = client.post("/desk/petitions/new/", typed(title="ngo 5 ngap nuoc mua"))
    assert first.code in again.content.decode() and Petition.objects.count() == 1
    client.post("/desk/petitions/new/", typed(title="ngo 5 ngap nuoc mua", seen="on"))
    assert Petition.objects.count() == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("unit", "00008"),
        ("received_on", "31/02/2026"),
        ("received_on", "01/01/2001"),
        ("title", ""),
        ("matter", "x"),
        ("matter", ""),
        ("phone", "abc"),
        ("people", "x"),
        ("name", "a" * 121),
    ],
)
def test_what_was_typed_stays_when_it_is_refused(client, staff, field, value):
    client.force_login(staff.handler)
    answer = client.post("/desk/petitions/new/", typed(**{field: value}))
    assert (
        answer.status_code,
        "Mưa là ngập" in answer.content.decode(),
        Petition.objects.count(),
    ) == (400, True, 0)


def test_the_matter_is_chosen_by_the_officer_not_by_the_alphabet(client, staff):
    client.force_login(staff.handler)
    form = client.get("/desk/petitions/new/").context["form"]
    keys, names = zip(*form.fields["matter"].choices, strict=True)
    assert keys[0] == "" and form["matter"].value() is None
    assert list(names[1:]) == sorted(names[1:], key=sort_key)


def test_a_case_is_worked_by_its_two_offices_and_two_clerks_do_not_collide(client, staff):
    it = entered(client, staff, nature="complaint")
    page = f"/desk/petitions/{it.uid}/"
    assert client.post(f"{page}claim/").status_code == 302
    client.force_login(staff.second)
    collided = client.post(
        f"{page}classify/",
        {
            "on": "03/03/2026",
            "eligible": "yes",
            "competent": "yes",
            "nature": "complaint",
            "matter": "road",
            "stage": "first",
            "people": "3",
        },
    )
    assert collided.status_code == 400 and "đang do" in collided.content.decode()
    client.force_login(staff.handler)
    wrong = client.post(
        f"{page}classify/",
        {
            "on": "03/03/2026",
            "eligible": "",
            "nature": "complaint",
            "matter": "road",
            "stage": "first",
            "people": "3",
        },
    )
    assert wrong.status_code == 400 and re.search(
        r'name="people" value="3"', tight(wrong.content.decode())
    )
    client.post(
        f"{page}classify/",
        {
            "on": "03/03/2026",
            "eligible": "yes",
            "competent": "yes",
            "nature": "complaint",
            "matter": "land_use",
            "stage": "first",
            "people": "3",
        },
    )
    assert client.post(f"{page}accept/", {"on": "04/03/2026", "text": ""}).status_code == 403, (
        "the chair accepts"
    )
    client.post(f"{page}release/")
    client.force_login(staff.head)
    for act, given in (
        ("accept", {}),
        ("verify", {}),
        ("decide", {"verdict": "partly", "text": "Đúng một phần"}),
        ("send", {}),
        ("close", {}),
    ):
        assert client.post(f"{page}{act}/", {"on": "05/03/2026", **given}).status_code == 302, act
    it.refresh_from_db()
    assert (it.state, it.verdict, it.in_time) == ("closed", "partly", True)
    number = it.steps.get(act="decide").number
    word = WordFile(io.BytesIO(client.get(f"{page}letters/{number}.docx").content))
    told = "\n".join(p.text for p in word.paragraphs)
    assert (
        "QUYẾT ĐỊNH GIẢI QUYẾT KHIẾU NẠI" in told and "Đúng một phần" in told and "Mận" not in told
    )
    pdf = client.get(f"{page}letters/{number}.pdf")
    assert pdf.content.startswith(b"%PDF-") and pdf.headers["Content-Type"] == "application/pdf"
    assert client.get(f"{page}letters/99.pdf").status_code == 404


SORTED = {
    "on": "03/03/2026",
    "nature": "complaint",
    "matter": "land_use",
    "stage": "first",
    "people": "3",
    "eligible": "yes",
}


def classified(client, staff, **more):
    """(petition, its page) of a complaint that was classified, `more` of the form's fields."""
    petition = entered(client, staff, nature="complaint", seen="on")
    page = f"/desk/petitions/{petition.uid}/"
    assert client.post(f"{page}classify/", SORTED | more).status_code == 302
    return petition, page


def test_an_extension_offers_only_the_one_that_is_left(client, staff):
    petition, page = classified(client, staff, competent="yes")
    client.force_login(staff.head)
    for act in ("accept", "verify"):
        assert client.post(f"{page}{act}/", {"on": "04/03/2026"}).status_code == 302

    def choices():
        acts = client.get(page).context["acts"]
        [form] = [form for act, form, *_rest in acts if act.name == "extend"]
        return [value for value, _name in form.fields["complexity"].choices]

    assert choices() == ["complex"]
    fields = {"on": "05/03/2026", "complexity": "complex", "text": "Nhiều bên liên quan"}
    assert client.post(f"{page}extend/", fields).status_code == 302
    petition.refresh_from_db()
    assert petition.complexity == "complex" and choices() == []
    answer = client.post(f"{page}extend/", fields)
    assert answer.status_code == 400 and "Nhiều bên liên quan" in answer.content.decode()


def test_a_petition_is_handed_over_to_a_unit_that_is_found_by_name(client, staff):
    petition, page = classified(client, staff, competent="no")
    words = {"to": "Đống Đa, Hà Nội", "on": "04/03/2026", "text": "Thuộc địa bàn phường bạn"}
    for wrong in ({"to": "không có nơi này"}, {"on": "31/02/2026"}, {"to": "00004"}):
        answer = client.post(f"{page}hand_over/", words | wrong)
        assert answer.status_code == 400 and words["text"] in answer.content.decode(), wrong
    assert Petition.objects.count() == 1
    answer = client.post(f"{page}hand_over/", words)
    assert (answer.status_code, answer.url) == (302, page), "the page of the one here"
    petition.refresh_from_db()
    forwarded = petition.handed_to
    assert (petition.state, forwarded.state, forwarded.unit_id) == (
        "forwarded",
        "received",
        unit_from("00235@2026-03-04").pk,
    )


def test_signers_are_added_at_the_desk_from_lines_and_from_a_list(client, staff):
    petition, page = classified(client, staff, competent="yes")
    file = SimpleUploadedFile("ky.csv", "Họ và tên;Địa chỉ\nVũ Thị Sáu;Số 6\n".encode())
    fields = {"signers": "Đỗ Văn Bảy; Số 7", "signers_file": file, "people": "9"}
    assert client.post(f"{page}signers/", fields).status_code == 302
    petition.refresh_from_db()
    names = set(petition.petitioners.values_list("name", flat=True))
    assert {"Đỗ Văn Bảy", "Vũ Thị Sáu"} < names and (len(names), petition.people) == (5, 9)
    answer = client.post(f"{page}signers/", {"signers": "; Số 8", "people": ""})
    assert answer.status_code == 400 and "Dòng 1: Hãy ghi họ và tên" in answer.content.decode()


@pytest.mark.parametrize("field", ["follows", "same_as"])
def test_the_code_of_a_petition_that_is_not_there_is_told(client, staff, field):
    client.force_login(staff.handler)
    answer = client.post("/desk/petitions/new/", typed(**{field: "PA-0000-0000"}))
    page = answer.content.decode()
    assert answer.status_code == 400 and "Không có đơn mã này" in page and "Mưa là ngập" in page
    assert not Petition.objects.exists()


def test_a_batch_does_what_it_can_and_tells_the_rest(client, staff):
    ours = entered(client, staff)
    other = entered(client, staff, title="Đèn hỏng", name="Ai đó", seen="on")
    client.force_login(staff.second)
    client.post(f"/desk/petitions/{other.uid}/claim/")
    client.force_login(staff.handler)
    told = client.post(
        "/desk/petitions/batch/",
        {"act": "claim", "uid": [str(ours.uid), str(other.uid), "x"]},
        follow=True,
    ).content.decode()
    assert "Nhận xử lý: 1 đơn" in told and other.code in told
    assert client.post("/desk/petitions/batch/", {"act": "burn"}).status_code == 400
    too_many = {"act": "accept", "uid": [str(uuid4()) for _number in range(51)]}
    answer = client.post("/desk/petitions/batch/", too_many)
    assert answer.status_code == 400 and "nhiều nhất 50 dòng" in answer.content.decode()


def test_complaints_are_classified_together_and_none_a_second_time(client, staff):
    values = {"nature": "complaint", "known_on": "01/03/2026", "seen": "on"}
    complaints = [entered(client, staff, title=f"QĐ {n}", name=f"Ông {n}", **values) for n in "12"]
    page = client.get("/desk/petitions/").context["batch"]
    words = dict(page.fields["act"].widget.choices)
    assert words["classify"] == "Phân loại: đủ điều kiện, thuộc thẩm quyền"
    sent = {"act": "classify", "on": "03/03/2026", "uid": [str(one.uid) for one in complaints]}
    client.post("/desk/petitions/batch/", sent)
    for row in complaints:
        before = (row.nature, row.matter_id, row.people)
        row.refresh_from_db()
        assert (row.state, row.eligible, row.competent) == ("classified", True, True)
        assert (row.nature, row.matter_id, row.people) == before
    again = client.post("/desk/petitions/batch/", sent, follow=True).content.decode()
    assert again.count("đã được phân loại") == 2
    assert [row.steps.count() for row in complaints] == [2, 2]


def test_feedback_is_taken_in_by_one_act_alone_or_with_others(client, staff):
    lamps = [
        entered(client, staff, title=f"Đèn {n} tắt", name=f"Ai đó {n}", seen="on") for n in range(3)
    ]
    complaint = entered(
        client, staff, nature="complaint", known_on="01/03/2026", title="QĐ 5", seen="on"
    )
    page = client.get(f"/desk/petitions/{lamps[0].uid}/")
    assert page.context["acts"][0][0].name == "take_in"
    names = [
        act.name for act, *_rest in client.get(f"/desk/petitions/{complaint.uid}/").context["acts"]
    ]
    assert "take_in" not in names and "classify" in names
    assert (
        client.post(f"/desk/petitions/{lamps[0].uid}/take_in/", {"on": "03/03/2026"}).status_code
        == 302
    )
    sent = {
        "act": "take_in",
        "on": "03/03/2026",
        "uid": [str(one.uid) for one in (*lamps, complaint)],
    }
    client.post("/desk/petitions/batch/", sent)
    for lamp in lamps:
        lamp.refresh_from_db()
        assert lamp.state == "accepted" and (lamp.eligible, lamp.competent) == (True, True)
        steps = [step.act for step in lamp.steps.order_by("number")]
        assert steps == ["register", "classify", "accept"]
    complaint.refresh_from_db()
    assert complaint.state == "received"
    client.force_login(staff.inspector)
    assert (
        client.post(f"/desk/petitions/{lamps[0].uid}/take_in/", {"on": "03/03/2026"}).status_code
        == 403
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_asks_the_same_for_one_and_for_three(client, staff, django_assert_num_queries, rows):
    for n in range(rows):
        entered(client, staff, title=f"Việc số {n}", name=f"Người {n}", seen="on")
    client.get("/desk/petitions/")
    with django_assert_num_queries(10):
        page = client.get("/desk/petitions/").content.decode()
    assert (
        page.count("/desk/petitions/P") == 0
        and len(re.findall(r'href="/desk/petitions/[0-9a-f-]{36}/[?]', page)) == rows
    )


def test_a_list_is_found_without_marks_by_code_and_by_what_is_due(client, staff):
    it = entered(client, staff)
    for query, seen in (
        ("q=ngap+nuoc", True),
        (f"q={it.code.lower()}", True),
        ("q=man", False),
        ("which=overdue", True),
        ("which=mine", False),
        ("state=closed", False),
        ("nature=feedback", True),
    ):
        assert (it.title in client.get(f"/desk/petitions/?{query}").content.decode()) == seen, query
    assert client.get("/desk/petitions/?q=a").status_code == 400
    assert (
        it.code in b"".join(client.get("/desk/petitions.csv?which=all").streaming_content).decode()
    )
    client.force_login(staff.neighbour)
    assert (
        client.get("/desk/petitions/").status_code == 403
        and client.get(f"/desk/petitions/{it.uid}/").status_code == 404
    )


def test_the_search_box_of_a_page_holds_what_was_searched_for_not_the_filters_of_a_list(
    client, staff
):
    client.force_login(staff.handler)
    box = r'id="search-q" type="search" name="q" value="([^"]*)"'
    for path in (
        "/desk/petitions/?which=all&state=closed",
        "/desk/reception/?state=received",
        "/desk/obligations/?state=open",
    ):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert re.search(box, tight(answer.content.decode()))[1] == "", path
    found, none, empty = (
        tight(client.get(f"/search/?q={words}").content.decode())
        for words in ("ba+dinh", "khong+co+noi+nay", "")
    )
    assert (
        re.search(box, found)[1] == "ba dinh"
        and "Kết quả cho “ba dinh”" in found
        and "Không tìm thấy gì" not in found
    )
    assert (
        "Không tìm thấy gì" in none
        and "Không tìm thấy gì" not in empty
        and re.search(box, empty)[1] == ""
    )


def test_two_persons_open_an_identity_in_two_browsers(client, staff):
    it = entered(client, staff, nature="denunciation", signers="", secret_text="Tôi ở cạnh nhà")
    vault = f"/desk/vault/{it.sealed}/"
    assert (
        "Mận"
        not in client.get(f"/desk/petitions/{it.uid}/").content.decode()
        + client.get(vault).content.decode()
    )
    assert client.post(f"{vault}read/").status_code == 403
    assert client.post(f"{vault}ask/", {"reason": "vì"}).status_code == 400
    client.post(f"{vault}ask/", {"reason": "Cần mời làm việc với đoàn xác minh"})
    client.force_login(staff.inspector)
    page = tight(client.get(vault).content.decode())
    asked = re.search(r'name="opening" value="(\d+)"', page)[1]
    assert "Có đề nghị mở" in client.get("/desk/notices/").content.decode()
    client.post(f"{vault}grant/", {"opening": asked})
    client.force_login(staff.handler)
    told = client.post(f"{vault}read/").content.decode()
    assert "Nguyễn Thị Mận" in told and "Tôi ở cạnh nhà" in told
    client.force_login(staff.overseer)
    assert "Đã cho phép" in client.get("/desk/notices/").content.decode()


def test_the_tables_of_the_sector_add_up(client, staff):
    natures = ["feedback"] * 6 + ["complaint"] * 5
    for n, nature in enumerate(natures):
        it = entered(client, staff, nature=nature, title=f"Việc {n}", name=f"Người {n}", seen="on")
        client.post(
            f"/desk/petitions/{it.uid}/classify/",
            {
                "on": "03/03/2026",
                "eligible": "yes" if n % 4 else "no",
                "fault": "" if n % 4 else "unclear",
                "competent": "yes" if n % 3 else "no",
                "nature": nature,
                "matter": "land_use",
                "stage": "first",
                "people": "1",
            },
        )
        if n % 4 and n % 3 == 0:
            client.post(
                f"/desk/petitions/{it.uid}/guide/",
                {"on": "04/03/2026", "elsewhere": "Tòa án", "text": "x"},
            )
    period = Period(date(2026, 3, 1), date(2026, 4, 1))
    tables = {
        table.key: {
            number: found.value
            for number, _name, found in table_rows(table, staff.ward.pk, period, today(), BY)
        }
        for table in TABLES
    }
    of = tables["petitions"]
    assert of[8] + of[9] + of[10] == of[6] == sum(1 for n in range(11) if n % 4)
    assert of[14] + of[18] == of[6] and of[15] + of[16] + of[17] == of[14]
    assert of[19] + of[20] + of[21] == of[18] and of[2] + of[3] >= of[4]
    complaints = tables["complaints"]
    assert (
        sum(complaints[n] for n in (10, 11, 12, 13, 14, 15))
        == complaints[8]
        == of[8]
        == complaints[16] + complaints[17] + complaints[18]
    )
    outcome = tables["outcome"]
    assert outcome[3] + outcome[4] + outcome[5] == outcome[1] == 11
    assert (
        to_be_processed(
            table_rows(
                next(table for table in TABLES if table.key == "petitions"),
                staff.ward.pk,
                period,
                today(),
                BY,
            )
        )
        == of[2] + of[3]
    )
    page = client.get(
        "/desk/petitions/tables/?unit=00004@2026-03-03&since=01/03/2026&last=31/03/2026"
    )
    assert page.status_code == 200


def test_a_visit_is_written_once_and_its_receipt_printed(client, staff):
    client.force_login(staff.handler)
    form = {
        "uid": str(uuid4()),
        "unit": "00004",
        "received_on": "02/03/2026",
        "form": "regular",
        "name": "Lê Văn Tám",
        "people": "6",
        "nature": "feedback",
        "content": "Hỏi đất",
    }
    receipt = client.post("/desk/reception/new/", form, follow=True).content.decode()
    assert "đoàn đông người" in receipt and 'class="qr"' in receipt and "1/2026" in receipt
    assert (
        "đã có trong sổ" in client.post("/desk/reception/new/", form, follow=True).content.decode()
        and Visit.objects.count() == 1
    )
    lines = (
        b"".join(client.get("/desk/reception.csv").streaming_content).decode().strip().splitlines()
    )
    assert len(lines) == 2 and len(lines[0].split(",")) >= 13
    client.post(
        "/desk/reception/days/new/",
        {
            "unit": "00004",
            "office": "Chủ tịch",
            "on": "02/03/2026",
            "form": "periodic",
            "room": "P1",
        },
    )
    assert "P1" in client.get("/reception/?unit=ba+dinh,+ha+noi").content.decode()


def test_a_board_is_elected_and_recognised_at_the_desk(client, staff):
    client.force_login(staff.clerk)
    client.post(
        "/desk/boards/new/",
        {
            "unit": "00004",
            "board": "peoples_inspection_board",
            "since": "01/08/2025",
            "until": "01/08/2030",
        },
    )
    page = f"/desk/boards/{BoardTerm.objects.get().uid}/"
    refused = client.post(
        f"{page}elect/",
        {
            "name": "Ông Cán Bộ",
            "elected_on": "10/08/2025",
            "role": "member",
            "is_resident": "1",
            "is_official": "1",
        },
    )
    assert (
        refused.status_code == 400
        and "Điều 37" in refused.content.decode()
        and "Ông Cán Bộ" in refused.content.decode()
    )
    assert client.post(f"{page}recognise/", {"on": "11/08/2025"}).status_code == 403
    client.force_login(staff.chair)
    assert "có 0" in client.post(f"{page}recognise/", {"on": "11/08/2025"}).content.decode()


@turn(4, together=1)
@pytest.mark.browser
def test_the_pages_of_petitions_at_the_desk_are_for_everyone(browser_page, client, site, staff):
    it = entered(client, staff, nature="denunciation", signers="")
    entered(client, staff, title="Đèn hỏng")
    Matter.objects.get(key="road")
    client.post(
        "/desk/reception/days/new/",
        {
            "unit": "00004",
            "office": "Chủ tịch",
            "on": "02/03/2026",
            "form": "periodic",
            "room": "P1",
        },
    )
    browser_page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}]
    )
    for path in (
        "/desk/petitions/",
        "/desk/petitions/new/",
        f"/desk/petitions/{it.uid}/",
        f"/desk/vault/{it.sealed}/",
        "/desk/reception/",
        "/desk/reception/new/",
        "/desk/petitions/tables/",
        "/desk/notices/",
    ):
        inspect(browser_page, path)
    client.force_login(staff.clerk)
    client.post(
        "/desk/boards/new/",
        {
            "unit": "00004",
            "board": "peoples_inspection_board",
            "since": "01/08/2025",
            "until": "01/08/2030",
        },
    )
    browser_page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}]
    )
    for path in (
        "/desk/boards/",
        f"/desk/boards/{BoardTerm.objects.get().uid}/",
        "/desk/boards/new/",
    ):
        inspect(browser_page, path)


def test_a_lamp_is_seen_and_answered_with_a_photo_that_its_sender_sees(client, staff):
    def photo(seed):
        return SimpleUploadedFile("den.jpg", jpeg(seed=seed), content_type="image/jpeg")

    client.force_login(staff.handler)
    receipt = client.post("/desk/petitions/new/", typed(files=[photo(1)]))
    lamp = Petition.objects.get()
    here = f"/desk/petitions/{lamp.uid}/"
    [own] = lamp.papers.all()
    assert f'<img src="/desk/petitions/papers/{own.pk}/"' in tight(
        client.get(here).content.decode()
    )
    client.post(f"{here}take_in/", {"on": "03/03/2026"})
    answer = {"on": "04/03/2026", "text": "Đã thay bóng."}
    wrong = SimpleUploadedFile("a.pdf", pdf(), content_type="application/pdf")
    for photos in ([wrong], [photo(n) for n in range(2, 8)]):
        refused = client.post(f"{here}answer/", {**answer, "photos": photos})
        assert refused.status_code == 400 and "photos" in refused.context["refused"].errors
    assert lamp.papers.count() == 1
    assert client.post(f"{here}answer/", {**answer, "photos": [photo(2)]}).status_code == 302
    assert lamp.papers.filter(is_answer=True).count() == 1

    client.logout()
    follow = {"code": lamp.code, "secret": receipt.context["secret"]}
    page = tight(client.post("/petitions/follow/", follow).content.decode())
    own, mended = re.findall(r'<img[^>]*src="([^"]+)"', page.partition("<main")[2])[::-1]
    assert "Mưa là ngập" in page and own != mended
    seen = client.get(mended)
    assert seen["Content-Type"] == "image/jpeg" and b"Model 5" not in seen.getvalue()


@pytest.mark.parametrize("uses_sms", [True, False])
def test_an_official_is_offered_no_messages_where_none_are_sent(client, staff, settings, uses_sms):
    Installation.objects.update_or_create(pk=1, defaults={"uses_sms": uses_sms})
    settings.DEMO = True  # every channel is set up
    client.force_login(staff.handler)
    field = client.get("/desk/petitions/new/").context["form"].fields["notify_by"]
    assert ("sms" in dict(field.choices)) == uses_sms

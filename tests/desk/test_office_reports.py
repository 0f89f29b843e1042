"""A report of any unit and period is written, discussed, sealed and read by pages."""

import io
import re
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import transaction
from docx import Document as WordFile
from lxml import html
from python_calamine import CalamineWorkbook

from danchu.kernel.days import show_day, today
from danchu.kernel.refusals import Denied, Refused
from danchu.people.actor import Actor
from danchu.register.actions import confirm_event, draft_event
from danchu.register.models import Event
from danchu.reports.actions import (
    comment_report,
    drop_report,
    edit_report,
    enter_score,
    issue_report,
    reopen_report,
    start_report,
    submit_report,
)
from danchu.reports.document import fill
from danchu.reports.models import OfficeReport, Seal
from danchu.reports.office_forms import form_of
from danchu.units.find import unit_from
from tests.browser import inspect
from tests.desk.conftest import BY
from tests.markup import tight
from tests.papers.test_official import drawn_text
from tests.sizes import turn

TEXT = (
    "# I. Giám sát\nMặt trận mở {F01} cuộc, {F01 so cùng kỳ}. Chỉ số đạt {par_index} điểm.\n"
    "Có {opinions} ý kiến, chỉ số là {par_index}.\n"
    "[Bảng: Phụ lục | F01; opinions; par_index | so cùng kỳ]"
)
SINCE, LAST = date(2026, 7, 1), date(2026, 9, 30)


@pytest.fixture
def records(officials):
    """Seven supervisions in the quarter, four in that a year earlier, one outside of both."""
    for year, number in ((2026, 7), (2025, 4)):
        for n in range(number):
            supervised(officials.ward, date(year, 7 + n % 3, 5))
    supervised(officials.ward, date(2026, 10, 1))
    return officials


def supervised(unit, day):
    event = draft_event("supervision_217", by=BY, unit=unit, held_on=day, title="Giám sát")
    return confirm_event(event, by=BY)


@pytest.fixture
def report(officials):
    return start_report(by=BY, unit=officials.ward, since=SINCE, last=LAST, title="Quý III")


def words_of_pdf(content):
    """Each drawn piece of text, read by the letters of each face of the file."""
    tables, pieces = drawn_text(content)
    signs = {b"r": b"\r", b"n": b"\n"}
    plain = [
        re.sub(rb"\\(.)", lambda match: signs.get(match[1], match[1]), piece, flags=re.S)
        for piece in pieces
    ]
    codes = [[int.from_bytes(p[n : n + 2]) for n in range(0, len(p), 2)] for p in plain]
    return [
        "".join(table.get(code, "?") for code in piece)
        for table in tables.values()
        for piece in codes
    ]


def typed(report, **other):
    values = {
        "title": report.title,
        "text": TEXT,
        "issuer": "Ban Chỉ đạo",
        "number": "12/BC-BCĐ",
        "place": "Ba Đình",
        "signer": "Nguyễn Văn An",
        "recipients": "Thành ủy\nLưu",
    }
    return {**values, **other}


def test_it_is_written_discussed_sealed_and_read_by_pages(client, records):
    client.force_login(records.head)
    form = client.get("/desk/office-reports/new/").context["form"]
    answer = client.post(
        "/desk/office-reports/new/",
        {
            "uid": form["uid"].value(),
            "unit": "Ba Đình",
            "period": "2026-q3",
            "title": "Dân chủ ở cơ sở quý III năm 2026",
        },
    )
    report = OfficeReport.objects.get()
    assert (report.since, report.until) == (date(2026, 7, 1), date(2026, 10, 1))
    page = client.get(answer.url)
    assert "chưa viết" in page.content.decode()  # the outline has places to fill
    assert client.post(f"{answer.url}seal/", {"sure": "on"}).status_code == 400
    assert client.post(f"{answer.url}edit/", typed(report)).status_code == 302
    assert client.post(f"{answer.url}submit/").status_code == 302
    assert (
        client.post(f"{answer.url}comment/", {"text": "Thêm số liệu quý trước"}).status_code == 302
    )
    page = client.get(answer.url).content.decode()
    text = " ".join(re.sub("<[^>]*>", " ", page.partition("<article")[2]).split())
    assert "Mặt trận mở 7 cuộc, tăng 3 cuộc so với cùng kỳ năm trước" in text, text[:600]
    assert ": chưa có số liệu ." in text and "đạt chưa có" not in page
    assert "Thêm số liệu quý trước" in page
    client.logout()
    assert client.get(f"/report/{report.uid}/").status_code == 404
    client.force_login(records.head)
    assert client.post(f"{answer.url}seal/").status_code == 400  # not confirmed
    assert client.post(f"{answer.url}seal/", {"sure": "on"}).status_code == 302
    report.refresh_from_db()
    assert report.state == "sealed" and report.seal.unit_id == records.ward.pk
    client.logout()
    public = client.get(f"/report/{report.uid}/").content.decode()
    assert ">7</a> cuộc" in public
    assert "Dân chủ ở cơ sở quý III năm 2026" in client.get("/report/").content.decode()
    assert "Dân chủ ở cơ sở quý III năm 2026" in client.get("/sealed-reports/").content.decode()
    assert "Còn nguyên" in client.get(f"/report/seals/{report.seal_id}/").content.decode()


def test_the_number_is_the_count_of_the_rows(records, report):
    rows = [
        event
        for event in Event.objects.filter(kind="supervision_217", state="confirmed")
        if event.unit_id == records.ward.pk and SINCE <= event.held_on <= LAST
    ]
    edit_report(report, by=BY, **typed(report))
    report = issue_report(OfficeReport.objects.get(), by=BY)
    line = report.seal.lines.get(key="supervisions_217", since=SINCE)
    assert line.value == f"{len(rows)}"


@pytest.mark.parametrize(
    ("plan", "words"),
    [("7", "đạt 100,0\u00a0% kế hoạch (7)"), ("1.400", "đạt 0,5\u00a0% kế hoạch (1.400)")],
)
def test_a_number_is_compared_with_that_of_the_plan(records, report, plan, words):
    sentence = f"Có {{F01}} cuộc, {{F01 so kế hoạch {plan}}}."
    edit_report(report, by=BY, **typed(report, text=sentence))
    [block] = fill(form_of(OfficeReport.objects.get())).blocks
    assert block.spans[3].text == words


def test_what_is_typed_is_shown_with_its_numbers_before_anything_is_written(
    client, records, report
):
    client.force_login(records.head)
    here = f"/desk/office-reports/{report.uid}/edit/"
    page = client.get(here)
    numbers = {code: number for code, _name, number in page.context["form"].figures}
    assert numbers["F01"] == "7" and len(numbers) > 50
    shown = client.post(here, {**typed(report, text="Mở {F01} cuộc."), "preview": "1"})
    preview = tight(shown.content.decode()).partition('id="preview"')[2]
    assert shown.status_code == 200 and ">7</a>cuộc." in preview
    again = client.post(
        here,
        {**typed(report, text="Mở {F01} cuộc."), "preview": "1"},
        headers={"X-Preview": "1"},
    )
    assert len(again.content) < 2_000 and ">7</a> cuộc." in again.content.decode()
    wrong = client.post(here, {**typed(report, text="Mở {X99} cuộc."), "preview": "1"})
    assert "Dòng 1: Không có chỉ tiêu “X99”" in wrong.content.decode()
    report.refresh_from_db()
    assert "Mở" not in report.text


def test_a_title_that_names_another_quarter_is_asked_about_before_it_is_sealed(
    client, records, report
):
    titles = {"title": "Dân chủ ở cơ sở quý IV năm 2026", "english_title": "Fourth quarter of 2026"}
    edit_report(report, by=BY, **typed(report, **titles))
    client.force_login(records.head)
    here = f"/desk/office-reports/{report.uid}/"
    page = client.get(here).content.decode()
    assert "nêu “quý IV năm 2026”" in page and "01/07/2026 – 30/09/2026" in page
    refused = client.post(f"{here}seal/", {"sure": "on"})
    assert refused.status_code == 400
    assert refused.context["refused"].errors.keys() == {"title_is_right"}
    with pytest.raises(Refused) as refusal:
        issue_report(OfficeReport.objects.get(), by=BY)
    assert refusal.value.field == "title_is_right" and not Seal.objects.exists()
    sealed = client.post(f"{here}seal/", {"sure": "on", "title_is_right": "on"})
    assert sealed.status_code == 302 and Seal.objects.count() == 1


def test_a_title_that_names_its_own_quarter_is_not_asked_about(client, records, report):
    edit_report(report, by=BY, **typed(report))
    client.force_login(records.head)
    page = client.get(f"/desk/office-reports/{report.uid}/").content.decode()
    assert "title_is_right" not in page


def test_who_seals_before_the_end_of_the_period_is_told_until_when_records_come(
    client, records, report
):
    client.force_login(records.head)
    last = today() + timedelta(days=3)
    early = start_report(
        by=BY, unit=records.ward, since=last - timedelta(days=30), last=last, title="Báo cáo tháng"
    )
    for one, is_told in ((early, True), (report, False)):
        page = client.get(f"/desk/office-reports/{one.uid}/").content.decode()
        assert (f"Kỳ báo cáo đến {show_day(last)} mới hết" in page) is is_told


@pytest.mark.parametrize("ending", [".docx", ".pdf", ".xlsx"])
def test_the_official_file_has_the_letterhead_the_numbers_and_the_table(
    client, records, report, ending
):
    edit_report(report, by=BY, **typed(report))
    client.force_login(records.head)
    content = client.get(f"/report/{report.uid}/file{ending}").getvalue()
    if ending == ".docx":
        word = WordFile(io.BytesIO(content))
        texts = [p.text for p in word.paragraphs]
        texts += [c.text for t in word.tables for row in t.rows for c in row.cells]
    elif ending == ".pdf":
        texts = words_of_pdf(content)
    else:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
        texts = [str(cell) for sheet in sheets for row in sheet for cell in row]
        assert 7.0 in [cell for sheet in sheets for row in sheet for cell in row]
    said = " ".join(" ".join(texts).split())
    wanted = ["I. Giám sát", "Cùng kỳ năm trước"]
    if ending != ".pdf":  # whose justified lines are drawn word by word
        wanted.append("Mặt trận mở 7 cuộc")
    if ending != ".xlsx":
        wanted += ["Phụ lục", "BAN CHỈ ĐẠO", "12/BC-BCĐ", "Nguyễn Văn An", "Thành ủy"]
    assert [words for words in wanted if words not in said] == []


@pytest.mark.parametrize(
    ("other", "field", "words"),
    [
        ({"text": "Có {X99} cuộc"}, "text", "Dòng 1"),
        ({"text": ""}, "text", ""),
        ({"text": "Có {F01 since=2026-10-05} cuộc"}, "text", "ít nhất một ngày"),
        ({"title": " "}, "title", ""),
        ({"english": "# I. One heading only"}, "english", "cùng các mục"),
    ],
)
def test_a_wrong_text_is_refused_on_its_field_and_stays(
    client, records, report, other, field, words
):
    client.force_login(records.head)
    answer = client.post(f"/desk/office-reports/{report.uid}/edit/", typed(report, **other))
    assert answer.status_code == 400
    form = answer.context["form"]
    assert words in " ".join(form.errors[field])
    assert form["text"].value() == typed(report, **other)["text"]


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"unit": "Không Có"}, "unit"),
        ({"period": "other"}, "since"),
        ({"period": "other", "since": "01/03/2026", "last": "01/02/2026"}, "last"),
        ({"period": "other", "since": "01/03/2999", "last": "02/03/2999"}, "since"),
        ({"period": "1066-y"}, "period"),
        ({"title": ""}, "title"),
    ],
)
def test_a_wrong_new_report_is_refused_on_its_field(client, officials, other, field):
    client.force_login(officials.head)
    values = {"uid": uuid4(), "unit": "Ba Đình", "period": "2026-q3", "title": "Quý III", **other}
    answer = client.post("/desk/office-reports/new/", values)
    assert answer.status_code == 400 and field in answer.context["form"].errors
    assert not OfficeReport.objects.exists()


@pytest.mark.parametrize(
    ("chosen", "ends"),
    [
        ({"period": "2026-q4"}, " – Quý IV năm 2026"),
        ({"period": "2026-q3"}, " – Quý III năm 2026"),
        (
            {"period": "other", "since": "01/08/2026", "last": "05/08/2026"},
            " – 01/08/2026 – 05/08/2026",
        ),
        ({"period": "2026-q4", "title": "Của tôi"}, "Của tôi"),
    ],
)
def test_the_offered_title_names_the_period_that_is_chosen(client, officials, chosen, ends):
    client.force_login(officials.head)
    form = client.get("/desk/office-reports/new/").context["form"]
    typed = {field.html_name: field.value() or "" for field in form}
    assert client.post("/desk/office-reports/new/", {**typed, **chosen}).status_code == 302
    title = OfficeReport.objects.get().title
    assert title.endswith(ends) and title.count("Quý") == ends.count("Quý")


def test_a_number_without_an_earlier_one_is_not_called_unknown(client, officials):
    supervised(officials.ward, date(2026, 7, 5))
    report = start_report(by=BY, unit=officials.ward, since=SINCE, last=LAST, title="Quý III")
    client.force_login(officials.head)
    page = client.get(f"/desk/office-reports/{report.uid}/").content.decode()
    text = " ".join(re.sub("<[^>]*>", "", page).split())
    assert "1 cuộc, chưa so được với cùng kỳ năm trước." in text
    assert ", (chưa có số liệu)." not in text


def test_sent_twice_it_is_one_and_sealed_twice_it_is_one(client, records):
    client.force_login(records.head)
    values = {"uid": uuid4(), "unit": "Ba Đình", "period": "2026-q3", "title": "Quý III"}
    for _time in range(2):
        assert client.post("/desk/office-reports/new/", values).status_code == 302
    report = OfficeReport.objects.get()
    edit_report(report, by=BY, **typed(report))
    stale = OfficeReport.objects.get()
    issue_report(OfficeReport.objects.get(), by=BY)
    with pytest.raises(Refused):
        issue_report(stale, by=BY)
    assert Seal.objects.count() == 1


def test_two_who_edit_at_once_are_told(client, records, report):
    client.force_login(records.head)
    form = client.get(f"/desk/office-reports/{report.uid}/edit/").context["form"]
    edit_report(report, by=BY, **typed(report, title="Người khác"))
    sent = typed(report, edition=form["edition"].value())
    assert client.post(f"/desk/office-reports/{report.uid}/edit/", sent).status_code == 409
    assert OfficeReport.objects.get().title == "Người khác"


def test_edited_while_it_is_sealed_it_is_not_issued(records, report, monkeypatch):
    edit_report(report, by=BY, **typed(report))
    read = OfficeReport.objects.get()
    edit_report(OfficeReport.objects.get(), by=BY, **typed(report, title="Sửa sau"))
    with pytest.raises(Refused, match="vừa được sửa"):
        issue_report(read, by=BY)
    assert OfficeReport.objects.get().state == "draft"


def test_who_seals_after_another_did_is_told_nothing_of_a_stored_tick(client, records, report):
    edit_report(report, by=BY, **typed(report))
    client.force_login(records.head)
    page = f"/desk/office-reports/{report.uid}/"
    own = html.fromstring(client.get(page).content.decode())
    [edition] = own.xpath("//form[contains(@action, 'seal')]//input[@name='edition']/@value")
    assert client.post(f"{page}seal/", {"sure": "on", "edition": edition}).status_code == 302
    answer = client.post(f"{page}seal/", {"sure": "on", "edition": edition})
    assert "đang lưu là" not in answer.content.decode()


def test_sealed_it_never_changes(client, records, report):
    edit_report(report, by=BY, **typed(report))
    report = issue_report(OfficeReport.objects.get(), by=BY)
    for act in (
        lambda: edit_report(report, by=BY, **typed(report)),
        lambda: comment_report(report, by=BY, text="a"),
    ):
        with pytest.raises(Refused):
            act()


def test_others_see_nothing_of_a_draft(client, officials, report):
    client.force_login(officials.neighbour)
    assert client.get(f"/desk/office-reports/{report.uid}/").status_code == 404
    assert client.get(f"/report/{report.uid}/").status_code == 404
    assert client.get(f"/report/{report.uid}/file.docx").status_code == 404
    client.force_login(officials.clerk)  # the Front's clerk reads it, and may comment only
    page = client.get(f"/desk/office-reports/{report.uid}/")
    assert [act.name for act, *_rest in page.context["acts"]] == ["comment"]


RIGHTS = {
    "start": ("officer", "head"),
    "edit": ("officer", "head"),
    "submit": ("officer", "head"),
    "reopen": ("officer", "head"),
    "drop": ("officer", "head"),
    "comment": ("officer", "head", "clerk", "chair"),
    "issue": ("officer", "head"),
    "score": ("officer",),
}


def act_of(name, report, ward, by):
    """Do the act as `by`; the report is brought to where it may follow."""
    if name == "start":
        return start_report(by=by, unit=ward, since=SINCE, last=LAST, title="Khác")
    if name == "score":
        city = unit_from(f"01@{today().isoformat()}")
        numbers = {"score": Decimal("80"), "rank": None, "source": "Quyết định 1"}
        return enter_score(by=by, unit=city, series="sipas", year=2025, **numbers)
    if name == "reopen":
        report = submit_report(report, by=BY)
    acts = {
        "edit": lambda: edit_report(report, by=by, **typed(report)),
        "submit": lambda: submit_report(report, by=by),
        "reopen": lambda: reopen_report(report, by=by),
        "drop": lambda: drop_report(report, by=by, reason="Nhầm"),
        "comment": lambda: comment_report(report, by=by, text="Ý kiến"),
        "issue": lambda: issue_report(edit_report(report, by=BY, **typed(report)), by=by),
    }
    return acts[name]()


@pytest.mark.parametrize("name", RIGHTS)
def test_each_act_is_done_by_whom_the_table_names(officials, report, name):
    for role in ("clerk", "chair", "neighbour", "officer", "head"):
        by = Actor.of(getattr(officials, role), second_factor=True)
        with transaction.atomic():
            if role in RIGHTS[name]:
                act_of(name, OfficeReport.objects.get(), officials.ward, by)
            else:
                with pytest.raises(Denied), transaction.atomic():
                    act_of(name, OfficeReport.objects.get(), officials.ward, by)
            transaction.set_rollback(True)


def test_a_form_of_any_day_is_read(report):
    assert form_of(report).period.since == SINCE


@turn(4, together=3)
@pytest.mark.browser
def test_the_pages_are_for_everyone(browser_page, client, site, records, report):
    client.force_login(records.head)
    browser_page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}]
    )
    for path in ("", "new/", f"{report.uid}/", f"{report.uid}/edit/"):
        inspect(browser_page, f"/desk/office-reports/{path}")
    edit_report(report, by=BY, **typed(report))
    sealed = issue_report(OfficeReport.objects.get(), by=BY)
    inspect(browser_page, f"/report/{sealed.uid}/")
    inspect(browser_page, "/sealed-reports/")

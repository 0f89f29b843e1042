"""The law at the desk: the operator tries a change before it is written, two do not overwrite
each other, nobody else comes in.
"""

import csv
import re
from dataclasses import replace
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from danchu.desk.law_lines import Line, lines_behind, mark_of_line, narrowed_lines
from danchu.journal.models import Entry
from danchu.journal.verify import verify_chain
from danchu.law.book import book
from danchu.law.loading import load_law
from danchu.law.models import CalendarVersion, LegalText, RuleVersion
from danchu.obligations.actions import meet_obligation, owe
from danchu.obligations.loading import load_escalations
from danchu.obligations.models import Escalation, Obligation
from danchu.people.actions import appoint, create_account
from danchu.people.models import OfficeKind
from danchu.units.models import Unit
from tests.browser import inspect
from tests.desk.conftest import BY
from tests.markup import tight
from tests.sizes import long, one_in, part, turn

pytestmark = pytest.mark.usefixtures("law_loaded")

EVENT = date(2026, 9, 21)


@pytest.fixture
def law(officials, client, clock):
    """The law, one obligation that is open, one that is met; an operator logged in on 22
    September 2026.
    """
    clock.set("2026-09-22")
    load_law(by=BY)
    load_escalations(by=BY)
    officials.operator = create_account(by=BY, email="vanhanh@example.vn", name="Vận hành")
    appoint(
        officials.operator,
        by=BY,
        office_kind=OfficeKind.objects.get(key="operator"),
        unit=Unit.objects.get(level="nation"),
        since=date(2025, 7, 1),
    )
    client.force_login(officials.operator)
    officials.owed = owe(
        by=BY,
        unit=officials.ward,
        rule_key="decision.send",
        event_on=EVENT,
        title="Gửi quyết định về đường ngõ",
    )
    officials.met = owe(
        by=BY,
        unit=officials.ward,
        rule_key="decision.send",
        event_on=EVENT,
        title="Gửi quyết định đã xong",
    )
    meet_obligation(officials.met, by=BY, on=date(2026, 9, 22))
    return officials


def newest(key="decision.send"):
    return RuleVersion.objects.uncorrected().filter(key=key).order_by("since").last()


def typed(version=None, **more):
    """What the form of a new version carries when it is sent."""
    version = version or newest()
    same = {
        name: getattr(version, name) for name in ("vi", "en", "sense", "value", "unit", "article")
    }
    return {
        **same,
        "text": version.text_id,
        "mark": "operator",
        "transition": "new",
        "note": "",
        "seen": version.pk,
        "since": "23/09/2026",
        "until": "",
        **more,
    }


NEW = "/desk/law/decision.send/new/"


def said(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.mark.case("FA10")
@pytest.mark.parametrize("sort", ["", "-mark", "name", "-name", "since", "-since"])
def test_no_rule_is_passed_over_where_another_one_left_the_page_before(law, sort):
    """Between two pages the first and the last rule of the first one were checked or no longer fit
    the filter.
    """
    request = RequestFactory().get("/desk/law/", {"sort": sort} if sort else {})
    lines = narrowed_lines(request)
    query = {**request.GET.dict(), "after": mark_of_line(lines[49])}
    assert lines_behind(lines, query) == lines[50:]
    assert lines_behind(lines[1:49] + lines[50:], query) == lines[50:]
    checked = [Line(replace(line.rule, mark="verified"), 1) for line in (lines[0], lines[49])]
    behind = lines_behind([*lines[1:49], *lines[50:], *checked], query)
    assert [line for line in behind if line not in checked] == lines[50:]
    for bad in ("", "50", "zz", "0.2026-01-01.no.such", f"x{query['after']}"):
        assert lines_behind(lines, {"after": bad}) == lines


def test_the_pages_of_all_rules_hold_each_rule_once(law, client):
    link = re.compile(r'<a href="/desk/law/([a-z0-9_.]+)/">')
    address, keys = "/desk/law/", []
    while address:
        text = client.get(address).content.decode()
        keys += link.findall(tight(text))
        following = re.search(r'href="(\?[^"]*after=[^"]+)"', text)
        address = f"/desk/law/{following[1].replace('&amp;', '&')}" if following else ""
    assert len(keys) > 50 and sorted(keys) == book().rule_keys()


def test_those_not_checked_stand_first_and_every_mark_can_be_filtered(law, client):
    names = re.findall(
        r'<a href="/desk/law/([a-z0-9_.]+)/">', tight(client.get("/desk/law/").content.decode())
    )
    marks = [book().rule(name, date(2026, 9, 22)).mark for name in names]
    order = ("memory_low", "memory_med", "memory_high", "secondary", "operator", "verified")
    assert marks == sorted(marks, key=order.index) and marks[0] == "memory_low" and len(names) == 50
    assert "supervision_217.answer" in client.get("/desk/law/?mark=unchecked").content.decode()
    assert "supervision_217.answer" not in client.get("/desk/law/?mark=verified").content.decode()
    assert (
        "pib.members"
        not in client.get("/desk/law/?q=ban+thanh+tra&sense=deadline").content.decode()
    )
    assert client.get("/desk/law/?sort=-since&after=zz&q=khong-co-gi").status_code == 200
    lines = (
        b"".join(client.get("/desk/law.csv?mark=unchecked").streaming_content)
        .decode()
        .strip()
        .splitlines()
    )
    assert len(lines) == 1 + sum(
        not book().rule(name, date(2026, 9, 22)).is_verified
        for name in book().rule_keys()
        if any(one.in_force(date(2026, 9, 22)) for one in book().versions(name))
    )


def test_a_new_version_is_tried_first_and_nothing_is_written_until_it_is_asked_for(law, client):
    rows, entries = RuleVersion.objects.count(), Entry.objects.count()
    answer = client.post(NEW, typed(value="7", since="21/09/2026", do="look"))
    text = said(answer)
    assert "1 việc chưa làm sẽ đổi hạn" in text and "Gửi quyết định về đường ngõ" in text
    assert "28/09/2026" in text and "30/09/2026" in text and "Gửi quyết định đã xong" not in text
    assert (RuleVersion.objects.count(), Entry.objects.count()) == (rows, entries)
    csv = b"".join(
        client.post(NEW, typed(value="7", since="21/09/2026", do="csv")).streaming_content
    ).decode()
    assert "Gửi quyết định về đường ngõ" in csv and "30/09/2026" in csv
    answer = client.post(NEW, typed(value="7", since="21/09/2026", do="write"), follow=True)
    assert "số hạn đã đổi: 1" in said(answer)
    law.owed.refresh_from_db()
    law.met.refresh_from_db()
    assert (law.owed.due_on, law.met.due_on) == (date(2026, 9, 30), date(2026, 9, 28))
    assert list(verify_chain()) == []


def test_a_change_that_moves_nothing_says_so(law, client):
    assert "Không hạn nào của việc chưa làm thay đổi" in said(
        client.post(NEW, typed(value="7", do="look"))
    )


def test_the_law_it_rests_on_is_chosen_or_written_down_with_it(law, client):
    given = typed(
        value="7",
        text="",
        text_vi="Luật 99/2026/QH16",
        text_en="Law 99/2026/QH16",
        text_since="23/09/2026",
        do="look",
    )
    assert client.post(NEW, given).status_code == 200
    assert not LegalText.objects.filter(vi="Luật 99/2026/QH16").exists(), "trying keeps nothing"
    client.post(NEW, {**given, "do": "write"})
    assert newest().text.vi == "Luật 99/2026/QH16" and newest().text.pk == "luat-99-2026-qh16"
    assert "Luật 99/2026/QH16" in client.get("/law/decision.send/").content.decode()


@one_in(4)
@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"value": "0"}, "value"),
        ({"value": "mười"}, "value"),
        ({"value": ""}, "value"),
        ({"since": "31/02/2026"}, "since"),
        ({"since": "01/07/2023"}, "since"),
        ({"until": "01/01/2020"}, "since"),
        ({"unit": "share"}, "unit"),
        ({"sense": "zz"}, "sense"),
        ({"mark": "zz"}, "mark"),
        ({"transition": "zz"}, "transition"),
        ({"text": ""}, "text"),
        ({"text": "zz"}, "text"),
        ({"text": "", "text_vi": "Luật X"}, "text_en"),
        ({"text": "", "text_vi": "Luật X", "text_en": "Law X"}, "text_since"),
        (
            {
                "text": "",
                "text_vi": "Luật Tố cáo 25/2018/QH14",
                "text_en": "Law X",
                "text_since": "01/01/2020",
            },
            "text_vi",
        ),
        ({"vi": ""}, "vi"),
    ],
)
@pytest.mark.parametrize("do", ["look", "write"])
def test_what_was_typed_stays_when_it_is_refused(law, client, more, field, do):
    rows = RuleVersion.objects.count(), LegalText.objects.count()
    answer = client.post(
        NEW, typed(**{"value": "7", "article": "Điều 20 khoản 9", **more, "do": do})
    )
    text = answer.content.decode()
    assert answer.status_code == 400
    assert re.search(rf'id="id_{field}_error"', text), said(answer)
    assert "Điều 20 khoản 9" in text
    assert (RuleVersion.objects.count(), LegalText.objects.count()) == rows


def test_of_two_operators_the_second_is_told_to_look_again(law, client):
    seen = typed(value="7", since="01/01/2027", do="write")
    client.post(NEW, typed(value="6", since="01/12/2026", do="write"))
    answer = client.post(NEW, seen)
    assert answer.status_code == 400 and "vừa được người khác thay đổi" in said(answer)
    assert [one.value for one in book().versions("decision.send")] == [5, 6]


def test_a_version_recorded_wrongly_is_corrected_with_a_reason_and_both_stay_readable(law, client):
    wrong = newest("feedback.answer")
    page = f"/desk/law/feedback.answer/correct/{wrong.pk}/"
    given = {**typed(wrong, mark="verified"), "since": "15/11/2021"}
    assert client.post(page, {**given, "do": "write"}).status_code == 400
    assert newest("feedback.answer").pk == wrong.pk, "a correction without its reason"
    client.post(page, {**given, "value": "15", "reason": "Đã đọc lại Thông tư", "do": "write"})
    assert (newest("feedback.answer").value, newest("feedback.answer").mark) == ("15", "verified")
    text = said(client.get("/desk/law/feedback.answer/"))
    assert (
        "đã được đính chính" in text
        and "Đính chính: Đã đọc lại Thông tư" in text
        and "10 ngày" in text
        and "15 ngày" in text
    )
    assert client.get(page).status_code == 404, "the wrong one is corrected already"


def test_a_rule_that_was_not_in_the_book_can_be_added(law, client):
    given = {
        **typed(),
        "key": "local.report",
        "seen": 0,
        "vi": "Báo cáo của địa phương",
        "en": "Local report",
        "value": "9",
        "do": "write",
    }
    assert client.post("/desk/law/new/", {**given, "key": "Báo cáo"}).status_code == 400
    assert client.post("/desk/law/new/", {**given, "key": "pib.answer"}).status_code == 400, (
        "that rule is there already"
    )
    client.post("/desk/law/new/", given)
    assert newest("local.report").value == "9"


def days(*rows, seen=None, **more):
    """What the form of a year carries."""
    seen = (
        CalendarVersion.objects.filter(year=2026).latest("number").number if seen is None else seen
    )
    lists = {
        "day": [row[0] for row in rows],
        "kind": [row[1] for row in rows],
        "name": [row[2] for row in rows],
    }
    return {**lists, "basis": "Thông báo 1234/TB-BNV", "mark": "verified", "seen": seen, **more}


def as_it_stands():
    return [
        (f"{d.day:%d/%m/%Y}", d.kind, d.name)
        for d in CalendarVersion.objects.filter(year=2026).latest("number").days.order_by("day")
    ]


def test_no_row_of_a_calendar_is_left_out_and_every_wrong_one_is_marked(law, client):
    rows = [(f"{n % 28 + 1:02d}/{n // 28 + 1:02d}/2026", "holiday", f"Ngày {n}") for n in range(90)]
    answer = client.post("/desk/law/calendar/2026/", days(*rows, do="write"))
    page = answer.content.decode()
    assert answer.status_code == 400 and "nhiều nhất 80 dòng, ở đây có 90" in page
    assert page.count('name="day"') >= 90 and "Ngày 89" in page
    wrong = [("31/02/2026", "x", ""), ("", "holiday", "Thiếu ngày"), ("1/5/2026", "y", "a" * 121)]
    answer = client.post("/desk/law/calendar/2026/", days(*wrong, do="write"))
    page = answer.content.decode()
    assert answer.status_code == 400 and "a" * 121 in page
    assert page.count("Hãy chọn loại ngày.") == 2 and "Hãy ghi tên ngày." in page
    assert "Không có ngày “31/02/2026”" in page and "quá 120 ký tự" in page


def test_a_day_off_is_tried_first_then_moves_only_what_is_open(law, client):
    rows = [*as_it_stands(), ("24/09/2026", "holiday", "Nghỉ thêm"), ("", "holiday", "")]
    before = CalendarVersion.objects.count()
    text = said(client.post("/desk/law/calendar/2026/", days(*rows, do="look")))
    assert (
        "Thêm 24/09/2026: Nghỉ lễ, Tết, Nghỉ thêm" in text
        and "1 việc chưa làm sẽ đổi hạn" in text
        and "29/09/2026" in text
    )
    assert CalendarVersion.objects.count() == before
    answer = client.post("/desk/law/calendar/2026/", days(*rows, do="write"), follow=True)
    assert "số hạn đã đổi: 1" in said(answer)
    assert dict(Obligation.objects.values_list("title", "due_on")) == {
        "Gửi quyết định về đường ngõ": date(2026, 9, 29),
        "Gửi quyết định đã xong": date(2026, 9, 28),
    }
    assert "Nghỉ thêm" in client.get("/desk/law/calendar/2026/").content.decode()
    first = CalendarVersion.objects.filter(year=2026).earliest("number").number
    assert (
        "Nghỉ thêm" not in client.get(f"/desk/law/calendar/2026/?version={first}").content.decode()
    )


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (("31/02/2026", "holiday", "Tết"), "Không có ngày"),
        (("01/03/2026", "party", "Tết"), "Hãy chọn loại ngày"),
        (("01/03/2026", "holiday", ""), "Hãy ghi tên ngày"),
        (("02/03/2026", "make_up", "làm bù"), "phải là thứ Bảy hoặc Chủ nhật"),
        (("01/03/2025", "holiday", "Tết"), "không thuộc năm này"),
    ],
)
def test_a_row_that_does_not_read_is_told_and_stays(law, client, row, told):
    answer = client.post(
        "/desk/law/calendar/2026/", days(row, ("05/03/2026", "holiday", "Ngày khác"), do="write")
    )
    assert answer.status_code == 400 and told in said(answer)
    assert f'value="{row[0]}"' in answer.content.decode() and "Ngày khác" in answer.content.decode()
    assert "Thông báo 1234/TB-BNV" in answer.content.decode()


def test_a_year_is_loaded_from_a_file_with_the_words_of_the_page_or_of_the_machine(law, client):
    file = SimpleUploadedFile(
        "lich.csv",
        "day,kind,name\n01/01/2028,Nghỉ lễ Tết,Tết Dương lịch\n2028-02-05,holiday,Tết "
        "Nguyên đán\n06/02/2028,Làm bù,làm bù\n".encode(),
    )
    answer = client.post("/desk/law/calendar/2028/", {**days(seen=0), "file": file, "do": "load"})
    assert answer.status_code == 200 and "Tết Nguyên đán" in answer.content.decode()
    assert not CalendarVersion.objects.filter(year=2028).exists(), (
        "loading into the rows writes nothing"
    )
    rows = [
        ("01/01/2028", "holiday", "Tết Dương lịch"),
        ("05/02/2028", "holiday", "Tết Nguyên đán"),
        ("06/02/2028", "make_up", "làm bù"),
    ]
    client.post("/desk/law/calendar/2028/", days(*rows, seen=0, do="write"))
    assert CalendarVersion.objects.get(year=2028).days.count() == 3
    exported = b"".join(client.get("/desk/law/calendar/2028.csv").streaming_content).decode()
    assert [tuple(row) for row in csv.reader(exported.splitlines())][1:] == rows


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe\x00day",
        b"ngay,loai\n1,2\n",
        b"day,kind,name\n" + b"01/01/2028,holiday,x\n" * 90,
        b"x" * 200_000,
        b"day,kind,name\n01/01/2028\n",
    ],
)
def test_a_file_that_is_none_of_days_is_refused_or_shown_as_it_is(law, client, content):
    answer = client.post(
        "/desk/law/calendar/2028/",
        {
            **days(("09/09/2028", "holiday", "Giữ lại"), seen=0),
            "file": SimpleUploadedFile("a.csv", content),
            "do": "load",
        },
    )
    assert answer.status_code in (200, 400)
    assert (answer.status_code == 400) == ("Giữ lại" in answer.content.decode()), (
        "what was typed stays when the file is refused"
    )
    assert (
        client.post("/desk/law/calendar/2028/", {**days(seen=0), "do": "load"}).status_code == 400
    )


def test_of_two_operators_of_a_calendar_the_second_is_told_to_look_again(law, client):
    seen = days(*as_it_stands(), do="write")
    assert client.post("/desk/law/calendar/2026/", seen).status_code == 302
    answer = client.post("/desk/law/calendar/2026/", seen)
    assert answer.status_code == 400 and "vừa được người khác ghi lại" in said(answer)


def test_the_next_year_is_asked_for_in_time(law, client, clock):
    assert "Lịch nghỉ của năm 2028 chưa có" not in client.get("/desk/law/").content.decode()
    clock.set("2027-10-15")
    for page in ("/desk/law/", "/desk/law/calendar/"):
        assert "Lịch nghỉ của năm 2028 chưa có" in client.get(page).content.decode()
    client.post(
        "/desk/law/calendar/2028/",
        days(("01/01/2028", "holiday", "Tết Dương lịch"), seen=0, do="write"),
    )
    assert "Lịch nghỉ của năm 2028" not in client.get("/desk/law/").content.decode()
    assert [
        client.get(f"/desk/law/calendar/{year}/").status_code for year in (2028, 1900, 2300)
    ] == [200, 404, 404]


def test_more_rows_are_given_without_losing_those_typed(law, client):
    answer = client.post(
        "/desk/law/calendar/2028/",
        days(("09/09/2028", "holiday", "Giữ lại"), ("", "holiday", ""), seen=0, do="more"),
    )
    assert answer.content.decode().count('name="day"') == 7 and "Giữ lại" in answer.content.decode()


def test_who_is_told_is_changed_row_by_row(law, client):
    page = "/desk/law/escalations/"
    given = {
        "when": "before",
        "days": "5",
        "office": "commune_clerk",
        "above": "0",
        "rule_prefix": "complaint.",
    }
    client.post(page, given)
    row = Escalation.objects.get(rule_prefix="complaint.", office="commune_clerk")
    assert (row.before, row.days) == (True, 5)
    for wrong in (
        {"days": "0"},
        {"days": "x"},
        {"office": "zz"},
        {"rule_prefix": "zz"},
        {"above": "9"},
        {},
    ):
        answer = client.post(page, {**given, **wrong})
        assert answer.status_code == 400 and 'aria-invalid="true"' in answer.content.decode(), wrong
    client.post(f"{page}{row.pk}/", {**given, "when": "after", "days": "2"})
    row.refresh_from_db()
    assert (row.before, row.days) == (False, 2)
    client.post(f"{page}{row.pk}/remove/")
    assert "vừa được người khác bỏ" in said(client.post(f"{page}{row.pk}/remove/", follow=True))
    assert client.get(f"{page}{row.pk}/").status_code == 404
    assert client.get(f"{page}{row.pk}/remove/").status_code == 405
    acts = list(
        Entry.objects.filter(kind="escalation", actor_name="Vận hành")
        .order_by("number")
        .values_list("act", flat=True)
    )
    assert acts == ["escalation.added", "escalation.changed", "escalation.removed"]


PAGES = (
    "/desk/law/",
    "/desk/law.csv",
    "/desk/law/new/",
    NEW,
    "/desk/law/decision.send/",
    "/desk/law/calendar/",
    "/desk/law/calendar/2026/",
    "/desk/law/calendar/2026.csv",
    "/desk/law/escalations/",
)


@long
@pytest.mark.parametrize("role", ["clerk", "chair", "neighbour", "officer", "head"])
def test_nobody_but_who_may_change_the_law_of_the_country_comes_in(law, client, role):
    client.force_login(getattr(law, role))
    row, version = Escalation.objects.first(), newest()
    pages = (
        *PAGES,
        f"/desk/law/escalations/{row.pk}/",
        f"/desk/law/decision.send/correct/{version.pk}/",
    )
    for page in part(pages, 4, role):
        assert client.get(page).status_code == 403, page
        assert client.post(page, {**typed(), "do": "write"}).status_code == 403, page
    assert client.post(f"/desk/law/escalations/{row.pk}/remove/").status_code == 403
    assert "/desk/law/" not in client.get("/desk/").content.decode()
    assert newest().pk == version.pk


@pytest.mark.parametrize("rows", [1, 3])
def test_the_pages_ask_the_same_for_one_row_and_for_three(
    law, client, rows, django_assert_num_queries
):
    for n in range(rows - 1):
        owe(by=BY, unit=law.ward, rule_key="decision.send", event_on=EVENT, title=f"Việc {n}")
    text = {1: "pib.byelection", 3: "pib.answer"}[rows]
    client.get("/desk/law/")
    with django_assert_num_queries(9):
        assert client.get(f"/desk/law/?q={text}").content.decode().count("<tr>") == 1 + rows
    client.get("/desk/law/decision.send/")  # reads the book of the law, once
    with django_assert_num_queries(13):
        client.get("/desk/law/decision.send/")
    client.post(NEW, typed(value="7", since="21/09/2026", do="look"))
    with django_assert_num_queries(39):
        client.post(NEW, typed(value="7", since="21/09/2026", do="look"))


@turn(4, together=0)
@pytest.mark.browser
def test_the_pages_of_the_law_at_the_desk_are_for_everyone(browser_page, client, site, law, clock):
    clock.set("2026-10-15")
    browser_page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}]
    )
    row = Escalation.objects.first()
    for path in (
        "/desk/law/",
        "/desk/law/?q=zzz",
        "/desk/law/new/",
        NEW,
        "/desk/law/complaint.accept/",
        f"/desk/law/decision.send/correct/{newest().pk}/",
        "/desk/law/calendar/",
        "/desk/law/calendar/2026/",
        "/desk/law/calendar/2028/",
        "/desk/law/escalations/",
        f"/desk/law/escalations/{row.pk}/",
    ):
        inspect(browser_page, path)
        assert "/login/" not in browser_page.url


@turn(2, together=1)
@pytest.mark.browser
def test_a_change_is_tried_and_written_without_script(page_without_script, client, site, law):
    page = page_without_script
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}]
    )
    page.goto(NEW)
    page.fill("#id_since", "21/09/2026")
    page.fill("#id_value", "7")
    page.click("text=Xem trước ảnh hưởng")
    assert "1 việc chưa làm sẽ đổi hạn" in page.inner_text("main")
    page.click("button[value=write]")
    assert page.url.endswith("/desk/law/decision.send/") and "số hạn đã đổi: 1" in page.inner_text(
        "body"
    )
    page.goto("/desk/law/calendar/2026/")
    page.fill("tr:last-child input[name=day]", "29/09/2026")
    page.fill("tr:last-child input[name=name]", "Nghỉ thêm")
    page.click("text=Xem trước ảnh hưởng")
    assert "01/10/2026" in page.inner_text("main")
    page.click("button[value=write]")
    assert page.url.endswith("/desk/law/calendar/")
    law.owed.refresh_from_db()
    assert law.owed.due_on == date(2026, 10, 1)

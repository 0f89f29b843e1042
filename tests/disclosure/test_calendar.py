"""What the calendar brings: the plan of a year, the yearly duties of the law, the list of each
quarter and the reports to the Council, each by itself and once.
"""

from datetime import date
from uuid import uuid4

import pytest

from danchu.disclosure import actions
from danchu.disclosure.judging import standings_of
from danchu.disclosure.models import Content, CouncilReport, Item, Plan, Version, YearlyDuty
from danchu.disclosure.quarters import half_years_over, quarters_over
from danchu.kernel.refusals import Denied, Refused
from danchu.obligations.models import Obligation
from danchu.people.actor import Actor
from tests.disclosure.conftest import TITLE
from tests.faults.test_two_at_one_thing import edition_in
from tests.planted import check_each_field


@pytest.fixture
def plan(ward, client):
    """The plan of 2026 with one line in April, by pages."""
    client.force_login(ward.clerk)
    values = {"uid": uuid4(), "unit": "Đống Đa", "year": "2026", "responsible": "Chủ tịch"}
    assert client.post("/desk/disclosure-plans/new/", values).status_code == 302
    plan = Plan.objects.get()
    line = {"item": "commune.2", "title": "Quyết toán năm 2025", "planned_on": "06/04/2026"}
    assert do(client, plan, "add", line).status_code == 302
    return plan


def do(client, plan, act, values):
    return client.post(f"/desk/disclosure-plans/{plan.uid}/{act}/", values)


def test_a_line_of_an_adopted_plan_is_owed_from_its_day_on(client, ward, plan, clock, system):
    clock.set("2026-04-06")
    assert actions.arise_by_calendar(by=system) == 2, "the list and one yearly duty, no draft"
    assert do(client, plan, "adopt", {"on": "06/04/2026", "document": ""}).status_code == 400
    values = {"on": "06/04/2026", "document": "5/KH-UBND"}
    assert do(client, plan, "adopt", values).status_code == 302
    assert [actions.arise_by_calendar(by=system) for _again in range(2)] == [1, 0]
    content = Content.objects.get(origin="plan")
    assert (content.title, content.item.key) == ("Quyết toán năm 2025", "commune.2")
    assert content.versions.get().obligation.due_on == date(2026, 4, 13)
    client.logout()
    page = client.get(f"/disclosure-plans/{plan.uid}/").content.decode()
    assert "Quyết toán năm 2025" in page and "Chưa công khai" in page


def test_what_a_plan_adds_is_owed_beside_what_the_law_owes(client, ward, plan, clock, system):
    more = {
        "item": "commune.2",
        "title": "Dự toán điều chỉnh",
        "planned_on": "06/04/2026",
        "planned_forms": ["loudspeaker", "conference"],
        "planned_places": ["seat"],
    }
    assert do(client, plan, "add", more).status_code == 302
    do(client, plan, "adopt", {"on": "02/03/2026", "document": "5/KH-UBND"})
    clock.set("2026-04-14")
    actions.arise_by_calendar(by=system)
    contents = {content.title: content for content in Content.objects.filter(origin="plan")}
    owed = {title: needs_of_pages(content) for title, content in contents.items()}
    by_law = {
        ("Niêm yết", "Trụ sở", 30),
        ("Niêm yết", "Nhà văn hóa Tổ 5", 30),
        ("Niêm yết", "Nhà văn hóa Tổ 6", 30),
        ("Cổng, trang thông tin điện tử", "Trang phường", 0),
    }
    added = {
        ("Loa truyền thanh", "Loa phường", 0),
        ("Hội nghị trao đổi, đối thoại", "", 0),
    }
    assert owed == {"Quyết toán năm 2025": by_law, "Dự toán điều chỉnh": by_law | added}
    address = f"/disclosures/{contents['Dự toán điều chỉnh'].uid}/"
    page = " ".join(client.get(address).content.decode().split())
    assert "Kế hoạch thêm" in page and "Hội nghị trao đổi, đối thoại: chưa có" in page


def needs_of_pages(content):
    """What the page of a content says that it owes: (form, place, days)."""
    rows = standings_of(Content.objects.judged().get(pk=content.pk), date(2026, 4, 14))
    return {(str(one.form), one.place.name if one.place else "", one.days_needed) for one in rows}


def test_the_plan_of_the_next_year_is_one_press(client, plan):
    do(client, plan, "adopt", {"on": "02/03/2026", "document": "5/KH-UBND"})
    assert do(client, plan, "repeat", {}).status_code == 302
    follower = Plan.objects.get(year=2027)
    line = follower.lines.get()
    assert (follower.state, line.title) == ("draft", "Quyết toán năm 2025")
    assert line.planned_on == date(2027, 4, 6)
    assert do(client, plan, "repeat", {}).status_code == 400, "2027 has one"
    assert do(client, follower, "strike", {"line": str(line.uid)}).status_code == 302
    assert do(client, follower, "strike", {"line": str(line.uid)}).status_code == 400


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"planned_on": "06/04/2027"}, "planned_on"),
        ({"title": ""}, "title"),
        ({"item": "x"}, "item"),
    ],
)
def test_a_line_is_refused_on_its_field(client, plan, other, field):
    line = {"item": "commune.2", "title": "Quỹ", "planned_on": "06/04/2026"}
    answer = do(client, plan, "add", line | other)
    assert answer.status_code == 400 and plan.lines.count() == 1


def test_who_lacks_the_right_plans_and_sends_nothing(client, ward, plan, system, clock):
    clock.set("2026-06-02")
    actions.write_council_reports(by=system)
    report = CouncilReport.objects.get()
    client.force_login(ward.front)
    for act in ("add", "strike", "adopt", "repeat", "withdraw"):
        assert do(client, plan, act, {}).status_code == 403
    assert client.post(f"/desk/council-reports/{report.uid}/send/", {}).status_code == 403
    client.force_login(ward.chair)
    assert do(client, plan, "withdraw", {"reason": "Nhầm năm"}).status_code == 302
    by = Actor.of(ward.chair, date(2026, 6, 2))
    for act in (actions.arise_by_calendar, actions.write_council_reports):
        with pytest.raises(Denied):
            act(by=by)
    period = {"unit": report.unit, "since": report.since, "until": report.until}
    with pytest.raises(Denied):
        actions.write_council_report(by=Actor.of(ward.front, date(2026, 6, 2)), **period)
    for until in (report.until, date(2027, 6, 1)):
        with pytest.raises(Refused, match="đã có báo cáo"):
            actions.write_council_report(by=system, **period | {"until": until})


def test_what_the_law_asks_every_year_is_owed_on_its_day(ward, system, clock):
    for day, number in (("2026-03-30", 0), ("2026-03-31", 1), ("2026-07-01", 4), ("2027-01-01", 9)):
        clock.set(day)
        actions.arise_by_calendar(by=system)
        rows = Content.objects.filter(origin__in=["yearly", "list"])
        assert rows.count() == number, day
    budget = Content.objects.get(title="Thực hiện dự toán ngân sách quý I 2026")
    assert budget.terms.key == "budget.execution"
    assert budget.versions.get().obligation.due_on == date(2026, 4, 15)
    keys = set(YearlyDuty.objects.values_list("item", "special"))
    assert {key for pair in keys for key in pair} - {""} <= set(
        Item.objects.values_list("key", flat=True)
    )


def test_the_list_of_a_quarter_writes_itself_and_is_owed(client, ward, begin, post, system, clock):
    post(begin(), "Trụ sở", date(2026, 1, 12), date(2026, 2, 10))
    clock.set("2026-04-01")
    assert actions.arise_by_calendar(by=system) == 2
    content = Content.objects.get(origin="list")
    assert content.title == "Danh mục nội dung đã công khai quý 1 năm 2026"
    version = Version.objects.get(content=content)
    assert version.obligation.due_on == date(2026, 4, 8)
    answer = client.get(f"/disclosures/papers/{version.uid}/")
    assert answer["Content-Type"] == "application/pdf"
    clock.set("2026-04-09")
    page = client.get(f"/disclosures/{content.uid}/").content.decode()
    assert "quá hạn mà chưa công khai" in page


def test_the_list_names_each_posting_of_the_quarter_and_no_other(begin, post, ward):
    from danchu.disclosure.listed import NOTHING, list_lines  # noqa: PLC0415  beside its only use

    content = begin()
    post(content, "Trụ sở", date(2026, 1, 12), date(2026, 2, 10))
    post(content, "Trang phường", date(2026, 2, 1), form="portal")
    assert list_lines(ward.here, date(2026, 1, 1), date(2026, 4, 1)) == [
        f"1. {TITLE} (Điều 11 khoản 2): Niêm yết, Trụ sở, từ 12/01/2026 đến 10/02/2026; "
        "Cổng, trang thông tin điện tử, Trang phường, từ 01/02/2026."
    ]
    assert list_lines(ward.here, date(2025, 10, 1), date(2026, 1, 1)) == [NOTHING]


@pytest.mark.digested
def test_the_report_to_the_council_writes_itself_and_is_owed(
    client, ward, begin, post, system, clock
):
    post(begin(), "Trụ sở", date(2026, 1, 12))
    begin(title="Quỹ đền ơn đáp nghĩa")
    clock.set("2026-06-01")
    assert [actions.write_council_reports(by=system) for _again in range(2)] == [1, 0]
    report = CouncilReport.objects.get()
    lines = report.text.splitlines()
    assert "Số nội dung đã công khai: 1." in lines
    assert "Số lần phải công khai đến hạn: 2." in lines
    assert "- Quỹ đền ơn đáp nghĩa, ngày 09/01/2026." in lines
    duty = Obligation.objects.get(subject_kind="council_report")
    assert duty.due_on == date(2026, 7, 2) and "Mặt trận" in duty.owed_to
    client.force_login(ward.clerk)
    address = f"/desk/council-reports/{report.uid}/"
    assert "Quỹ đền ơn đáp nghĩa" in client.get(address).content.decode()
    values = {"on": "01/06/2026", "copied_on": "01/06/2026", "session": "Kỳ 5", "document": ""}
    assert client.post(f"{address}send/", values).status_code == 400
    assert client.post(f"{address}send/", values | {"document": "9/BC"}).status_code == 302
    duty.refresh_from_db()
    assert (duty.state, duty.done_on) == ("met", date(2026, 6, 1))
    check_each_field("council_report")


def test_quarters_and_half_years_end_when_they_end():
    first = date(2026, 3, 2)
    assert list(quarters_over(first, date(2026, 3, 31))) == []
    assert [row[:2] for row in quarters_over(first, date(2027, 1, 1))] == [
        (2026, 1),
        (2026, 2),
        (2026, 3),
        (2026, 4),
    ]
    assert list(half_years_over(first, date(2026, 5, 31))) == []
    assert list(half_years_over(first, date(2026, 12, 1))) == [
        (date(2025, 12, 1), date(2026, 6, 1)),
        (date(2026, 6, 1), date(2026, 12, 1)),
    ]


@pytest.mark.case("FA19")
def test_a_plan_whose_lines_changed_after_its_page_was_opened_is_not_adopted(
    client, ward, plan, system
):
    here = f"/desk/disclosure-plans/{plan.uid}/"
    values = {"on": "02/03/2026", "document": "5/KH-UBND"}
    seen = edition_in(client.get(here), f"{here}adopt/")
    actions.strike_line(plan, by=system, line=plan.lines.get())
    actions.add_line(
        plan, by=system, item="commune.3", title="Việc khác", planned_on=date(2026, 4, 1)
    )
    refused = client.post(f"{here}adopt/", {**values, "edition": seen})
    assert refused.status_code == 409 and "đã được sửa sau khi" in refused.content.decode()
    plan.refresh_from_db()
    assert plan.state == "draft"
    again = edition_in(refused, f"{here}adopt/")
    assert client.post(f"{here}adopt/", {**values, "edition": again}).status_code == 302

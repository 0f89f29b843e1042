"""Boards, plans, projects, violations, verifications and reports at the desk and in public:
played in a browser, for everyone, at a fixed cost.
"""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danchu.inspection import actions
from danchu.inspection.models import (
    BoardReport,
    Finding,
    Project,
    Recommendation,
    RoundPlan,
    Verification,
)
from danchu.units.actions import open_body, open_village
from tests.browser import inspect
from tests.desk.conftest import BY, PASSWORD
from tests.desk.test_recommendations import offices  # noqa: F401
from tests.faults.test_two_at_one_thing import CHANGED, edition_in
from tests.inspection.conftest import FOUND
from tests.markup import tight
from tests.sizes import one_in, turn

SINCE = date(2025, 7, 1)


@pytest.fixture
def world(offices):
    """A board with its term, a project with its board, and one of each thing."""
    ward, board = (
        offices.ward,
        Recommendation._meta.get_field("board").related_model.objects.get(
            unit=offices.ward, kind="peoples_inspection_board"
        ),
    )
    offices.inspection = board
    offices.term = actions.open_term(by=BY, board=board, since=SINCE, until=date(2030, 7, 1))
    offices.project = actions.register_project(
        by=BY,
        unit=ward,
        name="Nhà văn hóa tổ 5",
        owner="UBND phường",
        capital="community",
        begun_on=date(2025, 8, 18),
        decided_on=date(2025, 8, 4),
    )
    offices.project_term = actions.found_board(
        offices.project,
        by=BY,
        name="Ban GSĐTCCĐ Nhà văn hóa tổ 5",
        on=date(2025, 8, 18),
        until=date(2027, 1, 1),
    )
    offices.project.refresh_from_db()
    actions.disclose_project(
        offices.project, by=BY, on=date(2025, 8, 6), items=["plan"], where="Niêm yết"
    )
    more(offices, 0)
    return offices


def more(world, n):
    """One more of each thing that is listed."""
    board = world.inspection
    found = actions.record_finding(by=BY, board=board, found_on=FOUND, title=f"Thu quỹ sai mức {n}")
    plan = actions.plan_round(
        by=BY, board=board, span="quarter", title=f"Quỹ {n}", planned_on=date(2026, 5, 4)
    )
    asked = actions.ask_verification(
        by=BY,
        board=board,
        asker="front",
        title=f"Đất công {n}",
        content="Xác minh",
        asked_on=FOUND,
        until=date(2025, 9, 1),
    )
    report = actions.open_report(
        by=BY, board=board, title=f"Báo cáo {n}", since=SINCE, until=date(2025, 12, 1)
    )
    if n:
        actions.register_project(
            by=BY,
            unit=world.ward,
            name=f"Dự án {n}",
            owner="UBND",
            capital="public",
            begun_on=date(2025, 8, 18),
        )
        body = open_body(
            world.ward, by=BY, kind="pib_agency", name=f"Ban TTND Trường {n}", since=SINCE
        )
        actions.open_term(by=BY, board=body, since=SINCE, staff=20)
    return found, plan, asked, report


LISTS = (
    "/desk/boards/",
    "/desk/plans/",
    "/desk/projects/",
    "/desk/findings/",
    "/desk/verifications/",
    "/desk/board-reports/",
    "/projects/",
)


@one_in(2)
@pytest.mark.parametrize("path", LISTS)
def test_a_list_of_three_asks_as_much_as_a_list_of_one(client, world, path):
    client.force_login(world.chair)
    counts = []
    for n in (1, 2, 3):
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(path)
        counts.append((len(asked), answer.content.decode().count("<tr>")))
        more(world, n)
    assert (
        counts[0][0] == counts[1][0] == counts[2][0] and counts[0][1] < counts[1][1] < counts[2][1]
    )


@one_in(2)
@pytest.mark.parametrize("path", LISTS[:6])
def test_a_list_sorts_narrows_and_pages(client, world, path, monkeypatch):
    monkeypatch.setattr("danchu.subjects.listing.PAGE", 1)
    monkeypatch.setattr("danchu.subjects.listing.PAGE", 1)
    client.force_login(world.chair)
    more(world, 1)
    first = client.get(path)
    after = first.context["rows_page"].after
    assert (
        after
        and first.context["rows_page"].rows[0].pk
        != client.get(f"{path}?after={after}").context["rows_page"].rows[0].pk
    )
    assert client.get(f"{path}?unit=Ba+Dinh").status_code == 200
    assert client.get(f"{path}?unit=khong-co-noi-nay").status_code == 400


@pytest.mark.parametrize(
    "path", ["/desk/boards.csv", "/desk/plans.csv", "/desk/projects.csv", "/desk/findings.csv"]
)
def test_a_list_is_a_file_too(client, world, path):
    client.force_login(world.chair)
    assert len(client.get(path).getvalue().decode().strip().splitlines()) >= 2


def test_a_plan_of_a_day_without_a_rule_has_no_day_of_notice(client, world):
    client.force_login(world.chair)
    RoundPlan.objects.update(notice=None)
    for path in ("/desk/plans/", "/desk/plans.csv", f"/desk/plans/{RoundPlan.objects.get().uid}/"):
        assert client.get(path).status_code == 200, path


def test_a_candidate_who_may_not_be_a_member_is_refused_with_the_article_and_nothing_typed_is_lost(
    client, world
):
    client.force_login(world.chair)
    page = f"/desk/boards/{world.term.uid}/"
    answer = client.post(
        f"{page}elect/",
        {
            "name": "Ông Cán Bộ",
            "role": "member",
            "elected_on": "01/08/2025",
            "is_official": "1",
            "is_resident": "1",
            "village": "",
        },
    )
    text = answer.content.decode()
    assert (answer.status_code, "Điều 37" in text, 'value="Ông Cán Bộ"' in text) == (
        400,
        True,
        True,
    )


@pytest.mark.case("FA5")
def test_a_village_typed_with_its_marks_is_no_other_village(client, world):
    village = open_village(
        world.ward, by=BY, name="Thôn Đông Vị", kind="thon", since=date(2025, 7, 1)
    )
    client.force_login(world.chair)
    page = f"/desk/boards/{world.term.uid}/"
    elected = {"name": "Bà Dân", "role": "member", "is_resident": "on", "elected_on": "01/08/2025"}
    refused = client.post(f"{page}elect/", {**elected, "village": "Thôn Đồng Vị"})
    assert refused.status_code == 400 and "village" in refused.context["refused"].errors
    assert "Thôn Đông Vị" in refused.content.decode()
    for text in ("thon dong vi", "THÔN ĐÔNG VỊ"):
        answer = client.post(f"{page}elect/", {**elected, "name": text, "village": text})
        assert answer.status_code == 302, answer.context["refused"].errors
    assert [member.village_id for member in world.term.members.all()] == [village.pk] * 2


def test_who_leaves_a_board_without_a_reason_is_refused_on_that_field_and_stays_chosen(
    client, world
):
    client.force_login(world.chair)
    page = f"/desk/boards/{world.term.uid}/"
    elected = {"name": "Bà Dân", "role": "member", "is_resident": "on", "elected_on": "01/08/2025"}
    refused = client.post(f"{page}elect/", elected)
    assert refused.context["refused"].errors.keys() == {"village"}
    member = world.term.members.create(
        unit=world.ward, name="Bà Dân", village=world.ward, elected_on=date(2025, 8, 1)
    )
    leaving = {"member": str(member.pk), "on": "02/08/2025", "reason": ""}
    answer = client.post(f"{page}leave/", leaving)
    assert answer.context["refused"].errors.keys() == {"reason"}
    assert f'value="{member.pk}" selected' in answer.content.decode()
    assert client.post(f"{page}leave/", leaving | {"reason": "Chuyển nhà"}).status_code == 302
    member.refresh_from_db()
    assert member.left_on == date(2025, 8, 2)


@pytest.mark.case("FA19")
def test_a_report_that_says_something_else_by_now_is_not_sent(client, world):
    """What is sent is what was read: a violation recorded meanwhile changes the numbers."""
    client.force_login(world.board)
    report = BoardReport.objects.get(span="ad_hoc")
    here = f"/desk/board-reports/{report.uid}/"
    seen = edition_in(client.get(here), f"{here}send/")
    found = actions.record_finding(by=BY, board=world.inspection, found_on=FOUND, title="Vụ mới")
    assert report.since <= found.found_on < report.until
    refused = client.post(f"{here}send/", {"on": "05/12/2025", "edition": seen})
    assert refused.status_code == 409 and CHANGED in refused.content.decode()
    report.refresh_from_db()
    assert report.sent_on is None
    again = edition_in(refused, f"{here}send/")
    assert client.post(f"{here}send/", {"on": "05/12/2025", "edition": again}).status_code == 302
    report.refresh_from_db()
    assert report.sent_on == date(2025, 12, 5)


def test_a_report_whose_title_names_another_period_is_asked_about(client, world):
    report = actions.open_report(
        by=BY, board=world.inspection, title="Báo cáo quý I", since=SINCE, until=date(2025, 10, 1)
    )
    client.force_login(world.board)
    here = f"/desk/board-reports/{report.uid}/"
    assert "nêu “quý I”" in client.get(here).content.decode()
    refused = client.post(f"{here}send/", {"on": "05/12/2025"})
    assert refused.status_code == 400
    assert refused.context["refused"].errors.keys() == {"title_is_right"}
    sent = client.post(f"{here}send/", {"on": "05/12/2025", "title_is_right": "on"})
    assert sent.status_code == 302


@pytest.mark.parametrize("name", ["boards", "board-reports"])
def test_a_list_of_boards_is_searched_by_the_name_of_a_board(client, world, name):
    client.force_login(world.chair)
    everything = client.get(f"/api/v1/lists/{name}").json()["rows"]
    wanted = everything[0]["board"]
    answer = client.get(f"/api/v1/lists/{name}", {"q": wanted.upper()}).json()["rows"]
    assert answer == [row for row in everything if row["board"] == wanted]
    assert client.get(f"/api/v1/lists/{name}", {"q": "không có ban này"}).json()["rows"] == []


def test_the_public_reads_of_a_project_what_was_disclosed_and_what_was_not(client, world):
    text = client.get(f"/projects/{world.project.uid}/").content.decode()
    assert (
        "Kế hoạch đầu tư, tiến độ thực hiện" in text
        and "Nghiệm thu, quyết toán công trình" in text
        and "Quá hạn" in text
    )
    assert (
        "Nhà văn hóa tổ 5" in client.get("/projects/?unit=Ba+Dinh&state=running").content.decode()
    )
    assert "Nhà văn hóa tổ 5" not in client.get("/projects/?state=over").content.decode()


def test_a_proposal_to_suspend_is_drafted_from_the_project_and_read_by_the_public(client, world):
    client.force_login(world.board)
    page = f"/desk/recommendations/new/?project={world.project.uid}"
    assert "Đình chỉ dự án" in client.get(page).content.decode()
    sent = {
        "uid": "5f0f9e4e-2a55-4f39-9d3c-0d4f7f8f1a12",
        "unit": "00004",
        "answerer": "peoples_committee",
        "asks": "suspend",
        "found_on": "20/08/2025",
        "title": "Đình chỉ thi công",
        "finding": "Sai thiết kế",
    }
    assert client.post(page, sent).status_code == 302
    it = Recommendation.objects.get()
    assert (it.asks, it.board_id, it.project_id) == (
        "suspend",
        world.project.board_id,
        world.project.pk,
    )
    actions.send_recommendation(
        actions.confirm_recommendation(it, by=BY),
        by=BY,
        sent_on=date(2025, 8, 21),
        received_on=date(2025, 8, 22),
    )
    actions.answer_recommendation(
        Recommendation.objects.get(), by=BY, on=date(2025, 8, 28), answer="part", text="Dừng đoạn 2"
    )
    client.logout()
    assert "Đình chỉ một phần" in client.get(f"/projects/{world.project.uid}/").content.decode()
    assert "Dừng đoạn 2" in client.get(f"/recommendations/{it.uid}/").content.decode()


def test_a_number_of_a_report_opens_to_its_rows_and_the_report_is_kept_as_it_was_sent(
    client, world
):
    client.force_login(world.board)
    report = BoardReport.objects.get()
    page = f"/desk/board-reports/{report.uid}/"
    assert f'{page}rows/findings/">1</a>' in tight(client.get(page).content.decode())
    assert "Thu quỹ sai mức 0" in client.get(f"{page}rows/findings/").content.decode()
    assert client.get(f"{page}rows/opinions/").status_code == 404
    assert client.post(f"{page}send/", {"on": "31/02/2026"}).status_code == 400
    assert client.post(f"{page}send/", {"on": "02/12/2025"}).status_code == 302
    more(world, 1)
    text = tight(client.get(page).content.decode())
    assert f'{page}rows/findings/">1</a>' in text and "thay đổi sau khi gửi" in text
    assert [
        client.get(f"{page}file.{ending}").status_code for ending in ("docx", "pdf", "html", "exe")
    ] == [200, 200, 200, 404]


@turn(4, together=1)
@pytest.mark.browser
def test_the_pages_of_boards_are_for_everyone(browser_page, client, site, world):
    client.force_login(world.chair)
    browser_page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}]
    )
    of_one = [
        f"/desk/boards/{world.project_term.uid}/",
        f"/desk/plans/{RoundPlan.objects.get().uid}/",
        f"/desk/projects/{world.project.uid}/",
        f"/desk/findings/{Finding.objects.get().uid}/",
        f"/desk/verifications/{Verification.objects.get().uid}/",
        f"/desk/board-reports/{BoardReport.objects.get().uid}/",
        f"/projects/{world.project.uid}/",
        "/desk/projects/new/",
    ]
    for path in (*LISTS, *of_one):
        inspect(browser_page, path)


@turn(4, together=3)
@pytest.mark.browser
def test_a_violation_is_played_in_a_browser_from_its_finding_to_the_confirmed_remedy(
    chromium, site, world
):
    """Three people at three browsers; what the one has done the other finds."""
    hands = {}
    for who in ("board", "chair", "committee"):
        account = getattr(world, who)
        account.set_password(PASSWORD)
        account.save()
        context = chromium.new_context(
            base_url=site, viewport={"width": 390, "height": 800}, locale="vi-VN"
        )
        page = hands[who] = context.new_page()
        page.goto("/accounts/login/")
        page.fill("[name=login]", account.email)
        page.fill("[name=password]", PASSWORD)
        page.click("main form button[type=submit], main form button")
        page.wait_for_url("**/desk/")
    board, chair, committee = hands.values()
    board.goto("/desk/findings/new/")
    board.fill("[name=found_on]", "11/08/2025")
    board.fill("[name=title]", "Thu quỹ vượt mức")
    board.fill("[name=detail]", "Thu vượt 2.000.000 đồng của 12 hộ.")
    board.select_option("[name=board]", str(world.inspection.pk))
    board.click("main .button.primary")
    board.click("text=Soạn kiến nghị")
    board.click("main .button.primary")
    board.wait_for_url(re.compile(r"/desk/recommendations/[0-9a-f-]{36}/"))  # sent by the script
    path = board.url.removeprefix(site)
    does(chair, path, "confirm")
    does(board, path, "send", sent_on="15/08/2025", received_on="18/08/2025")
    does(
        committee,
        path,
        "answer",
        on="03/09/2025",
        answer="full",
        text="UBND trả lại tiền thu thừa.",
    )
    does(committee, path, "report_remedy", on="10/09/2025", text="Đã trả 12 hộ.", money="2.000.000")
    does(board, path, "settle", on="12/09/2025")
    found = Finding.objects.get(title="Thu quỹ vượt mức")
    assert (found.resolved_on, found.money, found.is_recommended) == (
        date(2025, 9, 12),
        2_000_000,
        True,
    )
    visitor = chromium.new_context(base_url=site, locale="vi-VN").new_page()
    visitor.goto(path.removeprefix("/desk"))
    assert "UBND trả lại tiền thu thừa." in visitor.inner_text(
        "main"
    ) and "đúng hạn" in visitor.inner_text("main")
    for page in (*hands.values(), visitor):
        page.context.close()
    assert Project.objects.count() == 1


def does(page, path, act, **typed):
    """Open the page and do one act with what is typed."""
    page.goto(path)
    form = page.locator(f"form[action$='/{act}/']")
    for name, value in typed.items():
        field = form.locator(f"[name={name}]")
        if name == "answer":
            field.select_option(value)
        else:
            field.fill(value)
    form.locator("button").click()
    page.wait_for_load_state()
    assert "Đã ghi" in page.inner_text("main"), page.inner_text("main")[:400]

"""The declared lists of conferences and polls: what narrows them, what they hold, what they ask."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from danchu.conference.actions.polls import cancel_poll, draft_poll
from danchu.conference.models import Conference, Poll
from danchu.kernel.days import VIETNAM, now
from tests.desk.conftest import BY
from tests.desk.test_lists import questions_asked
from tests.desk.test_lists_of_minutes import lines, titles
from tests.desk.test_polls import conference, typed  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law_loaded")]
MIDNIGHT = datetime(2025, 9, 8, tzinfo=VIETNAM)


@pytest.fixture
def draft(conference):
    def make(title, of=None, **more):
        given = {"options": ["Tán thành", "Không tán thành"], "kind": "binding"}
        given |= {"secrecy": "named", "title": title, **more}
        return draft_poll(of or conference, by=BY, **given)

    return make


def held(officials, title, starts_at, **more):
    given = {"state": "convened", "unit": officials.ward, "made_by": "system", "made_at": now()}
    given |= {"uid": uuid4(), "title": title, "starts_at": starts_at, **more}
    return Conference.objects.create(**given)


def test_polls_ask_as_much_for_one_as_for_three(client, officials, draft):
    client.force_login(officials.chair)
    draft("Thông qua nghị quyết 1")
    one = questions_asked(client, "polls")
    draft("Thông qua nghị quyết 2")
    cancel_poll(draft("Thông qua nghị quyết 3"), by=BY, reason="Nhầm")
    assert questions_asked(client, "polls") == one


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=nghi+quyet", {"Thông qua nghị quyết"}),
        ("?state=cancelled", {"Bầu ban kiểm phiếu"}),
        ("?since=08/09/2025&last=08/09/2025", {"Thăm dò lúc nửa đêm"}),
        ("?last=07/09/2025", {"Thăm dò trước nửa đêm"}),
        ("?unit=Hoan+Kiem", set()),
    ],
)
def test_polls_are_narrowed_by_the_days_of_their_conference_as_they_begin_in_vietnam(
    client, officials, draft, query, found
):
    draft("Thông qua nghị quyết")
    cancel_poll(draft("Bầu ban kiểm phiếu"), by=BY, reason="Nhầm")
    draft("Thăm dò lúc nửa đêm", of=held(officials, "Đêm", MIDNIGHT))
    draft("Thăm dò trước nửa đêm", of=held(officials, "Tối", MIDNIGHT - timedelta(minutes=1)))
    client.force_login(officials.chair)
    assert titles(client, "polls", query) == found


@pytest.mark.parametrize("most", [1, 200])
def test_polls_of_one_conference_are_found_by_its_number_however_old_it_is(
    client, officials, conference, draft, monkeypatch, most
):
    monkeypatch.setattr("danchu.subjects.one_of.MOST_LISTED", most)
    old = held(officials, "Hội nghị cũ", MIDNIGHT)
    draft("Việc cũ", of=old)
    draft("Việc mới")
    client.force_login(officials.chair)
    assert titles(client, "polls", f"?conference={old.pk}") == {"Việc cũ"}
    assert titles(client, "polls", f"?conference={conference.pk}") == {"Việc mới"}
    if most == 1:
        assert titles(client, "polls", "?conference=nghi+cu") == {"Việc cũ"}
    for number in ("0", "x", "9" * 30):
        assert client.get(f"/desk/polls/?conference={number}").status_code == 400


def test_polls_of_another_place_are_in_no_list(client, officials, draft):
    draft("Thông qua nghị quyết")
    client.force_login(officials.neighbour)
    assert titles(client, "polls") == set()
    assert lines(client, "polls") == []


def test_the_file_of_polls_says_what_was_cast_and_decided(client, officials, draft):
    client.force_login(officials.chair)
    draft("Thông qua nghị quyết")
    declared = draft("Bầu trưởng ban", kind="opinion", electorate="hall")
    Poll.objects.filter(pk=declared.pk).update(
        state="declared",
        opened_at=MIDNIGHT,
        result={"told": {"cast": 3}, "outcome": "passed", "counts": [3, 0]},
    )
    rows = {row["Điều đưa ra biểu quyết"]: row for row in lines(client, "polls")}
    decided = rows["Bầu trưởng ban"]
    assert (decided["Số phiếu"], decided["Kết quả"]) == ("3", "Được thông qua")
    assert (decided["Mở lúc"], decided["Hội nghị"]) == ("08/09/2025 00:00", "Hội nghị đại biểu")
    assert rows["Thông qua nghị quyết"]["Số phiếu"] == ""


def test_the_draft_of_a_poll_is_changed_on_a_page_that_keeps_what_was_typed(
    client, officials, draft
):
    client.force_login(officials.clerk)
    page = f"/desk/polls/{draft('Thông qua nghị quyết').uid}/edit/"
    assert "Thông qua nghị quyết" in client.get(page).content.decode()
    refused = client.post(page, typed(title="Bầu Trưởng Ban", threshold_option="9"))
    assert refused.status_code == 400
    assert 'value="Bầu Trưởng Ban"' in refused.content.decode()
    assert list(refused.context["form"].errors) == ["threshold_option"]


def test_a_new_poll_begins_at_a_conference_that_is_not_over(client, officials, conference):
    client.force_login(officials.chair)
    assert [row.pk for row in client.get("/desk/polls/").context["able"]] == [conference.pk]
    Conference.objects.update(state="closed", closed_at=now())
    assert client.get("/desk/polls/").context["able"] == []


def test_conferences_ask_as_much_for_one_as_for_three(client, officials):
    client.force_login(officials.chair)
    held(officials, "Hội nghị 1", MIDNIGHT)
    one = questions_asked(client, "conferences")
    held(officials, "Hội nghị 2", MIDNIGHT, state="drafted")
    held(officials, "Hội nghị 3", now(), state="closed", opened_at=MIDNIGHT, closed_at=now())
    assert questions_asked(client, "conferences") == one


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?since=08/09/2025", {"Từ nửa đêm"}),
        ("?last=07/09/2025", {"Trước nửa đêm"}),
        ("?since=08/09/2025&last=08/09/2025", {"Từ nửa đêm"}),
        ("?q=truoc+nua+dem", {"Trước nửa đêm"}),
        ("?state=open", set()),
        ("?unit=00008", set()),
    ],
)
def test_a_day_of_conferences_begins_at_midnight_in_vietnam(client, officials, query, found):
    held(officials, "Từ nửa đêm", MIDNIGHT)
    held(officials, "Trước nửa đêm", MIDNIGHT - timedelta(seconds=1))
    client.force_login(officials.chair)
    assert titles(client, "conferences", query) == found


def test_the_file_of_conferences_has_their_hours(client, officials):
    held(officials, "Đã họp", MIDNIGHT, state="closed", opened_at=MIDNIGHT, closed_at=MIDNIGHT)
    client.force_login(officials.chair)
    (row,) = lines(client, "conferences")
    assert (row["Bắt đầu"], row["Bế mạc"], row["Trạng thái"]) == (
        "08/09/2025 00:00",
        "08/09/2025 00:00",
        "Đã bế mạc",
    )


@pytest.mark.parametrize("sort", ["starts_at", "-starts_at", "title", "-title", "state"])
def test_pages_of_conferences_hold_each_once(client, officials, monkeypatch, sort):
    for number in range(5):
        held(officials, f"Hội nghị {number % 3}", MIDNIGHT + timedelta(minutes=number // 2))
    client.force_login(officials.chair)
    monkeypatch.setattr("danchu.subjects.listing.PAGE", 2)
    numbers, page = [], client.get(f"/desk/conferences/?sort={sort}")
    while True:
        numbers += [line.row.pk for line in page.context["lines"]]
        following = page.context["rows_page"].after
        if not following:
            break
        page = client.get("/desk/conferences/", {"sort": sort, "after": following})
    assert sorted(numbers) == sorted(Conference.objects.values_list("pk", flat=True))


def test_a_conference_is_called_off_on_its_page_with_the_reason_on_its_field(client, officials):
    made = held(officials, "Hội nghị", now() + timedelta(days=9))
    client.force_login(officials.chair)
    page = f"/desk/conferences/{made.pk}/"
    refused = client.post(f"{page}cancel/", {"reason": " "})
    assert (refused.status_code, list(refused.context["refused"].errors)) == (400, ["reason"])
    assert client.post(f"{page}cancel/", {"reason": "Bão số 3"}).url == page
    assert client.post(f"{page}burn/").status_code == 404


def test_minutes_of_a_conference_are_offered_once_and_lead_to_their_own_page(client, officials):
    made = held(officials, "Đã họp", MIDNIGHT, state="closed", opened_at=MIDNIGHT, closed_at=now())
    client.force_login(officials.chair)
    page = f"/desk/conferences/{made.pk}/"
    assert [act.name for act, *_rest in client.get(page).context["acts"]] == ["minutes"]
    assert client.post(f"{page}minutes/").url.startswith("/desk/minutes/")
    assert client.get(page).context["acts"] == []
    again = client.post(f"{page}minutes/")
    assert again.status_code == 400 and "đã có biên bản" in again.content.decode()


def test_editing_shows_what_stands_and_keeps_what_was_typed(client, officials):
    made = held(officials, "Hội nghị", MIDNIGHT, state="drafted")
    client.force_login(officials.chair)
    page = f"/desk/conferences/{made.pk}/edit/"
    assert "08/09/2025 00:00" in client.get(page).content.decode()
    refused = client.post(page, {"title": "Hội nghị đổi tên", "starts_at": "31/02/2030 08:00"})
    assert refused.status_code == 400 and "Hội nghị đổi tên" in refused.content.decode()
    assert "starts_at" in refused.context["form"].errors
    assert client.get("/desk/conferences/999999/edit/").status_code == 404

"""A clerk writes down, a chair confirms, corrects, withdraws; nobody loses what he typed,
nobody acts beyond his rights.
"""

import re
from datetime import date
from uuid import uuid4

import pytest

from danchu.desk.rows import who
from danchu.figures.answer import figure
from danchu.figures.catalogue import INDICATORS
from danchu.journal.models import Entry
from danchu.kernel.days import Period, today
from danchu.people.actor import Actor
from danchu.register.actions import confirm_event, draft_event
from danchu.register.models import Event
from danchu.register.sections.records import MOST_COUNTED
from danchu.subjects.keyset import Total
from tests.browser import inspect
from tests.markup import tight
from tests.sizes import one_in

BY = Actor.system("test")


def typed(**more):
    return {
        "uid": str(uuid4()),
        "held_on": "03/03/2026",
        "unit": "00004",
        "title": "Giám sát thu chi quỹ",
        "reference": "GS-01",
        "participants": "1.205",
        "recommended": "3",
        "accepted": "2",
        "form": "delegation",
        **more,
    }


def supervisions(unit):
    return figure(INDICATORS["supervisions_217"], unit.pk, Period.year(2026), today()).value


def event(officials, **more):
    fields = {"held_on": date(2026, 3, 3), "title": "Giám sát", **more}
    return draft_event("supervision_217", by=BY, unit=officials.ward, **fields)


def test_what_is_confirmed_at_the_desk_is_in_the_figure_without_any_other_step(client, officials):
    client.force_login(officials.chair)
    answer = client.post("/desk/records/new/?kind=supervision_217", {**typed(), "confirm": "1"})
    assert answer.status_code == 302
    assert supervisions(officials.ward) == 1
    saved = Event.objects.get()
    assert (saved.participants, saved.recommended, saved.reference) == (1205, 3, "GS-01")


def test_a_clerk_without_the_right_to_confirm_leaves_a_draft_and_is_told(client, officials):
    client.force_login(officials.clerk)
    answer = client.post("/desk/records/new/?kind=supervision_217", {**typed(), "confirm": "1"})
    assert answer.status_code == 403 or Event.objects.get().state == "draft"
    assert supervisions(officials.ward) == 0


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"held_on": "31/02/2026"}, "Không có ngày"),
        ({"participants": "12,567"}, "số thập phân hoặc số nghìn"),
        ({"unit": "khong co"}, "Không tìm thấy đơn vị"),
        ({"title": " "}, "Trường này"),
        ({"accepted": "9"}, "không được lớn hơn"),
        ({"held_on": "03/03/2090"}, "tương lai"),
        ({"participants": "-4"}, "số âm"),
        ({"unit": "00008"}, "Không tìm thấy đơn vị"),
    ],
)
def test_bad_input_is_told_and_nothing_typed_is_lost(client, officials, wrong, told):
    client.force_login(officials.chair)
    sent = typed(note="Ghi chú dài của tôi", **wrong)
    answer = client.post("/desk/records/new/?kind=supervision_217", {**sent, "confirm": "1"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Ghi chú dài của tôi" in page and 'value="GS-01"' in page
    assert told in page or told == "Trường này"
    assert not Event.objects.exists()


def test_the_same_form_sent_twice_is_one_event(client, officials):
    client.force_login(officials.chair)
    sent = {**typed(), "confirm": "1"}
    first, second = (client.post("/desk/records/new/?kind=supervision_217", sent) for _ in range(2))
    assert first.url == second.url
    assert Event.objects.count() == 1
    assert "Đoàn giám sát" in client.get(first.url).content.decode()


def test_two_browsers_cannot_both_confirm(client, officials):
    draft = event(officials)
    client.force_login(officials.chair)
    assert client.post(f"/desk/records/{draft.uid}/confirm/").status_code == 302
    second = client.post(f"/desk/records/{draft.uid}/confirm/")
    assert second.status_code == 400
    assert "Chỉ xác nhận được bản nháp" in second.content.decode()
    assert supervisions(officials.ward) == 1


def test_a_correction_is_prefilled_needs_a_reason_and_keeps_both(client, officials):
    old = confirm_event(event(officials, recommended=3), by=BY)
    client.force_login(officials.chair)
    form = tight(client.get(f"/desk/records/{old.uid}/correct/").content.decode())
    assert 'name="recommended" value="3"' in form
    sent = typed(title="Giám sát", recommended="5", accepted="", reference="", participants="")
    assert client.post(f"/desk/records/{old.uid}/correct/", sent).status_code == 400
    answer = client.post(f"/desk/records/{old.uid}/correct/", {**sent, "reason": "Đếm lại"})
    assert answer.status_code == 302
    assert sorted(Event.objects.values_list("state", "recommended")) == [
        ("confirmed", 5),
        ("superseded", 3),
    ]


def test_withdrawing_needs_a_reason(client, officials):
    old = confirm_event(event(officials), by=BY)
    client.force_login(officials.chair)
    assert client.post(f"/desk/records/{old.uid}/withdraw/", {"reason": " "}).status_code == 400
    assert (
        client.post(f"/desk/records/{old.uid}/withdraw/", {"reason": "Ghi nhầm sổ"}).status_code
        == 302
    )
    assert supervisions(officials.ward) == 0


ADDRESSES = [
    "/desk/",
    "/desk/records/",
    "/desk/records.csv",
    "/desk/records/new/",
    "/desk/records/new/?kind=supervision_217",
]
OWN = {"clerk": 200, "chair": 200, "neighbour": 200, "officer": 200}


@one_in(3)
@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("role", ["public", *OWN])
def test_each_address_by_each_role(client, officials, address, role):
    if role != "public":
        client.force_login(getattr(officials, role))
    expected = 302 if role == "public" else 403 if role == "officer" and "kind=" in address else 200
    assert client.get(address).status_code == expected


ACTS = {
    "confirm": {"clerk": 403, "chair": 302, "neighbour": 404, "officer": 403},
    "discard": {"clerk": 302, "chair": 302, "neighbour": 404, "officer": 403},
    "edit": {"clerk": 302, "chair": 302, "neighbour": 404, "officer": 403},
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("role", ["public", "clerk", "chair", "neighbour", "officer"])
def test_each_act_on_a_draft_by_each_role(client, officials, act, role):
    draft = event(officials)
    if role != "public":
        client.force_login(getattr(officials, role))
    answer = client.post(f"/desk/records/{draft.uid}/{act}/", typed())
    # What was typed without a session comes back.
    assert answer.status_code == (403 if role == "public" else ACTS[act][role])
    if answer.status_code != 302:
        assert Event.objects.get(pk=draft.pk).state == "draft"


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_costs_the_same_questions_whatever_its_length(
    client, officials, number, django_assert_num_queries
):
    for i in range(number):
        confirm_event(event(officials, title=f"Cuộc {i}"), by=BY)
    client.force_login(officials.chair)
    client.get("/desk/records/")
    with django_assert_num_queries(7):  # a list of more than one page is counted with one more
        assert client.get("/desk/records/").status_code == 200


def test_pages_follow_each_other_without_gap_or_repeat(client, officials):
    for i in range(120):
        event(officials, title=f"Cuộc {i:03d}", held_on=date(2026, 3, 1 + i % 3))
    client.force_login(officials.chair)
    seen, address = [], "/desk/records/?state=draft"
    while address:
        answer = client.get(address)
        seen += [line.row.title for line in answer.context["lines"]]
        found = answer.context["rows_page"]
        address = found.after and f"/desk/records/?{found.query}&after={found.after}"
    assert len(seen) == 120 == len(set(seen))
    assert answer.context["total"] == Total(120, False)
    assert MOST_COUNTED >= 120


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=quy+tin+dung", 1),
        ("unit=ba+dinh,+ha+noi", 2),
        ("kind=supervision_217&state=draft", 2),
        ("since=04/03/2026", 0),
        ("last=02/03/2026", 0),
    ],
)
def test_filters_find_without_marks(client, officials, query, found):
    event(officials, title="Giám sát Quỹ tín dụng")
    event(officials, title="Giám sát trường học")
    client.force_login(officials.chair)
    assert len(client.get(f"/desk/records/?{query}").context["lines"]) == found


@pytest.mark.parametrize(
    "query", ["since=31/02/2026", "kind=khong", "unit=zzzzzz", "q=a", "after=xx"]
)
def test_a_filter_that_does_not_read_is_told_on_the_page(client, officials, query):
    client.force_login(officials.chair)
    answer = client.get(f"/desk/records/?{query}")
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()


def test_the_file_holds_exactly_the_filtered_list_and_no_formula(client, officials):
    event(officials, title="=1+1")
    event(officials, title="Khác", held_on=date(2026, 4, 4))
    client.force_login(officials.chair)
    text = b"".join(client.get("/desk/records.csv?last=31/03/2026").streaming_content).decode()
    assert len(text.strip().splitlines()) == 2
    assert "'=1+1" in text


@one_in(4)
@pytest.mark.browser
@pytest.mark.parametrize(
    "address", ["/desk/", "/desk/records/", "/desk/records/new/?kind=conference", "/desk/figures/"]
)
def test_pages_of_the_desk_are_for_everyone(browser_page, client, site, officials, address):
    confirm_event(event(officials), by=BY)
    client.force_login(officials.chair)
    browser_page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}]
    )
    inspect(browser_page, address, status=200)
    assert "/login/" not in browser_page.url


def test_my_figures_are_of_my_office_and_open_to_their_evidence(client, officials):
    confirm_event(event(officials), by=BY)
    client.force_login(officials.chair)
    answer = client.get("/desk/figures/?year=2026")
    row = next(row for row in answer.context["rows"] if row["key"] == "supervisions_217")
    assert (row["now"], row["before"]) == (1, 0)
    assert "/figures/supervisions_217/" in answer.content.decode()
    client.force_login(officials.neighbour)
    rows = client.get(f"/desk/figures/?year=2026&unit={officials.ward.pk}").context["rows"]
    assert next(row for row in rows if row["key"] == "supervisions_217")["now"] == 0, (
        "another's unit is not asked for here"
    )
    assert "217" in b"".join(client.get("/desk/figures.csv?year=2026").streaming_content).decode()


@pytest.mark.parametrize("year", ["1999", "abc", "99999999999", "２０２６"])
def test_a_year_that_is_none_is_told(client, officials, year):
    client.force_login(officials.chair)
    assert client.get(f"/desk/figures/?year={year}").status_code == 400


def test_the_first_wrong_field_has_the_focus_and_the_title_says_so(client, officials):
    client.force_login(officials.clerk)
    begun = client.get("/desk/records/new/?kind=dialogue").content.decode()
    assert begun.count(" autofocus") == 1 and "Chưa gửi được" not in begun
    answer = client.post(
        "/desk/records/new/?kind=dialogue", {"title": "x", "held_on": "31/02/2026"}
    )
    page = answer.content.decode()
    [focused] = re.findall(r"<[^>]* autofocus[^>]*>", page)
    wrong = [bound.name for bound in answer.context["form"].visible_fields() if bound.errors]
    assert f'name="{wrong[0]}"' in focused
    assert re.search(r"<title>\s*Chưa gửi được:", page)


def test_the_history_names_a_citizen_in_words():
    assert who(Entry(actor="public", actor_name="")) == "Người dân"
    assert who(Entry(actor="account:1", actor_name="Lê An")) == "Lê An"
    assert who(Entry(actor="account:1", actor_name="")) == "account:1"

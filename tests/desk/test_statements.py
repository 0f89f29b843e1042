"""Statements of paper books and papers at the desk: written, proved by a paper, confirmed,
counted once, taken back.
"""

import io
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from danchu.figures.answer import figure
from danchu.figures.catalogue import INDICATORS
from danchu.kernel.days import Period, today
from danchu.people.actor import Actor
from danchu.register.actions import (
    attach_paper,
    confirm_event,
    confirm_statement,
    draft_event,
    draft_statement,
)
from danchu.register.models import Attachment, Event, Statement
from danchu.register.statement_rules import broken_rules
from danchu.units.models import Body, BodyStanding
from tests.browser import inspect
from tests.sizes import turn

BY = Actor.system("test")
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


@pytest.fixture
def front(officials, settings, tmp_path):
    """The Front's committee of the ward; papers go to a passing folder."""
    settings.PAPERS_ROOT = tmp_path / "papers"
    body = Body.objects.create(unit=officials.ward, kind="fatherland_front", since=date(2025, 7, 1))
    BodyStanding.objects.create(
        body=body, name="Ủy ban MTTQ Việt Nam phường Ba Đình", since=date(2025, 7, 1)
    )
    return body


def scan(name="ban-ky.pdf", content=PDF):
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def typed(**more):
    return {
        "unit": "00004",
        "body": "fatherland_front",
        "indicator": "supervisions_217",
        "since": "01/01/2026",
        "last": "31/03/2026",
        "amount": "1.205",
        "note": "",
        **more,
    }


def stated(unit):
    found = figure(INDICATORS["supervisions_217"], unit.pk, Period.year(2026), today())
    return found.value, found.stated


def drafted(front, **more):
    fields = {"since": date(2026, 1, 1), "until": date(2026, 4, 1), "amount": 7, **more}
    return draft_statement(by=BY, body=front, indicator="supervisions_217", **fields)


def test_a_statement_is_written_with_its_paper_confirmed_by_another_and_counts(
    client, officials, front
):
    client.force_login(officials.clerk)
    assert client.post("/desk/statements/new/", {**typed(), "file": scan()}).status_code == 302
    made = Statement.objects.get()
    assert (made.amount, made.until, made.attachments.count()) == (1205, date(2026, 4, 1), 1)
    assert stated(officials.ward) == (0, 0)
    assert client.post(f"/desk/statements/{made.uid}/confirm/").status_code == 403, (
        "who writes does not confirm"
    )
    client.force_login(officials.head)
    assert len(client.get("/desk/statements/").context["lines"]) == 1
    client.post(f"/desk/statements/{made.uid}/confirm/")
    assert stated(officials.ward) == (1205, 1205)


def test_a_confirmed_statement_counts_and_a_withdrawn_one_does_not(client, officials, front):
    made = drafted(front)
    attach_paper(made, io.BytesIO(PDF), "a.pdf", by=BY)
    confirm_statement(made, by=BY)
    assert stated(officials.ward) == (7, 7)
    client.force_login(officials.clerk)
    assert (
        client.post(f"/desk/statements/{made.uid}/withdraw/", {"reason": "sai"}).status_code == 403
    )
    client.force_login(officials.head)
    client.post(f"/desk/statements/{made.uid}/withdraw/", {"reason": ""})
    assert stated(officials.ward) == (7, 7), "a reason is asked for"
    client.post(
        f"/desk/statements/{made.uid}/correct/", {**typed(amount="9"), "reason": "chép nhầm"}
    )
    assert stated(officials.ward) == (9, 9)
    client.post(
        f"/desk/statements/{Statement.objects.get(state='confirmed').uid}/withdraw/",
        {"reason": "sai"},
    )
    assert stated(officials.ward) == (0, 0)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"amount": "12,5"}, "amount"),
        ({"amount": ""}, "amount"),
        ({"since": "31/02/2026"}, "since"),
        ({"last": "01/12/2025"}, "last"),
        ({"unit": "Hoàn Kiếm"}, "unit"),
        ({"body": "school"}, "body"),
        ({"last": "31/12/2099"}, "last"),
        ({"indicator": "no"}, "indicator"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_stays(
    client, officials, front, wrong, told
):
    client.force_login(officials.clerk)
    answer = client.post("/desk/statements/new/", typed(**wrong, note="Sổ giấy của phường"))
    assert answer.status_code == 400
    assert told in answer.context["form"].errors
    assert "Sổ giấy của phường" in answer.content.decode()
    assert not Statement.objects.exists()


def test_a_paper_that_is_no_paper_writes_nothing_at_all(client, officials, front):
    client.force_login(officials.clerk)
    answer = client.post(
        "/desk/statements/new/", {**typed(), "file": scan("a.pdf", b"MZ\x90\x00 not a paper")}
    )
    assert answer.status_code == 400
    assert "file" in answer.context["form"].errors
    assert not Statement.objects.exists()


def test_without_its_paper_a_statement_is_not_confirmed(client, officials, front):
    made = drafted(front)
    client.force_login(officials.head)
    told = client.post(f"/desk/statements/{made.uid}/confirm/", follow=True).content.decode()
    assert "Hãy đính kèm văn bản có ký" in told
    assert Statement.objects.get().state == "draft"


def test_a_draft_is_edited_and_discarded(client, officials, front):
    made = drafted(front)
    client.force_login(officials.clerk)
    assert client.get(f"/desk/statements/{made.uid}/edit/").status_code == 200
    client.post(f"/desk/statements/{made.uid}/edit/", typed(amount="8"))
    assert Statement.objects.get().amount == 8
    client.post(f"/desk/statements/{made.uid}/discard/")
    assert not Statement.objects.exists()


def test_a_book_of_its_own_is_kept_shown_and_still_ticked_when_it_is_edited(
    client, officials, front
):
    client.force_login(officials.clerk)
    client.post("/desk/statements/new/", typed(is_apart="on"))
    statement = Statement.objects.get()
    assert statement.is_apart
    page = f"/desk/statements/{statement.uid}/"
    assert "Hồ sơ đã ghi của tổ chức không gồm số này" in client.get(page).content.decode()
    assert client.get(f"{page}edit/").context["form"]["is_apart"].value()
    client.post(f"{page}edit/", typed())
    assert Statement.objects.get().is_apart is False
    assert "không gồm số này" not in client.get(page).content.decode()


def test_a_neighbour_neither_sees_nor_acts(client, officials, front):
    made = drafted(front)
    client.force_login(officials.neighbour)
    for address in ("", "edit/", "correct/"):
        assert client.get(f"/desk/statements/{made.uid}/{address}").status_code in (403, 404)
    for act in ("confirm", "discard", "withdraw", "papers"):
        assert client.post(f"/desk/statements/{made.uid}/{act}/").status_code in (403, 404)
    assert Statement.objects.get().state == "draft"


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_questions_whatever_its_length(
    client, officials, front, number, django_assert_num_queries
):
    for i in range(number):
        drafted(front, since=date(2026, 1, 1 + i), until=date(2026, 1, 2 + i))
    client.force_login(officials.clerk)
    client.get("/desk/statements/")
    with django_assert_num_queries(7):
        assert len(client.get("/desk/statements/").context["lines"]) == number


def event(officials, **more):
    return draft_event(
        "reception",
        by=BY,
        unit=officials.ward,
        held_on=date(2026, 3, 3),
        title="Tiếp công dân",
        **more,
    )


def test_a_paper_is_attached_to_an_event_read_and_taken_off_the_draft(client, officials, front):
    made = draft_event(
        "supervision_217", by=BY, unit=officials.ward, held_on=date(2026, 3, 3), title="Giám sát"
    )
    client.force_login(officials.clerk)
    client.post(f"/desk/records/{made.uid}/papers/", {"file": scan()})
    kept = Attachment.objects.get()
    answer = client.get(f"/desk/papers/{kept.pk}/")
    assert b"".join(answer.streaming_content) == PDF
    assert answer.headers["Content-Type"] == "application/pdf"
    client.force_login(officials.neighbour)
    assert client.get(f"/desk/papers/{kept.pk}/").status_code == 404
    assert client.post(f"/desk/papers/{kept.pk}/detach/").status_code == 404
    client.force_login(officials.clerk)
    client.post(f"/desk/papers/{kept.pk}/detach/")
    assert not Attachment.objects.exists()


def test_the_paper_of_a_public_row_is_not_public(client, officials, front):
    made = draft_event(
        "supervision_217", by=BY, unit=officials.ward, held_on=date(2026, 3, 3), title="Giám sát"
    )
    attach_paper(made, io.BytesIO(PDF), "a.pdf", by=BY)
    confirm_event(made, by=BY)
    client.force_login(officials.neighbour)
    assert client.get(f"/desk/records/{made.uid}/").status_code == 200
    assert client.get(f"/desk/papers/{Attachment.objects.get().pk}/").status_code == 404


def test_no_file_and_a_bad_file_are_told_and_change_nothing(client, officials, front):
    made = draft_event(
        "supervision_217", by=BY, unit=officials.ward, held_on=date(2026, 3, 3), title="Giám sát"
    )
    client.force_login(officials.clerk)
    for files in ({}, {"file": scan("a.pdf", b"<script>")}, {"file": scan("a.exe", PDF)}):
        assert (
            "message"
            in client.post(f"/desk/records/{made.uid}/papers/", files, follow=True).content.decode()
        )
    assert not Attachment.objects.exists()


def test_the_list_is_taken_away_as_a_sheet_whose_text_stays_text(client, officials, front):
    draft_event(
        "supervision_217", by=BY, unit=officials.ward, held_on=date(2026, 3, 3), title="=1+1"
    )
    client.force_login(officials.chair)
    answer = client.get("/desk/records.xlsx")
    book = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "=1+1" in sheet
    assert "<f>" not in sheet
    assert Event.objects.count() == 1


@turn(4, together=2)
@pytest.mark.browser
def test_pages_of_statements_are_for_everyone(browser_page, client, site, officials, front):
    made = drafted(front)
    client.force_login(officials.clerk)
    browser_page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}]
    )
    for address in ("", "new/", f"{made.uid}/", f"{made.uid}/edit/"):
        inspect(browser_page, f"/desk/statements/{address}", status=200)
        assert "/login/" not in browser_page.url


@pytest.mark.parametrize(
    ("kind", "indicator", "is_its_own"),
    [
        ("investment_board", "pib_violations", False),
        ("investment_board", "investment_rounds", True),
        ("peoples_inspection_board", "investment_rounds", False),
        ("peoples_inspection_board", "pib_money", True),
        ("pib_agency", "pib_supervisions", True),
        ("fatherland_front", "pib_violations", True),
    ],
)
def test_a_board_states_no_number_of_the_other_kind_of_board(
    officials, kind, indicator, is_its_own
):
    body = Body(unit=officials.ward, kind=kind, since=date(2025, 7, 1))
    fields = {"indicator": indicator, "amount": 3}
    assert [one.field for one in broken_rules(body, fields)] == (
        [] if is_its_own else ["indicator"]
    )

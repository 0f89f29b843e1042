"""A correction of the law that leaves open obligations without a rule says what becomes of them:
before it is written, after, and on the pages of the rule and of the obligation.
"""

from datetime import date

import pytest

from danchu.law.actions import correct_rule
from danchu.law.book import book
from danchu.obligations.actions import change_law
from danchu.obligations.models import Obligation
from danchu.obligations.outlook import foresee, rows_of_groups, unruled
from tests.desk.conftest import appointed, officials  # noqa: F401
from tests.desk.test_law import BY, EVENT, law, newest, said, typed  # noqa: F401

LATER = date(2026, 12, 1)
KEPT = "không còn quy tắc nào của ngày phát sinh"


def corrected(since=LATER):
    """The act that moves the beginning of the rule behind the day of the event."""
    version = newest()
    return lambda: correct_rule(version, by=BY, reason="Nhầm ngày", since=since)


@pytest.fixture
def page(law):  # noqa: F811
    return f"/desk/law/decision.send/correct/{newest().pk}/"


def sent(do):
    return {**typed(), "since": "01/12/2026", "reason": "Nhầm ngày", "do": do}


def test_it_is_foreseen_which_obligations_lose_their_rule(law):  # noqa: F811
    assert list(unruled(book())) == []
    foreseen = foresee(corrected())
    assert list(foreseen) == []
    assert [(group.event_on, group.number) for group in foreseen.unruled] == [(EVENT, 1)]
    assert rows_of_groups(foreseen.unruled, 9) == [law.owed]
    assert list(unruled(book())) == [], "nothing was kept"


def test_what_has_lost_its_rule_before_is_not_told_again(law):  # noqa: F811
    change_law(corrected(), by=BY)
    assert [group.number for group in unruled(book())] == [1]
    again = foresee(corrected(date(2027, 1, 1)))
    assert again.unruled == []


def test_the_page_says_it_before_and_after_it_is_written(law, client, page):  # noqa: F811
    due = Obligation.objects.get(pk=law.owed.pk).due_on
    text = said(client.post(page, sent("look")))
    assert "1 việc chưa làm sẽ " + KEPT in text and law.owed.title in text
    answer = client.post(page, sent("write"), follow=True)
    text = said(answer)
    assert "1 việc chưa làm " + KEPT in text and law.owed.title in text
    law.owed.refresh_from_db()
    assert (law.owed.due_on, law.owed.state) == (due, "open")
    text = said(client.get(f"/desk/obligations/{law.owed.uid}/"))
    assert "không còn phiên bản nào có hiệu lực" in text


def test_where_nothing_loses_its_rule_nothing_is_said(law, client):  # noqa: F811
    answer = client.post(
        "/desk/law/decision.send/new/",
        typed(value="7", since="01/01/2027", do="write"),
        follow=True,
    )
    assert answer.status_code == 200 and KEPT not in said(answer)
    text = said(client.get(f"/desk/obligations/{law.owed.uid}/"))
    assert "không còn phiên bản nào" not in text

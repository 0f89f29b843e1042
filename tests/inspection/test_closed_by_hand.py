"""Somebody wrote at an obligation's own page that it was done, or need not be: the act of the
record that belongs to it is entered all the same, and is no more timely for it.
"""

from datetime import date

import pytest

from danchu.inspection import actions
from danchu.inspection.models import BoardReport, BoardTerm
from danchu.obligations.actions import excuse_obligation, meet_obligation
from tests.inspection.test_projects import BEGUN, registered

DUE = date(2025, 9, 3)  # fifteen days from 18/08, over the holidays
ITEMS = ["decision", "parties", "plan", "land", "environment"]


@pytest.fixture
def sent(drafted, system):
    recommendation = actions.confirm_recommendation(drafted(), by=system)
    return actions.send_recommendation(
        recommendation, by=system, sent_on=date(2025, 8, 15), received_on=date(2025, 8, 18)
    )


@pytest.mark.parametrize(
    ("closed_on", "answered_on", "in_time"),
    [
        (date(2025, 9, 1), DUE, True),
        (date(2025, 9, 1), date(2025, 9, 4), False),
        (date(2025, 9, 4), DUE, False),
        (None, DUE, True),
        (None, date(2025, 9, 4), False),
    ],
)
def test_an_answer_to_a_recommendation_is_entered(sent, system, closed_on, answered_on, in_time):
    if closed_on is None:
        excuse_obligation(sent.obligation, by=system, reason="Không phải trả lời")
    else:
        meet_obligation(sent.obligation, by=system, on=closed_on)
    answered = actions.answer_recommendation(
        sent, by=system, on=answered_on, answer="full", text="Sẽ trả"
    )
    assert (answered.answered_on, answered.in_time) == (answered_on, in_time)
    answered.obligation.refresh_from_db()
    assert answered.obligation.done_on == closed_on


@pytest.mark.parametrize("act", ["notify", "cancel"])
def test_a_plan_is_notified_or_cancelled(bodies, system, act):
    plan = actions.plan_round(
        by=system,
        board=bodies[0],
        span="quarter",
        title="Thu chi quỹ tổ dân phố",
        planned_on=date(2026, 3, 16),
    )
    meet_obligation(plan.notice, by=system, on=date(2026, 3, 6))
    if act == "notify":
        actions.notify_round(plan, by=system, on=date(2026, 3, 6))
    else:
        actions.cancel_plan(plan, by=system, on=date(2026, 3, 7), reason="Trùng")
    plan.refresh_from_db()
    assert (plan.notified_on or plan.cancelled_on) and plan.notice.done_on == date(2026, 3, 6)


def test_a_report_is_sent(bodies, system):
    term = actions.open_term(
        by=system, board=bodies[0], since=date(2025, 8, 1), until=date(2027, 8, 1)
    )
    BoardTerm.objects.filter(pk=term.pk).update(recognised_on=date(2025, 8, 4))
    actions.owe_reports(by=system, on=date(2025, 10, 1))
    report = BoardReport.objects.get()
    meet_obligation(report.obligation, by=system, on=date(2025, 10, 2))
    content = [{"kind": "heading", "text": "Kết quả"}]
    done = actions.send_report(report, by=system, on=date(2025, 10, 6), content=content)
    assert (done.sent_on, done.obligation.done_on) == (date(2025, 10, 6), date(2025, 10, 2))


@pytest.mark.parametrize("act", ["disclose", "finish"])
def test_a_project_is_disclosed_or_finished(country, bodies, system, act):
    project = registered(country, system)
    meet_obligation(project.disclosure, by=system, on=date(2025, 8, 6))
    if act == "disclose":
        project = actions.disclose_project(
            project, by=system, on=date(2025, 8, 7), items=ITEMS, where="Cổng thông tin"
        )
        assert project.disclosed_on == date(2025, 8, 7)
    else:
        project = actions.finish_project(project, by=system, on=BEGUN)
        assert project.ended_on == BEGUN
    assert project.disclosure.done_on == date(2025, 8, 6)

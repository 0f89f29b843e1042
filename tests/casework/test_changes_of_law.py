"""The law changes in the middle of a petition: its running clock follows the transition rule,
its closed ones never move.
"""

import html
from datetime import date

import pytest

from danchu.casework.actions import take_step
from danchu.casework.queries.history import clocks_of_petitions
from danchu.casework.writes.clocks import clocks_of
from danchu.kernel.days import show_day
from danchu.kernel.refusals import Refused
from danchu.law.actions import correct_rule, enact_rule, set_calendar
from danchu.law.book import book
from danchu.law.models import RuleVersion
from danchu.obligations.actions import change_law, recount_obligations
from danchu.obligations.models import Obligation
from danchu.obligations.proof import obligation_problems

ACCEPTED = date(2026, 3, 5)


@pytest.fixture
def running(registered, system, clock):
    """A complaint received on 2 March and accepted on the 5th: one clock met, the one of
    resolving runs to 6 April.
    """
    clock.set("2026-03-05")
    it = take_step(registered(), "classify", by=system, on=ACCEPTED, eligible=True, competent=True)
    return take_step(it, "accept", by=system, on=ACCEPTED)


def clocks(it):
    return {row.rule.key: (row.state, row.due_on, row.rule_id) for row in clocks_of(it)}


@pytest.mark.parametrize(
    ("transition", "due", "state"),
    [("new", date(2026, 4, 6), "late"), ("running", date(2026, 4, 20), "met")],
)
def test_a_new_time_to_resolve_governs_a_running_petition_only_where_it_says_so(
    running, system, clock, transition, due, state
):
    before = clocks(running)
    old = before["complaint.resolve"]
    assert old[:2] == ("open", date(2026, 4, 6))
    change_law(
        lambda: enact_rule(
            "complaint.resolve",
            by=system,
            since=date(2026, 4, 1),
            value="45",
            transition=transition,
        ),
        by=system,
    )
    clock.set("2026-04-01")
    recount_obligations(by=system)
    now = clocks(running)
    assert now["complaint.resolve"][1] == due
    assert now["complaint.accept"] == before["complaint.accept"], (
        "met before: it stays as it was judged"
    )
    clock.set("2026-04-15")
    it = take_step(running, "verify", by=system, on=date(2026, 4, 14))
    decided = take_step(
        it, "decide", by=system, on=date(2026, 4, 15), verdict="founded", text="Khiếu nại đúng."
    )
    assert clocks(decided)["complaint.resolve"] == (state, due, now["complaint.resolve"][2])
    assert list(obligation_problems()) == []


@pytest.mark.parametrize(("transition", "days"), [("new", "30 ngày"), ("running", "45 ngày")])
def test_the_page_tells_by_which_version_the_day_is_counted(
    registered, system, clock, client, transition, days
):
    clock.set("2026-03-05")
    it, secret = registered(whole=True)
    it = take_step(it, "classify", by=system, on=ACCEPTED, eligible=True, competent=True)
    take_step(it, "accept", by=system, on=ACCEPTED)
    change_law(
        lambda: enact_rule(
            "complaint.resolve",
            by=system,
            since=date(2026, 4, 1),
            value="45",
            transition=transition,
        ),
        by=system,
    )
    clock.set("2026-04-02")
    recount_obligations(by=system)
    told = {clock.name: clock for clock in clocks_of_petitions([it])[it.pk]}
    assert days in told["Giải quyết khiếu nại lần đầu"].why and {
        "Giải quyết khiếu nại lần đầu"
    } < set(told)
    page = client.post("/petitions/follow/", {"code": it.code, "secret": secret}).content.decode()
    assert (
        told["Giải quyết khiếu nại lần đầu"].why.split(".")[0] in html.unescape(page)
        and show_day(told["Giải quyết khiếu nại lần đầu"].due_on) in page
    )


def test_a_second_complaint_needs_no_dialogue_once_the_law_asks_for_none(registered, system, clock):
    clock.set("2026-07-20")
    version = RuleVersion.objects.get(key="complaint.second_dialogue", since=date(2026, 7, 1))
    change_law(
        lambda: correct_rule(
            version, by=system, reason="Luật mới bãi bỏ đối thoại lần hai", until=date(2026, 8, 3)
        ),
        by=system,
    )
    clock.set("2026-08-03")
    petition = registered(stage="second", received_on=date(2026, 7, 30))
    for act, values in (
        ("classify", {"eligible": True, "competent": True}),
        ("accept", {}),
        ("verify", {}),
    ):
        petition = take_step(petition, act, by=system, on=date(2026, 7, 31), **values)
    verdict = {"by": system, "verdict": "founded", "text": "Khiếu nại đúng."}
    with pytest.raises(Refused, match="phải đối thoại"):
        take_step(petition, "decide", on=date(2026, 7, 31), **verdict)
    assert take_step(petition, "decide", on=date(2026, 8, 3), **verdict).state == "decided"


def test_what_has_ended_keeps_its_days_and_its_judgement_whatever_the_law_becomes(
    running, system, clock
):
    clock.set("2026-03-20")
    it = take_step(running, "verify", by=system, on=date(2026, 3, 19))
    it = take_step(
        it, "decide", by=system, on=date(2026, 3, 20), verdict="founded", text="Khiếu nại đúng."
    )
    before, judged = clocks(it), it.in_time
    assert before["complaint.resolve"][0] == "met"
    for value in ("5", "90"):
        change_law(
            lambda value=value: enact_rule(
                "complaint.resolve",
                by=system,
                since=date(2026, 3, 20 + int(value) % 7),
                value=value,
                transition="running",
            ),
            by=system,
        )
        recount_obligations(by=system)
    it.refresh_from_db()
    after = clocks(it)
    assert {key: after[key] for key in ("complaint.resolve", "complaint.accept")} == {
        key: before[key] for key in ("complaint.resolve", "complaint.accept")
    } and it.in_time is judged is True


def test_a_shorter_time_for_running_cases_never_reaches_back_to_what_was_due_before_it(
    running, system, clock
):
    clock.set("2026-04-10")
    change_law(
        lambda: enact_rule(
            "complaint.resolve",
            by=system,
            since=date(2026, 4, 10),
            value="20",
            transition="running",
        ),
        by=system,
    )
    assert clocks(running)["complaint.resolve"][1] == date(2026, 4, 6), (
        "was due on the 6th, before the new version came"
    )


def test_a_shorter_time_that_comes_while_it_runs_is_counted_from_the_same_event(
    running, system, clock
):
    clock.set("2026-03-20")
    change_law(
        lambda: enact_rule(
            "complaint.resolve",
            by=system,
            since=date(2026, 3, 20),
            value="20",
            transition="running",
        ),
        by=system,
    )
    assert clocks(running)["complaint.resolve"][1] == date(2026, 3, 25)


def test_a_day_off_that_the_government_adds_moves_the_clock_that_runs_and_no_other(
    running, system, registered, clock
):
    other = registered("feedback")
    before = clocks(running), clocks(other)
    days = [
        (mark.day, mark.kind, mark.name)
        for mark in book().calendar.special_days.values()
        if mark.day.year == 2026
    ]
    change_law(
        lambda: set_calendar(
            2026,
            [
                *days,
                (date(2026, 4, 6), "swapped_off", "nghỉ hoán đổi"),
                (date(2026, 4, 11), "make_up", "làm bù"),
            ],
            by=system,
            basis="Thông báo",
        ),
        by=system,
    )
    assert clocks(running)["complaint.resolve"][1] == date(2026, 4, 7)
    assert clocks(running)["complaint.accept"] == before[0]["complaint.accept"]
    assert clocks(other) == before[1]
    assert Obligation.objects.filter(calendar=book().calendar.version).count() == 1, (
        "only the one that moved was touched"
    )

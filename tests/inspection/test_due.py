"""What boards are owed and owe: answers reminded and escalated with notices, reports of each
period, verifying on request.
"""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from danchu.inspection import actions, tasks
from danchu.inspection.models import BoardMember, BoardReport, BoardTerm, Verification
from danchu.inspection.reports.periods import last_ended
from danchu.inspection.reports.seals import digest_of, report_problems
from danchu.kernel.refusals import Refused
from danchu.law.deadline import months_from
from danchu.notices.actions import tell_steps
from danchu.notices.models import Notice
from danchu.obligations.loading import load_escalations
from danchu.obligations.models import Obligation
from danchu.units.actions import close_body
from tests.inspection.conftest import FOUND
from tests.people.conftest import NOW, REFORM

DUE = date(2025, 9, 3)  # fifteen days from 18/08, over the holidays


@pytest.fixture
def sent(drafted, system):
    it = actions.confirm_recommendation(drafted(), by=system)
    return actions.send_recommendation(
        it, by=system, sent_on=date(2025, 8, 15), received_on=date(2025, 8, 18)
    )


def readers():
    return {name.split()[0] for name in Notice.objects.values_list("account__name", flat=True)}


def test_an_answer_is_reminded_of_before_its_day_and_escalated_to_the_superior_after(
    sent, system, holder, country, offices
):
    load_escalations(by=system)
    for office in ("commune_clerk", "committee_chair", "front_chair"):
        holder(office, country.here, name=f"{office} here")
    for office in ("steering_officer", "committee_chair"):
        holder(office, country.province, name=f"{office.replace('_', '-')}-above x")
    holder("commune_clerk", country.next_door, name="neighbour x")
    told = {}
    for day in (
        date(2025, 8, 20),
        date(2025, 8, 29),
        DUE,
        date(2025, 9, 4),
        date(2025, 9, 8),
        date(2025, 9, 13),
    ):
        Notice.objects.all().delete()
        tell_steps(by=system, on=day)
        told[day.strftime("%d/%m")] = readers()
    assert told == {
        "20/08": set(),
        "29/08": {"commune_clerk", "committee_chair"},
        "03/09": set(),
        "04/09": {"commune_clerk", "committee_chair", "front_chair"},
        "08/09": {"steering-officer-above"},
        "13/09": {"committee-chair-above"},
    }
    Notice.objects.all().delete()
    assert tell_steps(by=system, on=date(2025, 9, 14)) == 0, "each step once"


def send(draft, by, **more):
    it = actions.confirm_recommendation(draft, by=by)
    return actions.send_recommendation(
        it, by=by, sent_on=date(2025, 8, 15), received_on=date(2025, 8, 18), **more
    )


def test_a_board_asks_for_an_answer_by_a_day_and_the_law_counts_as_before(drafted, system, client):
    it = send(drafted(asked_on=date(2025, 8, 28)), system)
    assert (it.asked_on, it.obligation.asked_on) == (date(2025, 8, 28), date(2025, 8, 28))
    assert it.obligation.due_on == DUE
    page = client.get(f"/recommendations/{it.uid}/").content.decode()
    assert "28/08/2025" in page and "03/09/2025" in page
    answered = actions.answer_recommendation(
        it, by=system, on=date(2025, 9, 1), answer="full", text="Sẽ trả"
    )
    assert answered.in_time, "later than asked for, within the law's time"


@pytest.mark.parametrize("asked_on", [date(2025, 8, 17), date(2025, 9, 4)])
def test_no_answer_is_asked_for_before_it_is_received_or_later_than_the_law_owes(
    drafted, system, asked_on
):
    with pytest.raises(Refused) as refused:
        send(drafted(asked_on=asked_on), system)
    assert refused.value.field == "asked_on"
    for day in (date(2025, 8, 18), DUE):
        assert send(drafted(asked_on=asked_on), system, asked_on=day).obligation.asked_on == day


def test_a_draft_asks_for_no_answer_before_its_finding(drafted, system):
    with pytest.raises(Refused) as refused:
        drafted(asked_on=FOUND - timedelta(days=1))
    assert refused.value.field == "asked_on"
    it = actions.edit_recommendation(drafted(), by=system, asked_on=FOUND)
    assert it.asked_on == FOUND


def test_an_answer_that_came_is_no_news(sent, system, holder, country, offices):
    load_escalations(by=system)
    holder("commune_clerk", country.here)
    actions.answer_recommendation(
        sent, by=system, on=date(2025, 8, 28), answer="full", text="Sẽ trả"
    )
    assert tell_steps(by=system, on=date(2025, 9, 13)) == 0


@pytest.mark.parametrize(
    ("span", "day", "since", "until"),
    [
        ("quarter", date(2026, 4, 1), date(2026, 1, 1), date(2026, 4, 1)),
        ("quarter", date(2026, 3, 31), date(2025, 10, 1), date(2026, 1, 1)),
        ("half", date(2026, 7, 1), date(2026, 1, 1), date(2026, 7, 1)),
        ("half", date(2026, 6, 30), date(2025, 7, 1), date(2026, 1, 1)),
        ("year", date(2026, 1, 1), date(2025, 1, 1), date(2026, 1, 1)),
        ("year", date(2025, 12, 31), date(2024, 1, 1), date(2025, 1, 1)),
    ],
)
def test_the_last_period_that_has_ended(span, day, since, until):
    assert last_ended(span, day) == (since, until)


@settings(max_examples=300)
@given(
    st.dates(date(2024, 1, 1), date(2040, 1, 1)),
    st.sampled_from([("quarter", 3), ("half", 6), ("year", 12)]),
)
def test_a_period_has_ended_on_the_day_and_the_next_has_not(day, told):
    span, months = told
    since, until = last_ended(span, day)
    assert months_from(since, months) == until <= day < months_from(until, months)


@pytest.fixture
def term(bodies, system):
    made = actions.open_term(by=system, board=bodies[0], since=REFORM, until=date(2026, 2, 15))
    BoardTerm.objects.filter(pk=made.pk).update(recognised_on=date(2025, 8, 1))
    return made


def test_reports_of_each_period_are_owed_once_by_the_rule_of_the_day(term, system):
    days = [
        date(2025, 9, 30),
        date(2025, 10, 1),
        date(2026, 1, 2),
        date(2026, 2, 14),
        date(2026, 2, 16),
        date(2026, 2, 16),
    ]
    assert [actions.owe_reports(by=system, on=day) for day in days] == [0, 1, 3, 0, 1, 0]
    told = {
        (it.span, it.since, it.until): it.obligation.due_on
        for it in BoardReport.objects.select_related("obligation")
    }
    assert told == {
        ("quarter", date(2025, 7, 1), date(2025, 10, 1)): date(2025, 10, 14),
        ("quarter", date(2025, 10, 1), date(2026, 1, 1)): date(2026, 1, 15),
        ("half", date(2025, 7, 1), date(2026, 1, 1)): date(2026, 1, 15),
        ("year", date(2025, 1, 1), date(2026, 1, 1)): date(2026, 1, 15),
        ("term", REFORM, date(2026, 2, 15)): Obligation.objects.latest("pk").due_on,
    }


def test_a_board_that_was_not_recognised_owes_no_report(bodies, system):
    actions.open_term(by=system, board=bodies[0], since=REFORM, until=date(2030, 1, 1))
    assert actions.owe_reports(by=system, on=date(2026, 1, 2)) == 0


def test_a_board_that_was_closed_owes_reports_up_to_that_day_only(term, bodies, system):
    """As after a reorganisation: nobody is late with reports of a board that is no more."""
    closed_on = date(2025, 11, 15)
    close_body(bodies[0], by=system, on=closed_on)
    days = [date(2025, 10, 1), date(2025, 11, 16), date(2026, 1, 2), date(2026, 4, 2)]
    assert [actions.owe_reports(by=system, on=day) for day in days] == [1, 1, 3, 0]
    spans = set(BoardReport.objects.exclude(until=date(2025, 10, 1)).values_list("span", "until"))
    assert spans == {(span, closed_on) for span in ("term", "quarter", "half", "year")}


def test_a_report_is_sent_once_kept_as_it_was_and_judged_by_its_day(term, system):
    actions.owe_reports(by=system, on=date(2025, 10, 1))
    report = BoardReport.objects.get()
    with pytest.raises(Refused):
        actions.send_report(report, by=system, on=date(2025, 9, 30), content=[{"kind": "heading"}])
    done = actions.send_report(
        report, by=system, on=date(2025, 10, 15), content=[{"kind": "heading", "text": "Kết quả"}]
    )
    assert (done.obligation.state, done.sent_on, list(report_problems())) == (
        "late",
        date(2025, 10, 15),
        [],
    )
    with pytest.raises(Refused):
        actions.send_report(report, by=system, on=date(2025, 10, 15), content=[])
    BoardReport.objects.update(content=[{"kind": "heading", "text": "Khác"}])
    assert len(list(report_problems())) == 1
    other = digest_of(BoardReport.objects.get().content)
    BoardReport.objects.update(digest=other)
    [(_place, message)] = report_problems()
    assert "nhật ký" in message, "the hash was computed anew, the entry of the journal was not"
    BoardReport.objects.all().delete()
    assert len(list(report_problems())) == 1


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"title": " "}, "title"),
        ({"since": None}, "since"),
        ({"until": REFORM}, "since"),
        ({"until": date(2999, 1, 1)}, "since"),
    ],
)
def test_a_report_that_cannot_be_is_refused_by_field(bodies, system, more, field):
    with pytest.raises(Refused) as refusal:
        actions.open_report(
            by=system,
            **{
                "board": bodies[0],
                "title": "Theo đề nghị",
                "since": REFORM,
                "until": date(2025, 9, 1),
                **more,
            },
        )
    assert refusal.value.field == field


@pytest.fixture
def asked(bodies, system):
    def make(by=system, **more):
        return actions.ask_verification(
            by=by,
            **{
                "board": bodies[0],
                "asker": "committee",
                "title": "Đất công tổ 5",
                "content": "Xác minh việc sử dụng",
                "asked_on": FOUND,
                "until": date(2025, 8, 25),
                **more,
            },
        )

    return make


def test_whoever_asked_is_told_the_result_and_late_is_late(asked, system, holder, country):
    for office in ("inspection_head", "front_clerk"):
        holder(office, country.here, name=f"{office} x")
    first, late, declined, back = (asked(title=f"Việc {n}") for n in range(4))
    assert readers() == {"inspection_head"}
    Notice.objects.all().delete()
    assert (
        Verification.objects.overdue(date(2025, 8, 25)).count() == 0
        and Verification.objects.overdue(date(2025, 8, 26)).count() == 4
    )
    assert (
        actions.tell_result(first, by=system, on=date(2025, 8, 25), result="Đúng mục đích").in_time
        is True
    )
    assert (
        actions.tell_result(late, by=system, on=date(2025, 8, 26), result="Sai mục đích").in_time
        is False
    )
    actions.decline_verification(declined, by=system, on=FOUND, result="Đã có kết luận thanh tra")
    actions.withdraw_verification(back, by=system, on=FOUND, result="Không cần nữa")
    assert readers() == {"front_clerk"}
    assert [it.state for it in Verification.objects.order_by("pk")] == [
        "told",
        "told",
        "declined",
        "withdrawn",
    ]
    for it in (first, declined, back):
        for act in (
            actions.tell_result,
            actions.decline_verification,
            actions.withdraw_verification,
        ):
            with pytest.raises(Refused, match="khép lại"):
                act(it, by=system, on=NOW, result="x")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"title": ""}, "title"),
        ({"content": " "}, "content"),
        ({"asker": "x"}, "asker"),
        ({"until": date(2025, 8, 1)}, "until"),
        ({"until": None}, "until"),
        ({"asked_on": date(2999, 1, 1)}, "asked_on"),
    ],
)
def test_a_request_that_cannot_be_is_refused_by_field(asked, more, field):
    with pytest.raises(Refused) as refusal:
        asked(**more)
    assert refusal.value.field == field


# Who may do each act at the own commune and nowhere else, written out apart from office_kinds.toml.
ASKS, TELLS = (
    {"commune_clerk", "front_clerk", "front_chair", "committee_chair", "operator"},
    {"inspection_head", "committee_chair", "operator"},
)
WRITES = {"inspection_member", "inspection_head", "committee_chair", "operator"}
BY_OFFICE = {
    "ask": ASKS,
    "withdraw": ASKS,
    "tell": TELLS,
    "decline": TELLS,
    "open": WRITES,
    "send": TELLS,
    "owe": {"operator"},
}


def test_each_act_is_done_by_whom_the_table_names(
    asked, bodies, term, system, country, otherwise_done
):
    it = asked()
    report = actions.open_report(
        by=system, board=bodies[0], title="x", since=REFORM, until=date(2025, 9, 1)
    )
    acts = {
        "ask": lambda by: asked(by),
        "withdraw": lambda by: actions.withdraw_verification(it, by=by, on=FOUND, result="x"),
        "tell": lambda by: actions.tell_result(it, by=by, on=FOUND, result="x"),
        "decline": lambda by: actions.decline_verification(it, by=by, on=FOUND, result="x"),
        "send": lambda by: actions.send_report(report, by=by, on=NOW, content=[]),
        "open": lambda by: actions.open_report(
            by=by, board=bodies[0], title="y", since=REFORM, until=date(2025, 9, 1)
        ),
    }
    assert otherwise_done(acts, BY_OFFICE) == [] and not BoardMember.objects.exists()


@pytest.mark.case("FA4")
def test_a_step_of_the_hourly_round_that_fails_keeps_no_other_back(monkeypatch):
    done = []
    for name in ("recount_obligations", "tell_overdue", "tell_steps"):
        monkeypatch.setattr(tasks, name, lambda *, by, name=name: done.append(name))

    def fails(*, by):
        raise Refused("không có quy tắc")

    monkeypatch.setattr(tasks, "owe_reports", fails)
    with pytest.raises(Refused):  # the queue says so, and tries again
        tasks.due_days_round(0)
    assert done == ["recount_obligations", "tell_overdue", "tell_steps"]

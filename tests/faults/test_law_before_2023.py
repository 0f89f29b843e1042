"""What happened before the Law of 2022 was in force can be recorded, with the time limit of
its time where there was one.
"""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from danchu.casework.actions import record_visit
from danchu.decision.actions import propose_decision
from danchu.disclosure.actions import ask_information
from danchu.disclosure.actions.requests import Asker
from danchu.inspection import actions
from danchu.inspection.models import BoardReport, BoardTerm, Recommendation
from danchu.inspection.public.recommendations import days_overdue, facts
from danchu.inspection.sections.recommendations import is_overdue
from danchu.journal.models import Entry
from danchu.kernel.days import now
from danchu.kernel.refusals import Refused
from danchu.law.loading import load_law
from danchu.law.models import RuleVersion
from danchu.obligations.actions import revise_misjudged
from danchu.obligations.models import Obligation
from danchu.units.actions import open_body
from danchu.units.models import Body
from danchu.village.actions import plan_election
from tests.people.conftest import country, make_unit, system  # noqa: F401

SINCE = date(2019, 1, 1)
FOUND = date(2021, 3, 1)


@pytest.fixture(scope="module", autouse=True)
def _law_loaded_once(law_loaded):
    pass


@pytest.fixture
def sent(db, country, system):
    """A recommendation of a board of a kind at a commune of that time, sent and received."""
    load_law(by=system)
    unit = country.old_whole
    committee = open_body(unit, by=system, kind="peoples_committee", name="Ủy ban", since=SINCE)

    def make(kind):
        board = open_body(unit, by=system, kind=kind, name=f"Ban {kind}", since=SINCE)
        drafted = actions.draft_recommendation(
            by=system,
            board=board,
            answerer=committee,
            title="Thu quỹ sai mức",
            finding="Thu vượt 2.000.000 đồng.",
            found_on=FOUND,
        )
        confirmed = actions.confirm_recommendation(drafted, by=system)
        return actions.send_recommendation(
            confirmed, by=system, sent_on=FOUND, received_on=date(2021, 3, 2)
        )

    return make


@pytest.mark.case("LA10")
@pytest.mark.parametrize("kind", ["peoples_inspection_board", "pib_agency", "pib_enterprise"])
def test_an_answer_to_a_board_was_owed_within_15_days(sent, kind):
    obligation = sent(kind).obligation
    assert obligation.due_on == date(2021, 3, 17)
    assert obligation.rule.text.pk == "law-inspection-2010"


@pytest.mark.case("LA10")
def test_without_a_rule_of_its_time_an_answer_has_no_due_day(sent, system, client):
    recommendation = sent("investment_board")
    assert recommendation.obligation is None
    assert not is_overdue(recommendation) and days_overdue(recommendation) == 0
    page = client.get(f"/recommendations/{recommendation.uid}/")
    assert "không có hạn theo luật" in page.content.decode()
    answered = actions.answer_recommendation(
        recommendation, by=system, on=date(2021, 6, 1), answer="full", text="Đã tiếp thu"
    )
    row = Recommendation.objects.select_related("board", "answerer").get(pk=answered.pk)
    assert facts(row, None)["outcome"] == "không có hạn theo luật"
    assert client.get("/recommendations/").status_code == 200


@pytest.mark.case("LA4", "TR1")
@pytest.mark.digested
def test_the_answer_to_a_board_of_an_agency_names_its_own_article(sent, country, system):
    board = open_body(
        country.here, by=system, kind="pib_agency", name="Ban trường A", since=date(2025, 7, 1)
    )
    committee = open_body(
        country.here, by=system, kind="peoples_committee", name="Ủy ban", since=date(2025, 7, 1)
    )
    found_on = date(2025, 9, 8)
    recommendation = actions.draft_recommendation(
        by=system,
        board=board,
        answerer=committee,
        title="Thu quỹ sai mức",
        finding="Thu vượt.",
        found_on=found_on,
    )
    recommendation = actions.confirm_recommendation(recommendation, by=system)
    recommendation = actions.send_recommendation(
        recommendation, by=system, sent_on=found_on, received_on=found_on
    )
    assert recommendation.obligation.rule.article == "Điều 63 khoản 1 điểm c"
    # As earlier versions judged it: the same days by the article of communes.
    of_commune = RuleVersion.objects.uncorrected().get(key="pib.answer", since=date(2023, 7, 1))
    Obligation.objects.filter(pk=recommendation.obligation_id).update(rule=of_commune)
    assert revise_misjudged(by=system) == 0, "no day moves"
    assert Obligation.objects.get().rule.key == "pib.answer.agency"
    assert Entry.objects.latest("number").act == "obligations.revised", "an entry proves it"


@pytest.mark.case("LA10")
@pytest.mark.parametrize(
    "kind", ["peoples_inspection_board", "pib_agency", "pib_enterprise", "investment_board"]
)
@pytest.mark.parametrize("planned_on", [date(2022, 3, 1), date(2023, 6, 30)])
def test_a_round_of_before_2023_is_planned_without_a_notice(db, country, system, kind, planned_on):
    load_law(by=system)
    board = open_body(country.old_whole, by=system, kind=kind, name="Ban", since=SINCE)
    plan = actions.plan_round(
        by=system, board=board, span="quarter", title="Giám sát quỹ", planned_on=planned_on
    )
    assert plan.notice is None
    plan = actions.notify_round(plan, by=system, on=planned_on)
    actions.cancel_plan(plan, by=system, on=planned_on, reason="Mưa")


@pytest.mark.case("LA10")
@pytest.mark.parametrize(("day", "due"), [("2014-06-30", None), ("2014-07-01", "2014-07-15")])
def test_a_visit_of_before_the_law_of_2013_has_no_due_day(country, system, day, due):
    load_law(by=system)
    record_visit(
        by=system,
        unit=country.old_whole,
        received_on=date.fromisoformat(day),
        form="regular",
        name="Nguyễn Thị Mận",
        content="Hỏi về đất",
        nature="feedback",
        is_owed=True,
    )
    days = Obligation.objects.values_list("due_on", flat=True)
    assert list(days) == ([date.fromisoformat(due)] if due else [])


@pytest.mark.case("LA10")
def test_what_began_with_a_law_is_refused_before_it_on_the_field_of_its_day(country, system):
    load_law(by=system)
    unit = country.old_whole
    village = make_unit("village", "Tổ 5", unit, SINCE, country.old_whole.until)

    def asked(day):
        asker = Asker("Lê Văn Tám")
        ask_information(by=system, unit=unit, question="Quỹ", asker=asker, received_on=day)

    def proposed(day):
        propose_decision(
            by=system,
            unit=village,
            item=1,
            title="Làm đường",
            content="Rộng ba mét.",
            proposer="head",
            proposed_on=day,
        )

    def planned(day):
        plan_election(
            by=system,
            unit=village,
            plan_on=day,
            document="12/KH",
            planned_on=day + timedelta(days=30),
            term_until=date(2025, 6, 1),
        )

    for act, field, first in (
        (asked, "received_on", date(2018, 7, 1)),
        (proposed, "proposed_on", date(2023, 7, 1)),
        (planned, "plan_on", date(2023, 7, 1)),
    ):
        with pytest.raises(Refused, match="chưa có quy định") as refusal:
            act(first - timedelta(days=1))
        assert refusal.value.field == field
        act(first)


@pytest.mark.case("LA10")
def test_a_board_that_was_closed_before_the_decree_stops_no_report_of_another(
    country, system, clock
):
    load_law(by=system)
    clock.set("2026-03-02")
    closed, open_one = (
        open_body(unit, by=system, kind="investment_board", name="Ban", since=since)
        for unit, since in ((country.old_whole, SINCE), (country.here, date(2025, 7, 1)))
    )
    for board, since in ((closed, date(2022, 1, 3)), (open_one, date(2025, 9, 1))):
        term = BoardTerm.objects.create(
            uid=uuid4(),
            board=board,
            unit=board.unit,
            since=since,
            until=date(2027, 1, 4),
            recognised_on=since,
            made_by=system.key,
            made_at=now(),
        )
    Body.objects.filter(pk=closed.pk).update(until=date(2023, 6, 30))
    assert actions.owe_reports(by=system)
    assert BoardReport.objects.filter(board=closed).exists()
    assert not BoardReport.objects.filter(board=closed, obligation__isnull=False).exists()
    assert BoardReport.objects.filter(board=term.board, obligation__isnull=False).exists()

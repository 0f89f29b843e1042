"""What happened before the Law of 2022 was in force can be recorded, with the time limit of
its time where there was one.
"""

from datetime import date

import pytest

from danchu.inspection import actions
from danchu.inspection.models import Recommendation
from danchu.inspection.public.recommendations import days_overdue, facts
from danchu.inspection.sections.recommendations import is_overdue
from danchu.journal.models import Entry
from danchu.law.loading import load_law
from danchu.law.models import RuleVersion
from danchu.obligations.actions import revise_misjudged
from danchu.obligations.models import Obligation
from danchu.units.actions import open_body
from tests.people.conftest import country, system  # noqa: F401

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

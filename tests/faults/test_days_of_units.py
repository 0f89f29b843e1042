"""What is counted happened on a day on which its unit, or its board, was there: asked by every act
that writes or moves such a day.
"""

from datetime import date, timedelta

import pytest

from danchu.casework.actions import plan_reception_day, record_visit, register_petition
from danchu.casework.loading import load_matters
from danchu.casework.models import Matter
from danchu.consultation.actions import plan_consultation
from danchu.decision.actions import enter_works, propose_decision
from danchu.disclosure.actions import ask_information, open_content
from danchu.disclosure.actions.requests import Asker
from danchu.disclosure.loading import load_catalogue
from danchu.disclosure.models import Item
from danchu.figures.catalogue import INDICATORS, parts
from danchu.inspection import actions
from danchu.inspection.actions import edit_recommendation
from danchu.kernel.refusals import Refused
from danchu.minutes.actions import draft_minutes, make_commitment
from danchu.register.actions import confirm_event, correct_event, draft_event, edit_draft
from tests.inspection.conftest import bodies, drafted  # noqa: F401
from tests.people.conftest import REFORM, country, system  # noqa: F401
from tests.village import played as villages

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law_loaded")]
BEFORE = REFORM - timedelta(days=1)


@pytest.fixture
def place(country, bodies, system):  # noqa: F811
    """The units, with a board and a committee that began with the commune, and the acts."""
    load_matters(by=system)
    country.board, country.committee = bodies
    return country


def day_of_event(place, by, day):
    draft_event("dialogue", by=by, unit=place.here, held_on=day, title="Đối thoại")


def moved_draft(place, by, day):
    event = draft_event("dialogue", by=by, unit=place.here, held_on=REFORM, title="Đối thoại")
    edit_draft(event, by=by, held_on=day)


def corrected_event(place, by, day):
    event = draft_event("dialogue", by=by, unit=place.here, held_on=REFORM, title="Đối thoại")
    correct_event(confirm_event(event, by=by), by=by, reason="Ghi nhầm", held_on=day)


def round_of(place, by, day):
    return actions.write_round(
        by=by,
        board=place.board,
        uid="0b5ae6ba-0e3c-4f8c-8f63-9d0f2f2f0001",
        held_on=day,
        title="Kho",
    )


def moved_round(place, by, day):
    sheet = round_of(place, by, REFORM)
    actions.edit_round(sheet, by=by, held_on=day, title="Kho")


def finding(place, by, day):
    actions.record_finding(by=by, board=place.board, found_on=day, title="Thu sai")


def recommendation(place, by, day):
    return actions.draft_recommendation(
        by=by,
        board=place.board,
        answerer=place.committee,
        title="Thu sai",
        finding="Thu vượt",
        found_on=day,
    )


def moved_recommendation(place, by, day):
    edit_recommendation(recommendation(place, by, REFORM), by=by, found_on=day)


def project(place, by, day):
    actions.register_project(
        by=by, unit=place.here, name="Cầu", owner="UBND", capital="public", begun_on=day
    )


def member(place, by, day):
    term = actions.open_term(
        by=by, board=place.board, since=REFORM, until=REFORM + timedelta(days=700)
    )
    actions.elect_member(term, by=by, name="Ông Ba", village=place.village, elected_on=day)


def petition(place, by, day):
    register_petition(
        by=by,
        unit=place.here,
        nature="feedback",
        channel="counter",
        matter=Matter.objects.first(),
        title="Đèn hỏng",
        content="Đèn ngõ 7 hỏng",
        received_on=day,
    )


def visit(place, by, day):
    record_visit(
        by=by,
        unit=place.here,
        received_on=day,
        form="regular",
        name="Bà Tư",
        content="Hỏi sổ đỏ",
        nature="feedback",
    )


def reception_day(place, by, day):
    plan_reception_day(
        by=by, unit=place.here, office="Chủ tịch", on=day, form="periodic", room="P1"
    )


def commitment(place, by, day):
    make_commitment(
        by=by,
        unit=place.here,
        title="Sửa đường",
        text="Sửa đường ngõ 7",
        made_on=day,
        due_on=date(2027, 1, 4),
        owner=place.committee,
        asked_by="Tổ 5",
    )


def minutes(place, by, day):
    draft_minutes(by=by, unit=place.here, held_on=day, title="Họp")


def disclosure(place, by, day):
    load_catalogue(by=by)
    item = Item.objects.on(REFORM).get(key="commune.1")
    open_content(by=by, unit=place.here, item=item, title="Kế hoạch năm", decided_on=day)


def information(place, by, day):
    ask_information(by=by, unit=place.here, question="Quỹ", asker=Asker("An"), received_on=day)


def consultation(place, by, day):
    plan_consultation(
        by=by,
        unit=place.here,
        planned_on=day,
        matter=1,
        title="Quy hoạch chợ",
        plan="Họp ở các tổ",
        ways=["meeting"],
        responsible="Chủ tịch",
    )


def household_decision(place, by, day):
    propose_decision(
        by=by,
        unit=place.village,
        item=1,
        title="Làm đường",
        content="Làm đường ngõ 7",
        proposer="head",
        proposed_on=day,
    )


def works(place, by, day):
    enter_works(by=by, unit=place.here, title="Cống", why="gift", finished_on=day, value=5, money=5)


def village_head(place, by, day):
    villages.head(place.village, by, since=day)


def convention(place, by, day):
    villages.drafted(place.village, by, proposed_on=day)


def village_conference(place, by, day):
    villages.planned(place.village, by, year=day.year, plan_on=day, planned_on=day)


ACTS = {
    "event": (day_of_event, moved_draft, corrected_event),
    "part": (day_of_event,),
    "round": (round_of, moved_round),
    "finding": (finding,),
    "recommendation": (recommendation, moved_recommendation),
    "investment_project": (project,),
    "board_member": (member,),
    "petition": (petition,),
    "visit": (visit,),
    "reception_day": (reception_day,),
    "commitment": (commitment,),
    "passage": (minutes,),
    "disclosure": (disclosure,),
    # What is posted and what is owed are of a content, votes are of a decision.
    "posting": (disclosure,),
    "disclosure_due": (disclosure,),
    "disclosure_contest": (disclosure,),
    "information_request": (information,),
    "consultation": (consultation,),
    # An opinion is of the consultation's own unit, within its days.
    "opinion": (consultation,),
    "consultation_voter": (consultation,),
    "village_head": (village_head,),
    "convention": (convention,),
    "village_conference": (village_conference,),
    "household_decision": (household_decision,),
    "works": (works,),
    "household_vote": (household_decision,),
}
# Sources whose rows are units and bodies: their day is the day on which they begin.
THEMSELVES = {"body", "unit", "investment_board", "village_standing"}


@pytest.mark.parametrize("act", [act for acts in ACTS.values() for act in acts])
def test_no_act_counts_something_at_a_unit_that_was_not_there_on_the_day(place, system, act):  # noqa: F811
    with pytest.raises(Refused) as refusal:
        act(place, system, BEFORE)
    assert any("không tồn tại" in str(one.message) or "không hoạt động" in str(one.message)
               for one in refusal.value.every), str(refusal.value)  # fmt: skip


@pytest.mark.parametrize("act", [act for acts in ACTS.values() for act in acts])
def test_on_the_first_day_of_the_unit_the_same_act_is_done(place, system, act):  # noqa: F811
    act(place, system, REFORM)


@pytest.mark.parametrize("act", [visit, petition, reception_day, project])
def test_nor_from_the_day_on_which_it_ended(place, system, act):  # noqa: F811
    place.here = place.old_whole
    with pytest.raises(Refused):
        act(place, system, REFORM)
    act(place, system, BEFORE)


def test_every_source_of_a_figure_has_such_an_act():
    keys = {
        part.source.key
        for indicator in INDICATORS.values()
        if getattr(indicator, "source", None) is not None
        for part in parts(indicator)
    }
    missing = sorted(keys - THEMSELVES - ACTS.keys())
    assert not missing, f"give ACTS a function for each of these sources of figures: {missing}"
    assert ACTS.keys() - {"round"} <= keys - THEMSELVES

"""The yearly conference: plan, convocation, nine steps, report, members of the board."""

from datetime import date, timedelta

import pytest

from danchu.inspection import actions as boards
from danchu.inspection.models import BoardMember
from danchu.kernel.refusals import Denied, Refused
from danchu.obligations.models import Obligation
from danchu.units.kinds import BodyKind
from danchu.units.models import Body
from danchu.village import actions
from danchu.village.models import VillageConference
from danchu.village.rules.steps import LAST_STEP
from danchu.village.shown import decisions_of_year
from tests.decision import played as matters
from tests.decision.played import write_roll
from tests.decision.test_votes import refused_field
from tests.planted import check_each_field
from tests.village import played

pytestmark = pytest.mark.digested
STEPS = {number: f"Bước {number}" for number in range(1, LAST_STEP + 1)}


@pytest.mark.parametrize("late", [0, 1])
def test_households_are_convened_five_days_before(officials, system, late):
    conference = played.planned(officials.village, system)
    owed = Obligation.objects.open().get()
    assert (owed.rule.key, owed.unit, owed.due_on) == (
        "conference.notice",
        officials.village,
        date(2026, 1, 19),
    )
    with pytest.raises(Refused, match="gửi kế hoạch"):
        actions.convene_conference(
            conference, by=system, on=owed.due_on, planned_on=date(2026, 1, 24), venue="Đình"
        )
    actions.send_conference_plan(conference, by=system, on=date(2026, 1, 6))
    values = {"by": system, "planned_on": date(2026, 1, 24), "venue": "Đình"}
    values["on"] = owed.due_on + timedelta(days=late)
    if late:
        field = refused_field(actions.convene_conference, conference, **values)
        assert field == "planned_on"
    else:
        assert actions.convene_conference(conference, **values).state == "convened"
        assert not Obligation.objects.open().exists()


def test_a_village_has_one_conference_a_year_and_another_after_one_was_cancelled(officials, system):
    conference = played.planned(officials.village, system)
    assert refused_field(played.planned, officials.village, system) == "year"
    actions.cancel_conference(conference, by=system, reason="Bão")
    assert not Obligation.objects.open().exists()
    assert played.planned(officials.village, system).pk
    assert refused_field(played.planned, officials.village, system, year=2023) == "year"


@pytest.mark.parametrize("households", [1, 2, 3])
def test_attendance_is_of_the_roll_of_the_day(officials, system, households):
    write_roll(officials.village, households)
    write_roll(officials.village, 1, first=9, since=date(2026, 1, 25))
    conference = played.convened(officials.village, system)
    values = {"by": system, "on": date(2026, 1, 24), "chair": "Trưởng", "secretary": "Thư"}
    more = refused_field(actions.hold_conference, conference, attending=households + 1, **values)
    assert more == "attending"
    conference = actions.hold_conference(conference, attending=households, **values)
    assert (conference.households, conference.attending) == (households, households)


def test_no_report_before_each_of_the_nine_steps_is_written(officials, system):
    write_roll(officials.village, 3)
    conference = played.held(officials.village, system)
    actions.write_steps(conference, by=system, texts={**STEPS, 9: ""})
    with pytest.raises(Refused, match="1 bước"):
        actions.report_conference(conference, by=system, on=date(2026, 1, 26))
    actions.write_steps(conference, by=system, texts=STEPS)
    conference = actions.report_conference(conference, by=system, on=date(2026, 1, 26))
    assert (conference.state, conference.steps.count()) == ("reported", LAST_STEP)


def test_it_reports_what_was_decided_in_its_year_and_how_far_it_is(officials, system, clock):
    write_roll(officials.village, 3)
    passed = matters.decided_by_meeting(officials.village, system, 3, 3)
    failed = matters.decided_by_meeting(officials.village, system, 3, 0)
    matters.propose(officials.village, system)
    this_year = played.planned(officials.village, system, year=2026)
    before = played.planned(officials.village, system, year=2025)
    assert decisions_of_year(this_year) == [passed, failed]
    assert decisions_of_year(before) == []


@pytest.fixture
def term(officials, system):
    """A term of the board of the commune that its Front is forming."""
    board = Body.objects.create(
        unit=officials.here, kind=BodyKind.PEOPLES_INSPECTION_BOARD, since="2025-07-01"
    )
    return boards.open_term(by=system, board=board, since=date(2025, 7, 1), until=date(2030, 7, 1))


def test_who_is_elected_here_is_the_member_in_the_room_of_boards(officials, system, term):
    write_roll(officials.village, 3)
    decision = matters.decided_by_meeting(officials.village, system, 3, 3, 5)
    conference = played.held(officials.village, system, year=2026)
    front = officials.by["front"]
    with pytest.raises(Denied):
        actions.elect_to_board(
            conference, by=officials.by["clerk"], decision=decision, name="Bùi Thị Hạnh"
        )
    actions.elect_to_board(conference, by=front, decision=decision, name="Bùi Thị Hạnh")
    member = BoardMember.objects.get()
    assert (member.term, member.village) == (term, officials.village)
    assert (member.name, member.elected_on) == ("Bùi Thị Hạnh", decision.settled_on)
    assert conference.elected.get().member == member
    check_each_field("elected_member")


@pytest.mark.parametrize("item", [5, 6])
def test_nobody_is_elected_by_a_matter_that_failed_or_is_another(officials, system, term, item):
    write_roll(officials.village, 3)
    yes = 0 if item == 5 else 3
    decision = matters.decided_by_meeting(officials.village, system, 3, yes, item)
    conference = played.held(officials.village, system, year=2026)
    values = {"by": system, "decision": decision, "name": "Bùi Thị Hạnh"}
    assert refused_field(actions.elect_to_board, conference, **values) == "decision"


def test_who_may_not_be_a_member_of_the_board_is_refused_by_the_boards(officials, system, term):
    write_roll(officials.village, 3)
    decision = matters.decided_by_meeting(officials.village, system, 3, 3, 5)
    conference = played.held(officials.village, system, year=2026)
    values = {"by": system, "decision": decision, "name": "Bùi Thị Hạnh"}
    assert refused_field(actions.elect_to_board, conference, is_official=True, **values) == "name"
    assert not BoardMember.objects.exists()
    assert VillageConference.objects.get().elected.count() == 0

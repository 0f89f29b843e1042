"""The illustrative matters, elections and conventions of a ward are in every state of their lives,
by the real acts, and their pages say whom each waits for, its day and its next step.
"""

import re
from datetime import date, timedelta
from random import Random

import pytest

from danchu.decision.lives import State, WorksState
from danchu.decision.models import (
    ClusterPlan,
    DecisionSheet,
    HouseholdDecision,
    OnlinePoll,
    Works,
)
from danchu.demo.decision_states import play_decisions
from danchu.demo.states import Ward
from danchu.demo.villages import VILLAGES, play_villages
from danchu.demo.works_states import play_works
from danchu.kernel.days import show_day
from danchu.units.actions import open_village
from danchu.village.lives import ConferenceState, ConventionState, ElectionState
from danchu.village.models import Convention, HeadElection, VillageConference
from tests.decision.played import SINCE
from tests.markup import tight

TODAY = date(2026, 11, 30)


@pytest.fixture
def ward(officials, system, clock):
    clock.set(TODAY.isoformat())
    for number in range(6, VILLAGES + 5):
        open_village(officials.here, by=system, name=f"Tổ {number}", kind="to_dan_pho", since=SINCE)
    return Ward(officials.here, {}, Random(1), system)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_ward_of_the_demo_has_a_matter_in_every_state(ward, seed):
    ward.chance.seed(seed)
    for play in (play_villages, play_works, play_decisions):
        assert play(ward) > 10
    for model, states in (
        (HouseholdDecision, State),
        (HeadElection, ElectionState),
        (Convention, ConventionState),
        (VillageConference, ConferenceState),
        (Works, WorksState),
    ):
        missing = set(states.values) - set(model.objects.values_list("state", flat=True))
        assert not missing, model.__name__
    sheets = DecisionSheet.objects.all()
    assert sheets.filter(paper=None).exists() and sheets.exclude(paper=None).exists()
    outcomes = HouseholdDecision.objects.filter(outcome="form_not_agreed")
    assert outcomes.get().state == State.PROPOSED
    assert OnlinePoll.objects.filter(closed_at__isnull=False, step="matter").get().other == 2


def acts_of(page):
    """The acts that a page offers, in their order, and whether the form of each is open."""
    text = tight(page.content.decode())
    return [
        (name, bool(opened))
        for opened, name in re.findall(r'<details class="act"( open)?[^>]*>.*?id="act-(\w+)"', text)
    ]


def test_the_next_step_of_each_matter_comes_first_and_withdrawing_last(client, officials, ward):
    play_decisions(ward)
    client.force_login(officials.head)
    for state, first in (
        ("passed", "send"),
        ("proposed", "announce"),
        ("short", "plan_ballot"),
        ("villages", "close_villages"),
    ):
        matter = HouseholdDecision.objects.filter(state=state).order_by("pk").first()
        acts = acts_of(client.get(f"/desk/decisions/{matter.uid}/"))
        assert acts[0] == (first, True), state
        assert "withdraw" not in [name for name, _open in acts][:-1], state


def test_what_comes_beside_the_course_of_a_record_is_not_open(client, officials, ward):
    play_villages(ward)
    play_decisions(ward)
    client.force_login(officials.head)
    healthy = Convention.objects.filter(state="in_force").first()
    acts = acts_of(client.get(f"/desk/conventions/{healthy.uid}/"))
    assert acts == [("flag", False)]
    again = HouseholdDecision.objects.get(state=State.AGAIN)
    acts = acts_of(client.get(f"/desk/decisions/{again.uid}/"))
    assert acts == [("works", False)]


def test_a_plan_of_clusters_is_approved_before_another_one_is_sent(client, officials, ward):
    play_decisions(ward)
    client.force_login(officials.head)
    plans = ClusterPlan.objects.order_by("approved_on")
    waiting = plans.get(approved_on=None).vote.decision
    acts = acts_of(client.get(f"/desk/decisions/{waiting.uid}/"))
    assert acts[:3] == [
        ("approve_clusters", True),
        ("refuse_clusters", False),
        ("plan_clusters", False),
    ]
    held = plans.exclude(approved_on=None).get().vote
    assert held.decision.state == State.IN_FORCE
    assert held.attending == sum(one.attending for one in held.clusters.all()) > 15


def test_villages_of_a_matter_of_the_whole_commune_stand_by_their_numbers(client, ward):
    play_decisions(ward)
    whole = HouseholdDecision.objects.get(state=State.VILLAGES)
    page = client.get(f"/decisions/{whole.uid}/")
    numbers = [int(one.where.rpartition(" ")[2]) for one in page.context["villages"]]
    assert numbers == sorted(numbers) and numbers[0] == 5 and numbers[-1] > 9


def test_the_list_shows_the_day_of_a_vote_to_come(client, ward):
    play_decisions(ward)
    page = tight(client.get("/decisions/?state=announced").content.decode())
    assert show_day(TODAY + timedelta(days=4)) in page and "ngày họp" in page
    page = tight(client.get("/decisions/?state=balloting").content.decode())
    assert show_day(TODAY + timedelta(days=3)) in page and "hạn nộp phiếu" in page
    for state in ("done", "short"):
        page = tight(client.get(f"/decisions/?state={state}").content.decode())
        assert "ngày họp" not in page, state


def test_an_election_and_a_convention_say_whom_their_matter_waits_for(client, officials, ward):
    play_villages(ward)
    client.force_login(officials.clerk)
    elected = HeadElection.objects.get(state="elected")
    page = tight(client.get(f"/desk/head-elections/{elected.uid}/").content.decode())
    assert "Đã gửi, chờ công nhận" in page and "Đang chờ: Chủ tịch" in page
    recognised = HeadElection.objects.get(state="recognised")
    page = tight(client.get(f"/desk/head-elections/{recognised.uid}/").content.decode())
    assert "Đang chờ:" not in page and recognised.head.name in page
    refused = HeadElection.objects.get(state="refused")
    page = tight(client.get(f"/head-elections/{refused.uid}/").content.decode())
    assert refused.decision.reason in page
    put = Convention.objects.get(state="put")
    page = tight(client.get(f"/desk/conventions/{put.uid}/").content.decode())
    assert "Đã thông báo họp" in page and "Đang chờ: Công chức" in page
    refused = Convention.objects.get(state="refused")
    page = tight(client.get(f"/conventions/{refused.uid}/").content.decode())
    assert refused.decision.reason in page


def test_a_record_that_waits_for_two_acts_says_which_waits_for_whom(client, officials, ward):
    play_villages(ward)
    client.force_login(officials.clerk)
    planned = HeadElection.objects.get(state="planned")
    page = tight(client.get(f"/desk/head-elections/{planned.uid}/").content.decode())
    assert page.count("Đang chờ: ") > 1
    assert "<strong>Lập Tổ bầu cử.</strong>" in page


def test_a_conference_to_come_has_no_number_of_households_yet(client, ward):
    play_villages(ward)
    page = tight(client.get("/village-conferences/?state=convened").content.decode())
    assert "Đã triệu tập" in page
    assert not re.search(r"Đại diện hộ dự họp[^<]*</[^>]*>\s*0", page)
    assert 'data-label="Tổng số hộ">0' not in page


def test_a_recognised_convention_is_sent_on_once(client, officials, ward):
    play_villages(ward)
    client.force_login(officials.head)
    suspended = Convention.objects.get(state="suspended")
    acts = acts_of(client.get(f"/desk/conventions/{suspended.uid}/"))
    assert "forward" not in [name for name, _open in acts] and len(acts) > 1

"""The machine's clock runs ahead and is set back: nothing is granted for longer, nobody is kept
out, no step goes back in time.
"""

import pytest

from danchu.casework.access.rate_limits import MOST, limit_rate
from danchu.casework.actions import citizen_step, claim_petition, take_step
from danchu.kernel.days import today
from danchu.kernel.refusals import Denied, Refused
from danchu.people.actor import Actor
from danchu.vault.actions import ask_opening, judge_opening, read_identity
from tests.casework.conftest import RECEIVED

WHY = "Cần mời người tố cáo làm việc"


def test_a_grant_of_a_clock_that_ran_ahead_opens_nothing_when_it_is_set_back(clock, registered, at):
    clock.set("2026-03-05")
    sealed = registered("denunciation").sealed
    asker, granter = at("petition_officer"), at("inspectorate_chief")
    clock.set("2027-03-05")
    judge_opening(ask_opening(sealed, by=asker, reason=WHY), by=granter, granted=True)
    assert read_identity(sealed, by=asker)
    for way in ({"minutes": 31}, {"days": -365}):
        clock.forward(**way)
        with pytest.raises(Denied):
            read_identity(sealed, by=asker)


def test_a_claim_of_a_clock_that_ran_ahead_keeps_nobody_out_when_it_is_set_back(
    clock, registered, at
):
    clock.set("2026-03-05")
    it, one, other = registered("feedback"), at("petition_officer"), at("commune_clerk")
    clock.set("2026-09-05")
    claim_petition(it, by=one)
    with pytest.raises(Refused, match="đang do"):
        claim_petition(it, by=other)
    clock.set("2026-03-06")
    assert claim_petition(it, by=other).claimed_by_id == other.account_id


def test_a_step_never_goes_behind_the_one_before_and_the_citizen_is_not_stopped_by_it(
    clock, registered, system
):
    clock.set("2026-03-10")
    it, secret = registered("feedback", whole=True)
    it = take_step(it, "classify", by=system, on=today(), eligible=True, competent=True)
    clock.set("2026-03-04")
    with pytest.raises(Refused, match="tương lai"):
        take_step(it, "accept", by=system, on=it.moved_on)
    with pytest.raises(Refused, match="bước trước"):
        take_step(it, "accept", by=system, on=RECEIVED)
    it = citizen_step(it, "withdraw", by=Actor.public(), secret=secret, text="Thôi")
    assert (it.state, it.moved_on.isoformat()) == ("withdrawn", "2026-03-10")


@pytest.mark.django_db
def test_counts_of_knocks_hold_over_a_clock_that_jumps(clock):
    clock.set("2026-03-10")
    for _ in range(MOST["send"]):
        limit_rate("send", "10.0.0.1")
    clock.forward(hours=1)
    limit_rate("send", "10.0.0.1")
    clock.forward(hours=-1)
    with pytest.raises(Refused, match="Quá nhiều"):
        limit_rate("send", "10.0.0.1")

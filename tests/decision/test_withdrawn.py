"""A matter that is withdrawn takes along what hangs on it."""

import pytest

from danchu.decision import actions
from danchu.decision.lives import State
from danchu.decision.models import HouseholdDecision, OnlineChoice, OnlinePoll
from danchu.decision.writes import online_keys
from danchu.decision.writes.choices import YES, write_choice
from danchu.kernel.refusals import Refused
from danchu.obligations.models import Obligation
from danchu.vault.urn import urns
from tests.decision import played
from tests.decision.played import latest, write_roll
from tests.decision.test_communes import meet_in, part, put_forward, villages
from tests.decision.test_online import cast, opened, poll_of

pytestmark = pytest.mark.digested
REASON = "Đưa ra nhầm việc"


def owed():
    return sorted(Obligation.objects.open().values_list("rule__key", flat=True))


@pytest.mark.case("FI7", "SE-M9")
def test_a_poll_of_a_withdrawn_matter_takes_no_choice_and_is_never_read(
    officials, system, client, django_capture_on_commit_callbacks
):
    write_roll(officials.village, 9)
    decision = opened(officials.village, system)
    cast(decision, YES, YES, YES)
    poll, entries = poll_of(decision), played.entries_of(decision)
    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw_decision(decision, by=system, reason=REASON)
    assert urns() == []
    assert not OnlineChoice.objects.exclude(sealed=None).exists()
    assert latest(decision).polls.filter(closed_at=None).count() == 0
    with pytest.raises(Refused):
        write_choice(poll, entries[5], YES)
    page = client.get(f"/online-votes/{poll.uid}/").content.decode()
    assert "Đã dừng, không kiểm phiếu" in page
    assert 'name="choice"' not in page and "Số hộ tham gia" not in page
    assert client.get(f"/online-votes/{poll.uid}/file.csv").status_code == 404


@pytest.mark.case("SE-M9")
def test_a_key_that_outlived_a_withdrawn_poll_is_destroyed_at_the_next_start(officials, system):
    write_roll(officials.village, 9)
    decision = opened(officials.village, system)
    poll = OnlinePoll.objects.get()
    actions.withdraw_decision(decision, by=system, reason=REASON)
    assert urns() == [str(poll.uid)]  # the process died before the commit was acted on
    assert online_keys.destroy_keys_of_closed() == 1 and urns() == []


@pytest.mark.case("FI7")
def test_what_was_owed_about_a_withdrawn_matter_is_owed_no_more(officials, system):
    write_roll(officials.village, 9)
    decision = played.fallen_short(officials.village, system, 2)
    decision = played.ballots_out(decision, system)
    assert owed() == ["ballot.plan"]
    actions.withdraw_decision(decision, by=system, reason=REASON)
    assert owed() == []
    assert Obligation.objects.get(rule__key="ballot.plan").note == REASON


@pytest.mark.case("FI7")
def test_villages_stop_deciding_a_matter_that_the_commune_withdrew(officials, system):
    first, second, third = villages(officials, system, 3)
    for village in (first, second, third):
        write_roll(village, 6)
    whole = put_forward(officials, system)
    passed = meet_in(part(whole, first), system, 6, 6, sent=None)
    played.meet(part(whole, second), system, 6)
    assert (passed.state, owed()) == (State.PASSED, ["decision.send"])
    actions.withdraw_decision(whole, by=system, reason=REASON)
    own = HouseholdDecision.objects.filter(commune_part__whole__decision=whole)
    assert {(one.unit_id, one.state, one.reason) for one in own} == {
        (first.pk, State.PASSED, ""),
        (second.pk, State.WITHDRAWN, REASON),
        (third.pk, State.WITHDRAWN, REASON),
    }
    assert owed() == []
    with pytest.raises(Refused):
        meet_in(part(whole, third), system, 6, 6)

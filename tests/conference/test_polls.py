"""Polls from their draft to their result: who may vote, what is frozen, what closes, what is
declared.
"""

import time

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from danchu.conference import actions
from danchu.conference.access.participants import participant_from_pass
from danchu.conference.models import Ballot, Declaration, Pass, Poll, RollEntry, Vote
from danchu.conference.queries.hall_state import polls
from danchu.conference.votes.checks import poll_problems
from danchu.conference.votes.orphaned_keys import destroy_orphaned_keys, polls_without_key
from danchu.conference.writes.batches import vote
from danchu.config import vault_checks  # noqa: F401  registers the checks asked here
from danchu.config.checks import CHECKS
from danchu.journal.models import Entry
from danchu.kernel.refusals import Denied, Refused
from danchu.people.actor import Actor
from danchu.vault import merkle, urn
from danchu.vault.signatures import public_key, result_text
from danchu.vault.signed_file import file_text, signed_lines
from tests.conference.voting import ABSTAIN, NO, OPTIONS, YES, country, hall, law, system, vault  # noqa: F401

pytestmark = pytest.mark.django_db


def told(hall, poll):
    return polls(hall.conference)[f"poll:{poll.pk}"]


def test_the_roll_is_of_those_entitled_who_are_present_when_the_poll_opens(hall):
    inside = hall.add(3)
    hall.add(2, present=False)
    hall.add(1, entitled=False)
    poll = hall.open()
    assert set(RollEntry.objects.filter(poll=poll).values_list("voter_id", flat=True)) == {
        one.pk for one in inside
    }
    assert {name: poll.basis[name] for name in ("roll", "present", "entitled")} == {
        "roll": 3,
        "present": 3,
        "entitled": 5,
    }
    hall.add(1)  # came too late
    assert vote(poll, hall.delegates[-1], YES).status == "not_on_roll"


def test_the_roll_of_many_who_have_only_just_come_is_taken_in_moments(hall):
    """The planner has no statistics of the fresh rows: with nested loops this takes ten seconds."""
    hall.add(8_000)
    poll = hall.draft()
    began = time.monotonic()
    poll = actions.open_poll(poll, by=hall.system)
    assert poll.basis["roll"] == 8_000
    assert time.monotonic() - began < 5


def test_all_who_are_entitled_may_vote_where_the_poll_says_so(hall):
    hall.add(2)
    (away, *_rest) = hall.add(3, present=False)
    poll = hall.open(electorate="entitled")
    assert poll.basis["roll"] == 5
    assert vote(poll, away, YES).status == "new"


def test_a_secret_vote_is_counted_out_of_the_urn_and_its_key_is_gone(
    hall, django_capture_on_commit_callbacks
):
    hall.add(5)
    poll = hall.open(threshold_rule="vote.present.majority")
    receipts = hall.vote(poll, [YES, NO, YES, YES, ABSTAIN])
    assert urn.urns() == [str(poll.uid)]
    with django_capture_on_commit_callbacks(execute=True):
        poll = hall.declare(poll)
    assert poll.result["counts"] == [3, 1, 1]
    assert poll.result["outcome"] == "passed"
    assert urn.urns() == []
    assert dict(Ballot.objects.filter(poll=poll).values_list("code", "choice")) == {
        one.code: choice for one, choice in zip(receipts, [YES, NO, YES, YES, ABSTAIN], strict=True)
    }
    assert list(Vote.objects.filter(poll=poll).values_list("choice", "sealed").distinct()) == [
        (None, None)
    ]


def test_a_named_vote_keeps_who_chose_what(hall):
    hall.add(3)
    poll = hall.open(secrecy="named", threshold_rule="vote.present.two_thirds")
    hall.vote(poll, [YES, NO, NO])
    poll = hall.declare(poll)
    assert poll.result["counts"] == [1, 2, 0]
    assert poll.result["outcome"] == "not_passed"
    assert "3 × 1 = 3 < 2 × 3 = 6" in poll.result["told"]["why"]


def test_without_its_quorum_a_vote_decides_nothing(hall):
    hall.add(3)
    hall.add(3, present=False)
    poll = hall.open(
        secrecy="named", quorum_rule="quorum.staff", threshold_rule="vote.present.staff"
    )
    hall.vote(poll, [YES, YES, YES])
    poll = hall.declare(poll)
    assert poll.result["outcome"] == "no_quorum"
    assert "3 × 3 = 9 < 2 × 6 = 12" in poll.result["told"]["why"]
    assert "Điều 51" in poll.result["told"]["why"]


@pytest.mark.parametrize("kind", ["binding", "opinion"])
@pytest.mark.parametrize("secrecy", ["named", "secret"])
def test_choices_are_known_while_votes_come_in_only_of_an_open_opinion_poll(hall, kind, secrecy):
    hall.add(4)
    poll = hall.open(kind=kind, secrecy=secrecy)
    hall.vote(poll, [YES, NO, YES])
    assert told(hall, poll)["counts"] == (
        [2, 1, 0] if (kind, secrecy) == ("opinion", "named") else None
    )
    assert told(hall, poll)["cast"] == 3
    poll = hall.declare(poll)
    assert told(hall, poll)["counts"] == [2, 1, 0]


def test_a_choice_is_changed_only_where_the_poll_allows_it_and_keeps_its_code(hall):
    hall.add(3)
    firm, loose = hall.open(), hall.open(may_change=True)
    first = [vote(poll, hall.delegates[0], YES) for poll in (firm, loose)]
    again = [vote(poll, hall.delegates[0], NO) for poll in (firm, loose)]
    assert [one.status for one in again] == ["kept", "changed"]
    assert [one.choice for one in again] == [YES, NO]
    assert [(one.code, one.signature) for one in again] == [
        (one.code, one.signature) for one in first
    ]
    for poll in (firm, loose):
        for delegate in hall.delegates[1:]:
            vote(poll, delegate, ABSTAIN)
    assert [hall.declare(poll).result["counts"] for poll in (firm, loose)] == [[1, 0, 2], [0, 1, 2]]


def test_hands_of_rooms_are_added_and_count_against_the_heads(hall):
    hall.add(2)
    room, other = hall.point("Điểm cầu A"), hall.point("Điểm cầu B")
    (inside,) = hall.add(1, point=room)
    poll = hall.open(secrecy="named", franchise="both", threshold_rule="vote.present.majority")
    vote(poll, inside, NO)
    hall.vote(poll, [YES])
    hall.hands(poll, room, 10, [6, 2, 1])
    hall.hands(poll, other, 5, [5, 0, 0])
    poll = hall.declare(poll)
    assert poll.result["counts"] == [12, 3, 1]
    assert poll.result["present"] == 10 + 5 + 2
    assert poll.result["outcome"] == "passed"
    assert poll.result["rooms"] == [
        {"name": "Điểm cầu A", "heads": 10, "devices": 1, "counts": [6, 2, 1]},
        {"name": "Điểm cầu B", "heads": 5, "devices": 0, "counts": [5, 0, 0]},
    ]


def test_a_poll_does_not_close_while_a_room_has_more_hands_than_people_left(hall):
    room = hall.point("Điểm cầu A")
    (inside,) = hall.add(1, point=room)
    poll = hall.open(secrecy="named", franchise="both")
    hall.hands(poll, room, 10, [10, 0, 0])
    vote(poll, inside, NO)
    with pytest.raises(Refused, match=r"Điểm cầu A: 10 \+ 1 > 10"):
        hall.close(poll)
    assert Poll.objects.get(pk=poll.pk).state == "open"


def test_where_only_rooms_vote_no_device_does(hall):
    hall.add(2)
    room = hall.point("Điểm cầu A")
    poll = hall.open(secrecy="named", franchise="rooms", threshold_rule="vote.present.majority")
    assert vote(poll, hall.delegates[0], YES).status == "closed"
    hall.hands(poll, room, 12, [6, 6, 0])
    assert hall.declare(poll).result["outcome"] == "not_passed"


def test_a_cancelled_secret_vote_is_never_opened(hall, django_capture_on_commit_callbacks):
    hall.add(3)
    poll = hall.open()
    hall.vote(poll, [YES, NO])
    with django_capture_on_commit_callbacks(execute=True):
        poll = actions.cancel_poll(poll, by=hall.system, reason="Hỏi lại cho rõ")
    assert urn.urns() == []
    assert list(Vote.objects.filter(poll=poll).values_list("sealed", flat=True)) == [None, None]
    with pytest.raises(Refused):
        actions.declare_poll(poll, by=hall.system)


def test_a_vote_without_the_key_of_its_urn_is_not_acknowledged(hall):
    hall.add(3)
    poll = hall.open()
    urn.destroy_urn(poll.uid)  # as after a restore on another machine
    assert vote(poll, hall.delegates[0], YES).status == "closed"
    assert not Vote.objects.filter(poll=poll).exists()


def test_votes_that_cannot_be_opened_are_not_counted_around(hall):
    hall.add(3)
    poll = hall.open()
    hall.vote(poll, [YES, NO])
    first = Vote.objects.filter(poll=poll).first()
    other = Vote.objects.filter(poll=poll).exclude(voter=first.voter_id).first()
    Vote.objects.filter(poll=poll, voter=first.voter_id).update(
        sealed=bytes(other.sealed)
    )  # another's vote in my place
    hall.close(poll)
    with pytest.raises(Refused, match="hòm phiếu"):
        actions.declare_poll(poll, by=hall.system)
    assert not Ballot.objects.exists()


def test_no_journal_entry_speaks_of_a_voter(hall):
    hall.add(3)
    poll = hall.open()
    receipts = hall.vote(poll, [YES, NO, YES])
    hall.declare(poll)
    entries = [
        f"{entry.act} {entry.kind} {entry.data}"
        for entry in Entry.objects.filter(act__startswith="poll.")
    ]
    assert [entry.split()[0] for entry in entries] == [
        "poll.drafted",
        "poll.opened",
        "poll.closed",
        "poll.declared",
    ]
    for private in [
        *(one.code for one in receipts),
        *(str(one.uid) for one in hall.delegates),
        *(one.name for one in hall.delegates),
    ]:
        assert private not in str(entries)


def test_a_key_that_outlived_its_poll_is_swept_and_no_other(hall):
    hall.add(3)
    done, running, drafted = hall.open(), hall.open(), hall.draft()
    hall.declare(done)  # the key is destroyed after the commit, which this test never reaches
    urn.make_urn(drafted.uid)
    assert len(urn.urns()) == 3
    assert destroy_orphaned_keys() == 2
    assert urn.urns() == [str(running.uid)]
    assert polls_without_key() == []
    urn.destroy_urn(running.uid)
    assert polls_without_key() == [running]


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("title", {"title": " "}),
        ("options", {"options": ["Một"]}),
        ("options", {"options": ["Một", "Một"]}),
        ("options", {"options": ["Một", ""]}),
        ("kind", {"kind": "other"}),
        ("secrecy", {"secrecy": "secret", "franchise": "rooms"}),
        ("secrecy", {"publishes_names": True}),
        ("electorate", {"electorate": "hall"}),
        ("threshold_option", {"threshold_option": 3}),
        ("quorum_rule", {"quorum_rule": "pib.answer"}),
        ("threshold_rule", {"threshold_rule": "vote.entitled.majority"}),
        ("threshold_rule", {"threshold_rule": "vote.present.unknown"}),
        ("threshold_rule", {"kind": "opinion", "threshold_rule": "vote.present.majority"}),
    ],
)
def test_a_draft_that_cannot_be_voted_on_is_refused_by_field(hall, field, given):
    with pytest.raises(Refused) as refusal:
        hall.draft(**given)
    assert refusal.value.field == field
    assert not Poll.objects.exists()


@pytest.mark.parametrize("state", ["convened", "closed", "cancelled"])
def test_a_poll_is_opened_only_while_the_conference_is_in_session(hall, state):
    hall.add(3)
    poll = hall.draft()
    hall.conference.state = state
    hall.conference.save()
    with pytest.raises(Refused, match="Hội nghị đang ở trạng thái"):
        actions.open_poll(poll, by=hall.system)
    assert Poll.objects.get(pk=poll.pk).state == "drafted" and urn.urns() == []


def test_a_secret_vote_of_two_is_none(hall):
    hall.add(2)
    with pytest.raises(Refused, match="ít nhất 3"):
        hall.open()
    assert urn.urns() == []


@pytest.mark.case("SE-M10")
@pytest.mark.parametrize("kind", ["binding", "opinion"])
@pytest.mark.parametrize("number", [1, 2])
def test_a_secret_result_of_one_or_two_ballots_is_not_declared(hall, kind, number):
    hall.add(5)
    poll = hall.open(kind=kind)
    hall.vote(poll, [YES] * number)
    with pytest.raises(Refused, match="hãy hủy biểu quyết này"):
        hall.declare(poll)
    assert Poll.objects.get(pk=poll.pk).state == "closed" and not Ballot.objects.exists()
    assert set(Vote.objects.values_list("choice", flat=True)) == {None}
    actions.cancel_poll(poll, by=hall.system, reason="Quá ít phiếu")


def test_a_draft_is_edited_until_it_is_opened(hall):
    hall.add(3)
    poll = actions.edit_poll(
        hall.draft(), by=hall.system, title="Bầu tổ thư ký", options=["Có", "Không"]
    )
    assert (poll.title, poll.options) == ("Bầu tổ thư ký", ["Có", "Không"])
    actions.open_poll(poll, by=hall.system)
    with pytest.raises(Refused):
        actions.edit_poll(poll, by=hall.system, title="Khác")
    assert Poll.objects.get(pk=poll.pk).title == "Bầu tổ thư ký"


def test_the_chair_runs_a_poll_by_his_pass_and_a_delegate_does_not(hall):
    hall.add(3)
    chair, delegate = (
        participant_from_pass(
            Pass.objects.create(
                conference=hall.conference, role=role, delegate=person, secret=role
            ),
            "may",
        )
        for role, person in (("chair", None), ("delegate", hall.delegates[0]))
    )
    poll = actions.draft_poll(
        hall.conference,
        by=chair,
        title="Thông qua",
        options=OPTIONS,
        kind="binding",
        secrecy="named",
    )
    with pytest.raises(Denied):
        actions.open_poll(poll, by=delegate)
    actions.open_poll(poll, by=chair)
    hall.vote(poll, [YES, NO, YES])
    for act in (actions.close_poll, actions.declare_poll):
        with pytest.raises(Denied):
            act(poll, by=Actor.public())
        act(poll, by=chair)
    assert Poll.objects.get(pk=poll.pk).result["counts"] == [2, 1, 0]
    assert Entry.objects.filter(act="poll.declared").get().actor.startswith("pass:")


def test_a_result_that_was_touched_is_found_by_verify(hall):
    hall.add(4)
    poll = hall.open()
    hall.vote(poll, [YES, NO, YES])
    hall.declare(poll)
    it = Declaration.objects.get(poll=poll)
    assert list(poll_problems()) == []
    other = Ed25519PrivateKey.generate()
    lines = signed_lines(it.content)
    for changed, problems in (
        ({"content": it.content.replace("count,1,2,0,2", "count,1,3,0,3")}, 1),
        (
            {
                "signature": "00" * 64,
                "content": file_text(lines, it.root, it.public_key, "00" * 64),
            },
            1,
        ),
        (
            _forged(lines[:-1], poll, other),
            2,
        ),  # whole in itself, but neither in the journal nor in the ballots
    ):
        Declaration.objects.filter(poll=poll).update(**changed)
        assert len(list(poll_problems())) == problems, changed
        it.save()
    Ballot.objects.filter(poll=poll).first().delete()
    assert len(list(poll_problems())) == 1


def _forged(lines, poll, key):
    root, public = merkle.root(lines), key.public_key().public_bytes_raw().hex()
    signature = key.sign(result_text(poll.uid, len(lines), root).encode()).hex()
    return {
        "root": root,
        "size": len(lines),
        "public_key": public,
        "signature": signature,
        "content": file_text(lines, root, public, signature),
    }


def test_the_check_of_an_installation_names_the_signing_key_and_finds_urns_that_are_wrong(
    hall, vault
):
    found = {check.key: check for check in CHECKS}
    assert "sẽ tạo khi cần" in str(found["signing"].name) and list(found["signing"].run()) == []
    hall.add(3)
    lost, done = hall.open(), hall.open()
    assert public_key() in str(found["signing"].name)
    assert list(found["urns"].run()) == []
    urn.destroy_urn(lost.uid)
    hall.declare(done)  # its key would be destroyed after the commit
    assert [
        str(lost.pk) in trouble.what or str(done.uid) in trouble.what
        for trouble in found["urns"].run()
    ] == [True, True]
    (vault / "signing").chmod(0o755)
    assert len(list(found["signing"].run())) == 1

"""Random votes, repeats, changes, absences, hands and rules: the result equals that of a slow and
obvious count.
"""

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danchu.conference.models import Declaration
from danchu.conference.votes.verdict import judge_poll
from danchu.conference.writes.batches import vote
from danchu.kernel.refusals import Refused
from danchu.law.rule import Rule
from tests.conference.test_recount import recount
from tests.conference.voting import Hall, country, law, system, vault  # noqa: F401
from tests.sizes import long, size

RULES = [
    ("", None),
    ("vote.present.majority", "over half"),
    ("vote.present.two_thirds", "two thirds"),
]
QUORUMS = [("", None), ("quorum.majority", "over half"), ("quorum.two_thirds", "two thirds")]


def reaches(part, whole, rule):
    """The slow way: with exact fractions."""
    return (
        Fraction(part, whole) > Fraction(1, 2)
        if rule == "over half"
        else Fraction(part, whole) >= Fraction(2, 3)
    )


def outcome(counts, present, entitled, quorum, threshold):
    if sum(counts) > present:
        return "void"
    if quorum and (entitled == 0 or not reaches(min(present, entitled), entitled, quorum)):
        return "no_quorum"
    if not threshold:
        return "counted"
    return "passed" if present and reaches(counts[0], present, threshold) else "not_passed"


@st.composite
def meetings(draw):
    present, absent = draw(st.integers(3, 9)), draw(st.integers(0, 6))
    return {
        "present": present,
        "absent": absent,
        "secrecy": draw(st.sampled_from(["named", "secret"])),
        "may_change": draw(st.booleans()),
        "by_rooms": draw(st.booleans()),
        "threshold": draw(st.sampled_from(RULES)),
        "quorum": draw(st.sampled_from(QUORUMS)),
        "votes": draw(
            st.lists(
                st.tuples(st.integers(0, present + absent - 1), st.integers(-1, 3)), max_size=25
            )
        ),
        "hands": draw(
            st.lists(
                st.tuples(
                    st.integers(0, 6), st.integers(0, 6), st.integers(0, 6), st.integers(0, 4)
                ),
                max_size=2,
            )
        ),
        "late": draw(st.integers(0, 3)),
    }


@long
@pytest.mark.django_db
@settings(
    max_examples=size(12, 100),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(meeting=meetings())
def test_the_result_is_what_a_slow_count_says_and_the_script_agrees(
    country, system, law, vault, tmp_path, meeting
):
    hall = Hall(country.here, system)
    people = [*hall.add(meeting["present"]), *hall.add(meeting["absent"], present=False)]
    by_rooms = meeting["by_rooms"] and meeting["secrecy"] == "named"
    poll = hall.open(
        secrecy=meeting["secrecy"],
        may_change=meeting["may_change"],
        franchise="both" if by_rooms else "delegates",
        threshold_rule=meeting["threshold"][0],
        quorum_rule=meeting["quorum"][0],
    )
    kept = {}
    for person, choice in meeting["votes"]:
        told = vote(poll, people[person], choice)
        if person >= meeting["present"]:
            assert told.status in ("not_on_roll",)
        elif not 0 <= choice <= 2:
            assert told.status in ("closed", "kept")
        elif person not in kept or meeting["may_change"]:
            assert (
                told.status == ("new" if person not in kept else "changed")
                and told.choice == choice
            )
            kept[person] = choice
        else:
            assert (told.status, told.choice) == ("kept", kept[person])
    rooms = []
    for place, (*hands, more) in enumerate(meeting["hands"] if by_rooms else []):
        rooms.append((hands, sum(hands) + more))
        hall.hands(poll, hall.point(f"Điểm cầu {place}"), sum(hands) + more, hands)
    poll = hall.close(poll)
    for person in range(min(meeting["late"], meeting["present"])):
        assert vote(poll, people[person], 0).status == ("kept" if person in kept else "closed")
    if meeting["secrecy"] == "secret" and 0 < len(kept) < 3:
        with pytest.raises(Refused, match="phiếu kín"):
            hall.declare(poll)
        return
    poll = hall.declare(poll)
    counts = [
        sum(choice == place for choice in kept.values())
        + sum(hands[place] for hands, _heads in rooms)
        for place in range(3)
    ]
    present = meeting["present"] + sum(heads for _hands, heads in rooms)
    entitled = meeting["present"] + meeting["absent"]
    assert poll.result["counts"] == counts
    assert poll.result["outcome"] == outcome(
        counts, present, entitled, meeting["quorum"][1], meeting["threshold"][1]
    )
    path = tmp_path / f"{poll.uid}.csv"
    path.write_text(Declaration.objects.get(poll=poll).content, encoding="utf-8", newline="")
    code, said = recount(path)
    assert code == 0, said


def rule(sense, value):
    return Rule(
        "k", "Quy tắc", "Rule", sense, Fraction(value), "share", "", "", None, None, "operator"
    )


@settings(max_examples=400, deadline=None)
@given(
    yes=st.integers(0, 400),
    rest=st.integers(0, 400),
    out=st.integers(0, 400),
    more=st.integers(0, 400),
    electorate=st.sampled_from(["present", "entitled"]),
    which=st.sampled_from(["over half", "two thirds"]),
)
def test_a_threshold_is_judged_in_whole_numbers_like_in_fractions(
    yes, rest, out, more, electorate, which
):
    present = yes + rest + out
    entitled = present + more
    whole = entitled if electorate == "entitled" else present
    asked = rule("more_than", "1/2") if which == "over half" else rule("at_least", "2/3")
    found = judge_poll([yes, rest], 0, present, entitled, None, asked, electorate)
    assert found.outcome == ("passed" if whole and reaches(yes, whole, which) else "not_passed")

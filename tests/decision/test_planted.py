"""What a vote rests on, changed past the triggers: `danchu verify` names each row."""

import pytest

from danchu.decision import actions
from danchu.decision.writes.choices import NO, OTHER, YES, write_choice
from tests.decision.played import ballots_out, count, entries_of, fallen_short, latest, write_roll
from tests.decision.test_clusters import choose, come, opened
from tests.decision.test_clusters import count as count_cluster
from tests.decision.test_online import on_matter, poll_of
from tests.planted import check_each_field

pytestmark = [pytest.mark.digested, pytest.mark.case("TR1")]


def test_the_count_of_a_cluster_that_was_changed_is_named(officials, system):
    write_roll(officials.village, 9)
    decision = opened(officials, system)
    come(decision, system, 1, entries_of(decision)[:6])
    choose(decision, system, 1)
    count_cluster(decision, system, 1, 5, 1)
    for kind in ("cluster", "cluster_plan", "vote_conduct"):
        check_each_field(kind)


def test_the_count_of_ballots_by_one_person_that_was_changed_is_named(officials, system):
    write_roll(officials.village, 9)
    decision = ballots_out(fallen_short(officials.village, system, 2), system)
    for role in ("clerk", "head"):
        decision = count(decision, officials.by[role], 6)
    check_each_field("ballot_count")


def test_the_result_of_a_vote_on_line_that_was_changed_is_named(officials, system, clock):
    write_roll(officials.village, 9)
    clock.set("2026-03-02")
    decision = on_matter(officials.village, system, clock)
    poll = poll_of(decision)
    entries = list(latest(decision).entries.order_by("pk"))
    for entry, choice in zip(entries, (YES, YES, NO), strict=False):
        write_choice(poll, entry.pk, choice)
    write_choice(poll, entries[3].pk, OTHER, "Làm sau Tết")
    clock.set("2026-03-06")
    actions.close_online(decision, by=system)
    check_each_field("online_poll")

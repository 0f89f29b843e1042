"""Votes that come after a count move the groups at once: as a count of everything by the same
groups would, and never by fewer than five people.
"""

from collections import Counter
from random import Random

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from danchu.consultation import actions
from danchu.consultation.findings import _read
from danchu.consultation.models import Findings, Vote, Voter
from danchu.consultation.opinion_groups import groups_of, moved, tally_of
from danchu.consultation.tasks import move, work_out
from danchu.consultation.votes import CHOICES, FEWEST_PEOPLE
from danchu.consultation.writes import findings as writes
from danchu.kernel.codes import digest
from danchu.kernel.days import now
from tests.consultation.plain import votes_of
from tests.consultation.planted import adjusted_rand, planted
from tests.consultation.test_findings import STATEMENTS, opened, page, voted  # noqa: F401

SEEDS = (1, 2, 3)
FRESH_PEOPLE, PER_PERSON = 14, 9


@pytest.fixture
def counted(voted):  # noqa: F811
    work_out(0)
    return voted


def vote_anew(consultation, seed):
    """Some change votes, some vote for the first time, as many will in an hour."""
    chance = Random(seed)
    for vote in chance.sample(list(consultation.votes.all()), 40):
        consultation.votes.filter(pk=vote.pk).update(choice=chance.choice(CHOICES))
    row = {"consultation": consultation, "unit": consultation.unit, "made_by": "x"}
    statements = list(consultation.propositions.all())
    first = consultation.voters.count() + 1
    for number in range(first, first + FRESH_PEOPLE):
        key = digest(f"BCFG{number:04}")
        voter = Voter.objects.create(number=number, key=key, way="paper", made_at=now(), **row)
        leaning = chance.choice((1, -1))
        for one in chance.sample(statements, PER_PERSON):
            choice = leaning if chance.random() < 0.9 else 0
            Vote.objects.create(
                consultation=consultation, voter=voter, proposition=one, choice=choice
            )


def kept():
    return _read(bytes(Findings.objects.get().groups_kept))


def counted_by_hand(consultation, tally):
    """{(group, statement): {choice: people}} and [people of each group], all people placed by the
    groups of the tally.
    """
    cast = votes_of(consultation)
    group_of = groups_of(tally, cast)
    cells, people = Counter(), Counter()
    for person, statement, choice in cast:
        cells[group_of.get(person, tally.number), statement, choice] += 1
    for person in {person for person, _statement, _choice in cast}:
        people[group_of.get(person, tally.number)] += 1
    return cells, [people[group] for group in range(tally.number + 1)]


def assert_is_counted_by_hand(consultation):
    tally, _account = kept()
    cells, people = counted_by_hand(consultation, tally)
    assert tally.people.tolist() == people
    for group, of_statements in enumerate(tally.cast.tolist()):
        for statement, cell in zip(tally.statements.tolist(), of_statements, strict=True):
            assert cell == [cells[group, statement, choice] for choice in CHOICES]
    assert not consultation.votes.counted().exclude(counted_as__in=CHOICES).exists()


@pytest.mark.parametrize("seed", SEEDS)
def test_later_votes_move_the_groups_as_a_count_of_everything_would(counted, seed):
    for step in range(2):
        vote_anew(counted, 10 * seed + step)
        move(counted.pk)
        assert_is_counted_by_hand(counted)


def test_many_small_moves_stay_near_a_count_from_the_beginning():
    votes, truth = planted(360, 180, 12_000)
    first, step = 10_000, 100
    tally = tally_of(votes[:first])
    for start in range(first, len(votes), step):
        voters = {person for person, _statement, _choice in votes[start : start + step]}
        then, later = (
            [vote for vote in votes[:end] if vote[0] in voters] for end in (start, start + step)
        )
        tally = moved(tally, then, later)
    anew = tally_of(votes, tally)
    both = [groups_of(one, votes) for one in (tally, anew)]
    people = sorted(both[0].keys() & both[1].keys())
    labels = [[one[person] for person in people] for one in both]
    assert adjusted_rand(*labels) >= 0.95
    assert adjusted_rand(labels[0], [truth[person] for person in people]) >= 0.95
    far = abs(tally.people - anew.people)
    assert far.max() <= 0.05 * len(truth)
    assert abs(tally.cast - anew.cast).sum() <= 0.05 * len(votes)


def test_the_page_shows_what_moved_without_a_new_count(client, counted):
    before = page(client, counted).context["opinion_groups"]
    basis = Findings.objects.get().basis
    vote_anew(counted, 5)
    move(counted.pk)
    after = page(client, counted).context["opinion_groups"]
    assert sum(one.people for one in after) >= sum(one.people for one in before) + FEWEST_PEOPLE
    assert Findings.objects.get().basis == basis


def test_votes_are_moved_once_and_a_hidden_statement_goes_with_whoever_votes_anew(counted, system):
    vote_anew(counted, 7)
    move(counted.pk)
    before = Findings.objects.get()
    move(counted.pk)
    after = Findings.objects.get()
    assert after.worked_out_at == before.worked_out_at
    hidden = counted.propositions.order_by("number").last()
    actions.hide_proposition(hidden, by=system, reason="Trùng câu khác.")
    vote_anew(counted, 8)
    move(counted.pk)
    work_out(0)
    assert_is_counted_by_hand(counted)
    assert not hidden.votes.exclude(counted_as=None).exists()


def test_who_dies_between_two_writes_has_counted_nothing(counted, monkeypatch):
    vote_anew(counted, 9)
    before = kept()[0]
    with monkeypatch.context() as patch:
        patch.setattr(writes, "_count", _die)
        with pytest.raises(KeyboardInterrupt):
            move(counted.pk)
    assert kept()[0].people.tolist() == before.people.tolist()
    move(counted.pk)
    assert_is_counted_by_hand(counted)


def test_fewer_than_five_people_change_nothing_that_is_told(counted):
    told = Findings.objects.get().groups
    for vote in counted.votes.order_by("voter", "pk").distinct("voter")[: FEWEST_PEOPLE - 1]:
        counted.votes.filter(pk=vote.pk).update(choice=-vote.choice or 1)
        move(counted.pk)
    assert_is_counted_by_hand(counted)
    assert Findings.objects.get().groups == told


def test_whoever_votes_leaves_one_job_for_all_that_vote_meanwhile(
    counted, officials, system, django_capture_on_commit_callbacks
):
    keys = actions.hand_out_keys(counted, by=system, number=2)
    choices = {number + 1: 1 for number in range(STATEMENTS)}
    for key in keys:
        with django_capture_on_commit_callbacks(execute=True):
            actions.cast_votes(counted, by=system, key=key, choices=choices)
    jobs = ProcrastinateJob.objects.filter(task_name="consultations.move")
    assert [job.args for job in jobs] == [{"consultation": counted.pk}]
    move(counted.pk)
    assert_is_counted_by_hand(counted)


def test_nothing_moves_before_there_are_groups(opened, system, django_capture_on_commit_callbacks):  # noqa: F811
    (key,) = actions.hand_out_keys(opened, by=system, number=1)
    with django_capture_on_commit_callbacks(execute=True):
        actions.cast_votes(opened, by=system, key=key, choices={1: 1})
    work_out(0)
    move(opened.pk)
    assert ProcrastinateJob.objects.count() == 1, "it tells the results"
    assert not Findings.objects.get().groups
    assert not Findings.objects.get().is_counted


def _die(*_arguments):
    raise KeyboardInterrupt

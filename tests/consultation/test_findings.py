"""Groups, topics and copies on the pages of a consultation: worked out by the job, in words."""

import re

import pytest

from danchu.consultation import actions
from danchu.consultation.models import Findings, Vote, Voter
from danchu.consultation.tasks import work_out
from danchu.kernel.days import now
from tests.consultation.conftest import OPENED
from tests.consultation.plain import votes_of
from tests.consultation.planted import planted
from tests.consultation.planted_texts import with_copies
from tests.consultation.test_acts import UNTIL_OPEN
from tests.consultation.test_opinions import WHILE_OPEN

PEOPLE, STATEMENTS = 60, 12


@pytest.fixture
def opened(begin, system, clock):
    """A consultation that takes votes, with questions that divide people into two groups."""
    consultation = begin(*UNTIL_OPEN, ways=["meeting", "portal"])
    clock.set(WHILE_OPEN)
    for number in range(STATEMENTS):
        actions.ask_question(consultation, by=system, text=f"Câu hỏi thứ {number + 1}?")
    return consultation


@pytest.fixture
def voted(opened):
    """The same, with nearly every vote of all."""
    votes, _group = planted(PEOPLE, STATEMENTS, 2000, 2)
    row = {"consultation": opened, "unit": opened.unit, "made_by": "x", "made_at": now()}
    for number in range(PEOPLE):
        Voter.objects.create(number=number + 1, key=f"{number}", way="paper", **row)
    person = dict(opened.voters.values_list("number", "pk"))
    statement = dict(opened.propositions.values_list("number", "pk"))
    Vote.objects.bulk_create(
        Vote(
            consultation=opened,
            voter_id=person[one + 1],
            proposition_id=statement[other + 1],
            choice=vote,
        )
        for one, other, vote in votes
    )
    return opened


@pytest.fixture
def said(opened, system):
    """The same, with texts of which some are copies."""
    for _number, _place, _day, text in with_copies(30):
        actions.enter_opinion(
            consultation=opened,
            by=system,
            received_on=OPENED,
            way="paper",
            stance="other",
            text=text,
            people=1,
        )
    return opened


def page(client, consultation):
    return client.get(f"/consultations/{consultation.uid}/")


def test_groups_are_told_in_words_and_a_table_to_everyone_and_at_the_desk(client, officials, voted):
    assert "Những nhóm ý kiến" not in page(client, voted).content.decode()
    work_out(0)
    answer = page(client, voted)
    text = re.sub(r"\s+", " ", answer.content.decode())
    groups = answer.context["opinion_groups"]
    assert len(groups) >= 2 and all(group.people >= 5 for group in groups)
    assert f"Nhóm A: {groups[0].people} người" in text
    stand = groups[0].stands[0]
    assert f"Cứ 10 người trong nhóm thì {stand.agree} người đồng ý" in text
    assert "Cứ 10 người thì mấy người đồng ý" in text
    client.force_login(officials.clerk)
    assert "Những nhóm ý kiến" in client.get(f"/desk/consultations/{voted.uid}/").content.decode()


def test_the_shares_of_the_table_are_those_of_the_votes(client, voted):
    work_out(0)
    groups = Findings.objects.get().groups
    cast = votes_of(voted)
    for statement, shares in groups["shares"]:
        votes = [vote for _person, one, vote in cast if one == statement]
        if None in shares:
            continue
        assert min(shares) <= 10 * votes.count(1) / len(votes) + 0.5
        assert max(shares) >= 10 * votes.count(1) / len(votes) - 0.5


def test_one_more_vote_changes_nothing_that_is_told(voted):
    work_out(0)
    before = Findings.objects.get()
    vote = voted.votes.order_by("pk").first()
    voted.votes.filter(pk=vote.pk).update(choice=-vote.choice or 1)
    work_out(0)
    after = Findings.objects.get()
    assert after.basis != before.basis
    assert after.groups["shares"] == before.groups["shares"]
    assert [one["people"] for one in after.groups["groups"]] == [
        one["people"] for one in before.groups["groups"]
    ]


def test_nothing_is_worked_out_twice_of_the_same_votes(voted):
    work_out(0)
    before = Findings.objects.get()
    work_out(0)
    assert Findings.objects.get().worked_out_at == before.worked_out_at


def test_topics_and_copies_are_shown_with_their_texts(client, said, system):
    work_out(0)
    answer = page(client, said)
    text = answer.content.decode()
    assert "Người dân nói về những gì" in text and "Những ý kiến gần như giống nhau" in text
    copies = answer.context["copies"]
    assert copies and all(len(one) > 1 for one in copies)
    first = copies[0][0]
    actions.hide_opinion(first, by=system, reason="Nêu tên một người.")
    shown = [one for alike in page(client, said).context["copies"] for one in alike]
    assert first not in shown

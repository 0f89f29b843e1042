"""Votes on questions and on what people state: by key, on paper, counted once a person, shown so
that nobody is known by it.
"""

from collections import Counter
from datetime import date
from random import Random
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from danchu.consultation import actions
from danchu.consultation.models import Findings, Proposition, Vote, Voter
from danchu.consultation.results import FIRST_SHOWN, first_results
from danchu.consultation.said import tally_of
from danchu.consultation.tasks import move
from danchu.consultation.told import told_problems
from danchu.consultation.writes.telling import tell_results
from danchu.figures.answer import figure
from danchu.figures.catalogue import INDICATORS
from danchu.journal.digest_form import forms
from danchu.journal.loading import found_digests
from danchu.journal.models import Entry
from danchu.journal.verify_rows import record_problems
from danchu.kernel.days import Period
from danchu.kernel.refusals import Denied, Refused
from danchu.people.actor import Actor
from tests.consultation.conftest import REQUIRED
from tests.consultation.plain import votes_of
from tests.consultation.test_acts import UNTIL_OPEN
from tests.consultation.test_opinions import CAME, WHILE_OPEN

QUESTION = "Có mở rộng đường thôn Đông không?"


@pytest.fixture
def opened(begin, system, clock):
    """A consultation that takes votes, with one question, on a day on which it is open."""
    consultation = begin(*UNTIL_OPEN, ways=["meeting", "portal"])
    clock.set(WHILE_OPEN)
    actions.ask_question(consultation, by=system, text=QUESTION)
    return consultation


@pytest.fixture
def keys(opened, system):
    """Eleven keys."""
    return actions.hand_out_keys(opened, by=system, number=11)


def cast(consultation, key, choice=1, number=1, **more):
    return actions.cast_votes(
        consultation, by=Actor.public(), key=key, choices={number: choice}, **more
    )


def test_keys_are_shown_once_and_stored_nowhere(client, officials, opened):
    client.force_login(officials.clerk)
    page = client.post(f"/desk/consultations/{opened.uid}/hand_out/", {"number": "3"})
    keys = page.context["keys"]
    assert len(set(keys)) == 3 == Voter.objects.count()
    stored = set(Voter.objects.values_list("key", flat=True))
    assert not stored & set(keys)
    assert keys[0] not in client.get(f"/desk/consultations/{opened.uid}/").content.decode()
    assert keys[0] not in str([entry.__dict__ for entry in Entry.objects.all()])


def test_whoever_has_a_key_votes_and_a_later_choice_takes_the_place_of_the_former(
    client, opened, keys
):
    address = f"/consultations/{opened.uid}/vote/"
    assert QUESTION in client.get(address).content.decode()
    for choice in ("1", "-1"):
        form = {"uid": uuid4(), "key": keys[0].lower(), "choice-1": choice, "sex": "female"}
        assert client.post(address, form).status_code == 200
    assert votes_of(opened) == [(1, 1, -1)]
    assert Voter.objects.get(number=1).sex == "female"


def test_a_wrong_key_votes_nothing_and_is_counted(client, opened, keys):
    address = f"/consultations/{opened.uid}/vote/"
    form = {"uid": uuid4(), "key": "BCFG-HJKM-NPQR-STVX", "choice-1": "1"}
    statuses = [client.post(address, form).status_code for _each in range(31)]
    assert (set(statuses[:30]), statuses[30]) == ({400}, 429)
    assert not Vote.objects.exists()


def test_a_key_of_another_consultation_opens_nothing(opened, keys, begin, system):
    other = begin(*UNTIL_OPEN, ways=["portal"])
    actions.ask_question(other, by=system, text=QUESTION)
    with pytest.raises(Refused) as refusal:
        cast(other, keys[0])
    assert refusal.value.field == "key"


def test_people_state_something_and_vote_on_it_once_it_is_let_in(client, officials, opened, keys):
    address = f"/consultations/{opened.uid}/vote/"
    form = {"uid": uuid4(), "key": keys[0], "text": "Giữ lại cây đa đầu thôn."}
    for _again in range(2):
        assert client.post(address, form).status_code == 200
    stated = Proposition.objects.get(kind="proposition")
    assert "Giữ lại cây đa" not in client.get(address).content.decode()
    with pytest.raises(Refused):
        cast(opened, keys[1], number=stated.number)
    client.force_login(officials.clerk)
    assert client.post(f"/desk/propositions/{stated.uid}/admit/").status_code == 302
    assert "Giữ lại cây đa" in client.get(address).content.decode()
    cast(opened, keys[1], number=stated.number)
    page = client.post(f"/desk/propositions/{stated.uid}/hide/", {"reason": "Trùng câu 1"})
    assert page.status_code == 302
    assert votes_of(opened) == []


def test_one_person_states_no_more_than_five_things(opened, keys):
    for number in range(6):
        try:
            actions.state_something(
                opened, by=Actor.public(), key=keys[0], text=f"Phát biểu {number}"
            )
        except Refused as refusal:
            assert (number, refusal.field) == (5, "text")
    assert Proposition.objects.filter(kind="proposition").count() == 5


def test_a_paper_is_entered_at_the_desk_by_key_or_by_person_who_counts_once(
    client, officials, opened, keys
):
    client.force_login(officials.clerk)
    address = f"/desk/consultations/{opened.uid}/paper/"
    person = "Nguyễn Văn An, 1950, thôn Đông"
    for who in ({"key": keys[0]}, {"person": person}, {"person": person.upper()}):
        form = {"on": "12/03/2026", "agree": "1", "age": "from_60", **who}
        assert client.post(address, form).status_code == 302
    assert Voter.objects.taking_part().count() == 2
    assert [choice for _voter, _number, choice in votes_of(opened)] == [1, 1]
    everything = str([voter.__dict__ for voter in Voter.objects.all()])
    assert "Nguyễn" not in everything and "nguyen" not in everything
    assert client.post(address, {"on": "12/03/2026", "agree": "1"}).status_code == 400
    twice = {"on": "12/03/2026", "key": keys[1], "agree": "1", "disagree": "1"}
    assert client.post(address, twice).status_code == 400


def test_a_voter_has_one_choice_for_each_statement(opened, keys):
    voter = cast(opened, keys[0])
    row = Vote.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Vote.objects.create(
            consultation=opened, proposition=row.proposition, voter=voter, choice=-1
        )


def test_nobody_asks_or_hands_out_keys_but_who_may(opened, officials):
    for by in (Actor.public(), Actor.of(officials.auditor)):
        for act in (
            lambda by: actions.ask_question(opened, by=by, text="Ai?"),
            lambda by: actions.hand_out_keys(opened, by=by, number=1),
            lambda by: actions.count_asked(opened, by=by, female=5),
            lambda by: actions.enter_paper_votes(
                opened, by=by, on=CAME, person="An", choices={1: 1}
            ),
        ):
            with pytest.raises(Denied):
                act(by)


def test_the_journal_links_no_voter_to_a_choice(opened, keys):
    cast(opened, keys[0], -1)
    entry = Entry.objects.order_by("-pk").first()
    assert entry.act == "consultation.voted"
    assert "voter" not in str(entry.__dict__) and "choice" not in str(entry.__dict__)


def test_after_the_last_day_no_vote_is_taken(opened, keys, clock):
    clock.set("2026-03-31")
    with pytest.raises(Refused):
        cast(opened, keys[0])


@pytest.mark.parametrize(("voters", "shown"), [(0, 0), (4, 0), (5, 5), (9, 5), (10, 10)])
def test_results_are_told_in_fives_and_never_of_fewer(opened, keys, voters, shown):
    for key in keys[:voters]:
        cast(opened, key)
    tell_results(opened.pk)
    [result] = first_results(opened)["results"]
    assert result.voters == shown
    assert bool(result.shares) == (voters >= 5)


@pytest.mark.case("FI9", "SE-M1")
@pytest.mark.parametrize("seed", range(3))
def test_no_result_changes_by_the_votes_of_fewer_than_five_people(opened, keys, seed):
    """Somebody watches the page after each vote; the oracle remembers who had chosen what when it
    changed last.
    """
    random = Random(seed)
    chosen, then, seen, changes = {}, {}, (0, ()), 0
    for _each in range(60):
        key, choice = random.choice(keys), random.choice([1, 0, -1])
        cast(opened, key, choice)
        chosen[key] = choice
        move(opened.pk)
        [result] = first_results(opened)["results"]
        if (result.voters, result.shares) != seen:
            assert sum(chosen[one] != then.get(one) for one in chosen) >= 5
            seen, then, changes = (result.voters, result.shares), dict(chosen), changes + 1
    assert changes >= 2


@pytest.mark.parametrize("seed", range(3))
def test_shares_are_those_of_a_slow_count_within_fives(opened, keys, seed):
    random = Random(seed)
    choices = [random.choice([1, 0, -1]) for _each in keys]
    for key, choice in zip(keys, choices, strict=True):
        cast(opened, key, choice)
    counts = Counter(choices)
    tell_results(opened.pk)
    [result] = first_results(opened)["results"]
    for choice, (_word, percent) in zip((1, -1, 0), result.shares, strict=True):
        assert percent % 5 == 0
        assert abs(percent - 100 * counts[choice] / len(keys)) <= 2.5


def test_d02_counts_each_voter_once_beside_the_people_of_opinions(
    opened, keys, system, officials, clock
):
    actions.enter_opinion(
        by=system, consultation=opened, received_on=CAME, way="front", stance="agree", people=4
    )
    second = actions.ask_question(opened, by=system, text="Khi nào làm?")
    for key in keys[:2]:
        cast(opened, key)
        cast(opened, key, number=second.number)
    clock.set("2026-06-15")
    opinion = opened.opinions.get()
    actions.answer_opinion(
        opinion, by=system, on=REQUIRED, result="declined", text="Trái quy hoạch."
    )
    actions.close_consultation(opened, by=system, on=REQUIRED)
    period = Period(REQUIRED, date(2026, 4, 1))
    value = {
        key: figure(INDICATORS[key], officials.here.pk, period, REQUIRED).value
        for key in ("consultation_people", "consultation_opinions")
    }
    assert value == {"consultation_people": 6, "consultation_opinions": 1}


def test_ten_thousand_texts_of_one_source_change_no_vote_and_no_result(opened, keys):
    for key in keys:
        cast(opened, key)
    tell_results(opened.pk)
    before = first_results(opened)["results"], votes_of(opened)
    for _each in range(20):
        actions.send_opinion(opened, by=Actor.public(), stance="disagree", text="Không.")
    assert (first_results(opened)["results"], votes_of(opened)) == before
    assert tally_of(opened).people == 0


@pytest.mark.case("FA5")
@pytest.mark.parametrize(
    ("other", "people"),
    [
        ("Nguyễn Văn Dụng, 1950, thôn Đông", 2),
        ("Nguyễn Văn Dũng, 1950, thôn Đồng", 2),
        ("NGUYỄN VĂN DŨNG,1950,thôn Đông", 1),
    ],
)
def test_persons_whose_names_differ_by_a_mark_are_two_voters(opened, system, other, people):
    for person in ("Nguyễn Văn Dũng, 1950, thôn Đông", other):
        actions.enter_paper_votes(opened, by=system, on=CAME, person=person, choices={1: 1})
    assert Voter.objects.taking_part().count() == people


@pytest.mark.case("FA18")
def test_a_form_that_comes_again_with_another_choice_or_key_loses_no_vote(client, opened, keys):
    """Whoever goes back in the browser sends the token of the form that was written before."""
    form = {"uid": uuid4(), "text": "Giữ lại cây đa đầu thôn."}
    for key, choice in ((keys[0], "1"), (keys[0], "-1"), (keys[1], "1")):
        typed = {**form, "key": key, "choice-1": choice}
        assert client.post(f"/consultations/{opened.uid}/vote/", typed).context["done"]
    assert votes_of(opened) == [(1, 1, -1), (2, 1, 1)]
    assert Proposition.objects.filter(kind="proposition").count() == 2, "one of each key"


@pytest.mark.case("TR1")
@pytest.mark.parametrize(
    "change",
    ["UPDATE consultation_vote SET choice = -choice", "DELETE FROM consultation_vote"],
)
def test_a_vote_changed_around_the_triggers_is_found(opened, keys, system, change):
    found_digests(by=system)
    voters = forms()["consultation_voter"]
    voter = cast(opened, keys[0])
    cast(opened, keys[0], -1)
    assert list(record_problems(voters)) == []
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET LOCAL session_replication_role=replica")
        cursor.execute(change)
    [(place, _message)] = record_problems(voters)
    assert place.endswith(f"#{voter.pk})")


def test_a_page_shows_the_first_results_and_leads_to_all(client, opened, system, keys):
    number = FIRST_SHOWN + 3
    for each in range(number - opened.propositions.count()):
        actions.ask_question(opened, by=system, text=f"Câu thêm {each}?")
    last = opened.propositions.order_by("-number").first()
    for key in keys[:5]:
        cast(opened, key, number=last.number)
    tell_results(opened.pk)
    address = f"/consultations/{opened.uid}/results/"
    page = client.get(f"/consultations/{opened.uid}/")
    assert len(page.context["results"]) == FIRST_SHOWN and address in page.content.decode()
    assert last.text not in page.content.decode()
    results = client.get(address).context["results"]
    assert [one.number for one in results] == [*range(1, number + 1)]
    assert [one.voters for one in results if one.text == last.text] == [5]


def test_questions_come_before_what_people_stated(client, opened, system, keys):
    actions.state_something(opened, by=Actor.public(), key=keys[0], text="Giữ cây đa.", uid=uuid4())
    stated = opened.propositions.get(kind="proposition")
    actions.admit_proposition(stated, by=system)
    actions.ask_question(opened, by=system, text="Khi nào làm?")
    texts = [one.text for one in first_results(opened)["results"]]
    assert texts[-1] == "Giữ cây đa." and len(texts) == 3


@pytest.mark.parametrize("more", [0, 2])
def test_the_results_are_read_by_the_same_queries_whatever_their_number(
    opened, system, keys, more, django_assert_num_queries
):
    for each in range(more):
        actions.ask_question(opened, by=system, text=f"Câu thêm {each}?")
    cast(opened, keys[0])
    with django_assert_num_queries(2):
        first_results(opened)


@pytest.mark.case("TR1")
def test_told_numbers_that_are_not_those_of_the_votes_are_named(opened, keys, system, clock):
    """Closing tells what came since the last time; what is told rests on votes that are proved."""
    for key in keys[:12]:
        cast(opened, key)
    assert list(told_problems()) == []  # nothing was told yet, and votes still come in
    clock.set("2026-03-31")
    actions.close_consultation(opened, by=system, on=date(2026, 3, 31))
    assert first_results(opened)["results"][0].voters == 10
    assert list(told_problems()) == []
    [[key, numbers]] = Findings.objects.get().results.items()
    for results in ({key: [0, 0, 12]}, {key: [40, 0, 0]}, {}):
        Findings.objects.update(results=results)
        [(place, _message)] = told_problems()
        assert place.endswith("câu 1"), results
    Findings.objects.update(results={key: numbers})
    assert list(told_problems()) == []

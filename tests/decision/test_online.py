"""Votes on line: who may, one household one choice, what a receipt shows and does not, and the
recount of the signed file.
"""

import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from django.db import IntegrityError, connection, transaction

from danchu.decision import actions
from danchu.decision.lives import State
from danchu.decision.models import (
    HouseholdDecision,
    OnlineChoice,
    OnlineOpinion,
    OnlinePoll,
    RollEntry,
)
from danchu.decision.online_codes import household_meant, masked, secret_of
from danchu.decision.online_file import has_receipt
from danchu.decision.papers.sheets import paper_of
from danchu.decision.public.online_votes import reply
from danchu.decision.writes import online_keys
from danchu.decision.writes.choices import NO, OTHER, YES, standing_choice, write_choice
from danchu.kernel.refusals import Refused
from danchu.vault.urn import urns
from tests.decision import played
from tests.decision.played import TEAM, latest, propose, write_roll
from tests.decision.test_votes import refused_field
from tests.markup import tight

SCRIPT = Path(__file__).resolve().parents[2] / "danchu/portal/static/portal/kiem-phieu.py"
TODAY, LAST, MATTER_LAST = date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 5)
NOTICE = {"on": TODAY, "reported_on": TODAY, "since": TODAY, "until": LAST, "team": TEAM}
NOTICE |= {"leader": "front"}


@pytest.fixture
def roll(officials):
    households = write_roll(officials.village, 9)
    for one in households:
        one.address = f"Số {one.number} ngõ Năm"
        one.save()
    return households


def opened(village, by):
    decision = propose(village, by, item=6, proposed_on=TODAY)
    return actions.open_online(actions.plan_online(decision, by=by, **NOTICE), by=by)


def poll_of(decision):
    return OnlinePoll.objects.filter(vote=latest(decision)).order_by("-pk").first()


def cast(decision, *choices):
    """The choices of the first households; their receipts."""
    entries = latest(decision).entries.order_by("pk")
    poll = poll_of(decision)
    return [
        write_choice(poll, entry.pk, choice)
        for entry, choice in zip(entries, choices, strict=False)
    ]


def on_matter(village, by, clock, agreed=5):
    decision = opened(village, by)
    cast(decision, *[YES] * agreed)
    clock.set("2026-03-04")
    return actions.close_form(decision, by=by, until=MATTER_LAST)


def typed_by(entry, **more):
    household = entry.household
    return {
        "act": "vote",
        "choice": "yes",
        "number": str(household.number),
        "secret": secret_of(entry.vote, entry),
        "name": household.representative,
        "address": household.address,
        **more,
    }


def recount(tmp_path, content, *more):
    path = tmp_path / "tep.csv"
    path.write_text(content, encoding="utf-8")
    command = [sys.executable, str(SCRIPT), str(path), *more]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_only_own_matters_are_voted_on_line_and_the_refusal_names_the_article(
    officials, system, roll
):
    for item in (1, 2, 3, 4, 5):
        decision = propose(officials.village, system, item, proposed_on=TODAY)
        with pytest.raises(Refused) as refusal:
            actions.plan_online(decision, by=system, **NOTICE)
        assert "Điều" in str(refusal.value)


def test_it_is_reported_before_it_begins_with_a_lawful_team(officials, system, roll):
    decision = propose(officials.village, system, 6, proposed_on=TODAY)
    later = {"since": TODAY - timedelta(days=1)}
    assert refused_field(actions.plan_online, decision, by=system, **NOTICE | later) == (
        "reported_on"
    )
    leader = {"leader": "village"}
    assert refused_field(actions.plan_online, decision, by=system, **NOTICE | leader) == "leader"
    small = {"team": "Một\nHai"}
    assert refused_field(actions.plan_online, decision, by=system, **NOTICE | small) == "team"


@pytest.mark.parametrize(("agreed", "state"), [(4, State.PROPOSED), (5, State.ONLINE)])
def test_the_matter_is_voted_only_once_more_than_half_of_all_agreed_to_vote_on_line(
    officials, system, roll, clock, agreed, state
):
    decision = on_matter(officials.village, system, clock, agreed)
    assert decision.state == state
    if state == State.PROPOSED:
        assert decision.outcome == "form_not_agreed"
        assert played.ballots_out.__name__ and latest(decision).outcome == "form_not_agreed"


def test_a_vote_that_is_refused_keeps_the_choice_and_the_opinion_on_the_page(
    client, officials, system, roll, clock
):
    decision = on_matter(officials.village, system, clock)
    first = latest(decision).entries.order_by("pk").first()
    typed = typed_by(first, secret="sai", choice="other", opinion="Chỉ khóa cổng khi trời mưa")
    page = client.post(f"/online-votes/{poll_of(decision).uid}/", typed)
    text = tight(page.content.decode())
    assert page.status_code in (400, 403) and "note-error" in text
    assert 'value="other" checked' in text and ">Chỉ khóa cổng khi trời mưa</textarea>" in text


def test_the_threshold_is_of_all_households_as_a_slow_count_says(officials, system, roll, clock):
    drawn = Random(7)
    decision = on_matter(officials.village, system, clock)
    votes = [drawn.choice((YES, YES, NO, OTHER)) for _one in range(8)]
    cast(decision, *votes)
    clock.set("2026-03-06")
    decision = actions.close_online(decision, by=system)
    expected = Counter(votes)
    vote = latest(decision)
    assert (vote.yes, vote.no, vote.other) == tuple(expected[one] for one in (YES, NO, OTHER))
    assert (vote.returned, vote.issued, vote.households) == (8, 8, 9)
    passes = expected[YES] > 9 - expected[YES]
    assert decision.state == (State.PASSED if passes else State.NOT_PASSED)
    assert decision.settled_by == "online_vote" and decision.settled_on == MATTER_LAST


def test_a_household_has_one_choice_which_it_may_change_and_see_until_the_end(
    officials, system, roll, clock
):
    decision = opened(officials.village, system)
    poll, entry = poll_of(decision), latest(decision).entries.first()
    first = write_choice(poll, entry.pk, YES)
    second = write_choice(poll, entry.pk, NO)
    assert first.code == second.code and standing_choice(poll, entry.pk) == NO
    assert OnlineChoice.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        OnlineChoice.objects.create(poll=poll, entry=entry, sealed=b"x")
    for column in ("present_at", "issued_at"):  # not by hand or on paper as well
        with pytest.raises(IntegrityError), transaction.atomic():
            RollEntry.objects.filter(pk=entry.pk).update(**{column: poll.opened_at})


def test_who_takes_part_in_another_way_has_no_choice_on_line(officials, system, roll):
    decision = opened(officials.village, system)
    entry = latest(decision).entries.first()
    RollEntry.objects.filter(pk=entry.pk).update(
        issued_at=poll_of(decision).opened_at, is_online=False
    )
    with pytest.raises(Refused):
        write_choice(poll_of(decision), entry.pk, YES)
    assert not OnlineChoice.objects.exists()


def test_a_choice_after_the_last_day_or_the_count_is_refused(officials, system, roll, clock):
    decision = opened(officials.village, system)
    poll, entry = poll_of(decision), latest(decision).entries.last()
    with pytest.raises(Refused, match="Còn nhận phiếu"):
        actions.close_form(decision, by=system, until=MATTER_LAST)
    clock.set("2026-03-04")
    with pytest.raises(Refused, match="không được tính"):
        write_choice(poll, entry.pk, YES)
    actions.close_form(decision, by=system, until=MATTER_LAST)
    clock.set("2026-03-02")
    with pytest.raises(Refused, match="không được tính"):
        write_choice(poll, entry.pk, YES)
    assert not OnlineChoice.objects.exists()


def test_the_link_or_the_code_alone_lets_nobody_vote(client, officials, system, roll):
    decision = opened(officials.village, system)
    poll = poll_of(decision)
    first, second = latest(decision).entries.order_by("pk").select_related("household", "vote")[:2]
    here = f"/online-votes/{poll.uid}/"
    for wrong in (
        {"secret": ""},
        {"secret": secret_of(second.vote, second)},
        {"name": ""},
        {"name": second.household.representative},
        {"address": second.household.address},
        {"number": "2"},
        {"number": "²"},
    ):
        page = client.post(here, typed_by(first, **wrong))
        assert page.status_code == 400 and "phải khớp" in page.content.decode(), wrong
    assert not OnlineChoice.objects.exists()
    assert client.post(here, typed_by(first, choice="")).status_code == 400
    plain = {"name": "nguoi dai dien 1", "address": "so 1 ngo nam"}
    page = client.post(here, typed_by(first, **plain))
    assert page.status_code == 200 and page.context["receipt"].code in page.content.decode()
    look = client.post(here, typed_by(first, act="look")).content.decode()
    assert "Phiếu đang ghi của hộ: Đồng ý" in " ".join(look.split())
    no_name = RollEntry(vote=first.vote, household=first.household)
    no_name.household.representative = ""
    assert household_meant(poll, "1", secret_of(first.vote, first), "", "") is None


def test_wrong_codes_are_counted_and_then_refused_unread(client, officials, system, roll):
    decision = opened(officials.village, system)
    entry = latest(decision).entries.first()
    here = f"/online-votes/{poll_of(decision).uid}/"
    statuses = {client.post(here, typed_by(entry, secret="x")).status_code for _try in range(60)}
    assert statuses == {400, 429}


def test_after_the_count_nothing_links_a_household_to_a_choice(
    client, officials, system, roll, clock, tmp_path, django_capture_on_commit_callbacks
):
    decision = on_matter(officials.village, system, clock)
    receipts = cast(decision, YES, NO, YES, YES, YES)
    entry = latest(decision).entries.order_by("pk")[5]
    write_choice(poll_of(decision), entry.pk, OTHER, "Làm sau Tết")
    clock.set("2026-03-06")
    with django_capture_on_commit_callbacks(execute=True):
        actions.close_online(decision, by=system)
    poll = poll_of(decision)
    assert not OnlineChoice.objects.filter(poll=poll).exclude(sealed=None).exists()
    assert str(poll.uid) not in urns()
    assert OnlineOpinion.objects.get().text == "Làm sau Tết"
    lines = poll.content.splitlines()
    for receipt in receipts:
        assert has_receipt(poll, receipt.code)
        assert [line for line in lines if receipt.code in line] == [f"R,{receipt.code}"]
    assert [line for line in lines if line.startswith("C,")] == ["C,1"] * 4 + ["C,2", "C,3"]
    for name in (one.representative for one in roll):
        assert name not in poll.content
    assert lines.count("P,N. Đ. D. 1.") == 1 or "P,N. Đ. D. 1." in lines
    here = f"/online-votes/{poll.uid}/"
    page = client.get(here).content.decode()
    assert "N. Đ. D. 1." in page and "Người Đại Diện" not in page
    yes = client.post(here, {"act": "find", "receipt": receipts[0].code}).content.decode()
    no = client.post(here, {"act": "find", "receipt": "0" * 16}).content.decode()
    assert "đã được tính" in yes and "Không có trong tệp" in no
    content = client.get(f"{here}file.csv").content.decode()
    assert content == poll.content
    with pytest.raises(Exception, match="never"), transaction.atomic():
        OnlinePoll.objects.filter(pk=poll.pk).update(yes=5)


def test_anyone_recounts_the_file_and_every_change_of_it_shows(
    officials, system, roll, clock, tmp_path
):
    decision = on_matter(officials.village, system, clock)
    cast(decision, YES, NO, YES, YES, YES, YES)
    clock.set("2026-03-06")
    actions.close_online(decision, by=system)
    content = poll_of(decision).content
    done = recount(tmp_path, content, "--key", poll_of(decision).public_key)
    assert done.returncode == 0 and "ĐÚNG" in done.stdout, done.stdout
    for before, after in (
        ("C,2", "C,1"),
        ("count,1,5", "count,1,6"),
        ("verdict,passed", "verdict,not_passed"),
        ("households,9", "households,5"),
        ("P,N. Đ. D. 1.", "P,N. Đ. D. 2."),
        ("lines,6", "lines,7"),
    ):
        assert before in content, before
        assert recount(tmp_path, content.replace(before, after, 1)).returncode == 1, before
    other = recount(tmp_path, content, "--key", "0" * 64)
    assert other.returncode == 1


def test_the_minutes_name_who_took_part_and_mask_it_for_who_may_not_see(
    officials, system, roll, clock
):
    decision = on_matter(officials.village, system, clock)
    cast(decision, YES, YES, NO)
    clock.set("2026-03-06")
    actions.close_online(decision, by=system)
    decision.refresh_from_db()
    table = next(
        line
        for line in paper_of(decision, latest(decision), "minutes", True).lines
        if hasattr(line, "rows")
    )
    assert table.rows[0] == ("Hộ số 1", "Người Đại Diện 1") and len(table.rows) == 3
    text = str(paper_of(decision, latest(decision), "minutes"))
    assert "Người Đại Diện" not in text and "N. Đ. D. 1." in text
    assert masked("Lê Thị Én") == "L. T. É."


def test_cards_are_printed_for_who_leads_the_vote(client, officials, system, roll):
    decision = opened(officials.village, system)
    path = f"/desk/decisions/{decision.uid}/votes/1/cards.pdf"
    client.force_login(officials.front)
    assert client.get(path).status_code == 403
    client.force_login(officials.clerk)
    assert path in client.get(f"/desk/decisions/{decision.uid}/").content.decode()
    assert client.get(path).content.count(b"/Type /Page\n") == 9


def test_a_key_that_outlived_its_poll_is_destroyed_at_the_next_start(
    officials, system, roll, clock
):
    decision = on_matter(officials.village, system, clock)
    closed, running = OnlinePoll.objects.order_by("pk")
    assert {str(closed.uid), str(running.uid)} <= set(urns())  # no commit in this test
    assert online_keys.destroy_keys_of_closed() == 1
    assert urns() == [str(running.uid)]
    assert HouseholdDecision.objects.get(pk=decision.pk).state == State.ONLINE


def test_a_process_that_dies_in_the_count_leaves_the_poll_as_it_was(
    officials, system, roll, clock, monkeypatch
):
    decision = on_matter(officials.village, system, clock)
    cast(decision, YES, YES)
    clock.set("2026-03-06")
    for place in ("settle_vote", "sign_result", "record"):
        with monkeypatch.context() as broken, pytest.raises(KeyboardInterrupt):
            broken.setattr(f"danchu.decision.actions.online.{place}", _die)
            with transaction.atomic():
                actions.close_online(decision, by=system)
        poll = poll_of(decision)
        assert poll.closed_at is None and str(poll.uid) in urns()
        assert OnlineChoice.objects.filter(poll=poll).exclude(sealed=None).count() == 2
    assert actions.close_online(decision, by=system).state == State.NOT_PASSED


def _die(*_arguments, **_more):
    raise KeyboardInterrupt


def test_a_choice_costs_two_statements_that_are_planned_once(
    officials, system, roll, django_assert_num_queries
):
    decision = opened(officials.village, system)
    poll, entry = poll_of(decision), latest(decision).entries.select_related("household").first()
    typed, poll.vote = typed_by(entry), entry.vote
    with django_assert_num_queries(0):  # nothing is built by Django for each household
        reply(poll, typed)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FILTER (WHERE statement LIKE '%decision_household h%'), "
            "count(*) FILTER (WHERE statement LIKE '%INTO decision_onlinechoice%') "
            "FROM pg_prepared_statements"
        )
        assert cursor.fetchone() == (1, 1)


def test_a_household_of_a_village_that_was_taken_in_is_known_by_the_number_it_had_there(
    officials, system, roll, country
):
    decision = opened(officials.village, system)
    poll, entry = poll_of(decision), latest(decision).entries.select_related("household").first()
    (other,) = write_roll(country.next_door, 1)
    other.address = entry.household.address
    other.save()
    taken_in = RollEntry.objects.create(vote=entry.vote, household=other, is_represented=True)
    for one in (entry, taken_in):
        typed = typed_by(one)
        named = [typed[name] for name in ("number", "secret", "name", "address")]
        assert household_meant(poll, *named) == one.pk
    assert entry.household.number == other.number


@pytest.mark.case("SE-M10")
@pytest.mark.parametrize(
    ("ballots", "named"),
    [
        ([NO], False),
        ([NO, YES], False),
        ([NO, NO, YES], True),
        ([NO] * 3, False),
        ([OTHER] * 9, False),
        ([YES] * 8 + [OTHER], True),
    ],
)
def test_nobody_is_named_beside_one_or_two_choices_nor_where_all_chose_alike(
    officials, system, roll, clock, client, tmp_path, ballots, named
):
    decision = on_matter(officials.village, system, clock)
    cast(decision, *ballots)
    clock.set("2026-03-06")
    decision = actions.close_online(decision, by=system)
    poll = poll_of(decision)
    name = masked(roll[0].representative)
    page = client.get(f"/online-votes/{poll.uid}/").content.decode()
    assert (name in page, f"P,{name}" in poll.content) == (named, named)
    for with_names in (True, False):
        # The minutes themselves have the list that the law asks for, from three households on.
        listed = len(ballots) > 2 if with_names else named
        paper = paper_of(decision, latest(decision), "minutes", with_names)
        assert ("Danh sách hộ tham gia" in str(paper)) == listed
    assert recount(tmp_path, poll.content).returncode == 0


@pytest.mark.case("FA25")
def test_what_is_printed_on_a_card_is_read_however_it_was_typed(officials, system, roll):
    decision = opened(officials.village, system)
    poll = poll_of(decision)
    for entry in latest(decision).entries.select_related("household"):
        secret = secret_of(entry.vote, entry)
        wide = "".join(chr(ord(one) + 0xFEE0) if one.isalnum() else one for one in secret)
        number = chr(0xFF10 + entry.household.number)
        for typed in (wide, secret.lower().replace("0", "o").replace("1", "l")):
            who = (number, typed, entry.household.representative, entry.household.address)
            assert household_meant(poll, *who) == entry.pk

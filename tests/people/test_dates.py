"""Offices, deputies and delegations last exactly from their first day to their last."""

from datetime import date, timedelta

import pytest

from danchu.journal.actions import record
from danchu.kernel.refusals import Denied, Refused
from danchu.people.actions import delegate_right, end_delegation, end_holding
from danchu.people.actor import Actor
from tests.people.conftest import DAY, NOW, REFORM

SINCE, UNTIL = date(2026, 1, 10), date(2026, 1, 20)
DAYS = [(SINCE - DAY, False), (SINCE, True), (UNTIL - DAY, True), (UNTIL, False)]
NAMES = ["the day before", "the first day", "the last day", "the day after"]


@pytest.fixture
def chair(country, holder):
    return holder("committee_chair", country.here, "Nguyễn Văn An")


@pytest.fixture
def delegate(person):
    return person("Trần Thị Bình")


def may(account, day, unit, verb="confirm", kind="dialogue"):
    return Actor.of(account, day).may(verb, kind, unit)


def give(chair, to, **changed):
    terms = {
        "verb": "confirm",
        "kind": "dialogue",
        "since": SINCE,
        "until": UNTIL,
        "reason": "Quyết định 12/QĐ-UBND",
    }
    return delegate_right(chair, by=Actor.of(chair.account, NOW), to=to, **{**terms, **changed})


@pytest.mark.parametrize(("day", "expected"), DAYS, ids=NAMES)
def test_an_office_lasts_from_its_first_day_to_its_last(country, holder, day, expected):
    held = holder("committee_chair", country.here, since=SINCE, until=UNTIL)
    assert may(held.account, day, country.here) == expected


@pytest.mark.parametrize(("day", "expected"), DAYS, ids=NAMES)
def test_a_delegation_lasts_from_its_first_day_to_its_last(country, chair, delegate, day, expected):
    give(chair, delegate)
    assert may(delegate, day, country.here) == expected


@pytest.mark.parametrize(("day", "expected"), DAYS, ids=NAMES)
def test_a_deputy_acts_from_his_first_day_to_his_last(country, chair, holder, day, expected):
    deputy = holder("committee_chair", country.here, "Trần Thị Bình", SINCE, UNTIL, deputy_of=chair)
    assert may(deputy.account, day, country.here) == expected


def test_a_delegate_gets_the_one_right_and_no_other(country, chair, delegate):
    give(chair, delegate)
    actor = Actor.of(delegate, SINCE)
    assert actor.may("confirm", "dialogue", country.village)
    assert actor.scope("confirm", "dialogue") == {
        country.here.pk,
        country.village.pk,
        country.old_whole.pk,
    }
    assert not actor.may("confirm", "training", country.here)
    assert not actor.may("correct", "dialogue", country.here)
    assert not actor.may("confirm", "dialogue", country.next_door)


def test_a_delegation_ends_when_the_office_of_the_giver_ends(country, chair, delegate, system):
    give(chair, delegate)
    end_holding(chair, by=system, until=SINCE + 3 * DAY)
    assert may(delegate, SINCE + 2 * DAY, country.here)
    assert not may(delegate, SINCE + 3 * DAY, country.here)


def test_a_deputy_ends_when_the_office_he_deputises_ends(country, chair, holder, system):
    deputy = holder("committee_chair", country.here, "Trần Thị Bình", SINCE, UNTIL, deputy_of=chair)
    end_holding(chair, by=system, until=SINCE + 3 * DAY)
    assert may(deputy.account, SINCE + 2 * DAY, country.here)
    assert not may(deputy.account, SINCE + 3 * DAY, country.here)


def test_a_delegation_ends_when_the_giver_is_deactivated(country, chair, delegate):
    give(chair, delegate)
    chair.account.is_active = False
    chair.account.save()
    assert not may(delegate, SINCE, country.here)


def test_a_delegation_does_not_outlive_the_right_of_the_office(country, chair, delegate):
    give(chair, delegate)
    chair.office_kind.rights.filter(verb="confirm").delete()
    assert not may(delegate, SINCE, country.here)


def test_a_delegate_cannot_delegate_further(country, chair, delegate, person):
    give(chair, delegate)
    with pytest.raises(Denied):
        delegate_right(
            chair,
            by=Actor.of(delegate, SINCE),
            to=person("Lê Văn Chí"),
            verb="confirm",
            kind="dialogue",
            since=SINCE,
            until=UNTIL,
            reason="x",
        )


def test_a_deputy_cannot_delegate(country, chair, holder, delegate):
    deputy = holder("committee_chair", country.here, "Lê Văn Chí", SINCE, UNTIL, deputy_of=chair)
    with pytest.raises(Refused, match="ủy quyền tiếp"):
        delegate_right(
            deputy,
            by=Actor.of(deputy.account, SINCE),
            to=delegate,
            verb="confirm",
            kind="dialogue",
            since=SINCE,
            until=UNTIL,
            reason="x",
        )


@pytest.mark.parametrize(
    "changed",
    [
        {"verb": "delegate"},
        {"verb": "appoint", "kind": "office"},
        {"verb": "verify"},
        {"verb": "seal", "kind": "dialogue"},
        {"since": REFORM - DAY},
        {"until": SINCE},
        {"until": None},
        {"reason": "  "},
    ],
    ids=str,
)
def test_nobody_delegates_more_than_he_has(chair, delegate, changed):
    with pytest.raises(Refused):
        give(chair, delegate, **changed)
    assert not delegate.delegations.exists()


def test_a_delegation_does_not_reach_beyond_the_end_of_the_holding(country, holder, delegate):
    held = holder("committee_chair", country.here, since=SINCE, until=UNTIL)
    with pytest.raises(Refused):
        delegate_right(
            held,
            by=Actor.of(held.account, SINCE),
            to=delegate,
            verb="confirm",
            kind="dialogue",
            since=SINCE,
            until=UNTIL + DAY,
            reason="x",
        )


def test_nobody_delegates_to_himself(chair):
    with pytest.raises(Refused):
        give(chair, chair.account)


def test_a_clerk_has_no_right_to_delegate(country, holder, delegate):
    clerk = holder("commune_clerk", country.here)
    with pytest.raises(Denied):
        delegate_right(
            clerk,
            by=Actor.of(clerk.account, NOW),
            to=delegate,
            verb="draft",
            kind="dialogue",
            since=SINCE,
            until=UNTIL,
            reason="x",
        )


def test_a_delegation_ended_before_it_began_never_took_effect(country, chair, delegate):
    given = give(chair, delegate)
    end_delegation(given, by=Actor.of(chair.account, NOW), until=SINCE)
    assert not may(delegate, SINCE, country.here)


def test_only_the_giver_or_an_operator_ends_a_delegation(country, chair, delegate, holder):
    given = give(chair, delegate)
    with pytest.raises(Denied):
        end_delegation(given, by=Actor.of(delegate, SINCE), until=SINCE + DAY)
    operator = holder("operator", country.nation, "Quản trị viên")
    end_delegation(given, by=Actor.of(operator.account, NOW), until=SINCE + DAY)
    assert not may(delegate, SINCE + DAY, country.here)


def test_the_journal_says_for_whom_a_deputy_acted(country, chair, holder):
    deputy = holder("committee_chair", country.here, "Trần Thị Bình", SINCE, UNTIL, deputy_of=chair)
    actor = Actor.of(deputy.account, SINCE)
    assert actor.may("confirm", "dialogue", country.here)
    assert record(actor, "event.confirmed").actor_name == "Trần Thị Bình (thay mặt Nguyễn Văn An)"


def test_the_journal_names_only_himself_when_his_own_office_gave_the_right(country, chair, holder):
    clerk = holder("commune_clerk", country.here, "Trần Thị Bình")
    give(chair, clerk.account)
    actor = Actor.of(clerk.account, SINCE)
    assert actor.may("draft", "dialogue", country.here)
    assert record(actor, "event.drafted").actor_name == "Trần Thị Bình"
    assert actor.may("confirm", "dialogue", country.here)
    assert record(actor, "event.confirmed").actor_name == "Trần Thị Bình (thay mặt Nguyễn Văn An)"
    assert not actor.may("seal", "report", country.here)
    assert actor.may("draft", "dialogue", country.here)
    assert record(actor, "event.drafted").actor_name == "Trần Thị Bình"


def test_the_office_of_a_moment_is_over_after_a_long_time(country, holder):
    held = holder("committee_chair", country.here, since=SINCE, until=SINCE + DAY)
    assert not may(held.account, SINCE + timedelta(days=10_000), country.here)

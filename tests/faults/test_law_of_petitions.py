"""Clocks and steps of petitions that did not follow the law: their right days."""

from datetime import date, timedelta

import pytest

from danchu.casework.actions import complain_again
from danchu.casework.queries.misjudged import misjudged_clocks
from danchu.casework.rules.timebars import bar_of_second, may_complain_again, time_bar
from danchu.casework.writes.clocks import clocks_of
from danchu.kernel.refusals import Refused
from danchu.obligations.actions import revise_misjudged
from danchu.obligations.models import Obligation, Revision
from danchu.obligations.proof import obligation_problems
from danchu.people.actor import Actor
from tests.casework.conftest import (  # noqa: F401
    _law_loaded_once,
    at,
    keys_apart,
    law,
    registered,
)
from tests.casework.test_life import OURS, due_of, step, walked
from tests.people.conftest import country, holder, offices, person, system  # noqa: F401

THEIRS = {"eligible": True, "competent": False}
PUBLIC = Actor.public()


@pytest.mark.case("LA1")
def test_a_denunciation_is_handed_over_within_5_working_days_of_its_receipt(
    registered, system, clock
):
    clock.set("2026-09-14")
    petition = registered("denunciation", received_on=date(2026, 9, 7))
    petition = step(petition, "classify", system, date(2026, 9, 14), **THEIRS)
    transfer = clocks_of(petition).get(rule__key="denunciation.transfer")
    assert (transfer.event_on, transfer.due_on) == (date(2026, 9, 7), date(2026, 9, 14))
    again = step(petition, "classify", system, date(2026, 9, 14), **THEIRS)
    assert len(due_of(again, "denunciation.transfer")) == 1, "classified twice, one clock"
    again = step(again, "classify", system, date(2026, 9, 14), **OURS)
    assert due_of(again, "denunciation.transfer") == [(date(2026, 9, 14), "excused")]


@pytest.mark.case("LA2")
def test_one_complains_again_within_30_days_of_the_receipt_of_the_decision(
    registered, system, clock
):
    clock.set("2026-09-01")
    first, secret = registered("complaint", whole=True, received_on=date(2026, 8, 3))
    way = (("classify", OURS), ("accept", {}), ("verify", {}), ("decide", {}), ("send", {}))
    first = walked(first, [(act, {"on": date(2026, 9, 1), **more}) for act, more in way], system)
    received_on = date(2026, 9, 11)
    bar = bar_of_second(first, received_on)
    assert bar.due_on == date(2026, 10, 12), "11/10/2026 is a Sunday"
    assert bar_of_second(first).due_on == date(2026, 10, 1)
    clock.set("2026-10-05")
    assert may_complain_again(first, date(2026, 10, 5)).due_on is None, "receipt not stated yet"
    assert may_complain_again(first, date(2026, 10, 5), received_on).due_on == bar.due_on
    assert may_complain_again(first, date(2026, 10, 13), received_on) is None
    words = {"by": PUBLIC, "secret": secret, "content": "Không đồng ý"}
    for day in (None, date(2026, 8, 31), date(2026, 10, 6)):
        with pytest.raises(Refused) as refusal:
            complain_again(first, received_on=day, **words)
        assert refusal.value.field == "received_on"
    second, _secret = complain_again(first, received_on=received_on, **words)
    assert second.known_on == received_on
    assert time_bar(second).due_on == bar.due_on


@pytest.mark.case("LA3")
def test_each_extension_of_a_denunciation_needs_its_own_decision(registered, system, clock):
    clock.set("2026-03-02")
    petition = walked(
        registered("denunciation"), (("classify", OURS), ("accept", {}), ("verify", {})), system
    )
    with pytest.raises(Refused) as refusal:
        step(petition, "extend", system, complexity="very_complex")
    assert refusal.value.field == "complexity"
    petition = step(petition, "extend", system, complexity="complex")
    assert due_of(petition, "denunciation.resolve.complex") == [(date(2026, 5, 4), "open")]
    petition = step(petition, "extend", system, complexity="very_complex")
    assert due_of(petition, "denunciation.resolve.very_complex") == [(date(2026, 6, 1), "open")]
    with pytest.raises(Refused, match="mức cao nhất"):
        step(petition, "extend", system, complexity="very_complex")


@pytest.mark.case("LA7")
@pytest.mark.case("LA8")
def test_a_complaint_is_suspended_only_since_the_law_knows_suspension(registered, system, clock):
    clock.set("2026-07-20")
    way = (("classify", OURS), ("accept", {}))
    petition = walked(registered("complaint"), way, system)
    with pytest.raises(Refused) as refusal:
        step(petition, "suspend", system, date(2026, 6, 30))
    assert refusal.value.field == "on"
    later = registered("complaint", received_on=date(2026, 6, 22))
    later = walked(later, [(act, {"on": date(2026, 6, 22), **more}) for act, more in way], system)
    later = step(later, "suspend", system, date(2026, 7, 1))
    assert due_of(later, "complaint.suspend_send") == [(date(2026, 7, 6), "open")]
    later = step(later, "resume", system, date(2026, 7, 13))
    assert due_of(later, "complaint.resume_send") == [(date(2026, 7, 16), "open")], "3 working days"
    assert due_of(later, "complaint.resolve")[-1] == (date(2026, 8, 3), "open")
    later = step(later, "notify", system, date(2026, 7, 14))
    assert due_of(later, "complaint.resume_send") == [(date(2026, 7, 16), "met")]


@pytest.mark.case("LA7")
def test_a_suspended_denunciation_has_its_own_clock(registered, system):
    petition = walked(registered("denunciation"), (("classify", OURS), ("accept", {})), system)
    petition = step(petition, "suspend", system)
    assert due_of(petition, "denunciation.suspend_send") == [(date(2026, 3, 9), "open")]


@pytest.mark.case("LA9")
def test_a_second_complaint_is_decided_only_after_a_dialogue(registered, system, clock):
    clock.set("2026-03-02")
    way = (("classify", OURS), ("accept", {}), ("verify", {}))
    second = walked(registered("complaint", stage="second"), way, system)
    with pytest.raises(Refused, match="Điều 39"):
        step(second, "decide", system)
    second = walked(second, (("hold_dialogue", {}), ("decide", {})), system)
    assert second.state == "decided"
    assert step(walked(registered("complaint"), way, system), "decide", system).state == "decided"


@pytest.mark.case("LA9")
def test_a_dialogue_before_a_suspension_counts(registered, system, clock):
    clock.set("2026-08-03")
    second = registered("complaint", stage="second", received_on=date(2026, 7, 20))
    acts = ("classify", "accept", "verify", "hold_dialogue", "suspend", "resume", "decide")
    for act in acts:
        second = step(second, act, system, date(2026, 8, 3))
    assert second.state == "decided"


@pytest.mark.case("LA1")
@pytest.mark.case("LA3")
def test_what_was_judged_wrongly_stands_beside_the_right_day(registered, system, clock):
    clock.set("2026-09-30")
    day = date(2026, 9, 14)
    open_one, closed = (
        step(
            registered("denunciation", received_on=date(2026, 9, 7)),
            "classify",
            system,
            day,
            **THEIRS,
        )
        for _number in range(2)
    )
    wrong = {"event_on": day, "due_on": date(2026, 9, 21)}  # as earlier versions counted
    clocks = Obligation.objects.filter(rule__key="denunciation.transfer")
    clocks.update(**wrong)
    closed = step(closed, "forward", system, date(2026, 9, 18))
    assert due_of(closed, "denunciation.transfer") == [(date(2026, 9, 21), "met")]
    assert len(list(misjudged_clocks())) == 2
    assert revise_misjudged(by=system) == 2
    assert due_of(open_one, "denunciation.transfer") == [(date(2026, 9, 14), "open")]
    assert due_of(closed, "denunciation.transfer") == [(date(2026, 9, 21), "met")], "never changed"
    rows = Revision.objects.order_by("pk").values_list("from_due", "to_due", "is_applied")
    assert list(rows) == [
        (date(2026, 9, 21), date(2026, 9, 14), True),
        (date(2026, 9, 21), date(2026, 9, 14), False),
    ]
    assert revise_misjudged(by=system) == 0, "once"
    assert list(obligation_problems()) == []


def left_by_earlier(petition, *steps):
    """Steps (act, day) as an earlier version wrote them."""
    for act, on in steps:
        petition.steps.create(
            number=petition.steps.count() + 1,
            act=act,
            on=on,
            state="suspended",
            unit=petition.unit,
            by="system",
            at=petition.made_at,
        )


@pytest.mark.case("LA8")
def test_days_of_an_unlawful_suspension_are_found_afterwards(registered, system, clock):
    clock.set("2026-03-30")
    petition = walked(registered("complaint"), (("classify", OURS), ("accept", {})), system)
    clock_of_it = clocks_of(petition).get(rule__key="complaint.resolve")
    assert clock_of_it.due_on == date(2026, 4, 1)
    # As an earlier version let it be suspended for ten days.
    left_by_earlier(petition, ("suspend", date(2026, 3, 10)), ("resume", date(2026, 3, 20)))
    petition.suspended_days = 10
    petition.save(update_fields=["suspended_days"])
    Obligation.objects.filter(pk=clock_of_it.pk).update(
        event_on=clock_of_it.event_on + timedelta(days=10), due_on=date(2026, 4, 13)
    )
    assert revise_misjudged(by=system) == 1
    assert due_of(petition, "complaint.resolve") == [(date(2026, 4, 1), "open")]


@pytest.mark.case("LA8")
def test_days_of_a_lawful_suspension_stay_and_only_those_of_an_unlawful_one_count(
    registered, system, clock
):
    clock.set("2026-09-01")
    petition = registered("complaint", received_on=date(2026, 6, 22))
    for act, on in (
        ("classify", date(2026, 6, 22)),
        ("accept", date(2026, 6, 22)),
        ("suspend", date(2026, 7, 1)),
        ("resume", date(2026, 7, 13)),
    ):
        petition = step(petition, act, system, on, **(OURS if act == "classify" else {}))
    resolving = clocks_of(petition).get(rule__key="complaint.resolve", state="open")
    assert (petition.suspended_days, resolving.due_on) == (12, date(2026, 8, 3))
    assert list(misjudged_clocks()) == [] and revise_misjudged(by=system) == 0
    # As an earlier version let it be suspended for three days before.
    left_by_earlier(petition, ("suspend", date(2026, 6, 23)), ("resume", date(2026, 6, 26)))
    petition.suspended_days = 15
    petition.save(update_fields=["suspended_days"])
    Obligation.objects.filter(pk=resolving.pk).update(event_on=date(2026, 7, 7))
    assert [row.event_on for row in misjudged_clocks()] == [date(2026, 7, 4)]


@pytest.mark.case("LA3")
def test_an_extension_by_two_steps_at_once_is_found_afterwards(registered, system, clock):
    clock.set("2026-03-02")
    way = (("classify", OURS), ("accept", {}), ("verify", {}), ("extend", {}))
    once, twice = (walked(registered("denunciation"), way, system) for _number in range(2))
    twice = step(twice, "extend", system, complexity="very_complex")
    assert list(misjudged_clocks()) == [], "each extension had its decision"
    # As an earlier version extended it by one decision.
    wrong = clocks_of(once).get(rule__key="denunciation.resolve.complex")
    right_day = wrong.due_on
    rule = clocks_of(twice).get(rule__key="denunciation.resolve.very_complex")
    Obligation.objects.filter(pk=wrong.pk).update(rule=rule.rule, due_on=rule.due_on)
    once.complexity = "very_complex"
    once.save(update_fields=["complexity"])
    assert revise_misjudged(by=system) == 1
    assert due_of(once, "denunciation.resolve.complex") == [(right_day, "open")]
    assert due_of(twice, "denunciation.resolve.very_complex") == [(rule.due_on, "open")]


SORTED_ANEW = [
    # (nature at the counter, what the classification says, right rule, its due day)
    ("complaint", {"nature": "feedback"}, "feedback.answer", date(2026, 9, 21)),
    ("feedback", {"nature": "complaint"}, "complaint.accept", date(2026, 9, 16)),
    ("denunciation", {"several_places": True}, "denunciation.process.several", date(2026, 9, 21)),
]


@pytest.mark.case("LA1")
@pytest.mark.parametrize(("nature", "values", "key", "due_on"), SORTED_ANEW)
def test_a_letter_of_another_nature_has_the_clock_of_that_nature_from_its_receipt(
    registered, system, clock, nature, values, key, due_on
):
    clock.set("2026-09-25")
    petition = registered(nature, received_on=date(2026, 9, 7))
    [first] = clocks_of(petition)
    petition = step(petition, "classify", system, date(2026, 9, 9), **OURS, **values)
    assert due_of(petition, first.rule.key)[0][1] == "excused"
    assert due_of(petition, key) == [(due_on, "open")]
    petition = step(petition, "classify", system, date(2026, 9, 9), **OURS, **values)
    assert len(clocks_of(petition)) == 2, "classified twice, one clock"
    on = date(2026, 9, 24)
    petition = step(petition, "accept", system, on)
    if petition.nature == "feedback":
        petition = step(petition, "answer", system, on)
        assert petition.in_time is False, "it was to be answered in 10 working days"
    assert due_of(petition, key) == [(due_on, "late")]


@pytest.mark.case("LA1")
def test_what_an_earlier_version_left_under_the_clock_of_another_nature_is_moved(
    registered, system, clock
):
    clock.set("2026-09-25")
    petition = registered("feedback", received_on=date(2026, 9, 7))
    petition.nature = "complaint"
    petition.save(update_fields=["nature"])
    assert revise_misjudged(by=system) == 1
    assert due_of(petition, "complaint.accept") == [(date(2026, 9, 16), "open")]
    [revision] = Revision.objects.all()
    assert (revision.from_due, revision.to_due) == (date(2026, 9, 21), date(2026, 9, 16))
    assert list(obligation_problems()) == [] and revise_misjudged(by=system) == 0

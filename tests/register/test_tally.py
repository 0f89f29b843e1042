"""The sums kept by triggers equal a slow recount after any acts in any order."""

import os
from collections import Counter
from datetime import date
from io import BytesIO

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danchu.kernel.refusals import Denied, Refused
from danchu.people.actor import Actor
from danchu.register.actions import (
    confirm_event,
    correct_event,
    discard_draft,
    draft_event,
    edit_draft,
    withdraw_event,
)
from danchu.register.actions.tally import rebuild_tally
from danchu.register.imports import import_events
from danchu.register.models import NUMBERS, Event, EventTally
from danchu.register.tally import tally_problems
from tests.sizes import long, size

BY = Actor.system("test")
days = st.sampled_from(
    [date(2025, 7, 1), date(2025, 7, 31), date(2025, 8, 1), date(2025, 12, 31), date(2026, 1, 1)]
)
kinds = st.sampled_from(["critique", "opinion_conference"])  # the numbers of both are the same
forms = st.sampled_from(["", "written"])
acts = st.one_of(
    st.tuples(st.just("draft"), kinds, days, st.integers(0, 9), st.integers(0, 2)),
    st.tuples(st.just("import"), days, st.integers(0, 9), st.integers(1, 3)),
    st.tuples(st.just("edit"), st.integers(0, 20), days, st.integers(0, 9)),
    st.tuples(st.just("correct"), st.integers(0, 20), days, st.integers(0, 9), st.integers(0, 2)),
    st.tuples(st.sampled_from(["confirm", "confirm", "withdraw", "discard"]), st.integers(0, 20)),
)


def recount():
    """{cell: {number: sum}} from the rows themselves, one by one."""
    found = {}
    for event in Event.objects.filter(state="confirmed"):
        firsts = {"month": event.held_on.replace(day=1), "year": date(event.held_on.year, 1, 1)}
        for grain, since in firsts.items():
            cell = found.setdefault(
                (event.unit_id, grain, since, event.kind, event.form), Counter()
            )
            cell["rows"] += 1
            for name in NUMBERS:
                cell[name] += getattr(event, name)
    return {cell: {name: sums[name] for name in ("rows", *NUMBERS)} for cell, sums in found.items()}


def kept():
    rows = EventTally.objects.exclude(rows=0).values()
    return {
        (row["unit_id"], row["grain"], row["since"], row["kind"], row["form"]): {
            name: row[name] for name in ("rows", *NUMBERS)
        }
        for row in rows
    }


def play(act, units):
    """One act on the book as it is; what the rules refuse is not done."""
    name, *given_ = act
    events = list(Event.objects.order_by("pk"))
    if name == "draft":
        kind, day, number, place = given_
        draft_event(
            kind,
            by=BY,
            unit=units[place],
            held_on=day,
            title="Việc",
            opinions=number,
            participants=number * 2,
        )
    elif name == "import":
        day, number, rows = given_
        lines = [
            f",critique,written,{day:%d/%m/%Y},77777,Việc,{number + row}" for row in range(rows)
        ]
        text = "\n".join(
            [
                "reference,kind,form,held_on,unit_code,title,opinions",
                *(f"I{len(events)}-{row}{line}" for row, line in enumerate(lines)),
            ]
        )
        import_events(BytesIO(text.encode()), "a.csv", by=BY)
    elif events:
        event = events[given_[0] % len(events)]
        act_on(name, event, given_[1:], units)


def act_on(name, event, given_, units):
    if name == "edit":
        edit_draft(event, by=BY, held_on=given_[0], opinions=given_[1])
    elif name == "correct":
        correct_event(
            event,
            by=BY,
            reason="Nhầm",
            held_on=given_[0],
            opinions=given_[1],
            unit=units[given_[2]],
        )
    elif name == "confirm":
        confirm_event(event, by=BY)
    elif name == "withdraw":
        withdraw_event(event, by=BY, reason="Nhầm")
    else:
        discard_draft(event, by=BY)


@long
@settings(
    max_examples=int(os.environ.get("DANCHU_EXAMPLES", size(10, 100))),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(acts, min_size=3, max_size=14))
def test_the_sums_equal_a_recount_after_any_acts(country, steps):
    units = [country.here, country.next_door, country.village]
    with transaction.atomic():
        country.here.standings.update(code="77777")
        for step in steps:
            try:
                with transaction.atomic():
                    play(step, units)
            except Refused:
                continue
        assert kept() == recount()
        assert list(tally_problems()) == []
        transaction.set_rollback(True)


def test_a_wrong_sum_is_named_and_made_anew(country):
    confirm_event(
        draft_event(
            "critique", by=BY, unit=country.here, held_on=date(2025, 8, 1), title="Việc", opinions=4
        ),
        by=BY,
    )
    EventTally.objects.filter(grain="month").update(opinions=5)
    [(place, _said)] = tally_problems()
    assert "08/2025" in place
    assert rebuild_tally(by=BY) == 1
    assert kept() == recount()


@pytest.mark.django_db
def test_sums_are_not_made_anew_by_who_has_no_right_to_import():
    with pytest.raises(Denied):
        rebuild_tally(by=Actor.public())


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_asks_the_same_for_one_row_and_for_three(country, django_assert_num_queries, rows):
    for _ in range(rows):
        draft_event("critique", by=BY, unit=country.here, held_on=date(2025, 8, 1), title="Việc")
    with django_assert_num_queries(1):
        assert len(Event.objects.visible_to(BY).select_related("unit", "body")) == rows

"""What promises and passages add up to: always what a slow count of the rows gives, and every
number opens to its rows.
"""

from datetime import date, timedelta

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danchu.figures.answer import evidence_rows, figure
from danchu.figures.catalogue import INDICATORS
from danchu.figures.evidence import evidence
from danchu.kernel.days import Period
from danchu.kernel.refusals import Refused
from danchu.minutes import actions
from danchu.minutes.input.blocks import BlockInput, Mark
from danchu.minutes.models import Commitment, Passage
from danchu.people.actor import Actor
from danchu.register.actions import withdraw_event
from danchu.register.models import Event
from tests.minutes.conftest import DUE, HELD, opinion
from tests.sizes import long, size

FIRST, DAYS = date(2025, 9, 1), 90
PERIODS = (
    Period.year(2025),
    Period(date(2025, 10, 1), date(2025, 11, 1)),
    Period(date(2025, 9, 15), date(2025, 10, 20)),
)


def value(key, country, period, at="province"):
    return figure(INDICATORS[key], getattr(country, at).pk, period, date(2025, 12, 31)).value


# A step is (which promise, act, days on): the slow model below plays the same by hand.
STEPS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(["fulfil", "postpone", "confirm", "dispute", "withdraw"]),
        st.integers(0, 25),
    ),
    max_size=14,
)


class Slow:
    """One promise as a clerk would keep it on paper."""

    def __init__(self, made_on, due_on):
        self.made_on, self.due, self.state, self.day = made_on, due_on, "made", made_on
        self.first_missed = None
        self.postponed, self.missed, self.in_time, self.spans = (
            0,
            False,
            None,
            [[made_on, None, due_on]],
        )

    def do(self, act, on):
        self.day = on
        if act == "fulfil":
            self.state, self.in_time, self.spans[-1][1] = (
                "fulfilled",
                on <= self.due and not self.missed,
                on,
            )
        elif act == "postpone":
            self.missed |= on > self.due
            if self.missed:
                self.first_missed = self.first_missed or self.due
            self.due = max(self.due, on) + timedelta(days=10)
            self.postponed += 1
            self.spans[-1][1] = on
            self.spans.append([on, None, self.due])
        elif act == "confirm":
            self.state = "kept"
        elif act == "dispute":
            self.state, self.in_time = "disputed", None
            self.spans.append([on, None, self.due])
        else:
            self.state = "withdrawn"
            self.spans[-1][1] = self.spans[-1][1] or on

    def overdue(self, day):
        return any(
            since <= day and (ended is None or ended > day) and due < day
            for since, ended, due in self.spans
        )


def play(it, act, on, system):
    if act == "postpone":
        return actions.postpone_commitment(
            it, by=system, on=on, due_on=max(it.due_on, on) + timedelta(days=10), reason="Mưa"
        )
    if act == "fulfil":
        return actions.fulfil_commitment(it, by=system, on=on, text="Xong")
    if act == "confirm":
        return actions.confirm_commitment(it, by=system, on=on)
    if act == "dispute":
        return actions.dispute_commitment(it, by=system, on=on, text="Chưa")
    return actions.withdraw_commitment(it, by=system, on=on, reason="Nhầm")


@long
@settings(
    max_examples=size(12, 100),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.tuples(st.integers(0, DAYS), st.integers(0, 40)), min_size=3, max_size=3), STEPS)
def test_the_figures_are_what_a_slow_count_gives(made, system, country, begun, steps):
    with transaction.atomic():
        rows, slow = [], []
        for after, length in begun:
            made_on = FIRST + timedelta(days=after)
            rows.append(made(made_on=made_on, due_on=made_on + timedelta(days=length)))
            slow.append(Slow(made_on, made_on + timedelta(days=length)))
        for which, act, later in steps:
            on = slow[which].day + timedelta(days=later)
            try:
                with transaction.atomic():
                    rows[which] = play(rows[which], act, on, system)
                slow[which].do(act, on)
            except Refused:
                continue
        for period in PERIODS:
            counted = [it for it in slow if it.state != "withdrawn"]
            cohort, due = (
                [it for it in counted if it.made_on in period],
                [it for it in counted if (it.first_missed or it.due) in period],
            )
            assert value("commitments_made", country, period) == len(cohort)
            for state in ("made", "fulfilled", "disputed"):
                assert value(f"commitments_made.{state}", country, period) == sum(
                    it.state == state for it in cohort
                )
            kept = [it for it in cohort if it.state == "kept"]
            assert value("commitments_kept", country, period) == len(kept)
            assert value("commitments_kept_in_time", country, period) == sum(
                it.in_time for it in kept
            )
            assert value("commitments_postponed", country, period) == sum(
                it.postponed > 0 for it in cohort
            )
            assert value("commitments_due", country, period) == len(due)
            assert value("commitments_due_kept", country, period) == sum(
                it.state == "kept" for it in due
            )
            assert value("commitments_overdue", country, period) == sum(
                it.overdue(period.last) for it in counted
            )
            rate = value("commitments_kept_rate", country, period)
            assert rate is None if not cohort else rate * len(cohort) == 100 * len(kept)
        transaction.set_rollback(True)


def test_a_promise_counts_where_it_was_to_be_kept_and_opens_to_its_row(made, system, country):
    it = made()
    made(title="Khác")
    for place, number in (("here", 2), ("province", 2), ("next_door", 0)):
        assert value("commitments_made", country, Period.year(2025), place) == number
    asked = INDICATORS["commitments_made"], country.here.pk, Period.year(2025), date(2025, 12, 31)
    page = evidence(*asked, Actor.public())
    assert [(row.reference, row.title, row.uid) for row in page.rows][0] == (
        it.code,
        it.title,
        it.uid,
    ) and page.records == 2


def test_passages_count_once_their_minutes_are_approved_and_their_event_is_confirmed(
    written, dialogue, system, country
):
    blocks = [
        opinion(),
        opinion("Đèn hỏng."),
        BlockInput("Kết luận", marks=(Mark("decision"), Mark("finding", 0, 3))),
    ]
    it = written(blocks, event=dialogue())
    keys = (
        "passages",
        "passages.opinion",
        "passages.decision",
        "passages.finding",
        "passages.commitment",
    )

    def told():
        return [value(key, country, Period.year(2025)) for key in keys]

    assert told() == [0, 0, 0, 0, 0]
    actions.approve_minutes(it, by=system)
    assert told() == [4, 2, 1, 1, 0]
    assert value("dialogue_opinions", country, Period.year(2025)) == value(
        "passages.opinion", country, Period.year(2025)
    )
    rows = list(
        evidence_rows(
            INDICATORS["passages.opinion"],
            country.province.pk,
            Period.year(2025),
            date(2025, 12, 31),
        )
    )
    assert sorted(row.text for row in rows) == ["Đèn hỏng.", "Đường ngõ 5 hỏng."]
    withdraw_event(Event.objects.get(state="confirmed"), by=system, reason="Ghi hai lần")
    assert told() == [0, 0, 0, 0, 0] and value("dialogue_opinions", country, Period.year(2025)) == 0


def test_passages_of_a_draft_event_do_not_count_yet(written, dialogue, system, country):
    actions.approve_minutes(written([opinion()], event=dialogue(confirmed=False)), by=system)
    assert value("passages", country, Period.year(2025)) == 0


def test_a_corrected_version_counts_in_place_of_the_earlier(written, system, country):
    first = actions.approve_minutes(written([opinion(), opinion("Khác")]), by=system)
    draft = actions.correct_minutes(first, by=system, changed="Một ý ghi hai lần")
    actions.approve_minutes(
        actions.edit_minutes(draft, by=system, edition=1, blocks=[opinion()]), by=system
    )
    assert (Passage.objects.count(), value("passages", country, Period.year(2025))) == (3, 1)


def test_the_text_of_a_passage_is_withheld_from_the_public_unless_the_minutes_are_shown(
    written, system, country
):
    asked = INDICATORS["passages"], country.here.pk, Period.year(2025), date(2025, 12, 31)
    actions.approve_minutes(written([opinion()]), by=system)
    page = evidence(*asked, Actor.public())
    assert (page.records, page.withheld, page.rows[0].title) == (1, 1, None)
    actions.approve_minutes(written([opinion("Đèn hỏng.")]), by=system, is_public=True)
    page = evidence(*asked, Actor.public())
    assert (page.records, page.withheld) == (2, 1) and "Đèn hỏng." in [
        row.title for row in page.rows
    ]


def test_a_promise_of_minutes_counts_as_one_passage_and_one_commitment(
    written, system, promise, country
):
    actions.approve_minutes(
        written([BlockInput("Phường sẽ sửa.", marks=(Mark("commitment", promise=promise()),))]),
        by=system,
    )
    assert (
        value("passages.commitment", country, Period.year(2025)),
        value("commitments_made", country, Period.year(2025)),
    ) == (1, 1)
    assert (Commitment.objects.get().made_on, Commitment.objects.get().due_on) == (HELD, DUE)

"""What was so on a past day stays so: once late is late, and what was carried over or overdue on a
day is read as of that day.
"""

from datetime import date

import pytest

from danchu.casework.actions import citizen_step, take_step
from danchu.figures.answer import evidence_rows, figure
from danchu.figures.catalogue import INDICATORS
from danchu.figures.evidence import evidence
from danchu.kernel.days import Period
from danchu.minutes import actions as minutes
from danchu.obligations.models import Obligation
from danchu.people.actor import Actor
from tests.casework.conftest import keys_apart, law, registered  # noqa: F401
from tests.minutes.conftest import bodies, made  # noqa: F401
from tests.people.conftest import NOW, country, system  # noqa: F401

RECEIVED = date(2026, 8, 3)
COHORT = Period(date(2026, 8, 1), date(2026, 9, 1))
OURS = {"eligible": True, "competent": True}


@pytest.fixture(scope="module", autouse=True)
def _law_loaded_once(law_loaded):
    pass


def value(country, key, period=COHORT):
    return figure(INDICATORS[key], country.province.pk, period, NOW).value


def cohort(country):
    return {
        key: int(value(country, f"files_{key}")) for key in ("received", "in_time", "late", "open")
    }


def answered(petition, on, by):
    for act, values in (("classify", OURS), ("accept", {}), ("answer", {})):
        petition = take_step(petition, act, by=by, on=on, text="Đã dọn", **values)
    return petition


@pytest.mark.case("FA3")
@pytest.mark.parametrize("by_sender", [False, True])
def test_a_late_answer_stays_late_when_the_petition_is_reopened(
    registered, country, system, by_sender
):
    petition, secret = registered("feedback", whole=True, received_on=RECEIVED)
    late = date(2026, 11, 28)
    petition = answered(petition, late, system)
    before = cohort(country)
    assert before == {"received": 1, "in_time": 0, "late": 1, "open": 0}
    if by_sender:
        petition = citizen_step(
            petition, "reopen", by=Actor.public(), secret=secret, text="Chưa dọn"
        )
    else:
        petition = take_step(petition, "reopen", by=system, on=late, text="Làm lại")
    assert cohort(country) == before, "while it is open again"
    petition = take_step(petition, "answer", by=system, on=petition.moved_on, text="Đã dọn lại")
    assert cohort(country) == before
    assert petition.in_time is False


@pytest.mark.case("FA3")
def test_an_answer_in_time_that_is_reopened_is_judged_by_the_next(registered, country, system):
    petition = answered(registered("feedback", received_on=RECEIVED), RECEIVED, system)
    assert cohort(country) == {"received": 1, "in_time": 1, "late": 0, "open": 0}
    petition = take_step(petition, "reopen", by=system, on=RECEIVED, text="Làm lại")
    assert cohort(country) == {"received": 1, "in_time": 0, "late": 0, "open": 1}
    take_step(petition, "answer", by=system, on=date(2026, 11, 20), text="Muộn")
    assert cohort(country) == {"received": 1, "in_time": 0, "late": 1, "open": 0}


QUARTER = Period(date(2026, 10, 1), date(2027, 1, 1))
AS_OF = Period(date(2026, 1, 1), date(2026, 10, 20))
CAME = date(2026, 9, 20)


def past(country):
    return int(value(country, "files_carried", QUARTER)), int(
        value(country, "files_overdue", AS_OF)
    )


@pytest.mark.case("FA9")
@pytest.mark.parametrize("act", ["withdraw", "refuse", "turned"])
def test_what_waited_and_was_overdue_on_a_day_stays_so_whatever_came_later(
    registered, country, system, act
):
    petition = registered("complaint", received_on=CAME)
    before = past(country)
    assert before == (1, 1)
    ended = date(2026, 11, 20)
    if act == "refuse":
        petition = take_step(petition, "classify", by=system, on=ended, **OURS)
    if act != "turned":
        take_step(petition, act, by=system, on=ended, text="Người gửi rút")
    else:
        take_step(petition, "classify", by=system, on=ended, **OURS)
    assert past(country) == before


@pytest.mark.case("FA9")
def test_what_was_withdrawn_before_the_day_was_neither_though_written_down_later(
    registered, country, system
):
    petition = registered("complaint", received_on=CAME)
    take_step(petition, "withdraw", by=system, on=date(2026, 9, 25), text="Người gửi rút")
    assert past(country) == (0, 0)
    clock = Obligation.objects.get()
    assert (clock.state, clock.excused_on) == ("excused", date(2026, 9, 25))


@pytest.mark.case("FA9")
def test_a_clock_that_an_earlier_version_excused_counts_by_the_day_it_was_written(
    registered, country, system, clock
):
    petition = registered("complaint", received_on=CAME)
    clock.set("2026-11-10")
    take_step(petition, "withdraw", by=system, on=date(2026, 11, 10), text="Người gửi rút")
    excused = Obligation.objects.get()
    of_earlier = Obligation(
        **{
            field.attname: getattr(excused, field.attname)
            for field in Obligation._meta.concrete_fields
            if field.name not in ("id", "uid", "excused_on")
        },
        uid="0e2c2c52-64a5-4a06-a7d0-0f0a3b9d7a12",
    )
    of_earlier.save(force_insert=True)
    rows = Obligation.objects.filter(pk=of_earlier.pk)
    assert rows.unmet_on(date(2026, 11, 9)).exists()
    assert not rows.unmet_on(date(2026, 11, 10)).exists()


@pytest.mark.case("FA3", "FA9")
def test_a_commitment_that_was_missed_stays_due_on_the_day_it_missed(made, country, system, clock):
    clock.set("2026-06-30")
    commitment = made(due_on=date(2025, 12, 15))
    earlier, later = Period(date(2025, 10, 1), date(2026, 1, 1)), Period.year(2026)
    periods = (earlier, later)

    def due(key="commitments_due"):
        return [figure(INDICATORS[key], country.here.pk, one, NOW).value for one in periods]

    postponed = minutes.postpone_commitment(
        commitment, by=system, on=date(2025, 12, 15), due_on=date(2026, 2, 2), reason="Mưa"
    )
    assert due() == [0, 1], "put off on its due day, not after it"
    for on, day in ((date(2026, 2, 3), date(2026, 4, 1)), (date(2026, 5, 4), date(2027, 1, 4))):
        postponed = minutes.postpone_commitment(
            postponed, by=system, on=on, due_on=day, reason="Mưa"
        )
        assert due() == [0, 1], "missed in 2026 and promised for 2027"
    done = minutes.fulfil_commitment(postponed, by=system, on=date(2026, 6, 1), text="Xong")
    minutes.confirm_commitment(done, by=system, on=date(2026, 6, 2))
    assert due("commitments_due_kept") == [0, 1]
    row = next(iter(evidence_rows(INDICATORS["commitments_due"], country.here.pk, later, NOW)))
    assert row.counted_due_on == date(2026, 2, 2)
    actor, asked = Actor.public(), (INDICATORS["commitments_due"], country.here.pk, later, NOW)
    [line] = evidence(*asked, actor).rows
    assert (line.day, line.reference) == (date(2026, 2, 2), commitment.code)

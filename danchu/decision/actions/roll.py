"""Acts on the roll of households: entered one by one or from a table, corrected, moved, ended."""

from datetime import date
from typing import BinaryIO
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.decision.input.household_fields import check_number_free, clean_household, lock_roll
from danchu.decision.input.household_list import may_write_some, read_households
from danchu.decision.lives import HOUSEHOLD_LIFE, ROLL
from danchu.decision.models import ChangeKind, Household, RollChange
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import check_day, now
from danchu.kernel.refusals import Refused, all_refusals, require
from danchu.register.imports.tables import check_outcome
from danchu.subjects.sent import check_unsent
from danchu.subjects.texts import reason_of
from danchu.units.models import Unit


@transaction.atomic
def enter_household(
    *,
    by: Acting,
    unit: Unit,
    number: int,
    since: date,
    representative: str = "",
    ground: str = "",
    address: str = "",
    uid: UUID | None = None,
) -> Household:
    """Write a household into the roll of a village, to count from `since` on. Refused, by field,
    where the village has the number already; Denied without the right.
    """
    require(by.may("draft", ROLL, unit), HOUSEHOLD_LIFE.no_right)
    values = clean_household(
        unit=unit,
        number=number,
        since=since,
        representative=representative,
        ground=ground,
        address=address,
    )
    check_unsent(Household, uid)
    lock_roll(unit)
    check_number_free(unit.pk, number, since)
    household = Household.objects.create(
        uid=uid or uuid4(), made_by=by.key, made_at=now(), **values
    )
    _note(household, ChangeKind.ENTERED, since, "", by)
    record(by, "household.entered", household, unit=unit)
    return household


@transaction.atomic
def correct_household(
    household: Household,
    *,
    by: Acting,
    representative: str,
    ground: str,
    address: str,
    reason: str,
) -> Household:
    """Change who acts for the household, or its address; the reason is kept."""
    HOUSEHOLD_LIFE.require(by, "correct", household)
    household = HOUSEHOLD_LIFE.hold(household, "correct", "unit")
    with all_refusals() as rule:
        with rule():
            values = clean_household(
                unit=household.unit,
                number=household.number,
                since=household.since,
                representative=representative,
                ground=ground,
                address=address,
            )
        with rule():
            reason = reason_of(reason)
    for name in ("representative", "ground", "address"):
        setattr(household, name, values[name])
    household.save(update_fields=["representative", "ground", "address"])
    _note(household, ChangeKind.CORRECTED, household.since, reason, by)
    record(by, "household.corrected", household, unit=household.unit_id)
    return household


@transaction.atomic
def leave_roll(household: Household, *, by: Acting, on: date, reason: str) -> Household:
    """End the household on a day, from which it counts no more: it moved away, died out, or was
    joined with another.
    """
    HOUSEHOLD_LIFE.require(by, "leave", household)
    household = HOUSEHOLD_LIFE.hold(household, "leave")
    with all_refusals() as rule:
        with rule():
            _check_end(household, on)
        with rule():
            reason = reason_of(reason)
    _end(household, on, reason, by)
    record(by, "household.left", household, unit=household.unit_id, on=on.isoformat())
    return household


@transaction.atomic
def move_household(
    household: Household, *, by: Acting, unit: Unit, number: int, on: date, reason: str
) -> Household:
    """End the household here and begin it in another village on the same day, so that it counts
    once on every day; returns it as it stands there. Denied without the right at both.
    """
    HOUSEHOLD_LIFE.require(by, "move", household)
    require(by.may("draft", ROLL, unit), HOUSEHOLD_LIFE.no_right)
    household = HOUSEHOLD_LIFE.hold(household, "move")
    if unit.pk == household.unit_id:
        raise Refused(_("Hộ này đang ở chính nơi ấy. Hãy chọn nơi chuyển đến."), "unit")
    with all_refusals() as rule:
        with rule():
            _check_end(household, on)
            values = clean_household(
                unit=unit,
                number=number,
                since=on,
                representative=household.representative,
                ground=household.ground,
                address=household.address,
            )
        with rule():
            reason = reason_of(reason)
    lock_roll(unit)
    check_number_free(unit.pk, number, on)
    _end(household, on, reason, by)
    successor = Household.objects.create(
        uid=uuid4(), follows=household, made_by=by.key, made_at=now(), **values
    )
    _note(successor, ChangeKind.ENTERED, on, reason, by)
    record(by, "household.moved", household, unit=household.unit_id, to=unit.pk, on=on.isoformat())
    return successor


@transaction.atomic
def import_households(file: BinaryIO, name: str, *, by: Acting, token: str) -> int:
    """Write all households of a table (CSV, XLSX), exactly as previewed. Returns how many were new.
    Refused, and nothing written, when a cell is bad or the outcome differs from the preview that
    `token` identifies; Denied without the right.
    """
    require(may_write_some(by), HOUSEHOLD_LIFE.no_right)
    outcome = read_households(file, name, by)
    for unit in Unit.objects.filter(pk__in={row["unit"] for row in outcome.new}).order_by("pk"):
        lock_roll(unit)
    outcome = read_households(file, name, by)
    check_outcome(outcome, token)
    moment = now()
    households = Household.objects.bulk_create(
        [
            Household(
                uid=uuid4(),
                unit_id=row["unit"],
                made_by=by.key,
                made_at=moment,
                **{key: value for key, value in row.items() if key != "unit"},
            )
            for row in outcome.new
        ]
    )
    RollChange.objects.bulk_create(
        [
            RollChange(
                household=one,
                unit_id=one.unit_id,
                kind=ChangeKind.ENTERED,
                on=one.since,
                made_by=by.key,
                made_at=moment,
            )
            for one in households
        ]
    )
    if households:
        record(by, "households.imported", None, number=len(households))
    return len(households)


def _check_end(household, on):
    check_day(on, household.since, "on")
    if on == household.since:
        raise Refused(_("Ngày thôi tính phải sau ngày vào danh sách."), "on")
    if household.until is not None and on >= household.until:
        raise Refused(_("Hộ này đã có ngày thôi tính sớm hơn."), "on")


def _end(household, on, reason, by):
    household.until = on
    household.save(update_fields=["until"])
    _note(household, ChangeKind.LEFT, on, reason, by)


def _note(household, kind, on, reason, by):
    RollChange.objects.create(
        household=household,
        unit_id=household.unit_id,
        kind=kind,
        on=on,
        reason=reason,
        made_by=by.key,
        made_at=now(),
    )

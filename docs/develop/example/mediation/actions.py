"""Everything that can be done with a mediation."""

from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import check_day, now, show_day
from danchu.kernel.refusals import Refused, all_refusals, require
from danchu.mediation.lives import MEDIATION, MEDIATION_LIFE
from danchu.mediation.models import Mediation
from danchu.subjects.sent import check_unsent
from danchu.subjects.texts import content_of, line_of
from danchu.subjects.writes import move_on
from danchu.units.models import Unit
from danchu.units.on_day import check_unit_on

LONGEST_TITLE = 180


@transaction.atomic
def receive_mediation(
    *, by: Acting, unit: Unit, received_on: date, title: str, uid: UUID | None = None
) -> Mediation:
    """A matter is brought to mediation; `title` names no person."""
    require(by.may("draft", MEDIATION, unit), MEDIATION_LIFE.no_right)
    with all_refusals() as rule:
        with rule():
            title = line_of(title, "title", LONGEST_TITLE, _("Hãy ghi nội dung vụ việc."))
        with rule():
            check_day(received_on, None, "received_on")
            check_unit_on(unit, received_on, "received_on")
    check_unsent(Mediation, uid)
    mediation = Mediation.objects.create(
        uid=uid or uuid4(),
        unit=unit,
        received_on=received_on,
        title=title,
        made_by=by.key,
        made_at=now(),
    )
    record(by, "mediation.received", mediation, unit=unit)
    return mediation


@transaction.atomic
def schedule_mediation(mediation: Mediation, *, by: Acting, on: date) -> Mediation:
    """The parties meet on a day, which may still be to come; another day takes its place."""
    MEDIATION_LIFE.require(by, "schedule", mediation)
    mediation = MEDIATION_LIFE.hold(mediation, "schedule")
    if not isinstance(on, date):
        raise Refused(_("Hãy ghi ngày."), "on")
    if on < mediation.received_on:
        day = show_day(mediation.received_on)
        raise Refused(_("Ngày hòa giải phải từ %s trở đi.") % day, "on")
    move_on(mediation, MEDIATION_LIFE, "schedule", meets_on=on)
    record(by, "mediation.scheduled", mediation, unit=mediation.unit_id, on=on.isoformat())
    return mediation


@transaction.atomic
def settle_mediation(mediation: Mediation, *, by: Acting, on: date, outcome: str) -> Mediation:
    """The parties agreed: it counts from that day."""
    MEDIATION_LIFE.require(by, "settle", mediation)
    mediation = _ended(mediation, "settle", on, outcome)
    record(by, "mediation.settled", mediation, unit=mediation.unit_id, on=on.isoformat())
    return mediation


@transaction.atomic
def end_mediation(mediation: Mediation, *, by: Acting, on: date, outcome: str) -> Mediation:
    """The parties did not agree."""
    MEDIATION_LIFE.require(by, "end", mediation)
    mediation = _ended(mediation, "end", on, outcome)
    record(by, "mediation.ended", mediation, unit=mediation.unit_id, on=on.isoformat())
    return mediation


@transaction.atomic
def withdraw_mediation(mediation: Mediation, *, by: Acting, on: date, outcome: str) -> Mediation:
    """The parties want no mediation any more; `outcome` says why."""
    MEDIATION_LIFE.require(by, "withdraw", mediation)
    mediation = _ended(mediation, "withdraw", on, outcome)
    record(by, "mediation.withdrawn", mediation, unit=mediation.unit_id, on=on.isoformat())
    return mediation


def _ended(mediation: Mediation, act: str, on: date, outcome: str) -> Mediation:
    """The mediation as it stands after an act that ends it."""
    mediation = MEDIATION_LIFE.hold(mediation, act)
    with all_refusals() as rule:
        with rule():
            check_day(on, mediation.received_on, "on")
        with rule():
            text = content_of(outcome, "outcome")
    return move_on(mediation, MEDIATION_LIFE, act, ended_on=on, outcome=text)

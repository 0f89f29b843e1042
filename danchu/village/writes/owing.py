"""What the records of this room owe: each deadline with who owes it."""

from danchu.law.book import book
from danchu.obligations.actions import excuse_obligation, meet_obligation, owe
from danchu.obligations.clock import LAW
from danchu.obligations.models import Obligation
from danchu.units.kinds import BodyKind
from danchu.units.models import Body
from danchu.units.on_day import unit_above

COMMITTEE = BodyKind.PEOPLES_COMMITTEE


def owe_by_village(row, rule_key, event_on, title, by):
    """What the village itself owes about the row; nothing where no rule is in force."""
    if book().is_in_force(rule_key, event_on):
        _owe(row, row.unit, None, rule_key, event_on, title, by)


def owe_by_committee(row, rule_key, event_on, title, by):
    """What the People's Committee of the commune owes about the row."""
    if book().is_in_force(rule_key, event_on):
        unit = unit_above(row.unit, event_on) or row.unit
        bodies = Body.objects.on(event_on).filter(unit=unit, kind=COMMITTEE)
        _owe(row, unit, bodies.order_by("pk").first(), rule_key, event_on, title, by)


def _owe(row, unit, body, rule_key, event_on, title, by):
    owe(
        by=by,
        unit=unit,
        body=body,
        claimant=row.unit_id,
        rule_key=rule_key,
        event_on=event_on,
        title=str(title)[:200],
        subject_kind=row.journal_kind,
        subject=row.pk,
    )


def owed_by(row):
    """The open obligations about the row, the nearest first."""
    rows = Obligation.objects.open().filter(subject_kind=row.journal_kind, subject=str(row.pk))
    return rows.select_related("rule").order_by("due_on", "pk")


def meet_owed(row, rule_key, on, by):
    """Close what is owed about the row under the rule as done on the day."""
    for obligation in owed_by(row).filter(rule__key=rule_key):
        meet_obligation(obligation, by=by, on=on)


def excuse_owed(row, reason):
    """What is open about the row need not be done any more: what it was owed for is gone."""
    for obligation in owed_by(row):
        excuse_obligation(obligation, by=LAW, reason=reason)

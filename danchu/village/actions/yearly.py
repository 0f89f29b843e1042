"""Duties that the calendar brings to villages: the conference of the year, the election of a head
whose term ends.
"""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.decision.models import Household
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import today
from danchu.kernel.refusals import require
from danchu.law.book import book
from danchu.obligations.actions import excuse_obligation
from danchu.obligations.models import Obligation, State
from danchu.units.maps import boundaries
from danchu.units.models import Standing, Unit
from danchu.units.names import name_of
from danchu.village import stored
from danchu.village.models import VillageConference, VillageHead
from danchu.village.writes.heads import TERM_END
from danchu.village.writes.owing import owe_by_committee
from danchu.village.writes.yearly import DAY, MONTH, owe_year, owed_of

# The last day of a term is the day before it ends.
A_DAY = timedelta(days=1)


@transaction.atomic
def owe_by_year(*, by: Acting) -> int:
    """Owe the conference of this year, from 1 October on, for each village of a commune that keeps
    rolls, heads or conferences here, and the election for each head whose term ends within the days
    of its rule; returns how many. What a village that is no more owed need not be done. Idempotent.
    Denied without the right.
    """
    require(by.may("draft", "obligation", None), _("Ông/bà không có quyền ghi việc này."))
    day = today()
    number = _owe_elections(day, by)
    if day >= date(day.year, MONTH, DAY):
        number += _owe_conferences(day, by)
    if number:
        record(by, "villages.owed", None, number=number)
    return number


def _owe_conferences(day, by):
    for duty in owed_of(day.year).open():
        if duty.unit_id not in boundaries(day):
            excuse_obligation(duty, by=by, reason=stored.NO_VILLAGE, on=day)
    done = set(owed_of(day.year).values_list("unit", flat=True))
    done |= set(
        VillageConference.objects.held().filter(year=day.year).values_list("unit", flat=True)
    )
    rows = Unit.objects.filter(pk__in=_villages(day)).exclude(pk__in=done).order_by("pk")
    return sum(owe_year(village, day.year, by) for village in rows)


def _villages(day):
    """The villages of the day in communes of which anything is kept here."""
    standings = Standing.objects.on(day).filter(unit__level="village")
    queries = [
        rows.values("unit").distinct()
        for rows in (Household.objects.all(), VillageHead.objects.all())
    ]
    queries.append(VillageConference.objects.values("unit").distinct())
    parents = set()
    for units in queries:
        parents |= set(standings.filter(unit__in=units).values_list("parent", flat=True))
    return list(standings.filter(parent__in=parents).values_list("unit", flat=True))


def _owe_elections(day, by):
    """How many elections of heads whose term ends are newly owed."""
    rule = book().rule_if_any(TERM_END, day)
    if rule is None:
        return 0
    ahead = timedelta(days=rule.quantity.numerator)
    number = 0
    rows = VillageHead.objects.serving(day).filter(is_interim=False, term_until__lte=day + ahead)
    for head in rows.select_related("unit").order_by("pk"):
        last = head.term_until - A_DAY
        if last >= head.since and not _is_owed(head):
            title = stored.TERM_OWED.format(place=name_of(head.unit, day))
            owe_by_committee(head, TERM_END, last - ahead, title, by)
            number += 1
    return number


def _is_owed(head):
    """Whether the election was owed already, also where somebody closed that by hand; not what was
    closed because the head ended, who then served on.
    """
    rows = Obligation.objects.filter(
        subject_kind=head.journal_kind, subject=str(head.pk), rule__key=TERM_END
    )
    return rows.exclude(state=State.EXCUSED, note=stored.ENDED).exists()

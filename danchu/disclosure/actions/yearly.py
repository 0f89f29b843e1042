"""Duties that the calendar brings: by the plan of a unit, by the law every year, and the list of
what was disclosed after each quarter.
"""

from datetime import date
from io import BytesIO
from uuid import NAMESPACE_OID, uuid5

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from danchu.disclosure.actions.contents import open_content
from danchu.disclosure.listed import list_file
from danchu.disclosure.lives import CONTENT_LIFE, PlanState
from danchu.disclosure.models import (
    Content,
    Item,
    Origin,
    PlanLine,
    PostingPlace,
    YearlyDuty,
)
from danchu.disclosure.quarters import quarters_over
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import day_of, today
from danchu.kernel.refusals import require
from danchu.units.models import Unit

PLANNED = "disclosure_plan_line"
YEARLY = "disclosure_yearly"
LISTED = "disclosure_list"


@transaction.atomic
def arise_by_calendar(*, by: Acting) -> int:
    """Open a content for each line of an adopted plan and each yearly duty whose day has come, and
    for the list of each quarter that is over; returns how many. Idempotent; only for days since the
    catalogue was loaded, at units that say where they post. Denied without the right.
    """
    require(by.may("draft", "disclosure", None), CONTENT_LIFE.no_right)
    first = Item.objects.order_by("made_at").values_list("made_at", flat=True).first()
    if first is None:
        return 0
    number = sum(
        (
            sum(_planned(line, by) for line in _lines_due(day_of(first))),
            sum(
                _yearly(unit, day_of(first), by) + _listed(unit, day_of(first), by)
                for unit in _units()
            ),
        )
    )
    if number:
        record(by, "disclosures.arisen", None, number=number)
    return number


def _units():
    """The units that say where they post."""
    places = PostingPlace.objects.on(today()).values("unit")
    return Unit.objects.filter(pk__in=places, level="commune").order_by("pk")


def _lines_due(first):
    lines = PlanLine.objects.filter(
        plan__state=PlanState.ADOPTED, is_struck=False, planned_on__gte=first
    )
    contents = Content.objects.filter(origin_kind=PLANNED).values("origin_uid")
    rows = lines.filter(planned_on__lte=today()).exclude(uid__in=contents)
    return rows.select_related("plan__unit").order_by("planned_on", "pk")


def _planned(line, by):
    """Open the content of one line; whether its item is in force."""
    item = Item.objects.on(line.planned_on).filter(key=line.item).first()
    if item is None:
        return False
    open_content(
        by=by,
        unit=line.plan.unit,
        item=item,
        title=line.title,
        decided_on=line.planned_on,
        origin=Origin.PLAN,
        origin_kind=PLANNED,
        origin_uid=line.uid,
    )
    return True


def _yearly(unit, first, by):
    """How many of the yearly duties of a unit were opened."""
    number = 0
    for year in range(first.year, today().year + 1):
        for duty in YearlyDuty.objects.on(date(year, 1, 1)).order_by("month", "day", "pk"):
            day = date(year, duty.month, duty.day)
            origin = uuid5(NAMESPACE_OID, f"{YEARLY} {unit.pk} {duty.key} {year}")
            if first <= day <= today() and not _is_open(YEARLY, origin):
                number += _open_yearly(unit, duty, day, origin, by)
    return number


def _open_yearly(unit, duty, day, origin, by):
    items = Item.objects.on(day)
    item = items.filter(key=duty.item).first()
    if item is None:
        return False
    open_content(
        by=by,
        unit=unit,
        item=item,
        special=items.filter(key=duty.special).first() if duty.special else None,
        title=f"{duty.vi} {day.year}",
        decided_on=day,
        origin=Origin.YEARLY,
        origin_kind=YEARLY,
        origin_uid=origin,
    )
    return True


def _listed(unit, first, by):
    """How many lists of quarters of a unit were written."""
    number = 0
    for year, quarter, since, until in quarters_over(first, today()):
        origin = uuid5(NAMESPACE_OID, f"{LISTED} {unit.pk} {year} {quarter}")
        item = Item.objects.on(until).filter(key="commune.list").first()
        if item is not None and not _is_open(LISTED, origin):
            with translation.override("vi"):
                title = _("Danh mục nội dung đã công khai quý %(number)s năm %(year)s") % {
                    "number": quarter,
                    "year": year,
                }
                content = list_file(unit, title, since, until)
            open_content(
                by=by,
                unit=unit,
                item=item,
                title=title,
                decided_on=until,
                file=BytesIO(content),
                file_name=f"danh-muc-{year}-quy-{quarter}.pdf",
                origin=Origin.LIST,
                origin_kind=LISTED,
                origin_uid=origin,
            )
            number += 1
    return number


def _is_open(kind, origin):
    return Content.objects.filter(origin_kind=kind, origin_uid=origin).exists()

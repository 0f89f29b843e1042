"""The yearly plan of disclosure: begun, its lines, adopted, repeated in the next year."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.disclosure.lives import DISCLOSURE, PLAN_LIFE, Form, PlaceKind, PlanState
from danchu.disclosure.models import Item, Plan, PlanLine
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import check_day, now
from danchu.kernel.refusals import Refused, all_refusals, require
from danchu.subjects.sent import check_unsent
from danchu.subjects.texts import line_of, reason_of
from danchu.subjects.writes import move_on
from danchu.units.models import Unit
from danchu.units.on_day import check_unit_on

LONGEST_TITLE = 180
LONGEST_LINE = 120
YEARS = range(2023, 2100)


@transaction.atomic
def begin_plan(
    *, by: Acting, unit: Unit, year: int, responsible: str = "", uid: UUID | None = None
) -> Plan:
    """Begin the plan of a year. Refused by field, on "year" where it has one; Denied without the
    right.
    """
    require(by.may("draft", DISCLOSURE, unit), PLAN_LIFE.no_right)
    responsible = line_of(responsible, "responsible", LONGEST_LINE)
    if year not in YEARS:
        raise Refused(_("Hãy ghi năm, ví dụ 2026."), "year")
    check_unit_on(unit, max(date(year, 1, 1), unit.since), "year")
    check_unsent(Plan, uid)
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    if Plan.objects.filter(unit=unit, year=year).exclude(state=PlanState.WITHDRAWN).exists():
        raise Refused(_("Năm này đã có kế hoạch."), "year")
    plan = Plan.objects.create(
        uid=uid or uuid4(),
        unit=unit,
        year=year,
        responsible=responsible,
        made_by=by.key,
        made_at=now(),
    )
    record(by, "disclosure_plan.begun", plan, unit=unit, year=year)
    return plan


@transaction.atomic
def add_line(
    plan: Plan,
    *,
    by: Acting,
    item: str,
    title: str,
    planned_on: date,
    forms: Iterable[str] = (),
    places: Iterable[str] = (),
) -> Plan:
    """Add a content to the plan; without forms or places those of the item. Refused by field;
    Denied without the right.
    """
    PLAN_LIFE.require(by, "add", plan)
    plan = PLAN_LIFE.hold(plan, "add")
    with all_refusals() as rule:
        with rule():
            title = line_of(title, "title", LONGEST_TITLE, _("Hãy ghi nội dung công khai."))
        with rule():
            if not isinstance(planned_on, date) or planned_on.year != plan.year:
                raise Refused(_("Hãy ghi một ngày trong năm của kế hoạch."), "planned_on")
            row = Item.objects.on(planned_on).general().filter(key=item).first()
            if row is None:
                raise Refused(_("Hãy chọn trong danh sách."), "item")
    forms, places = set(forms) or set(row.forms), set(places) or set(row.places)
    PlanLine.objects.create(
        uid=uuid4(),
        plan=plan,
        item=row.key,
        title=title,
        forms=[form for form in Form.values if form in forms],
        places=[kind for kind in PlaceKind.values if kind in places],
        planned_on=planned_on,
        made_by=by.key,
        made_at=now(),
    )
    record(by, "disclosure_plan.added", plan, unit=plan.unit_id)
    return plan


@transaction.atomic
def strike_line(plan: Plan, *, by: Acting, line: PlanLine) -> Plan:
    """Strike a content off the plan: nothing arises from it any more. Denied without the right."""
    PLAN_LIFE.require(by, "strike", plan)
    plan = PLAN_LIFE.hold(plan, "strike")
    line = PlanLine.objects.select_for_update().get(pk=line.pk)
    if line.plan_id != plan.pk or line.is_struck:
        raise Refused(_("Dòng này đã được bỏ trước đó."), "line")
    line.is_struck = True
    line.save(update_fields=["is_struck"])
    record(by, "disclosure_plan.struck", plan, unit=plan.unit_id)
    return plan


@transaction.atomic
def adopt_plan(plan: Plan, *, by: Acting, on: date, document: str) -> Plan:
    """Write down by which document the plan was adopted: its lines are owed from their days on.
    Refused by field; Denied without the right.
    """
    PLAN_LIFE.require(by, "adopt", plan)
    plan = PLAN_LIFE.hold(plan, "adopt")
    with all_refusals() as rule:
        with rule():
            check_day(on, None, "on")
        with rule():
            required = _("Hãy ghi số, ký hiệu văn bản.")
            document = line_of(document, "document", LONGEST_LINE, required)
        with rule():
            if not plan.lines.filter(is_struck=False).exists():
                raise Refused(_("Kế hoạch chưa có nội dung nào."), "document")
    move_on(plan, PLAN_LIFE, "adopt", document=document, adopted_on=on)
    record(by, "disclosure_plan.adopted", plan, unit=plan.unit_id)
    return plan


@transaction.atomic
def repeat_plan(plan: Plan, *, by: Acting) -> Plan:
    """Begin the plan of the next year with the lines of this one, each a year later. Refused where
    the next year has one; Denied without the right.
    """
    PLAN_LIFE.require(by, "repeat", plan)
    plan = PLAN_LIFE.hold(plan, "repeat", "unit")
    follower = begin_plan(by=by, unit=plan.unit, year=plan.year + 1, responsible=plan.responsible)
    for line in plan.lines.filter(is_struck=False).order_by("planned_on", "pk"):
        add_line(
            follower,
            by=by,
            item=line.item,
            title=line.title.replace(str(plan.year), str(plan.year + 1)),
            planned_on=_a_year_later(line.planned_on),
            forms=line.forms,
            places=line.places,
        )
    record(by, "disclosure_plan.repeated", plan, unit=plan.unit_id, year=follower.year)
    return follower


def _a_year_later(day):
    """The same day of the next year; 28 February after a 29th."""
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return day.replace(year=day.year + 1, day=last)


@transaction.atomic
def withdraw_plan(plan: Plan, *, by: Acting, reason: str) -> Plan:
    """Take back a draft. Denied without the right."""
    PLAN_LIFE.require(by, "withdraw", plan)
    plan = PLAN_LIFE.hold(plan, "withdraw")
    reason = reason_of(reason)
    move_on(plan, PLAN_LIFE, "withdraw", reason=reason)
    record(by, "disclosure_plan.withdrawn", plan, unit=plan.unit_id, reason=reason)
    return plan

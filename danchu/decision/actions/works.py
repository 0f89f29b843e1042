"""Works to which the people contributed without a decision of the households recorded here."""

from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.decision.lives import DECISION, WORKS_LIFE
from danchu.decision.models import Works
from danchu.decision.models.works import LONGEST_TITLE, Why
from danchu.decision.rules.sums import check_total
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import check_day, now
from danchu.kernel.refusals import Refused, all_refusals, require
from danchu.subjects.sent import check_unsent
from danchu.subjects.texts import line_of, reason_of
from danchu.subjects.writes import move_on
from danchu.units.models import Unit
from danchu.units.on_day import check_unit_on

SUMS = ("value", "money", "labour_days", "land", "budget", "other")


@transaction.atomic
def enter_works(
    *,
    by: Acting,
    unit: Unit,
    title: str,
    why: str,
    finished_on: date,
    uid: UUID | None = None,
    **sums: int,
) -> Works:
    """Draft works of a village or a commune: `why` no households decided, the day on which they
    were done, and `sums` by the names in SUMS (đồng, days of labour, m²). Refused by field; Denied
    without the right.
    """
    require(by.may("draft", DECISION, unit), WORKS_LIFE.no_right)
    values = _checked(unit, title, why, finished_on, sums)
    check_unsent(Works, uid)
    works = Works.objects.create(
        uid=uid or uuid4(), unit=unit, made_by=by.key, made_at=now(), **values
    )
    record(by, "works.entered", works, unit=works.unit_id)
    return works


@transaction.atomic
def edit_works(
    works: Works, *, by: Acting, title: str, why: str, finished_on: date, **sums: int
) -> Works:
    """Change a draft. Refused by field; Denied without the right."""
    WORKS_LIFE.require(by, "edit", works)
    works = WORKS_LIFE.hold(works, "edit", "unit")
    values = _checked(works.unit, title, why, finished_on, sums)
    move_on(works, WORKS_LIFE, "edit", **values)
    record(by, "works.edited", works, unit=works.unit_id)
    return works


@transaction.atomic
def confirm_works(works: Works, *, by: Acting) -> Works:
    """Confirm a draft: everybody may read it and figures count it. Denied without the right."""
    WORKS_LIFE.require(by, "confirm", works)
    works = WORKS_LIFE.hold(works, "confirm")
    move_on(works, WORKS_LIFE, "confirm")
    record(by, "works.confirmed", works, unit=works.unit_id, value=works.value)
    return works


@transaction.atomic
def withdraw_works(works: Works, *, by: Acting, reason: str) -> Works:
    """Withdraw works that were entered by mistake, for a reason. Denied without the right."""
    WORKS_LIFE.require(by, "withdraw", works)
    works = WORKS_LIFE.hold(works, "withdraw")
    move_on(works, WORKS_LIFE, "withdraw", reason=reason_of(reason))
    record(by, "works.withdrawn", works, unit=works.unit_id, reason=works.reason)
    return works


def _checked(unit, title, why, finished_on, sums):
    """The values of the row; Refused by field for every one that is wrong."""
    amounts = dict.fromkeys(SUMS, 0) | sums
    with all_refusals() as rule:
        with rule():
            if unit.level not in ("village", "commune"):
                raise Refused(_("Công trình ghi ở thôn, tổ dân phố hoặc xã, phường."), "unit")
        with rule():
            title = line_of(title, "title", LONGEST_TITLE, _("Hãy ghi tên công trình."))
        with rule():
            if why not in Why.values:
                raise Refused(_("Hãy chọn vì sao không có việc các hộ quyết định."), "why")
        with rule():
            check_day(finished_on, None, "finished_on")
            check_unit_on(unit, finished_on, "finished_on")
        with rule():
            _check_amounts(amounts)
    return {"title": title, "why": why, "finished_on": finished_on, **amounts}


def _check_amounts(amounts):
    for name, amount in amounts.items():
        if not isinstance(amount, int) or not 0 <= amount < 10**15:
            raise Refused(_("Hãy ghi một số nguyên từ 0 trở lên."), name)
    check_total(*(amounts[name] for name in ("value", "money", "budget", "other")))
    if amounts["money"] + amounts["labour_days"] + amounts["land"] == 0:
        raise Refused(_("Hãy ghi Nhân dân đã góp gì: tiền, ngày công hay đất."), "money")

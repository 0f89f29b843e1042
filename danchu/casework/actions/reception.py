"""Reception days: published, then held, or missed with the reason; some are delegated."""

from datetime import date
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.casework.lives import BOOK, RECEPTION_DAY_LIFE
from danchu.casework.models import ReceptionDay
from danchu.casework.models.reception import Form
from danchu.casework.moves import NO_RIGHT
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import now
from danchu.kernel.refusals import Refused, all_refusals, require
from danchu.kernel.text import clean
from danchu.law.book import book
from danchu.subjects.texts import line_of
from danchu.subjects.writes import move_on
from danchu.units.models import Unit
from danchu.units.on_day import check_unit_on


@transaction.atomic
def plan_reception_day(
    *,
    by: Acting,
    unit: Unit,
    office: str,
    on: date,
    form: str,
    room: str,
    hours: str = "",
    delegate: str = "",
    is_deputy: bool = False,
) -> ReceptionDay:
    """Publish that the holder of an office receives citizens on a day, in a room; `delegate` does
    so instead where the form is DELEGATED. Refused by field, also where the law of the day forbids
    a deputy; Denied without the right.
    """
    require(by.may("draft", BOOK, unit), NO_RIGHT)
    office = clean(office)
    room = clean(room)
    hours = clean(hours)
    delegate = clean(delegate)
    with all_refusals() as rule:
        if not office or len(office) > 120:
            with rule():
                raise Refused(_("Hãy ghi chức vụ của người tiếp, không quá 120 ký tự."), "office")
        if not room or len(room) > 200 or len(hours) > 40:
            with rule():
                raise Refused(_("Hãy ghi địa điểm tiếp công dân."), "room")
        with rule():
            if form not in Form.values or not isinstance(on, date):
                raise Refused(_("Hãy ghi ngày và hình thức tiếp."), "on")
            check_unit_on(unit, on, "on")
            delegate = _checked_delegate(form, on, delegate, is_deputy)
    if ReceptionDay.objects.filter(unit=unit, office=office, on=on, form=form).exists():
        raise Refused(_("Lịch này đã có."), "on")
    reception_day = ReceptionDay.objects.create(
        uid=uuid4(),
        unit=unit,
        office=office,
        on=on,
        form=form,
        room=room,
        hours=hours,
        delegate=delegate,
        is_deputy=bool(delegate and is_deputy),
        made_by=by.key,
        made_at=now(),
    )
    record(by, "reception_day.planned", reception_day, unit=unit, on=on.isoformat(), office=office)
    return reception_day


@transaction.atomic
def close_reception_day(
    day: ReceptionDay, *, by: Acting, was_held: bool, reason: str = ""
) -> ReceptionDay:
    """Write down that the day was held, or missed and why. Refused before the day has come,
    without a reason, and for a missed day on which the register has visits; Denied without the
    right.
    """
    act = "hold" if was_held else "miss"
    RECEPTION_DAY_LIFE.require(by, act, day)
    day = RECEPTION_DAY_LIFE.hold(day, act)
    required = "" if was_held else _("Hãy ghi vì sao không tiếp.")
    reason = "" if was_held else line_of(reason, "reason", 300, required)
    if not was_held and day.visits.received().exists():
        raise Refused(_("Sổ đã ghi có người được tiếp trong ngày này."))
    move_on(day, RECEPTION_DAY_LIFE, act, reason=reason)
    record(
        by,
        "reception_day.held" if was_held else "reception_day.missed",
        day,
        unit=day.unit_id,
        reason=day.reason,
    )
    return day


def _checked_delegate(form, on, delegate, is_deputy):
    """Who receives instead; "" on a day that is not delegated. Refused where nobody is named, and
    where the law of the day forbids a deputy.
    """
    if form != Form.DELEGATED:
        return ""
    if not delegate or len(delegate) > 120:
        raise Refused(_("Hãy ghi ai được ủy quyền tiếp, không quá 120 ký tự."), "delegate")
    rule = next(
        (rule for rule in book().versions("reception.head_in_person") if rule.in_force(on)), None
    )
    if is_deputy and rule is not None:
        raise Refused(
            _(
                "Từ ngày này người đứng đầu không ủy quyền tiếp công dân cho cấp phó "
                "(%s). Hãy phân công đơn vị hoặc công chức, hoặc dời ngày."
            )
            % rule.source,
            "delegate",
        )
    return delegate

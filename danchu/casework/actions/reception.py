"""Reception days: published, changed, then held, or missed with the reason; some are delegated."""

from datetime import date
from functools import partial
from uuid import uuid4

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from danchu.casework.lives import BOOK, RECEPTION_DAY_LIFE
from danchu.casework.models import ReceptionDay
from danchu.casework.models.reception import DayState, Form
from danchu.casework.moves import NO_RIGHT
from danchu.casework.rules.bookings import MOST_BEFORE, MOST_PLACES
from danchu.casework.writes.bookings import moved_text, tell_booked
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import now, show_day, today
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
    places: int = 0,
    book_before: int = 1,
) -> ReceptionDay:
    """Publish that the holder of an office receives citizens on a day, in a room; `delegate` does
    so instead where the form is DELEGATED. `places` can be booked until `book_before` days earlier.
    Refused by field, also where the law of the day forbids a deputy; Denied without the right.
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
        with rule():
            _check_where(room, hours)
        with rule():
            _check_places(places, book_before)
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
        places=places,
        book_before=book_before,
        made_by=by.key,
        made_at=now(),
    )
    record(by, "reception_day.planned", reception_day, unit=unit, on=on.isoformat(), office=office)
    return reception_day


@transaction.atomic
def change_reception_day(
    day: ReceptionDay,
    *,
    by: Acting,
    on: date,
    room: str,
    hours: str = "",
    places: int = 0,
    book_before: int = 1,
) -> ReceptionDay:
    """Move a planned day to another one, to other hours or another room, and say how many places
    can be booked. Bookings go with it, and who booked is told what is new. Refused by field, on
    "places" below those that are taken; Denied without the right.
    """
    RECEPTION_DAY_LIFE.require(by, "change", day)
    day = RECEPTION_DAY_LIFE.hold(day, "change")
    room = clean(room)
    hours = clean(hours)
    with all_refusals() as rule:
        with rule():
            _check_where(room, hours)
        with rule():
            _check_places(places, book_before)
            _check_taken(day, places)
        with rule():
            _check_new_day(day, on)
    before = day.on
    is_moved = (before, day.hours, day.room) != (on, hours, room)
    fields = {"on": on, "hours": hours, "room": room, "places": places, "book_before": book_before}
    move_on(day, RECEPTION_DAY_LIFE, "change", **fields)
    if is_moved:
        day.bookings.exclude(on=on).update(on=on)
        tell_booked(day, partial(moved_text, day, before))
    record(
        by,
        "reception_day.changed",
        day,
        unit=day.unit_id,
        earlier=before.isoformat(),
        on=on.isoformat(),
        places=places,
    )
    return day


def _missed_text(day, code):
    return _(
        "Lịch hẹn %(code)s: không có buổi tiếp công dân ngày %(day)s. Chọn ngày khác bằng mã hẹn "
        "và mã bí mật trên cổng tiếp nhận."
    ) % {"code": code, "day": show_day(day.on)}


def _check_where(room, hours):
    if not room or len(room) > 200 or len(hours) > 40:
        raise Refused(_("Hãy ghi địa điểm tiếp công dân."), "room")


def _check_places(places, book_before):
    for name, number, most in (
        ("places", places, MOST_PLACES),
        ("book_before", book_before, MOST_BEFORE),
    ):
        if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= most:
            raise Refused(_("Hãy ghi một số từ 0 đến %s.") % most, name)


def _check_taken(day, places):
    highest = day.bookings.aggregate(highest=Max("place"))["highest"] or 0
    if places < highest:
        raise Refused(
            _("Đã có người đặt chỗ thứ %s: số chỗ không ít hơn được nữa.") % highest, "places"
        )


def _check_new_day(day, on):
    if not isinstance(on, date) or on < today():
        raise Refused(_("Hãy ghi ngày tiếp, từ hôm nay trở đi."), "on")
    check_unit_on(day.unit, on, "on")
    same = ReceptionDay.objects.filter(
        unit=day.unit_id, office=day.office, on=on, form=day.form
    ).exclude(pk=day.pk)
    if same.exists():
        raise Refused(_("Lịch này đã có."), "on")
    _checked_delegate(day.form, on, day.delegate, day.is_deputy)


@transaction.atomic
def close_reception_day(
    day: ReceptionDay, *, by: Acting, was_held: bool, reason: str = ""
) -> ReceptionDay:
    """Write down that the day was held, or is missed and why; before the day those who booked are
    told. Refused for a day to come that was held, without a reason, and for a missed day on which
    the register has visits; Denied without the right.
    """
    act = "hold" if was_held else "miss"
    RECEPTION_DAY_LIFE.require(by, act, day)
    day = RECEPTION_DAY_LIFE.hold(day, act)
    required = "" if was_held else _("Hãy ghi vì sao không tiếp.")
    reason = "" if was_held else line_of(reason, "reason", 300, required)
    if not was_held and day.visits.received().exists():
        raise Refused(_("Sổ đã ghi có người được tiếp trong ngày này."))
    if not was_held and day.state == DayState.PLANNED and day.on >= today():
        tell_booked(day, partial(_missed_text, day))
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

"""Booking a place at a reception day: made, changed and cancelled by whoever has its secret, then
written down at the desk as come or not, and forgotten.
"""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.casework.access.codes import BOOKING
from danchu.casework.actions.visits import record_visit
from danchu.casework.input.form_token import lock_token, secret_of, sent_key
from danchu.casework.input.persons import checked_persons
from danchu.casework.lives import BOOK, BOOKING_LIFE
from danchu.casework.models import Booking, ReceptionDay, Visit
from danchu.casework.moves import NO_RIGHT
from danchu.casework.natures import Nature
from danchu.casework.writes.bookings import (
    forget_person,
    free_place,
    locked_day,
    refuse_second_place,
    tell_moved,
)
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.codes import digest, matches, new_prefixed_code, new_secret
from danchu.kernel.days import now, today
from danchu.kernel.refusals import Refused, all_refusals, require
from danchu.subjects.texts import line_of
from danchu.subjects.writes import move_on

MOST_MATTER = 200
KEPT_DAYS = 30  # after the reception day: what lasts stands in the register
AT_ONCE = 500
WRONG = gettext_lazy("Mã bí mật không đúng.")
SENT_BEFORE = gettext_lazy("Biểu này đã được gửi trước đó.")


@transaction.atomic
def book_place(
    day: ReceptionDay,
    *,
    by: Acting,
    name: str,
    matter: str,
    phone: str = "",
    email: str = "",
    notify_by: str = "",
    once: UUID | str | None = None,
) -> tuple[Booking, str]:
    """(booking, secret) of a place at the day; only the digest of the secret is stored. Anyone may
    book. Refused by field, on "day" where no place is left, on "once" when the form with this token
    was received before.
    """
    require(by.is_public or by.may("draft", BOOK, day.unit_id), NO_RIGHT)
    with all_refusals() as rule:
        with rule():
            person = _checked_person(name, phone, email, notify_by)
        with rule():
            required = _("Hãy ghi một câu về việc cần gặp.")
            matter = line_of(matter, "matter", MOST_MATTER, required)
    if once:
        lock_token(once)
        if Booking.objects.filter(sent_key=sent_key(once)).exists():
            raise Refused(SENT_BEFORE, "once")
    day = locked_day(day)
    refuse_second_place(day, person)
    secret = secret_of(once) or new_secret()
    booking = Booking.objects.create(
        uid=uuid4(),
        code=new_prefixed_code(BOOKING),
        secret=digest(secret),
        sent_key=sent_key(once),
        day=day,
        unit_id=day.unit_id,
        on=day.on,
        place=free_place(day),
        matter=matter,
        made_by=by.key,
        made_at=now(),
        **person,
    )
    record(by, "booking.booked", booking, unit=day.unit_id, on=day.on.isoformat())
    return booking, secret


def _checked_person(name, phone, email, notify_by):
    """{column: text} of whoever books; Refused by field without a name or a way to be reached."""
    row = {"name": name, "phone": phone, "email": email, "notify_by": notify_by}
    person = checked_persons([row])[0]
    with all_refusals() as rule:
        if not person["name"]:
            with rule():
                raise Refused(_("Hãy ghi họ tên người đến."), "name")
        if not person["phone"] and not person["email"]:
            with rule():
                raise Refused(
                    _("Hãy ghi số điện thoại hoặc thư điện tử, để báo khi ngày tiếp thay đổi."),
                    "phone",
                )
    return {field: person[field] for field in row}


@transaction.atomic
def change_booking(booking: Booking, *, by: Acting, day: ReceptionDay, secret: str = "") -> Booking:
    """Move the booking to another day of the same unit; who booked is told when an office does.
    Denied without the secret or the right; Refused on "day" where no place is left.
    """
    _require(booking, by, "change", secret)
    if day.unit_id != booking.unit_id or day.pk == booking.day_id:
        raise Refused(_("Hãy chọn một ngày khác trong danh sách."), "day")
    day = locked_day(day, booking.day_id)
    booking = BOOKING_LIFE.hold(booking, "change")
    refuse_second_place(day, {"phone": booking.phone, "email": booking.email})
    earlier = booking.on
    place = free_place(day)
    move_on(booking, BOOKING_LIFE, "change", day=day, on=day.on, place=place)
    if not by.is_public:
        tell_moved(booking, earlier)
    record(
        by,
        "booking.changed",
        booking,
        unit=booking.unit_id,
        earlier=earlier.isoformat(),
        on=day.on.isoformat(),
    )
    return booking


@transaction.atomic
def cancel_booking(booking: Booking, *, by: Acting, secret: str = "") -> Booking:
    """Give the place back and forget who had it. Denied without the secret or the right; Refused
    where it was used or cancelled.
    """
    _require(booking, by, "cancel", secret)
    booking = BOOKING_LIFE.hold(booking, "cancel")
    forget_person(booking)
    move_on(booking, BOOKING_LIFE, "cancel", place=None)
    record(by, "booking.cancelled", booking, unit=booking.unit_id)
    return booking


def _require(booking, by, act, secret):
    has_secret = bool(secret) and matches(secret, booking.secret)
    require(has_secret or BOOKING_LIFE.may(by, act, booking), WRONG if secret else NO_RIGHT)


@transaction.atomic
def note_arrival(booking: Booking, *, by: Acting) -> Booking:
    """Write down that whoever booked came. Refused before the day; Denied without the right."""
    BOOKING_LIFE.require(by, "come", booking)
    booking = BOOKING_LIFE.hold(booking, "come")
    move_on(booking, BOOKING_LIFE, "come")
    record(by, "booking.came", booking, unit=booking.unit_id)
    return booking


@transaction.atomic
def note_absence(booking: Booking, *, by: Acting) -> Booking:
    """Write down that whoever booked did not come. Refused before the day and once the visit is in
    the register; Denied without the right.
    """
    BOOKING_LIFE.require(by, "stay_away", booking)
    booking = BOOKING_LIFE.hold(booking, "stay_away")
    move_on(booking, BOOKING_LIFE, "stay_away")
    record(by, "booking.absent", booking, unit=booking.unit_id)
    return booking


@transaction.atomic
def receive_visitor(*, by: Acting, booking: Booking | None = None, **line: Any) -> Visit:
    """Write a line of the register as `record_visit`, of whoever came with the `booking`, where
    there is one: each is linked to the other, once. What is about a denouncer is removed from the
    booking.
    """
    if booking is None:
        return record_visit(by=by, **line)
    BOOKING_LIFE.require(by, "receive", booking)
    booking = BOOKING_LIFE.hold(booking, "receive", field="booking")
    if (line["unit"].pk, line["received_on"]) != (booking.unit_id, booking.on):
        raise Refused(
            _("Lịch hẹn này của nơi khác hoặc ngày khác: hãy giữ nơi và ngày của lịch hẹn."),
            "received_on",
        )
    if line.get("form") == booking.day.form:
        line["day"] = booking.day
    visit = record_visit(by=by, **line)
    move_on(booking, BOOKING_LIFE, "receive", visit=visit)
    if line["nature"] == Nature.DENUNCIATION:
        forget_person(booking)
    record(by, "booking.received", booking, unit=booking.unit_id)
    return visit


@transaction.atomic
def forget_bookings(*, by: Acting, on: date | None = None) -> int:
    """Remove what is about the persons from bookings whose reception day was KEPT_DAYS before the
    day (today); returns their number. Denied without the right of periodic jobs.
    """
    require(
        by.account_id is None and by.may("verify", "obligation", None),
        _("Ông/bà không có quyền xóa thông tin đặt lịch."),
    )
    last = (on or today()) - timedelta(days=KEPT_DAYS)
    bookings = Booking.objects.due_to_forget(last).select_for_update(skip_locked=True)[:AT_ONCE]
    rows = list(bookings)
    for booking in rows:
        forget_person(booking)
    if rows:
        record(by, "booking.forgotten", None, number=len(rows))
    return len(rows)

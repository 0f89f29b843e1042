"""What acts on bookings share: the place that is given, the notices, and forgetting the person."""

from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext as _

from danchu.casework.models import Booking, ReceptionDay, Visit
from danchu.casework.rules.bookings import takes_bookings
from danchu.kernel.days import now, show_day
from danchu.kernel.refusals import Refused
from danchu.notices.actions import drop_waiting, tell_person
from danchu.notices.models import Channel
from danchu.obligations.clock import LAW

PERSONAL = ("name", "phone", "email", "notify_by", "matter")


def locked_day(day: ReceptionDay, *others: int) -> ReceptionDay:
    """The day as it is now, locked: of those who book at once each waits for the one before. Locked
    in one order with the days whose keys are `others`. Refused on "day" when no place can be
    booked.
    """
    days = ReceptionDay.objects.select_for_update(no_key=True).filter(pk__in=(day.pk, *others))
    current = {row.pk: row for row in days.order_by("pk")}[day.pk]
    if not takes_bookings(current):
        raise Refused(_("Ngày tiếp này không nhận đặt lịch nữa. Hãy chọn ngày khác."), "day")
    return current


def free_place(day: ReceptionDay) -> int:
    """The lowest number of a place that nobody has; the caller has locked the day. Refused on "day"
    when all are taken.
    """
    used = set(day.bookings.exclude(place=None).values_list("place", flat=True))
    place = next((one for one in range(1, day.places + 1) if one not in used), None)
    if place is None:
        raise Refused(_("Ngày tiếp này đã hết chỗ. Hãy chọn ngày khác."), "day")
    return place


def refuse_second_place(day: ReceptionDay, person: dict[str, str]) -> None:
    """Refused where somebody reached in the same way has a place on this day already."""
    for way in ("phone", "email"):
        value = person[way]
        if value and day.bookings.exclude(place=None).filter(**{way: value}).exists():
            raise Refused(
                _(
                    "Đã có một lịch hẹn ngày này với cách liên lạc ấy. Hãy dùng mã của lịch hẹn "
                    "ấy để xem, đổi hoặc hủy."
                ),
                way,
            )


def target_of(booking: Booking) -> str:
    """Where a notice to who booked is sent."""
    return booking.email if booking.notify_by == Channel.EMAIL else booking.phone


def tell_booked(day: ReceptionDay, text: Callable[[str], str]) -> int:
    """Queue a notice, the `text` of a code, for everyone who booked and wants notices. Returns how
    many others there are, who have to be reached by the desk.
    """
    others = 0
    for booking in day.bookings.filter(state="booked").order_by("place"):
        if tell_person(booking.notify_by, target_of(booking), text(booking.code), by=LAW) is None:
            others += 1
    return others


def moved_text(day: ReceptionDay, before: date, code: str) -> str:
    """The notice that a booking of the day `before` is at this reception day now."""
    return _(
        "Lịch hẹn %(code)s: buổi tiếp công dân ngày %(day)s nay là %(when)s. Đổi hoặc hủy bằng mã "
        "hẹn và mã bí mật trên cổng tiếp nhận."
    ) % {
        "code": code,
        "day": show_day(before),
        "when": ", ".join(filter(None, (show_day(day.on), day.hours, day.room))),
    }


def tell_moved(booking: Booking, before: date) -> None:
    """Queue a notice to who booked, where they want notices, that their booking is on another
    day.
    """
    text = moved_text(booking.day, before, booking.code)
    tell_person(booking.notify_by, target_of(booking), text, by=LAW)


def forget_person(booking: Booking) -> None:
    """Remove what is about the person, also from notices that wait; the caller has locked the
    booking.
    """
    if booking.forgotten_at is not None:
        return
    for name in PERSONAL:
        setattr(booking, name, "")
    booking.forgotten_at = now()
    booking.save(update_fields=[*PERSONAL, "forgotten_at"])
    drop_waiting(booking.code, by=LAW)


def forget_booking_of(visit: Visit) -> None:
    """Remove the person from the booking of a visit: a sealed identity stands in no other place."""
    booking = Booking.objects.select_for_update().filter(visit=visit).first()
    if booking is not None:
        forget_person(booking)

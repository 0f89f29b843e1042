"""When a place at a reception day can be booked, and how many are left."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from danchu.casework.models import Booking, ReceptionDay
from danchu.casework.models.bookings import BookingState
from danchu.casework.models.reception import DayState
from danchu.kernel.days import show_day, today

MOST_PLACES = 200
MOST_BEFORE = 60


def last_day_of_booking(day: ReceptionDay) -> date:
    """The last day on which a place at the reception day can be booked."""
    return day.on - timedelta(days=day.book_before)


def takes_bookings(day: ReceptionDay) -> bool:
    """Whether a place can be booked today, as long as one is left."""
    return day.state == DayState.PLANNED and day.places > 0 and today() <= last_day_of_booking(day)


def places_left(day: ReceptionDay) -> int:
    """How many places are left of a day that was read `with_booked_places`."""
    return max(0, day.places - day.booked_places)


def must_be_phoned(booking: Booking) -> bool:
    """Whether who booked can learn only by a call that their reception will not take place."""
    is_called_off = booking.day.state == DayState.MISSED and booking.state == BookingState.BOOKED
    return is_called_off and not booking.notify_by and bool(booking.phone)


def words_of_day(day: ReceptionDay) -> str:
    """A reception day as a choice: its day and hours, who receives, the places left."""
    left = _("còn %s chỗ") % places_left(day)
    who = day.delegate or day.office
    return ", ".join(filter(None, (show_day(day.on), day.hours, who, left)))


def free_days(unit: int, but: ReceptionDay | None = None) -> list[ReceptionDay]:
    """The coming reception days of the unit at which a place can be booked today, without `but`."""
    days = ReceptionDay.objects.filter(unit=unit).coming(today()).with_booked_places()
    return [
        day
        for day in days
        if takes_bookings(day) and places_left(day) and (but is None or day.pk != but.pk)
    ]

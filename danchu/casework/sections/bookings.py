"""Bookings of places at reception days: their list, one booking, who came and who did not."""

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from danchu.casework import actions
from danchu.casework.lives import BOOK, BOOKING_LIFE
from danchu.casework.models import Booking
from danchu.casework.models.bookings import BookingState
from danchu.casework.models.reception import DayState
from danchu.casework.rules.bookings import free_days, must_be_phoned, words_of_day
from danchu.kernel.days import show_day
from danchu.kernel.refusals import require
from danchu.subjects.columns import PLACE, state_column
from danchu.subjects.editing import SeenForm
from danchu.subjects.filters import Choice, Last, Place, Since, Words
from danchu.subjects.listing import Column, Listing
from danchu.subjects.sections import Act, New, Record, Section, may_begin
from danchu.subjects.verbs import SUPERVISE
from danchu.subjects.waiting import Wait

NO_BOOK = _("Chức trách của ông/bà không xem sổ tiếp công dân.")
MAY_SEE = may_begin("view", BOOK)
MAY_WRITE = may_begin("draft", BOOK)
FORGOTTEN = _("(đã xóa)")


def viewed_rows(actor):
    """The bookings the actor may view; Denied where they may view no register."""
    require(MAY_SEE(actor), NO_BOOK)
    return Booking.objects.viewed_by(actor).select_related("day", "visit")


def facts(booking, actor):
    """The context of the page of one booking: the form of the visit that begins from it."""
    may_receive = "receive" in BOOKING_LIFE.acts_of(booking, actor)
    address = f"{reverse('desk_new_visit')}?booking={booking.uid}"
    return {
        "receive_url": address if may_receive else "",
        "must_be_phoned": must_be_phoned(booking),
    }


class ChangeBookingForm(SeenForm):
    """Another reception day of the same place."""

    day = forms.ChoiceField(label=_("Ngày tiếp"))

    def prepare(self):
        self.days = {str(day.uid): day for day in free_days(self.row.unit_id, self.row.day)}
        self.fields["day"].choices = [(uid, words_of_day(day)) for uid, day in self.days.items()]

    def clean_day(self):
        return self.days[self.cleaned_data["day"]]


def _has_other_days(booking):
    return bool(free_days(booking.unit_id, booking.day))


def _changed(booking):
    words = _("Lịch hẹn nay là ngày %s.") % show_day(booking.on)
    if booking.notify_by or not booking.phone:
        return words
    return f"{words} {_('Người đặt không nhận tin báo: hãy gọi theo số ở trang này.')}"


def _state(booking):
    """The state, and of who is still to come when that is."""
    if booking.state != BookingState.BOOKED:
        return booking.get_state_display()
    words = (booking.get_state_display(), show_day(booking.on), booking.day.hours)
    return ", ".join(str(word) for word in words if word)


def _name(line):
    return line.row.name or FORGOTTEN


def _contact(line):
    return ", ".join(filter(None, (line.row.phone, line.row.email)))


LISTING = Listing(
    name="bookings",
    title=_("Lịch hẹn tiếp công dân"),
    rows=viewed_rows,
    allows=MAY_SEE,
    denied=NO_BOOK,
    placed=lambda booking: (booking.unit_id, booking.on),
    columns=(
        Column("code", _("Mã"), links=True, under=lambda line: line.where),
        PLACE,
        Column("on", _("Ngày tiếp"), sort="on", under=lambda line: line.row.day.hours),
        Column("number", _("Chỗ"), lambda line: line.row.place),
        Column("office", _("Người tiếp"), lambda line: line.row.day.office),
        Column("name", _("Người đặt"), _name, under=_contact),
        Column("contact", _("Cách liên lạc"), _contact, on_page=False),
        Column("matter", _("Việc cần gặp")),
        state_column(),
        Column("made_at", _("Đặt lúc"), sort="made_at", on_page=False),
    ),
    filters={
        "unit": Place(),
        "since": Since("on"),
        "last": Last("on", label=_("Đến hết ngày")),
        "state": Choice(BookingState.choices, _("Trạng thái"), "state"),
        "q": Words("matter", label=_("Từ trong việc cần gặp")),
    },
    file_name="lich-hen-tiep-cong-dan",
    empty=_("Chưa có ai đặt lịch."),
)

BOOKINGS = Section(
    one="booking",
    verb=SUPERVISE,
    listing=LISTING,
    life=BOOKING_LIFE,
    above=("desk_reception", _("Sổ tiếp công dân")),
    is_secret=True,
    record=Record(
        template="casework/booking.html",
        rows=viewed_rows,
        title=str,
        state=_state,
        facts=facts,
    ),
    new=New(
        title=_("Đặt lịch hộ người gọi đến"),
        word=_("Đặt lịch hộ"),
        allows=MAY_WRITE,
        denied=_("Chức trách của ông/bà không ghi sổ tiếp công dân."),
    ),
    # On its day somebody writes down who came; who booked a day that was called off is to be called
    # and given another one, while it is not over.
    waits=(
        Wait(
            "come",
            (BookingState.BOOKED,),
            "draft",
            BOOK,
            only={"day__state": DayState.PLANNED},
            since="on",
        ),
        Wait(
            "come",
            (BookingState.BOOKED,),
            "draft",
            BOOK,
            only={"day__state": DayState.HELD},
            since="on",
        ),
        Wait(
            "change",
            (BookingState.BOOKED,),
            "draft",
            BOOK,
            only={"day__state": DayState.MISSED},
            last="on",
        ),
    ),
    acts=(
        Act("come", _("Ghi là đã đến"), actions.note_arrival),
        Act("stay_away", _("Ghi là không đến"), actions.note_absence),
        Act(
            "change",
            _("Đổi sang ngày khác"),
            actions.change_booking,
            ChangeBookingForm,
            saved=_changed,
            offered=_has_other_days,
        ),
        Act(
            "cancel",
            _("Hủy lịch hẹn"),
            actions.cancel_booking,
            warns=_("Họ tên, cách liên lạc và việc cần gặp bị xóa ngay, không lấy lại được."),
        ),
    ),
)

"""Bookings of places at reception days: their list, one booking, who came and who did not."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from danchu.casework import actions
from danchu.casework.lives import BOOK, BOOKING_LIFE
from danchu.casework.models import Booking
from danchu.casework.models.bookings import BookingState
from danchu.kernel.refusals import require
from danchu.subjects.columns import PLACE, state_column
from danchu.subjects.filters import Choice, Last, Place, Since, Words
from danchu.subjects.listing import Column, Listing
from danchu.subjects.sections import Act, Record, Section, may_begin
from danchu.subjects.verbs import SUPERVISE

NO_BOOK = _("Chức trách của ông/bà không xem sổ tiếp công dân.")
MAY_SEE = may_begin("view", BOOK)
FORGOTTEN = _("(đã xóa)")


def viewed_rows(actor):
    """The bookings the actor may view; Denied where they may view no register."""
    require(MAY_SEE(actor), NO_BOOK)
    return Booking.objects.viewed_by(actor).select_related("day", "visit")


def facts(booking, actor):
    """The context of the page of one booking: the form of the visit that begins from it."""
    may_receive = "receive" in BOOKING_LIFE.acts_of(booking, actor)
    address = f"{reverse('desk_new_visit')}?booking={booking.uid}"
    return {"receive_url": address if may_receive else ""}


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
        facts=facts,
    ),
    acts=(
        Act("come", _("Đã đến"), actions.note_arrival),
        Act("stay_away", _("Không đến"), actions.note_absence),
        Act(
            "cancel",
            _("Hủy lịch hẹn"),
            actions.cancel_booking,
            warns=_("Họ tên, cách liên lạc và việc cần gặp bị xóa ngay, không lấy lại được."),
        ),
    ),
)

"""The reception of citizens for anyone: its days, a place booked at one of them, a booking seen,
changed or cancelled by whoever has its code and secret.
"""

from uuid import uuid4

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from danchu.casework.access.codes import BOOKING, DUMMY_DIGEST
from danchu.casework.access.rate_limits import limit_rate
from danchu.casework.actions import book_place, cancel_booking, change_booking
from danchu.casework.actions.bookings import KEPT_DAYS
from danchu.casework.input.form_token import earlier_submission
from danchu.casework.lives import BOOKING_LIFE
from danchu.casework.models import Booking, ReceptionDay
from danchu.casework.rules.bookings import (
    free_days,
    last_day_of_booking,
    places_left,
    takes_bookings,
)
from danchu.kernel.addresses import uid_in
from danchu.kernel.codes import matches, read_prefixed_code
from danchu.kernel.days import today
from danchu.kernel.refusals import Denied, Refused
from danchu.look.my_place import my_place
from danchu.look.pages import page
from danchu.people.actor import Actor
from danchu.people.askers import asker_of
from danchu.portal.booking_form import BookingForm
from danchu.portal.views.petitions import status_of
from danchu.subjects.first_rows import first_rows
from danchu.units.maps import boundaries
from danchu.units.named import unit_of_today
from danchu.units.names import name_of, names_of

DAYS = 60


def reception(request):
    """The days on which office holders receive citizens at a place, by default the reader's own:
    those to come with the places that are left, and the last ones with whether they took place and
    why not.
    """
    own = my_place(request) if "unit" not in request.GET else None
    place = own.written if own else request.GET.get("unit", "").strip()
    days = ReceptionDay.objects.none()
    day = today()
    if place:
        unit = own.id if own else unit_of_today(place).pk
        chart = boundaries(day)
        days = ReceptionDay.objects.filter(unit__in=[unit, *chart.ancestors(unit)])
    coming = first_rows(days.coming(day).with_booked_places(), DAYS)
    past = first_rows(days.over(day).order_by("-on", "pk"), DAYS, request.GET)
    names = names_of({(row.unit_id, row.on) for rows in (coming, past) for row in rows})
    return page(
        request,
        "portal/reception.html",
        place_text=place,
        coming=coming.each(lambda row: (row, names[row.unit_id, row.on], _left(row))),
        rows=past.each(lambda row: (row, names[row.unit_id, row.on])),
        day=day,
    )


def _left(day):
    """How many places can be booked now; None where none could be at any time."""
    if not day.places:
        return None
    return places_left(day) if takes_bookings(day) else 0


@never_cache
def book(request, uid):
    """Book a place at one day. Idempotent: the same form sent twice is one booking."""
    days = ReceptionDay.objects.with_booked_places()
    day = get_object_or_404(days.exclude(places=0), uid=uid)
    form = BookingForm(request.POST or None, initial={"uid": uuid4()})
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            once = form.once
            if earlier := earlier_submission(once, Booking):
                return _booked_page(request, *earlier)
            try:
                limit_rate("send", asker_of(request))
                booking, secret = book_place(day, by=Actor.public(), **form.values())
            except Refused as refusal:
                if earlier := refusal.field == "once" and earlier_submission(once, Booking):
                    return _booked_page(request, *earlier)
                form.refuse(refusal)
                status = status_of(refusal)
            else:
                return _booked_page(request, booking, secret)
    return page(
        request,
        "portal/booking.html",
        status=status,
        form=form,
        record=day,
        left=_left(day),
        last_day=last_day_of_booking(day),
        kept_days=KEPT_DAYS,
        where=name_of(day.unit_id, day.on),
    )


def _booked_page(request, booking, secret):
    """The only page that shows the secret, with the code."""
    return page(
        request,
        "portal/booking_made.html",
        record=booking,
        reception_day=booking.day,
        secret=secret,
        where=name_of(booking.unit_id, booking.on),
    )


@never_cache
def follow(request):
    """One booking, for whoever has its code and secret; both are sent in the body, so that no
    address or log contains them.
    """
    if request.method != "POST":
        return page(request, "portal/booking_follow.html", code=request.GET.get("code", "")[:20])
    code = request.POST.get("code", "")[:40]
    secret = request.POST.get("secret", "")[:60]
    try:
        booking = _identify(request, code, secret)
    except Refused as refusal:
        return page(
            request,
            "portal/booking_follow.html",
            status=status_of(refusal),
            code=code,
            fault=refusal.message,
        )
    fault = ""
    if act := request.POST.get("act", ""):
        try:
            booking = _done(request, booking, act, secret)
        except (Refused, Denied) as refusal:
            fault = refusal.message
    return _own_page(request, booking, secret, fault)


def _identify(request, code, secret):
    """The booking with this code and secret, else Refused; a wrong attempt counts towards the rate
    limit and takes equally long whether the code exists or not.
    """
    bookings = Booking.objects.select_related("day")
    booking = bookings.filter(code=read_prefixed_code(code, (BOOKING,)) or "-").first()
    is_right = matches(secret, booking.secret if booking else DUMMY_DIGEST)
    if booking is None or not is_right:
        limit_rate("follow", asker_of(request))
        raise Refused(_("Mã hẹn hoặc mã bí mật chưa đúng. Hãy gõ lại; không cần gạch nối."))
    return booking


def _done(request, booking, act, secret):
    """The booking after its holder changed or cancelled it."""
    by = Actor.public()
    if act == "cancel":
        return cancel_booking(booking, by=by, secret=secret)
    if act == "change":
        uid = uid_in(request.POST.get("day"))
        day = ReceptionDay.objects.filter(uid=uid).first() if uid else None
        if day is None:
            raise Refused(_("Hãy chọn một ngày khác trong danh sách."))
        return change_booking(booking, by=by, day=day, secret=secret)
    raise Refused(
        _(
            "Lịch hẹn này đang ở bước không làm được việc này. Hãy tải lại "
            "trang để xem việc còn làm được."
        )
    )


def _own_page(request, booking, secret, fault=""):
    may_change = not BOOKING_LIFE.obstacle(booking, "change")
    return page(
        request,
        "portal/own_booking.html",
        status=400 if fault else 200,
        record=booking,
        reception_day=booking.day,
        secret=secret,
        fault=fault,
        days=free_days(booking.unit_id, booking.day) if may_change else [],
        may_cancel=not BOOKING_LIFE.obstacle(booking, "cancel"),
        where=name_of(booking.unit_id, booking.on),
    )

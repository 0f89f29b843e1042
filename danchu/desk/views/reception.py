"""The reception of citizens at the desk beside its register: a refused reception and its notice,
the planned days of office holders.
"""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from danchu.casework.actions import (
    book_place,
    change_reception_day,
    close_reception_day,
    plan_reception_day,
)
from danchu.casework.input.form_token import earlier_submission
from danchu.casework.lives import RECEPTION_DAY_LIFE
from danchu.casework.models import Booking
from danchu.casework.papers.refusal_notice import notice_file
from danchu.casework.sections.bookings import BOOKINGS
from danchu.casework.sections.day_form import ChangeDayForm, CloseDayForm, ScheduleForm
from danchu.casework.sections.reception import (
    MAY_WRITE,
    RECEPTION,
    REFUSAL,
    viewed_days,
    viewed_rows,
)
from danchu.desk.booking_form import BookingAtDeskForm
from danchu.desk.guard import official
from danchu.desk.sections import Face
from danchu.kernel.days import show_day
from danchu.kernel.refusals import Refused, require
from danchu.look.pages import page
from danchu.papers.answers import made_answer
from danchu.papers.official import MEDIA
from danchu.units.names import name_of


@official
@never_cache
def new_refusal(request):
    """Record in the register that somebody was not received."""
    return Face(RECEPTION).begin(request, REFUSAL)


@official
@never_cache
def refusal_notice(request, uid, ending):
    """The notice of a refused reception (form 01/TCD), as a file to sign."""
    visit = get_object_or_404(viewed_rows(request.actor), uid=uid)
    notice = notice_file(visit, ending) if ending in MEDIA else None
    if notice is None:
        raise Http404
    return made_answer(notice, f"{visit.code}-01-TCD.{ending}", MEDIA[ending])


@official
def new_day(request):
    """Publish a day of reception."""
    require(MAY_WRITE(request.actor), _("Chức trách của ông/bà không lập lịch tiếp công dân."))
    form = ScheduleForm(request.actor, request.GET, request.POST or None)
    write = partial(plan_reception_day, by=request.actor)
    return _filled_in(request, form, write, _("Lịch tiếp công dân"), _("Đã đưa lịch lên."))


@official
def change_day(request, uid):
    """Move a planned day, or change how many places can be booked."""
    day = get_object_or_404(viewed_days(request.actor), uid=uid)
    RECEPTION_DAY_LIFE.require(request.actor, "change", day)
    form = ChangeDayForm(day, request.actor, request.POST or None)
    write = partial(change_reception_day, day, by=request.actor)
    return _filled_in(request, form, write, _title_of(day), _("Đã ghi."))


@official
@require_POST
def close_day(request, uid):
    """Record that a planned day was held, or missed and why. A refused form comes back on a page of
    its own with what was typed.
    """
    day = get_object_or_404(viewed_days(request.actor), uid=uid)
    RECEPTION_DAY_LIFE.require(request.actor, "hold", day)
    form = CloseDayForm(day, request.actor, request.POST)
    write = partial(close_reception_day, day, by=request.actor)
    return _filled_in(request, form, write, _title_of(day), _("Đã ghi."))


@official
@never_cache
def new_booking(request):
    """Book a place for somebody who calls; the secret is shown once, to be read out."""
    require(BOOKINGS.new.allows(request.actor), BOOKINGS.new.denied)
    form = BookingAtDeskForm(request.actor, request.GET, request.POST or None)
    if request.method == "POST" and form.is_valid():
        once = form.cleaned_data["uid"]
        if earlier := earlier_submission(once, Booking):
            return _booked(request, *earlier)
        try:
            booking, secret = book_place(by=request.actor, **form.values())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return _booked(request, booking, secret)
    return page(
        request,
        "desk/plain_form.html",
        status=400 if form.errors else 200,
        form=form,
        title=BOOKINGS.new.title,
        back="desk_bookings",
        list_title=BOOKINGS.listing.title,
    )


def _booked(request, booking, secret):
    return page(
        request,
        "desk/booking_made.html",
        record=booking,
        secret=secret,
        where=name_of(booking.unit_id, booking.on),
    )


def _title_of(day):
    return _("Lịch tiếp công dân ngày %s") % show_day(day.on)


def _filled_in(request, form, write, title, saved):
    """What was typed is given to `write`; the page with the form where it was not sent, or was
    refused.
    """
    if request.method == "POST" and form.is_valid():
        try:
            write(**form.values())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, saved)
            return redirect("desk_reception")
    return page(
        request,
        "desk/plain_form.html",
        status=400 if form.errors else 200,
        form=form,
        title=title,
        back="desk_reception",
        list_title=RECEPTION.listing.title,
    )

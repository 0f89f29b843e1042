"""Attendance of a conference at any minute and in all: the page to print and the tables."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache

from danchu.conference.models import Attendance, Delegate
from danchu.conference.queries.delegate_numbers import point_numbers
from danchu.conference.queries.timeline import instants_of, moments
from danchu.conference.words import Movement, State
from danchu.desk.guard import official
from danchu.desk.views.checking_in import instant_typed
from danchu.desk.views.programme import conference_at, conference_to_prepare
from danchu.kernel.days import VIETNAM, day_of, now, show_instant
from danchu.kernel.refusals import Refused
from danchu.look.pages import page
from danchu.look.sheets import csv_answer
from danchu.subjects.order import VietnameseOrder
from danchu.units.names import name_of


def _presence(request, pk):
    """(conference, instant, [(bridge point, expected, delegates, present)], moment, fault) at the
    instant that `at` of the address names; the latest one where it does not read.
    """
    conference = conference_at(request, pk)
    fault = ""
    latest = min(now(), conference.closed_at or now())
    try:
        at = min(instant_typed(conference, request.GET.get("at", "")) or latest, now())
    except Refused as refusal:
        at = latest
        fault = refusal.message
    (moment,) = moments(conference, [at])
    lines = [
        (row.point.name, row.point.expected, row.delegates, moment.points.get(row.point.pk, 0))
        for row in point_numbers(conference)
    ]
    if moment.points.get(None):
        lines.append((_("Dự từ xa, không thuộc điểm cầu"), 0, 0, moment.points[None]))
    return conference, at, lines, moment, fault


@official
@never_cache
def presence(request, pk):
    """Attendance by bridge point at one minute and over time, laid out for printing."""
    conference, at, lines, moment, fault = _presence(request, pk)
    steps = (
        moments(conference, instants_of(conference, conference.closed_at or now(), 24))
        if conference.state in (State.OPEN, State.CLOSED)
        else []
    )
    return page(
        request,
        "desk/presence.html",
        status=400 if fault else 200,
        record=conference,
        at=at,
        instant=show_instant(at),
        lines=lines,
        moment=moment,
        fault=fault,
        parameters=request.GET,
        where=name_of(conference.unit_id, day_of(conference.starts_at)),
        body=conference.body and conference.body.name_on(day_of(conference.starts_at)),
        series=[(f"{step.at.astimezone(VIETNAM):%H:%M}", step.people, "") for step in steps],
    )


@official
@never_cache
def presence_csv(request, pk):
    """The same as a table."""
    _conference, at, lines, moment, fault = _presence(request, pk)
    if fault:
        raise Refused(fault, "at")
    head = [
        _("Điểm cầu"),
        _("Dự kiến"),
        pgettext("list", "Đại biểu"),
        _("Có mặt lúc %s") % show_instant(at),
    ]
    return csv_answer(
        "co-mat",
        head,
        [
            *lines,
            (
                _("Cộng"),
                sum(line[1] for line in lines),
                sum(line[2] for line in lines),
                moment.people,
            ),
        ],
    )


@official
@never_cache
def attendance_csv(request, pk):
    """Arrival and departure of each delegate; late means first arrival after the opening."""
    conference = conference_to_prepare(request, pk)
    head = [
        _("Họ và tên"),
        _("Chức vụ, nơi công tác"),
        _("Điểm cầu"),
        _("Trạng thái"),
        _("Đến"),
        _("Về"),
        _("Đến muộn"),
    ]
    return csv_answer("diem-danh", head, _attendance_cells(conference))


def _attendance_cells(conference):
    """One list of cells a delegate; a departure before a later arrival is not shown."""
    arrivals = {}
    departures = {}
    notes = (
        Attendance.objects.filter(delegate__conference=conference)
        .order_by("at", "pk")
        .values_list("delegate_id", "movement", "at")
    )
    for delegate, movement, at in notes:
        if movement == Movement.ARRIVED:
            arrivals.setdefault(delegate, at)
            departures.pop(delegate, None)
        else:
            departures[delegate] = at
    rows = (
        Delegate.objects.filter(conference=conference)
        .select_related("point")
        .order_by("point__position", VietnameseOrder("name"), "pk")
    )
    for row in rows.iterator(2000):
        first = arrivals.get(row.pk)
        last = departures.get(row.pk)
        is_late = bool(first and conference.opened_at and first > conference.opened_at)
        yield [
            row.name,
            row.office,
            row.point.name if row.point else "",
            row.get_state_display(),
            *(show_instant(at) if at else "" for at in (first, last)),
            _("muộn") if is_late else "",
        ]

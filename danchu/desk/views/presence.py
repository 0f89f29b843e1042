"""Who was at a conference, at any minute and in all: the page to print and the tables."""

from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from danchu.conference.models import Attendance, Delegate
from danchu.conference.queries.delegate_numbers import point_numbers
from danchu.conference.queries.timeline import instants_of, moments
from danchu.conference.words import Movement, State
from danchu.desk.guard import official
from danchu.desk.views.checking_in import instant_typed
from danchu.desk.views.programme import conference_at, prepared
from danchu.kernel.days import VIETNAM, day_of, now, show_instant
from danchu.kernel.refusals import Refused
from danchu.look.pages import page
from danchu.look.sheets import csv_answer
from danchu.units.names import name_of


def _presence(request, pk):
    """(conference, instant, [(bridge point, expected, delegates, there)], people, fault) at the
    instant the address names.
    """
    found = conference_at(request, pk)
    fault = ""
    latest = min(now(), found.closed_at or now())
    try:
        at = min(instant_typed(found, request.GET.get("at", "")) or latest, now())
    except Refused as refusal:
        at = latest
        fault = refusal.message
    (moment,) = moments(found, [at])
    lines = [
        (row.point.name, row.point.expected, row.delegates, moment.points.get(row.point.pk, 0))
        for row in point_numbers(found)
    ]
    if moment.points.get(None):
        lines.append((_("Dự từ xa, không thuộc điểm cầu"), 0, 0, moment.points[None]))
    return found, at, lines, moment, fault


@official
@never_cache
def presence(request, pk):
    """Who was there at a minute, by bridge point, and how it went over time; made to be printed."""
    found, at, lines, moment, fault = _presence(request, pk)
    steps = (
        moments(found, instants_of(found, found.closed_at or now(), 24))
        if found.state in (State.OPEN, State.CLOSED)
        else []
    )
    return page(
        request,
        "desk/presence.html",
        status=400 if fault else 200,
        it=found,
        at=at,
        shown=show_instant(at),
        lines=lines,
        moment=moment,
        fault=fault,
        asked=request.GET,
        where=name_of(found.unit_id, day_of(found.starts_at)),
        body=found.body and found.body.name_on(day_of(found.starts_at)),
        series=[(f"{one.at.astimezone(VIETNAM):%H:%M}", one.people, "") for one in steps],
    )


@official
@never_cache
def presence_csv(request, pk):
    """The same as a table."""
    _found, at, lines, moment, fault = _presence(request, pk)
    if fault:
        raise Refused(fault, "at")
    head = [_("Điểm cầu"), _("Dự kiến"), _("Đại biểu"), _("Có mặt lúc %s") % show_instant(at)]
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
    """Who came and left and when, delegate by delegate; late is who first came after the
    opening.
    """
    found = prepared(request, pk)
    head = [
        _("Họ và tên"),
        _("Chức vụ, nơi công tác"),
        _("Điểm cầu"),
        _("Trạng thái"),
        _("Đến"),
        _("Về"),
        _("Đến muộn"),
    ]
    return csv_answer("diem-danh", head, _attended(found))


def _attended(found):
    came = {}
    left = {}
    notes = (
        Attendance.objects.filter(delegate__conference=found)
        .order_by("at", "pk")
        .values_list("delegate_id", "movement", "at")
    )
    for delegate, movement, at in notes:
        if movement == Movement.ARRIVED:
            came.setdefault(delegate, at)
            left.pop(delegate, None)
        else:
            left[delegate] = at
    rows = (
        Delegate.objects.filter(conference=found)
        .select_related("point")
        .order_by("point__position", "name", "pk")
    )
    for row in rows.iterator(2000):
        first = came.get(row.pk)
        last = left.get(row.pk)
        is_late = bool(first and found.opened_at and first > found.opened_at)
        yield [
            row.name,
            row.office,
            row.point.name if row.point else "",
            row.get_state_display(),
            *(show_instant(at) if at else "" for at in (first, last)),
            _("muộn") if is_late else "",
        ]

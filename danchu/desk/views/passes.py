"""What opens the hall: invitations with their QR codes to print, passes of stewards and of the
desks of rooms.

A code stands only in the answer to the request that asked for it: never in a redirect, never in an
address, never in a list.
"""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from danchu.conference.access.codes import personal_code, room_code
from danchu.conference.actions.passes import (
    STEWARDS,
    issue_pass,
    issue_room_passes,
    withdraw_pass,
)
from danchu.conference.models import Pass
from danchu.conference.rules import UNFINISHED
from danchu.conference.sections.delegates import delegates_among, point_choices
from danchu.conference.votes.roll import COMING
from danchu.conference.words import Role
from danchu.desk.guard import official
from danchu.desk.views.delegates import hall_address
from danchu.desk.views.programme import conference_to_prepare
from danchu.kernel.addresses import number_in
from danchu.kernel.days import day_of
from danchu.kernel.refusals import Refused
from danchu.look.once import note_done
from danchu.look.pages import page
from danchu.look.qr import qr_svg
from danchu.subjects.first_rows import first_rows
from danchu.subjects.order import VietnameseOrder
from danchu.units.names import name_of

SHEETS_AT_ONCE = 60


def _qr(request, code):
    """The QR code of the address that an invitation leads to, as SVG."""
    return qr_svg(request.build_absolute_uri(reverse("enter_by", args=[code])))


def _sheets(request, conference, sheets, **more):
    """Sheets to print, each (heading, line, line, code, QR code); no cache may store the answer."""
    where = name_of(conference.unit_id, day_of(conference.starts_at))
    answer = page(
        request,
        "desk/sheets.html",
        record=conference,
        where=where,
        sheets=sheets,
        door=hall_address(request),
        **more,
    )
    answer.headers["Referrer-Policy"] = "strict-origin"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@official
@never_cache
def passes(request, pk, status=200, fault=""):
    """The passes of stewards and rooms, without their codes, with the forms that create, print and
    withdraw them.
    """
    conference = conference_to_prepare(request, pk)
    rows = (
        Pass.objects.filter(conference=conference)
        .exclude(role=Role.DELEGATE)
        .select_related("point")
        .order_by("withdrawn_at", "role", "point__position", "pk")
    )
    return page(
        request,
        "desk/passes.html",
        status=status,
        record=conference,
        fault=fault,
        rows=first_rows(rows, 500, request.GET),
        roles=[(role.value, role.label) for role in STEWARDS],
        living=conference.state in UNFINISHED,
        points=[("", _("Mọi đại biểu")), *point_choices(conference.pk)],
    )


@official
@require_POST
def pass_act(request, pk, act):
    """poster | steward | rooms | room-sheets | sheets: the codes are in the answer itself."""
    conference = conference_to_prepare(request, pk)
    if act not in ACTS:
        raise Http404
    try:
        return ACTS[act](request, conference)
    except Refused as refusal:
        return passes(request, pk, 400, refusal.message)


def _steward(request, conference):
    role = request.POST.get("role", "")
    steward_pass, code = issue_pass(conference, by=request.actor, role=role)
    sheet = (steward_pass.get_role_display(), "", "", code, _qr(request, code))
    note_done(request, reverse("desk_passes", args=[conference.pk]))
    return _sheets(request, conference, [sheet], once=True)


def _rooms(request, conference):
    number = issue_room_passes(conference, by=request.actor)
    messages.success(
        request, _("Đã cấp mã cho %s điểm cầu.") % number if number else _("Mọi điểm cầu đã có mã.")
    )
    return redirect("desk_passes", pk=conference.pk)


def _room_sheets(request, conference):
    rows = (
        Pass.objects.filter(conference=conference, role=Role.ROOM, withdrawn_at=None)
        .select_related("point")
        .order_by("point__position", "pk")
    )
    sheets = []
    for row in rows:
        code = room_code(conference.uid, row.point_id, row.issue, row.secret)
        sheets.append(
            (row.point.name, row.point.room, row.point.technician, code, _qr(request, code))
        )
    if not sheets:
        raise Refused(_("Chưa điểm cầu nào có mã. Hãy cấp mã trước."))
    return _sheets(request, conference, sheets)


def _delegate_sheets(request, conference):
    """The invitations of those who come, of one point or of all, SHEETS_AT_ONCE at a time."""
    start = number_in(request.POST.get("from"), 7) or 0
    rows = (
        delegates_among(conference, {"point": request.POST.get("point", "")})
        .filter(state__in=COMING, pass_in__isnull=False)
        .select_related("pass_in")
        .order_by("point__position", "point_id", VietnameseOrder("name"), "pk")
    )
    delegates = list(rows[start : start + SHEETS_AT_ONCE + 1])
    sheets = []
    for row in delegates[:SHEETS_AT_ONCE]:
        code = personal_code(row.uid, row.pass_in.issue, row.pass_in.secret)
        sheets.append(
            (row.name, row.office, row.point.name if row.point else "", code, _qr(request, code))
        )
    if not sheets:
        raise Refused(_("Không có đại biểu nào để in giấy mời."))
    following = start + SHEETS_AT_ONCE if len(delegates) > SHEETS_AT_ONCE else 0
    return _sheets(
        request,
        conference,
        sheets,
        following=following,
        point=request.POST.get("point", ""),
        is_invitation=True,
    )


def _poster(request, conference):
    """The shared code, large, for whoever may register with it."""
    if not conference.entry_code:
        raise Refused(_("Hội nghị này không có mã chung: đại biểu vào theo danh sách."))
    code = conference.entry_code
    sheet = (conference.title, "", "", code, _qr(request, code))
    return _sheets(request, conference, [sheet], is_poster=True)


ACTS = {
    "poster": _poster,
    "steward": _steward,
    "rooms": _rooms,
    "room-sheets": _room_sheets,
    "sheets": _delegate_sheets,
}


@official
@require_POST
def withdraw(request, pk, pass_id):
    """A steward's or a room's pass opens nothing from now on."""
    conference = conference_to_prepare(request, pk)
    row = get_object_or_404(
        Pass.objects.select_related("conference"), pk=pass_id, conference=conference
    )
    try:
        withdraw_pass(row, by=request.actor)
    except Refused as refusal:
        return passes(request, pk, 400, refusal.message)
    messages.success(request, _("Đã thu lại."))
    return redirect("desk_passes", pk=pk)

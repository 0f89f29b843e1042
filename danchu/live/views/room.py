"""The desk of a bridge point: heads, roll call, hands for an open poll, questions and speakers of
the room. Its script stores entries on the device and sends them when there is a connection; without
the script each form is one entry.
"""

import json
from datetime import datetime
from uuid import uuid4

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from danchu.conference.actions.rooms import take_room_entries
from danchu.conference.input.room_entries import heads_at
from danchu.conference.models import Attendance, BridgePoint, Delegate, RoomEntry
from danchu.conference.queries.hall_state import hall_state
from danchu.conference.rules import may_run_room
from danchu.conference.words import DelegateState, FloorKind, Role
from danchu.kernel import addresses
from danchu.kernel.days import now
from danchu.kernel.refusals import Denied, Refused
from danchu.kernel.text import clean
from danchu.live.views.hall_page import hall_page, visitor_of
from danchu.live.views.numbers import number_in
from danchu.look.offline import OUTBOX, worker
from danchu.look.once import sent_once
from danchu.look.uploads import body_of
from danchu.subjects.first_rows import first_rows
from danchu.subjects.order import VietnameseOrder

ENTRIES_SHOWN = 30
LARGEST_PARCEL = 2_000_000
ASSETS = (
    "look/tokens.css",
    "look/mark.svg",
    "live/hall.css",
    "live/steward.css",
    "live/view_model.js",
    "live/show.js",
    "live/line.js",
    *OUTBOX,
    "live/room.js",
)


def _desk_of(request, pk):
    """(Visitor, BridgePoint, who acts): the holder of the room's pass, or an official with the
    right, who names the point in the address. Raises Denied.
    """
    visitor = visitor_of(request, pk)
    holder = visitor.participant
    point_pk = number_in(request.GET, "point")
    if holder and visitor.role == Role.ROOM:
        point_pk = holder.point
    point = (
        BridgePoint.objects.select_related("conference")
        .filter(conference=visitor.conference, pk=point_pk)
        .first()
    )
    for by in (holder, request.actor):
        if point is not None and by is not None and may_run_room(by, point):
            return visitor, point, by
    raise Denied(_("Trang này dành cho bàn điểm cầu. Hãy vào bằng mã của điểm cầu."))


def room(request, pk):
    """The page of the desk."""
    visitor, point, _by = _desk_of(request, pk)
    response = hall_page(
        request,
        visitor,
        "live/room.html",
        state=(0, hall_state(visitor.conference)),
        point=point,
        roll=_roll(point),
        heads=heads_at(point, now()),
        uid=uuid4(),
        kinds=FloorKind.choices,
        entries=first_rows(
            RoomEntry.objects.filter(point=point).order_by("-number"), ENTRIES_SHOWN, request.GET
        ),
        asked_for=f"?point={point.pk}" if request.GET.get("point") else "",
    )
    # The pass whose holder may see the copy of this page that the device stores.
    holder = visitor.participant
    response.headers["X-Hall-Pass"] = str(holder.pass_in if holder else 0)
    return response


def _roll(point):
    """[(delegate, whether the roll has them present)] of the delegates seated in the room."""
    last = dict(
        Attendance.objects.filter(delegate__point=point)
        .order_by("at", "pk")
        .values_list("delegate", "movement")
    )
    rows = (
        Delegate.objects.filter(point=point)
        .exclude(state__in=[DelegateState.WAITING, DelegateState.CANCELLED])
        .order_by(VietnameseOrder("name"), "pk")
    )
    return [(delegate, last.get(delegate.pk) == "arrived") for delegate in rows]


@require_POST
def room_entries(request, pk):
    """Record the entries that the script of the desk sends: JSON {"sent_at", "desk", "entries"} in,
    {"entries": [outcome of each], "heads"} out; 400 with {"message"} if it cannot be read.
    """
    _visitor, point, by = _desk_of(request, pk)
    try:
        if int(request.headers.get("Content-Length") or 0) > LARGEST_PARCEL:
            raise Refused(_("Gói gửi từ điểm cầu quá lớn. Hãy tải lại trang của bàn điểm cầu."))
        parcel = json.loads(body_of(request))
        sent_at = datetime.fromisoformat(parcel["sent_at"])
        desk = clean(parcel["desk"])
        entries = parcel["entries"]
        if sent_at.tzinfo is None:
            raise ValueError
        outcomes = take_room_entries(point, entries, by=by, desk=desk, sent_at=sent_at)
    except Refused as refusal:
        return JsonResponse({"message": refusal.message}, status=400)
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return JsonResponse(
            {
                "message": _(
                    "Gói gửi từ điểm cầu không đọc được. Hãy tải lại trang của bàn điểm cầu."
                )
            },
            status=400,
        )
    return JsonResponse(
        {"entries": outcomes, "heads": heads_at(point, now())},
        json_dumps_params={"ensure_ascii": False},
    )


@require_POST
def room_enter(request, pk):
    """Record one entry from a form, once for each form."""
    return sent_once(request, lambda: _enter(request, pk))


def _enter(request, pk):
    _visitor, point, by = _desk_of(request, pk)
    at = now()
    fields = request.POST
    entry = {
        "uid": fields.get("uid") or str(uuid4()),
        "number": int(at.timestamp() * 1000),
        "act": fields.get("act", ""),
        "content": _content(fields),
        "made_at": at,
    }
    try:
        (outcome,) = take_room_entries(point, [entry], by=by, desk="form", sent_at=at)[:1]
        messages.add_message(
            request, messages.SUCCESS if outcome["ok"] else messages.ERROR, outcome["told"]
        )
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect(
        reverse("hall_room", args=[pk]) + (f"?point={point.pk}" if request.GET.get("point") else "")
    )


def _content(fields):
    """The content of an entry from the fields of its form, as the script would send it."""
    counts = sorted(
        (addresses.number_in(name[6:], 3), number_in(fields, name))
        for name in fields
        if name.startswith("count-") and addresses.number_in(name[6:], 3) is not None
    )
    return {
        "count": number_in(fields, "count"),
        "delegate": number_in(fields, "delegate"),
        "text": fields.get("text", ""),
        "asker": fields.get("asker", ""),
        "speaker": fields.get("speaker", ""),
        "kind": fields.get("kind", ""),
        "hand": fields.get("hand", ""),
        "poll": number_in(fields, "poll"),
        "counts": [number for _place, number in counts],
    }


@require_GET
def room_worker(request, pk):
    """The service worker of the desk, which caches the page for the holder of its pass only."""
    visitor = visitor_of(request, pk)
    page = reverse("hall_room", args=[visitor.conference.pk])
    return worker(cache=f"hall-room {page} ", page=page, files=ASSETS, holder="X-Hall-Pass")

"""The desk of a bridge point: heads, the roll, hands for an open poll, a question or a speaker of
the room. What it enters is kept on the device and sent when the line is there; without script each
form is one entry.
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
from danchu.conference.words import DelegateState, FloorKind
from danchu.kernel import addresses
from danchu.kernel.days import now
from danchu.kernel.refusals import Denied, Refused
from danchu.live.views.doors import guest, hall
from danchu.live.views.numbers import number_in
from danchu.look.offline import OUTBOX, worker

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


def _met(request, pk):
    """(Guest, point, by): the holder of the room's pass, or an official who may, for the point
    he names.
    """
    met = guest(request, pk)
    point_pk = met.who.point if met.who and met.role == "room" else number_in(request.GET, "point")
    point = (
        BridgePoint.objects.select_related("conference")
        .filter(conference=met.conference, pk=point_pk)
        .first()
    )
    for by in (met.who, request.actor):
        if point is not None and by is not None and may_run_room(by, point):
            return met, point, by
    raise Denied(_("Trang này dành cho bàn điểm cầu. Hãy vào bằng mã của điểm cầu."))


def room(request, pk):
    """The desk."""
    met, point, _by = _met(request, pk)
    response = hall(
        request,
        met,
        "live/room.html",
        state=(0, hall_state(met.conference)),
        point=point,
        roll=_roll(point),
        heads=heads_at(point, now()),
        uid=uuid4(),
        kinds=FloorKind.choices,
        entries=list(RoomEntry.objects.filter(point=point).order_by("-number")[:ENTRIES_SHOWN]),
        asked_for=f"?point={point.pk}" if request.GET.get("point") else "",
    )
    response.headers["X-Hall-Pass"] = str(
        met.who.pass_in if met.who else 0
    )  # whose copy a device without a line may show
    return response


def _roll(point):
    """[(delegate, whether noted as there)] of those who have a seat in the room."""
    last = dict(
        Attendance.objects.filter(delegate__point=point)
        .order_by("at", "pk")
        .values_list("delegate", "movement")
    )
    rows = (
        Delegate.objects.filter(point=point)
        .exclude(state__in=[DelegateState.WAITING, DelegateState.CANCELLED])
        .order_by("name", "pk")
    )
    return [(one, last.get(one.pk) == "arrived") for one in rows]


@require_POST
def room_entries(request, pk):
    """Take in what the desk's script sends; the outcome of each entry."""
    _met_, point, by = _met(request, pk)
    try:
        if int(request.headers.get("Content-Length") or 0) > LARGEST_PARCEL:
            raise Refused(_("Gói gửi từ điểm cầu quá lớn. Hãy tải lại trang của bàn điểm cầu."))
        parcel = json.loads(request.body)
        sent_at = datetime.fromisoformat(parcel["sent_at"])
        desk = str(parcel["desk"])
        entries = parcel["entries"]
        if sent_at.tzinfo is None:
            raise ValueError
        told_of = take_room_entries(point, entries, by=by, desk=desk, sent_at=sent_at)
    except Refused as refusal:
        return JsonResponse({"message": refusal.message}, status=400)
    except (ValueError, KeyError, TypeError):
        return JsonResponse(
            {
                "message": _(
                    "Gói gửi từ điểm cầu không đọc được. Hãy tải lại trang của bàn điểm cầu."
                )
            },
            status=400,
        )
    return JsonResponse(
        {"entries": told_of, "heads": heads_at(point, now())},
        json_dumps_params={"ensure_ascii": False},
    )


@require_POST
def room_enter(request, pk):
    """One entry from a form."""
    _met_, point, by = _met(request, pk)
    at = now()
    sent = request.POST
    entry = {
        "uid": sent.get("uid") or str(uuid4()),
        "number": int(at.timestamp() * 1000),
        "act": sent.get("act", ""),
        "content": _content(sent),
        "made_at": at,
    }
    try:
        (told_of,) = take_room_entries(point, [entry], by=by, desk="form", sent_at=at)[:1]
        messages.add_message(
            request, messages.SUCCESS if told_of["ok"] else messages.ERROR, told_of["told"]
        )
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect(
        reverse("hall_room", args=[pk]) + (f"?point={point.pk}" if request.GET.get("point") else "")
    )


def _content(sent):
    """What the form of an act says, as its script would say it."""
    counts = sorted(
        (addresses.number_in(name[6:], 3), number_in(sent, name))
        for name in sent
        if name.startswith("count-") and addresses.number_in(name[6:], 3) is not None
    )
    return {
        "count": number_in(sent, "count"),
        "delegate": number_in(sent, "delegate"),
        "text": sent.get("text", ""),
        "asker": sent.get("asker", ""),
        "speaker": sent.get("speaker", ""),
        "kind": sent.get("kind", ""),
        "hand": sent.get("hand", ""),
        "poll": number_in(sent, "poll"),
        "counts": [number for _place, number in counts],
    }


@require_GET
def room_worker(request, pk):
    """The service worker of the desk: its page is kept for the holder of its pass alone."""
    met = guest(request, pk)
    page = reverse("hall_room", args=[met.conference.pk])
    return worker(cache=f"hall-room {page} ", page=page, files=ASSETS, holder="X-Hall-Pass")

"""The desk of the chair: the programme, the floor, polls, what is said to all, who is there. Each
act names what the device shows, so that of two devices the slower is told and nothing happens
twice.
"""

from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from danchu.conference.actions import cancel_poll, close_poll, declare_poll, open_poll
from danchu.conference.actions.closing import close_conference
from danchu.conference.actions.floor import (
    call_next,
    end_speech,
    extend_speech,
    request_floor,
    skip_request,
)
from danchu.conference.actions.running import (
    announce,
    end_item,
    open_conference,
    skip_item,
    start_item,
)
from danchu.conference.models import BridgePoint, FloorRequest, Poll, ProgrammeItem
from danchu.conference.queries.hall_state import hall_state
from danchu.conference.queries.presence import present_by_point
from danchu.conference.rules import may_chair
from danchu.conference.words import PollState
from danchu.kernel.days import now
from danchu.kernel.refusals import Denied, Refused
from danchu.live.views.doors import guest, hall
from danchu.live.views.numbers import number_in, seconds_in

# [(key, what it does)]: those marked go to the button, which Enter presses.
KEYS = (
    ("n", gettext_lazy("tới nút sang mục tiếp theo")),
    ("g", gettext_lazy("mời người phát biểu tiếp theo")),
    ("+", gettext_lazy("thêm 1 phút cho người đang phát biểu")),
    ("k", gettext_lazy("tới nút kết thúc phát biểu")),
    ("b", gettext_lazy("tới nút của biểu quyết")),
    ("t", gettext_lazy("tới ô thông báo")),
)


def chair(request, pk):
    """The chair's desk."""
    met = guest(request, pk)
    _leader(request, met)
    return _desk(request, met)


def _leader(request, met):
    """Who leads here: the holder of the chair's pass, or the official who may."""
    for by in (met.who, request.actor):
        if by is not None and may_chair(by, met.conference):
            return by
    raise Denied(
        _(
            "Trang này dành cho chủ tọa. Hãy vào bằng mã của chủ tọa, hoặc đăng nhập "
            "bằng tài khoản có quyền triệu tập."
        )
    )


def _desk(request, met, status=200, problem="", typed=None):
    conference = met.conference
    conference.refresh_from_db()
    state = hall_state(conference)
    inside = present_by_point(conference, now())
    points = [
        (point, *inside.get(point.pk, (0, 0)))
        for point in BridgePoint.objects.filter(conference=conference).order_by("position", "pk")
    ]
    return hall(
        request,
        met,
        "live/chair.html",
        status=status,
        state=(0, state),
        points=points,
        keys=KEYS,
        problem=problem,
        typed=typed or {},
        drafted=list(conference.polls.filter(state=PollState.DRAFTED).order_by("pk")),
    )


@require_POST
def lead(request, pk, act):
    """Do one act of the chair; refused, the desk says why and keeps what was typed."""
    met = guest(request, pk)
    by = _leader(request, met)
    if act not in ACTS:
        raise Http404
    try:
        ACTS[act](met.conference, request.POST, by)
    except Refused as refusal:
        return _desk(
            request,
            met,
            status=400,
            problem=refusal.message,
            typed={**request.POST.dict(), "act": act},
        )
    return redirect("hall_chair", pk=pk)


def _one(rows, sent, name):
    """The row a form names; one that is gone is told as such."""
    pk = number_in(sent, name)
    found = rows.filter(pk=pk).first() if pk is not None else None
    if found is None:
        raise Refused(_("Mục này không còn. Hãy tải lại trang."))
    return found


def _item(conference, sent):
    return _one(
        ProgrammeItem.objects.filter(conference=conference).select_related("conference"),
        sent,
        "item",
    )


def _asked(conference, sent):
    return _one(
        FloorRequest.objects.filter(conference=conference).select_related("conference", "point"),
        sent,
        "request",
    )


def _poll(conference, sent):
    return _one(
        Poll.objects.filter(conference=conference).select_related("conference"), sent, "poll"
    )


def _guest_speaker(conference, sent, by):
    point = _one(BridgePoint.objects.filter(conference=conference), sent, "point")
    return request_floor(conference, by=by, point=point, speaker=sent.get("speaker", ""))


ACTS = {
    "open": lambda conference, sent, by: open_conference(conference, by=by),
    "close": lambda conference, sent, by: close_conference(conference, by=by),
    "say": lambda conference, sent, by: announce(conference, by=by, text=sent.get("text", "")),
    "start": lambda conference, sent, by: start_item(
        _item(conference, sent), by=by, instead_of=number_in(sent, "instead_of")
    ),
    "end": lambda conference, sent, by: end_item(_item(conference, sent), by=by),
    "skip": lambda conference, sent, by: skip_item(_item(conference, sent), by=by),
    "call": lambda conference, sent, by: call_next(
        conference,
        by=by,
        expected=number_in(sent, "expected"),
        ending=number_in(sent, "ending"),
        seconds=seconds_in(sent, 180),
    ),
    "end_speech": lambda conference, sent, by: end_speech(_asked(conference, sent), by=by),
    "extend": lambda conference, sent, by: extend_speech(
        _asked(conference, sent), by=by, seconds=60, seconds_shown=number_in(sent, "shown")
    ),
    "pass_over": lambda conference, sent, by: skip_request(
        _asked(conference, sent), by=by, reason=sent.get("reason", "")
    ),
    "guest": _guest_speaker,
    "poll_open": lambda conference, sent, by: open_poll(_poll(conference, sent), by=by),
    "poll_close": lambda conference, sent, by: close_poll(_poll(conference, sent), by=by),
    "poll_declare": lambda conference, sent, by: declare_poll(_poll(conference, sent), by=by),
    "poll_cancel": lambda conference, sent, by: cancel_poll(
        _poll(conference, sent), by=by, reason=sent.get("reason", "")
    ),
}

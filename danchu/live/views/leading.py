"""The desk of the chair: programme, speakers, polls, announcements, presence. Each act names the
state that the device shows, so that the slower of two devices is refused and nothing happens twice.
"""

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
from danchu.conference.votes.needed import needed
from danchu.conference.words import PollState
from danchu.kernel.days import now
from danchu.kernel.refusals import Refused
from danchu.live.view_model.needs import needs_text
from danchu.live.views.desks import HallDesk, act_at_desk, desk_page
from danchu.live.views.hall_page import hall_page
from danchu.live.views.numbers import number_in, seconds_in
from danchu.live.wording import words

# [(key, what it does)]: "tới nút" moves the focus to the button, which Enter then presses.
KEYS = (
    ("n", gettext_lazy("tới nút sang mục tiếp theo")),
    ("g", gettext_lazy("mời người phát biểu tiếp theo")),
    ("+", gettext_lazy("thêm 1 phút cho người đang phát biểu")),
    ("k", gettext_lazy("tới nút kết thúc phát biểu")),
    ("b", gettext_lazy("tới nút của biểu quyết")),
    ("t", gettext_lazy("tới ô thông báo")),
)


def chair(request, pk):
    """The page of the desk."""
    return desk_page(request, DESK, pk)


def _desk(request, visitor, status=200, problem="", typed=None):
    conference = visitor.conference
    conference.refresh_from_db()
    state = hall_state(conference)
    present = present_by_point(conference, now())
    points = [
        (point, *present.get(point.pk, (0, 0)))
        for point in BridgePoint.objects.filter(conference=conference).order_by("position", "pk")
    ]
    return hall_page(
        request,
        visitor,
        "live/chair.html",
        status=status,
        state=(0, state),
        points=points,
        keys=KEYS,
        problem=problem,
        typed=typed or {},
        drafted=_drafted(conference),
    )


def _drafted(conference):
    """[(poll, what it will need to pass)] of the polls that are not opened yet."""
    rows = conference.polls.filter(state=PollState.DRAFTED).order_by("pk")
    names = words()
    return [(row, needs_text(needed(row), row.options, names)) for row in rows]


@require_POST
def lead(request, pk, act):
    """Do one act of the chair (`act_at_desk`)."""
    return act_at_desk(request, DESK, pk, act)


def _row(rows, fields, name):
    """The row whose id is in a field; Refused if there is none any more."""
    pk = number_in(fields, name)
    row = rows.filter(pk=pk).first() if pk is not None else None
    if row is None:
        raise Refused(_("Mục này không còn. Hãy tải lại trang."))
    return row


def _item(conference, fields):
    return _row(
        ProgrammeItem.objects.filter(conference=conference).select_related("conference"),
        fields,
        "item",
    )


def _floor_request(conference, fields):
    return _row(
        FloorRequest.objects.filter(conference=conference).select_related("conference", "point"),
        fields,
        "request",
    )


def _poll(conference, fields):
    return _row(
        Poll.objects.filter(conference=conference).select_related("conference"), fields, "poll"
    )


def _guest_speaker(conference, fields, by):
    point = _row(BridgePoint.objects.filter(conference=conference), fields, "point")
    return request_floor(conference, by=by, point=point, speaker=fields.get("speaker", ""))


ACTS = {
    "open": lambda conference, fields, by: open_conference(conference, by=by),
    "close": lambda conference, fields, by: close_conference(conference, by=by),
    "say": lambda conference, fields, by: announce(conference, by=by, text=fields.get("text", "")),
    "start": lambda conference, fields, by: start_item(
        _item(conference, fields), by=by, instead_of=number_in(fields, "instead_of")
    ),
    "end": lambda conference, fields, by: end_item(_item(conference, fields), by=by),
    "skip": lambda conference, fields, by: skip_item(_item(conference, fields), by=by),
    "call": lambda conference, fields, by: call_next(
        conference,
        by=by,
        expected=number_in(fields, "expected"),
        ending=number_in(fields, "ending"),
        seconds=seconds_in(fields, 180),
    ),
    "end_speech": lambda conference, fields, by: end_speech(
        _floor_request(conference, fields), by=by
    ),
    "extend": lambda conference, fields, by: extend_speech(
        _floor_request(conference, fields),
        by=by,
        seconds=60,
        seconds_shown=number_in(fields, "shown"),
    ),
    "pass_over": lambda conference, fields, by: skip_request(
        _floor_request(conference, fields), by=by, reason=fields.get("reason", "")
    ),
    "guest": _guest_speaker,
    "poll_open": lambda conference, fields, by: open_poll(_poll(conference, fields), by=by),
    "poll_close": lambda conference, fields, by: close_poll(_poll(conference, fields), by=by),
    "poll_declare": lambda conference, fields, by: declare_poll(_poll(conference, fields), by=by),
    "poll_cancel": lambda conference, fields, by: cancel_poll(
        _poll(conference, fields), by=by, reason=fields.get("reason", "")
    ),
}

DESK = HallDesk(
    may_act=may_chair,
    denied=gettext_lazy(
        "Trang này dành cho chủ tọa. Hãy vào bằng mã của chủ tọa, hoặc đăng nhập bằng tài khoản "
        "có quyền triệu tập."
    ),
    show=_desk,
    acts=ACTS,
    run=lambda act, visitor, fields, by: ACTS[act](visitor.conference, fields, by),
    back=lambda request, pk: redirect("hall_chair", pk=pk),
)

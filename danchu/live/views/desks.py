"""What the desks of the chair and of the questions share: who may act, one act for each form, and
the desk shown again with what was typed where an act is refused.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from danchu.kernel.refusals import Denied, Refused
from danchu.live.views.hall_page import Visitor, visitor_of
from danchu.look.once import sent_once


@dataclass(frozen=True)
class HallDesk:
    """A desk of the hall: `may_act(by, conference)`, `show(request, visitor, status, problem,
    typed)` answers with its page, `run[act](visitor, fields, by)` does one act, `back(request, pk)`
    answers after it. `denied` is said to all others.
    """

    may_act: Callable[[Any, Any], bool]
    denied: Any
    show: Callable[..., HttpResponse]
    run: Callable[[str, Visitor, Any, Any], None]
    acts: Any
    back: Callable[[HttpRequest, int], HttpResponse]


def desk_page(request, desk, pk):
    """The page of a desk."""
    visitor = visitor_of(request, pk)
    _who_acts(request, desk, visitor)
    return desk.show(request, visitor)


def act_at_desk(request, desk, pk, act):
    """Do one act, once for each form. If it is refused, the desk shows why and keeps what was
    typed.
    """
    return sent_once(request, lambda: _act(request, desk, pk, act))


def _act(request, desk, pk, act):
    visitor = visitor_of(request, pk)
    by = _who_acts(request, desk, visitor)
    if act not in desk.acts:
        raise Http404
    try:
        desk.run(act, visitor, request.POST, by)
    except Refused as refusal:
        typed = {**request.POST.dict(), "act": act}
        return desk.show(request, visitor, status=400, problem=refusal.message, typed=typed)
    return desk.back(request, pk)


def _who_acts(request, desk, visitor):
    """The holder of a pass or the official who may act at the desk. Raises Denied."""
    for by in (visitor.participant, request.actor):
        if by is not None and desk.may_act(by, visitor.conference):
            return by
    raise Denied(desk.denied)

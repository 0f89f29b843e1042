"""Promises as every surface narrows and tells them; the minutes of an event."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.kernel.days import parse_day, today
from danchu.kernel.refusals import Refused
from danchu.kernel.text import fold
from danchu.minutes.models import Commitment, Minutes, MinutesState, Origin
from danchu.minutes.moves import RUNNING, State
from danchu.minutes.queries.event_numbers import numbers_of
from danchu.units.names import names_of

WHICH = {
    "running": gettext_lazy("Đang thực hiện"),
    "overdue": gettext_lazy("Quá hạn"),
    "soon": gettext_lazy("Sắp đến hạn"),
    "waiting": gettext_lazy("Chờ bên hỏi xác nhận"),
    "kept": gettext_lazy("Đã giữ lời"),
    "put_off": gettext_lazy("Đã dời ngày"),
}
SOON = timedelta(days=7)


def _soon(rows):
    day = today()
    return rows.running().filter(due_on__gte=day, due_on__lte=day + SOON)


# {choice of WHICH: what of the rows it means}
WHICH_ROWS = {
    "running": lambda rows: rows.running(),
    "overdue": lambda rows: rows.running().overdue(today()),
    "soon": _soon,
    "waiting": lambda rows: rows.filter(state=State.FULFILLED),
    "kept": lambda rows: rows.filter(state=State.KEPT),
    "put_off": lambda rows: rows.filter(postponed__gt=0),
}


def promises(rows, asked):
    """The promises that the choices of an address mean (`which`, `state`, `origin`, `since`,
    `last`, `q`); Refused by field.
    """
    meaning = WHICH_ROWS.get(asked.get("which", ""))
    if meaning is not None:
        rows = meaning(rows)
    if asked.get("state", "") in State.values:
        rows = rows.filter(state=asked["state"])
    if asked.get("origin", "") in Origin.values:
        rows = rows.filter(origin=asked["origin"])
    return _worded(_within(rows, asked, "made_on"), asked)


def _within(rows, asked, when):
    if asked.get("since", "").strip():
        rows = rows.filter(**{f"{when}__gte": parse_day(asked["since"])})
    if asked.get("last", "").strip():
        rows = rows.filter(**{f"{when}__lte": parse_day(asked["last"])})
    return rows


def _worded(rows, asked):
    words = asked.get("q", "").strip()
    if not words:
        return rows
    if len(fold(words)) < 3:
        raise Refused(_("Hãy gõ ít nhất ba chữ để tìm."), "q")
    return rows.matching(words)


def promise_lines(found):
    """Each with the name of its place and of who promised, and how many days it is overdue;
    `owner__standings` are prefetched.
    """
    names = names_of({(it.unit_id, it.made_on) for it in found})
    return [
        {
            "it": it,
            "where": names[it.unit_id, it.made_on],
            "owner": who_promised(it),
            "over": days_over(it),
        }
        for it in found
    ]


def who_promised(commitment):
    """The name of the body that promised, or the office; `owner__standings` are prefetched."""
    if commitment.owner_id:
        return commitment.owner.name_on(commitment.made_on)
    return commitment.office


def days_over(commitment):
    """How many days ago it should have been fulfilled; 0 while there is time or it was."""
    late = (today() - commitment.due_on).days
    return late if commitment.state in RUNNING and late > 0 else 0


def minutes_of(event, actor):
    """What a page of an event tells of its minutes: {texts: those the actor may read, promises
    made in them, said: numbers they say}.
    """
    rows = Minutes.objects.filter(event=event).exclude(state=MinutesState.SUPERSEDED)
    held = list(rows.order_by("pk")[:20])
    seen = list(rows.visible_to(actor).order_by("pk")[:20]) if held else []
    uids = [it.uid for it in Minutes.objects.filter(event=event).only("uid")] if held else []
    made = (
        Commitment.objects.counted()
        .filter(origin=Origin.MINUTES, origin_uid__in=uids)
        .order_by("pk")[:100]
        if uids
        else []
    )
    return {
        "texts": seen,
        "promises": list(made),
        "said": numbers_of(event) if held else {},
        "withheld": len(held) - len(seen),
    }

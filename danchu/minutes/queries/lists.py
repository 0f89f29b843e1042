"""Filters and columns of lists of commitments; the minutes of an event."""

from datetime import timedelta

from django.utils.translation import gettext_lazy

from danchu.kernel.days import today
from danchu.minutes.models import Commitment, Minutes, MinutesState, Origin
from danchu.minutes.moves import RUNNING, State
from danchu.minutes.queries.event_numbers import numbers_of

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


# {choice of WHICH: how it filters the rows}
WHICH_ROWS = {
    "running": lambda rows: rows.running(),
    "overdue": lambda rows: rows.running().overdue(today()),
    "soon": _soon,
    "waiting": lambda rows: rows.filter(state=State.FULFILLED),
    "kept": lambda rows: rows.filter(state=State.KEPT),
    "put_off": lambda rows: rows.filter(postponed__gt=0),
}


def who_promised(commitment):
    """The name of the body that promised, or the office; expects `owner__standings` prefetched."""
    if commitment.owner_id:
        return commitment.owner.name_on(commitment.made_on)
    return commitment.office


def days_over(commitment):
    """How many days a commitment is overdue; 0 when it is not or was fulfilled."""
    late = (today() - commitment.due_on).days
    return late if commitment.state in RUNNING and late > 0 else 0


def minutes_of(event, actor):
    """The context of an event's page: {"texts": minutes the actor may read, "promises": commitments
    made in them, "numbers": {name: value} computed from them, "withheld": how many minutes the
    actor may not read}.
    """
    rows = Minutes.objects.filter(event=event).exclude(state=MinutesState.SUPERSEDED)
    current = list(rows.order_by("pk"))
    visible = list(rows.visible_to(actor).order_by("pk")) if current else []
    uids = (
        [minutes.uid for minutes in Minutes.objects.filter(event=event).only("uid")]
        if current
        else []
    )
    promises = (
        Commitment.objects.counted()
        .filter(origin=Origin.MINUTES, origin_uid__in=uids)
        .order_by("pk")
        if uids
        else []
    )
    return {
        "texts": visible,
        "promises": list(promises),
        "numbers": numbers_of(event) if current else {},
        "withheld": len(current) - len(visible),
    }

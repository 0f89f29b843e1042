"""Who may do what around a hall, and which state leads to which. `by` is an official (Actor) or
the holder of a pass (Participant).
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.conference.models import Conference
from danchu.conference.models.programme import HALL
from danchu.conference.words import Role, State
from danchu.kernel.refusals import Refused

# act: (states it starts from, state it leads to)
MOVES = {
    "convene": ((State.DRAFTED,), State.CONVENED),
    "open": ((State.CONVENED,), State.OPEN),
    "close": ((State.OPEN,), State.CLOSED),
    "cancel": ((State.DRAFTED, State.CONVENED), State.CANCELLED),
}
BEFORE = (State.DRAFTED, State.CONVENED)
RUNNING = (State.OPEN,)
LIVING = (*BEFORE, *RUNNING)
TOLD = (State.CONVENED, *RUNNING)  # what delegates may be told of
NO_RIGHT = gettext_lazy("Ông/bà không có quyền này trong hội nghị.")


def acts_of(conference, by):
    """The acts of MOVES that may follow now, by this actor."""
    rights = {"open": may_chair, "close": may_chair}
    return [
        act
        for act, (sources, _target) in MOVES.items()
        if conference.state in sources and rights.get(act, may_convene)(by, conference)
    ]


def may_see(by, conference):
    """The conference with its delegates, its rooms and its passes."""
    return by.may("view", HALL, conference.unit_id)


def may_prepare(by, conference):
    """Its programme, rooms, delegates, passes."""
    return by.may("draft", HALL, conference.unit_id)


def may_convene(by, conference):
    """To convene and to cancel it."""
    return by.may("confirm", HALL, conference.unit_id)


def may_chair(by, conference):
    """To open and close it, to lead its programme, its floor and its polls."""
    return may_convene(by, conference) or _holds(by, conference, Role.CHAIR)


def may_moderate(by, conference):
    """To screen, group and answer questions."""
    return (
        may_prepare(by, conference)
        or may_chair(by, conference)
        or _holds(by, conference, Role.MODERATOR)
    )


def may_run_room(by, point):
    """To count, call the roll and enter what a room says."""
    return (
        by.may("draft", HALL, point.conference.unit_id)
        or _holds(by, point.conference, Role.ROOM)
        and by.point == point.pk
    )


def may_note(by, conference, point):
    """To note that a delegate came or left: at a room its desk, elsewhere who prepares the
    conference.
    """
    return may_prepare(by, conference) or point is not None and may_run_room(by, point)


def _holds(by, conference, *roles):
    return getattr(by, "conference", None) == conference.pk and by.role in roles


def locked(conference, states=LIVING):
    """The conference as it is now, held until the act ends; Refused unless in one of the states."""
    found = _held(conference)
    if found.state not in states:
        raise Refused(
            _("Hội nghị đang ở trạng thái “%s”: không làm được việc này nữa.")
            % found.get_state_display()
        )
    return found


def moved(conference, act):
    """(conference held, its next state) of an act of MOVES; the second of two who do it at once
    is told it was done.
    """
    sources, target = MOVES[act]
    found = _held(conference)
    if found.state == target:
        raise Refused(
            _("Việc này đã được làm ở một thiết bị khác: hội nghị %s.")
            % found.get_state_display().lower()
        )
    if found.state not in sources:
        raise Refused(
            _("Hội nghị đang ở trạng thái “%s”: không làm được việc này.")
            % found.get_state_display()
        )
    return found, target


def _held(conference):
    """Its row, held against other acts; what thousands do at once (writes/batches.py) only names it
    and need not wait.
    """
    return (
        Conference.objects.select_related("unit", "body")
        .select_for_update(of=("self",), no_key=True)
        .get(pk=conference.pk)
    )

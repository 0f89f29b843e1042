"""Who may do what around a hall, and the life of a conference as a table. `by` is an official
(Actor) or the holder of a pass (Participant).
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.conference.models import Conference
from danchu.conference.models.programme import HALL
from danchu.conference.words import Role, State
from danchu.kernel.refusals import Refused
from danchu.minutes.models import Minutes
from danchu.subjects.life import STAYS, Life, Move, Rule

BEFORE = (State.DRAFTED, State.CONVENED)
RUNNING = (State.OPEN,)
LIVING = (*BEFORE, *RUNNING)
TOLD = (State.CONVENED, *RUNNING)  # what delegates may be told of
NO_RIGHT = gettext_lazy("Ông/bà không có quyền này trong hội nghị.")


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


def no_longer(conference):
    """Why nothing more is done with a conference in its state; None: it is there no more."""
    state = conference.get_state_display() if conference else "–"
    return _("Hội nghị đang ở trạng thái “%s”: không làm được việc này nữa.") % state


def _moved_on_to(target):
    """The refusal of an act that leads there: the second of two who do it at once is told that it
    was done.
    """

    def sentence(conference):
        if conference is not None and conference.state == target:
            return (
                _("Việc này đã được làm ở một thiết bị khác: hội nghị %s.")
                % conference.get_state_display().lower()
            )
        state = conference.get_state_display() if conference else "–"
        return _("Hội nghị đang ở trạng thái “%s”: không làm được việc này.") % state

    return sentence


def _led(act, sources, target, right, no_right=NO_RIGHT):
    return Move(act, sources, target, Rule(right), no_right=no_right, moved_on=_moved_on_to(target))


def _has_minutes(conference):
    if Minutes.objects.filter(subject_kind=HALL, subject=str(conference.uid)).exists():
        return _("Hội nghị này đã có biên bản. Hãy sửa hoặc đính chính biên bản đó.")
    return ""


CONFERENCE_LIFE = Life(
    Move("edit", LIVING, STAYS, Rule(may_prepare)),
    Move("renew", LIVING, STAYS, Rule(may_prepare)),
    _led(
        "convene",
        (State.DRAFTED,),
        State.CONVENED,
        may_convene,
        gettext_lazy("Ông/bà không có quyền triệu tập hội nghị của đơn vị này."),
    ),
    _led("open", (State.CONVENED,), State.OPEN, may_chair),
    _led("close", (State.OPEN,), State.CLOSED, may_chair),
    _led(
        "cancel",
        BEFORE,
        State.CANCELLED,
        may_convene,
        gettext_lazy("Ông/bà không có quyền hủy hội nghị của đơn vị này."),
    ),
    Move("minutes", (State.CLOSED,), STAYS, Rule(may_prepare), blocked=_has_minutes),
    no_right=NO_RIGHT,
    moved_on=no_longer,
    # What thousands do at once (writes/batches.py) only names the row and need not wait.
    no_key=True,
)


def locked(conference, states=LIVING):
    """The conference as it is now, held against other acts until this one ends; Refused unless in
    one of the states. What thousands do at once (writes/batches.py) only names the row and need not
    wait.
    """
    found = (
        Conference.objects.select_related("unit", "body")
        .select_for_update(of=("self",), no_key=True)
        .get(pk=conference.pk)
    )
    if found.state not in states:
        raise Refused(no_longer(found))
    return found

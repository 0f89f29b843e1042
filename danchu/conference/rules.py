"""Rights around a hall, and the life of a conference as a table. `by` is an official (Actor) or the
holder of a pass (Participant).
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.conference.models import BridgePoint, Conference
from danchu.conference.models.programme import HALL
from danchu.conference.words import Role, State
from danchu.kernel.actor import Acting
from danchu.kernel.refusals import Refused
from danchu.minutes.models import Minutes
from danchu.subjects.life import STAYS, Life, Move, Rule

BEFORE = (State.DRAFTED, State.CONVENED)
RUNNING = (State.OPEN,)
UNFINISHED = (*BEFORE, *RUNNING)
ANNOUNCED = (State.CONVENED, *RUNNING)  # delegates may be notified
NO_RIGHT = gettext_lazy("Ông/bà không có quyền này trong hội nghị.")


def may_see(by: Acting, conference: Conference) -> bool:
    """Whether they may view the conference with its delegates, rooms and passes."""
    return by.may("view", HALL, conference.unit_id)


def may_prepare(by: Acting, conference: Conference) -> bool:
    """Whether they may edit the programme, rooms, delegates and passes."""
    return by.may("draft", HALL, conference.unit_id)


def may_convene(by: Acting, conference: Conference) -> bool:
    """Whether they may convene and cancel the conference."""
    return by.may("confirm", HALL, conference.unit_id)


def may_chair(by: Acting, conference: Conference) -> bool:
    """Whether they may open and close the conference and lead its programme, floor and polls."""
    return may_convene(by, conference) or _has_role(by, conference, Role.CHAIR)


def may_moderate(by: Acting, conference: Conference) -> bool:
    """Whether they may screen, group and answer questions."""
    return (
        may_prepare(by, conference)
        or may_chair(by, conference)
        or _has_role(by, conference, Role.MODERATOR)
    )


def may_run_room(by: Acting, point: BridgePoint) -> bool:
    """Whether they may enter counts, roll calls, questions and hands of the room."""
    return (
        by.may("draft", HALL, point.conference.unit_id)
        or _has_role(by, point.conference, Role.ROOM)
        and by.point == point.pk
    )


def may_record_attendance(by: Acting, conference: Conference, point: BridgePoint | None) -> bool:
    """Whether they may record that a delegate arrived or left: at a room its desk, elsewhere
    whoever prepares the conference.
    """
    return may_prepare(by, conference) or point is not None and may_run_room(by, point)


def _has_role(by, conference, *roles):
    return getattr(by, "conference", None) == conference.pk and by.role in roles


def refusal_in_state(conference: Conference | None) -> str:
    """The sentence that says why nothing more can be done with a conference in its state; None: it
    does not exist any more.
    """
    state = conference.get_state_display() if conference else "–"
    return _("Hội nghị đang ở trạng thái “%s”: không làm được việc này nữa.") % state


def _moved_on_from(target):
    """The refusal of an act that leads to `target`: the second of two who do it at once is told
    that it was done.
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


def _move_to(act, sources, target, right, no_right=NO_RIGHT):
    return Move(
        act, sources, target, Rule(right), no_right=no_right, moved_on=_moved_on_from(target)
    )


def _has_minutes(conference):
    if Minutes.objects.filter(subject_kind=HALL, subject=str(conference.uid)).exists():
        return _("Hội nghị này đã có biên bản. Hãy sửa hoặc đính chính biên bản đó.")
    return ""


CONFERENCE_LIFE = Life(
    Move("edit", UNFINISHED, STAYS, Rule(may_prepare)),
    Move("renew", UNFINISHED, STAYS, Rule(may_prepare)),
    _move_to(
        "convene",
        (State.DRAFTED,),
        State.CONVENED,
        may_convene,
        gettext_lazy("Ông/bà không có quyền triệu tập hội nghị của đơn vị này."),
    ),
    _move_to("open", (State.CONVENED,), State.OPEN, may_chair),
    _move_to("close", (State.OPEN,), State.CLOSED, may_chair),
    _move_to(
        "cancel",
        BEFORE,
        State.CANCELLED,
        may_convene,
        gettext_lazy("Ông/bà không có quyền hủy hội nghị của đơn vị này."),
    ),
    Move("minutes", (State.CLOSED,), STAYS, Rule(may_prepare), blocked=_has_minutes),
    no_right=NO_RIGHT,
    moved_on=refusal_in_state,
    # Batches (writes/batches.py) only refer to the row by key and are not blocked.
    no_key=True,
)


def lock_conference(conference: Conference, states: tuple[State, ...] = UNFINISHED) -> Conference:
    """The conference as it is now, locked against other acts until the transaction ends; Refused
    unless it is in one of `states`. Batches (writes/batches.py) only refer to the row by key and
    are not blocked (`FOR NO KEY UPDATE`).
    """
    conference = (
        Conference.objects.select_related("unit", "body")
        .select_for_update(of=("self",), no_key=True)
        .get(pk=conference.pk)
    )
    if conference.state not in states:
        raise Refused(refusal_in_state(conference))
    return conference

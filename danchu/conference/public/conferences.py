"""Conferences for everyone: those that were convened, are open or closed; of each the programme,
the bridge points, the polls and how to get in.
"""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from danchu.conference.models import Conference, Poll
from danchu.conference.models.programme import HALL
from danchu.conference.sections.conferences import LISTING as AT_DESK
from danchu.conference.words import Entry, State
from danchu.kernel.days import day_of
from danchu.minutes.models import Minutes
from danchu.subjects.filters import Choice, Place
from danchu.subjects.sections import Link, Record, Section
from danchu.subjects.verbs import DISCUSS
from danchu.units.names import names_of

# The public columns of the desk's list; a column that is added there is not public by default.
PUBLIC = ("starts_at", "title", "place", "state", "opened_at", "closed_at")
SHOWN = [(state.value, state.label) for state in State if state != State.DRAFTED]

BY_CODE = (Entry.LINK, Entry.OPEN)
RECEIVING = (State.CONVENED, State.OPEN)


def public_conferences(actor=None):
    """Those that everyone may see, from the convening on."""
    return Conference.objects.exclude(state=State.DRAFTED)


def takes_registrations(conference):
    """Whether anybody with the shared code may register for it now."""
    has_code = conference.entry in BY_CODE and conference.entry_code
    return bool(has_code and conference.state in RECEIVING)


def places_left(conference):
    """How many more may register."""
    return max(conference.capacity - conference.taken, 0)


def facts(conference, actor):
    """Its programme, bridge points with their places, polls from their opening on and public
    minutes; whether it takes registrations, and how many more.
    """
    day = day_of(conference.starts_at)
    points = list(conference.points.order_by("position", "pk"))
    names = names_of({(point.unit_id, day) for point in points})
    polls = Poll.objects.filter(conference=conference).exclude(opened_at=None)
    minutes = Minutes.objects.public().filter(subject_kind=HALL, subject=str(conference.uid))
    return {
        "body": conference.body and conference.body.name_on(day),
        "items": list(conference.items.order_by("position")),
        "points": [(point, names[point.unit_id, day]) for point in points],
        "registers": takes_registrations(conference),
        "left": places_left(conference),
        "polls": list(polls.order_by("opened_at", "pk")),
        "minutes": minutes.order_by("-pk").first(),
    }


LISTING = replace(
    AT_DESK,
    lead=_("Đã triệu tập, đang họp và đã bế mạc."),
    rows=public_conferences,
    columns=tuple(column for column in AT_DESK.columns if column.name in PUBLIC),
    filters={
        **AT_DESK.filters,
        "unit": Place(by_number=True),
        "state": Choice(SHOWN, _("Trạng thái"), "state"),
    },
    empty=_("Không có hội nghị nào."),
    advice=_("Hội nghị hiện ở đây từ khi được triệu tập."),
)

PUBLIC_CONFERENCES = Section(
    one="conference",
    verb=DISCUSS,
    listing=LISTING,
    key="pk",
    links=(Link("enter", _("Vào hội nghị bằng mã")),),
    record=Record(
        template="conference/public_conference.html",
        rows=lambda actor: public_conferences().select_related("body"),
        facts=facts,
    ),
)

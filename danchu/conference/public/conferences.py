"""Conferences for the public: those that were convened, are open or closed."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from danchu.conference.models import Conference
from danchu.conference.sections.conferences import LISTING as AT_DESK
from danchu.conference.words import State
from danchu.subjects.filters import Choice, Place
from danchu.subjects.sections import Link, Section

# The public columns of the desk's list; a column that is added there is not public by default.
PUBLIC = ("starts_at", "title", "place", "state", "opened_at", "closed_at")
SHOWN = [(state.value, state.label) for state in State if state != State.DRAFTED]

LISTING = replace(
    AT_DESK,
    lead=_("Đã triệu tập, đang họp và đã bế mạc."),
    rows=lambda actor: Conference.objects.exclude(state=State.DRAFTED),
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
    listing=LISTING,
    key="pk",
    links=(Link("enter", _("Vào hội nghị bằng mã")),),
)

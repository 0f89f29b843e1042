"""Polls for the public: what was voted on, from the opening on, and the outcome."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danchu.conference.models import Conference, Poll
from danchu.conference.sections.polls import outcome_of, outcome_tag
from danchu.conference.words import PollKind, PollState
from danchu.kernel.days import day_of
from danchu.subjects.filters import Choice, Last, Place, Since, Words
from danchu.subjects.listing import Column, Listing
from danchu.subjects.sections import Link, Section

STATES = {
    "declared": Q(state=PollState.DECLARED),
    "running": Q(state=PollState.OPEN) | Q(state=PollState.CLOSED),
}


def visible_polls(actor):
    """The polls that were opened, of conferences that the reader may view."""
    conferences = Conference.objects.visible_to(actor)
    rows = Poll.objects.filter(conference__in=conferences).exclude(opened_at=None)
    return rows.select_related("conference")


LISTING = Listing(
    name="polls",
    title=_("Biểu quyết, thăm dò ý kiến"),
    lead=_("Mỗi kết quả có tệp đã ký để ai cũng kiểm lại được."),
    rows=visible_polls,
    placed=lambda poll: (poll.conference.unit_id, day_of(poll.conference.starts_at)),
    sorted_by="-opened_at",
    columns=(
        Column("opened_at", _("Ngày"), lambda line: day_of(line.row.opened_at), sort="opened_at"),
        Column(
            "title",
            _("Điều đưa ra biểu quyết"),
            lambda line: line.row.title,
            sort="title",
            links=True,
            under=lambda line: f"{line.row.conference.title}, {line.where}",
        ),
        Column(
            "kind",
            _("Loại"),
            lambda line: line.row.get_kind_display(),
            under=lambda line: line.row.get_secrecy_display(),
        ),
        Column(
            "state",
            _("Kết quả"),
            lambda line: outcome_of(line.row) or line.row.get_state_display(),
            is_state=True,
            tag=outcome_tag,
        ),
        Column("conference", _("Hội nghị"), lambda line: line.row.conference.title, on_page=False),
        Column("place", _("Nơi"), lambda line: line.where, on_page=False),
    ),
    filters={
        "unit": Place("conference__unit", by_number=True),
        "kind": Choice(PollKind.choices, _("Loại"), "kind"),
        "state": Choice(
            [("declared", _("Đã công bố")), ("running", _("Chưa công bố"))],
            _("Kết quả"),
            conditions=STATES,
        ),
        "since": Since("opened_at", of_instants=True),
        "last": Last("opened_at", of_instants=True),
        "q": Words("title"),
    },
    file_name="bieu-quyet",
    empty=_("Chưa có biểu quyết nào."),
    advice=_("Việc đã đưa ra biểu quyết ở hội nghị sẽ hiện ở đây."),
)

PUBLIC_POLLS = Section(one="poll", listing=LISTING, links=(Link("recount", _("Cách kiểm phiếu")),))

"""Polls for everyone, from the opening on: what was voted on and how, why it was or was not
adopted, the signed file, and whether a ballot was counted.
"""

from dataclasses import replace

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from danchu.conference.models import Conference, Poll
from danchu.conference.public.ballots import checked_ballot, declaration_of, own_vote
from danchu.conference.sections.polls import LISTING as AT_DESK
from danchu.conference.sections.polls import outcome_of, outcome_tag
from danchu.conference.votes.count import verdict_of
from danchu.conference.votes.needed import named_rules
from danchu.conference.votes.verdict import explain_verdict
from danchu.conference.words import PollKind, PollState
from danchu.kernel.days import VIETNAM, day_of
from danchu.subjects.filters import Choice, Last, Place, Since, Words
from danchu.subjects.listing import Column, Listing
from danchu.subjects.sections import Link, Record, Reply, Section
from danchu.subjects.verbs import DISCUSS

# The columns of the desk's list by name, of which some are public too.
DESK_COLUMNS = {column.name: column for column in AT_DESK.columns}
STATES = {
    "declared": Q(state=PollState.DECLARED),
    "running": Q(state=PollState.OPEN) | Q(state=PollState.CLOSED),
}


def visible_polls(actor):
    """The polls that were opened, of conferences that the reader may view."""
    conferences = Conference.objects.visible_to(actor)
    rows = Poll.objects.filter(conference__in=conferences).exclude(opened_at=None)
    return rows.select_related("conference")


def facts(poll, actor):
    """The published file, what was decided and why, [(option, votes, "")] as bars, the bridge
    points, the rules that decide, and [(word, hour)] of the opening, closing, declaring.
    """
    verdict = verdict_of(poll)
    result = poll.result or {}
    counts = result.get("counts", [])
    return {
        "declared": declaration_of(poll),
        "why": explain_verdict(verdict) if verdict else "",
        "bars": [(option, votes, "") for option, votes in zip(poll.options, counts, strict=False)],
        "rooms": result.get("rooms", []),
        "rules": named_rules(poll),
        "hours": _hours(poll),
    }


def reply(poll, typed):
    """Whether the ballot that was typed was counted; nothing before the result is declared."""
    declaration = declaration_of(poll)
    if declaration is None:
        return Reply({})
    checked = checked_ballot(declaration, typed)
    return Reply({"checked": checked}, is_refused=not checked["ballots"])


def _hours(poll):
    named = (
        (_("Mở lúc"), poll.opened_at),
        (_("Đóng lúc"), poll.closed_at),
        (_("Công bố lúc"), poll.declared_at),
    )
    return [(word, f"{at.astimezone(VIETNAM):%d/%m/%Y %H:%M:%S}") for word, at in named if at]


def _records(actor):
    rows = visible_polls(actor).select_related("conference", "declaration")
    return rows.defer("declaration__content")


LISTING = Listing(
    name="polls",
    title=_("Biểu quyết, thăm dò ý kiến"),
    lead=_("Mỗi kết quả có tệp đã ký để ai cũng kiểm lại được."),
    rows=visible_polls,
    placed=lambda poll: (poll.conference.unit_id, day_of(poll.conference.starts_at)),
    sorted_by="-opened_at",
    columns=(
        Column("opened_at", _("Ngày"), lambda line: day_of(line.row.opened_at), sort="opened_at"),
        replace(
            DESK_COLUMNS["title"],
            under=lambda line: f"{line.row.conference.title}, {line.where}",
        ),
        DESK_COLUMNS["kind"],
        Column(
            "state",
            _("Kết quả"),
            lambda line: outcome_of(line.row) or line.row.get_state_display(),
            is_state=True,
            tag=outcome_tag,
        ),
        DESK_COLUMNS["conference"],
        DESK_COLUMNS["place"],
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

PUBLIC_POLLS = Section(
    one="poll",
    verb=DISCUSS,
    is_at_place=False,
    listing=LISTING,
    above=("polls", pgettext_lazy("list", "Biểu quyết")),
    links=(Link("recount", _("Cách kiểm phiếu")),),
    record=Record(
        template="conference/public_poll.html",
        rows=_records,
        state=lambda poll: f"{poll.get_kind_display()}, {poll.get_secrecy_display().lower()}",
        facts=facts,
        reply=reply,
        personal=lambda poll, request: {"mine": own_vote(poll, request)},
    ),
)

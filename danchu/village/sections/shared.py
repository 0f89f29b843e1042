"""What the lists of this room show, at the desk and in public alike."""

from django.utils.translation import gettext_lazy as _

from danchu.decision.lives import DECISION_LIFE
from danchu.decision.sections.decisions import DECISIONS
from danchu.kernel.days import today
from danchu.subjects.columns import PLACE, state_column
from danchu.subjects.filters import Choice, Last, Place, Since, Words
from danchu.subjects.listing import Column
from danchu.subjects.waiting import owners_of
from danchu.village.lives import HeadState, head_state
from danchu.village.naming import conference_title, election_title

NO_WORDS = "its rows have a place, a day and no words of their own"
NO_NAMES = "names of people are not typed into addresses"
ELECTIONS_TITLE = _("Bầu trưởng thôn, tổ trưởng")
HEADS_TITLE = _("Trưởng thôn, tổ trưởng tổ dân phố")
CONVENTIONS_TITLE = _("Hương ước, quy ước")
CONFERENCES_TITLE = _("Hội nghị định kỳ của thôn, tổ dân phố")


def matter_facts(matter):
    """The context of a page that says whom the matter behind the record waits for; once it is in
    force the record itself says what follows.
    """
    is_open = matter is not None and matter.in_force_on is None
    owners = owners_of(matter, DECISIONS.waits, DECISION_LIFE) if is_open else []
    return {"matter_owners": [(owner, "") for owner in owners]}


ELECTION_COLUMNS = (
    Column("planned_on", _("Ngày bầu"), sort="planned_on"),
    Column(
        "title",
        _("Việc"),
        lambda line: election_title(line.row),
        links=True,
        under=lambda line: line.where,
    ),
    PLACE,
    Column("plan_on", _("Ngày ra quyết định, kế hoạch"), sort="plan_on"),
    Column("posted_on", _("Niêm yết từ ngày")),
    state_column(),
)
HEAD_COLUMNS = (
    Column("since", _("Từ ngày"), sort="since"),
    Column("name", _("Họ và tên"), sort="name", links=True, under=lambda line: line.where),
    PLACE,
    Column("term_until", _("Nhiệm kỳ đến trước ngày"), sort="term_until"),
    Column("until", _("Thôi từ ngày")),
    state_column(lambda line: head_state(line.row).label),
)
CONVENTION_COLUMNS = (
    Column("proposed_on", _("Ngày đề xuất"), sort="proposed_on"),
    Column("title", _("Tên"), sort="title", links=True, under=lambda line: line.where),
    PLACE,
    Column("posted_on", _("Niêm yết từ ngày")),
    Column("in_force_on", _("Có hiệu lực từ ngày")),
    Column("ended_on", _("Hết hiệu lực từ ngày"), on_page=False),
    state_column(),
)


def _where_held(name):
    """The number under the name where the conference was held: before that there is none."""
    return lambda line: getattr(line.row, name) if line.row.held_on else None


CONFERENCE_COLUMNS = (
    Column("planned_on", _("Ngày họp"), sort="planned_on"),
    Column(
        "title",
        _("Việc"),
        lambda line: conference_title(line.row),
        links=True,
        under=lambda line: line.where,
    ),
    PLACE,
    Column("year", _("Năm"), sort="year", on_page=False),
    Column("attending", _("Đại diện hộ dự họp"), _where_held("attending"), is_number=True),
    Column("households", _("Tổng số hộ"), _where_held("households"), is_number=True),
    Column("reported_on", _("Ngày báo cáo"), on_page=False),
    state_column(),
)


HEAD_STATES = {
    HeadState.SERVING: lambda rows: rows.serving(today()).filter(is_interim=False),
    HeadState.INTERIM: lambda rows: rows.serving(today()).filter(is_interim=True),
    HeadState.ENDED: lambda rows: rows.exclude(pk__in=rows.serving(today()).values("pk")),
}


def election_filters(states, **place):
    """The filters of lists of elections, by the states that their readers see."""
    return {
        "unit": Place(**place),
        "state": Choice([(one.value, one.label) for one in states], _("Trạng thái"), "state"),
        "since": Since("planned_on"),
        "last": Last("planned_on"),
    }


def head_filters(**place):
    """The filters of lists of heads."""
    return {
        "unit": Place(**place),
        "state": Choice(HeadState.choices, _("Trạng thái"), conditions=HEAD_STATES),
        "since": Since("since"),
        "last": Last("since"),
    }


def convention_filters(states, **place):
    """The filters of lists of conventions, by the states that their readers see."""
    return {
        "unit": Place(**place),
        "state": Choice([(one.value, one.label) for one in states], _("Trạng thái"), "state"),
        "since": Since("proposed_on"),
        "last": Last("proposed_on"),
        "q": Words("title"),
    }


def conference_filters(states, **place):
    """The filters of lists of conferences, by the states that their readers see."""
    return {
        "unit": Place(**place),
        "state": Choice([(one.value, one.label) for one in states], _("Trạng thái"), "state"),
        "since": Since("planned_on"),
        "last": Last("planned_on"),
    }

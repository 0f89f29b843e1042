"""What the list of decisions shows, at the desk and in public alike."""

from django.utils.translation import gettext_lazy as _

from danchu.decision.lives import OPEN
from danchu.decision.rules.communes import latest_votes
from danchu.decision.sections.amounts import AMOUNT_COLUMNS
from danchu.law.decision import Form
from danchu.subjects.columns import PLACE, state_column
from danchu.subjects.listing import Column

TITLE = _("Việc Nhân dân quyết định")
FILE_NAME = "viec-nhan-dan-quyet-dinh"
EMPTY = _("Chưa có việc nào được đưa ra.")
_DAY_WORDS = {
    Form.MEETING: _("ngày họp"),
    Form.BALLOT: _("hạn nộp phiếu"),
    Form.ONLINE: _("hạn biểu quyết"),
}


def votes_beside(rows):
    """{key of a decision that is not settled: the vote to come or under way}, as `Listing.more`."""
    votes = latest_votes([row for row in rows if row.state in OPEN])
    return {key: {"vote": vote} for key, vote in votes.items() if not vote.outcome}


def _day(line):
    """The day of the result, else that of the meeting or the last of the vote to come."""
    vote = line.more.get("vote")
    return line.row.settled_on or (vote and (vote.until or vote.planned_on))


def _day_words(line):
    """What the day is where nothing is settled on it."""
    vote = line.more.get("vote")
    return _DAY_WORDS[vote.form] if vote and not line.row.settled_on else ""


COLUMNS = (
    Column("proposed_on", _("Ngày đưa ra"), sort="proposed_on"),
    Column(
        "title",
        _("Việc cần quyết định"),
        sort="title",
        links=True,
        under=lambda line: line.where,
    ),
    Column("item", _("Khoản của Điều 15")),
    PLACE,
    # The further columns of table II of the reports, in files alone.
    Column(
        "settled_by", _("Hình thức"), lambda line: line.row.get_settled_by_display(), on_page=False
    ),
    Column("options", _("Số phương án đã chuẩn bị"), on_page=False, is_number=True),
    *AMOUNT_COLUMNS,
    Column("day", _("Ngày biểu quyết"), _day, under=_day_words, in_files=False),
    Column("settled_on", _("Ngày biểu quyết"), on_page=False),
    Column("yes", _("Hộ tán thành"), on_page=False),
    Column("households", _("Tổng số hộ"), on_page=False),
    state_column(),
)


def place_and_day(decision):
    """The id of the unit of a decision, and the day by which lists name it."""
    return decision.unit_id, decision.proposed_on

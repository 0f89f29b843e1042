"""What the list of decisions shows, at the desk and in public alike."""

from django.utils.translation import gettext_lazy as _

from danchu.decision.sections.amounts import AMOUNT_COLUMNS
from danchu.subjects.columns import PLACE, state_column
from danchu.subjects.listing import Column

TITLE = _("Việc Nhân dân quyết định")
FILE_NAME = "viec-nhan-dan-quyet-dinh"
EMPTY = _("Chưa có việc nào được đưa ra.")
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
    Column("settled_on", _("Ngày biểu quyết")),
    Column("yes", _("Hộ tán thành"), on_page=False),
    Column("households", _("Tổng số hộ"), on_page=False),
    state_column(),
)


def place_and_day(decision):
    """The id of the unit of a decision, and the day by which lists name it."""
    return decision.unit_id, decision.proposed_on

"""What the list of decisions shows, at the desk and in public alike."""

from django.utils.translation import gettext_lazy as _

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
    Column("settled_on", _("Ngày biểu quyết")),
    Column("yes", _("Hộ tán thành"), on_page=False),
    Column("households", _("Tổng số hộ"), on_page=False),
    state_column(),
)


def place_and_day(decision):
    """The id of the unit of a decision, and the day by which lists name it."""
    return decision.unit_id, decision.proposed_on

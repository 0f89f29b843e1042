"""Table II of the reports of a province: what the people discussed and decided, and works."""

from django.utils.translation import gettext_lazy as _

from danchu.decision.indicators import GIVEN_STATES, SUMS
from danchu.decision.models import HouseholdDecision
from danchu.decision.rules.items import item_words
from danchu.decision.sections.amounts import AMOUNTS
from danchu.subjects.report_tables import ReportTable, TableColumn, TableRows


def _is_decision(line):
    return isinstance(line.row, HouseholdDecision)


def _item(line):
    """The matter of article 15; of works why there was none."""
    return item_words(line.row.item) if _is_decision(line) else line.row.get_why_display()


def _form(line):
    return (
        line.row.get_settled_by_display() if _is_decision(line) else str(_("không qua biểu quyết"))
    )


def _of_decision(name):
    """A number of decisions alone."""
    return lambda line: getattr(line.row, name) if _is_decision(line) else None


def _sum(name):
    """A sum where it counts: of a matter that did not pass or was annulled nothing was given."""

    def read(line):
        row = line.row
        counts = not _is_decision(line) or row.is_contributed and row.state in GIVEN_STATES
        return getattr(row, name) if counts else None

    return read


TABLE_TWO = ReportTable(
    key="decisions",
    number="II",
    title=_("Nhân dân bàn và quyết định trực tiếp"),
    lead=_(
        "Việc có kết quả trong kỳ, và công trình Nhân dân góp mà không qua biểu quyết; tiền, công, "
        "đất chỉ tính của việc đã thông qua."
    ),
    rows=(
        TableRows("decisions_settled", "household_decision", "decision"),
        TableRows("works_with_contributions", "works", "works"),
    ),
    columns=(
        TableColumn("item", _("Nội dung"), _item),
        TableColumn("title", _("Tóm tắt"), is_said=True, links=True),
        TableColumn("form", _("Hình thức"), _form),
        TableColumn(
            *("options", _("Số phương án đã chuẩn bị"), _of_decision("options")),
            total="decisions_options",
            is_number=True,
        ),
        TableColumn("yes", _("Hộ tán thành"), _of_decision("yes"), "decisions_yes", is_number=True),
        TableColumn(
            *("households", _("Tổng số hộ"), _of_decision("households")),
            total="decisions_households",
            is_number=True,
        ),
        *(
            TableColumn(name, AMOUNTS[name], _sum(name), total, is_number=True)
            for total, name in SUMS.items()
        ),
    ),
    totals=("decisions_settled", "decisions_passed", "works_with_contributions"),
)

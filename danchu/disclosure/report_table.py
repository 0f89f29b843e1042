"""Table I of the reports of a province: what was disclosed."""

from django.utils.translation import gettext_lazy as _

from danchu.disclosure.indicators import BY_FORM
from danchu.disclosure.quarters import MONTHS
from danchu.disclosure.sections.shared import document_of, forms_of, item_words
from danchu.subjects.report_tables import ReportTable, TableColumn, TableRows


def _read(rows):
    return rows.select_related("item", "special").prefetch_related("versions__paper", "postings")


def _file_of(line):
    """The name of the file of the latest version; "" for none."""
    versions = sorted(line.row.versions.all(), key=lambda version: version.number)
    return versions[-1].paper_name if versions else ""


def _note_of(line):
    """Which version it is, and that a special law holds."""
    numbers = [version.number for version in line.row.versions.all()]
    words = [str(_("bản %s") % max(numbers))] if numbers and max(numbers) > 1 else []
    return "; ".join([*words, line.row.special.name] if line.row.special else words)


TABLE_ONE = ReportTable(
    key="disclosures",
    number="I",
    title=_("Kết quả thực hiện công khai"),
    lead=_(
        "Nội dung được công khai lần đầu trong kỳ; mỗi dòng mở ra nội dung với các nơi công khai."
    ),
    rows=(TableRows("disclosures", "disclosure", "disclosure", _read),),
    columns=(
        TableColumn("title", _("Nội dung"), is_said=True, links=True),
        TableColumn("item", _("Mục của Điều 11"), item_words),
        TableColumn("forms", _("Hình thức"), forms_of),
        TableColumn("document", _("Số, ký hiệu văn bản"), document_of, is_said=True),
        TableColumn("decided_on", _("Ngày ban hành")),
        TableColumn("file", _("Tệp"), _file_of, is_said=True),
        TableColumn("note", _("Ghi chú"), _note_of),
        TableColumn("quarter", _("Quý"), lambda line: (line.day.month - 1) // MONTHS + 1),
        TableColumn("year", _("Năm"), lambda line: line.day.year),
        TableColumn("number", _("Số nội dung"), lambda line: 1, "disclosures", is_number=True),
    ),
    totals=("disclosure_postings", *(flow.key for flow in BY_FORM)),
)

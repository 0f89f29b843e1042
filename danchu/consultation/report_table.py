"""Table III of the reports of a province: what the people were asked and said."""

from django.utils.translation import gettext_lazy as _

from danchu.consultation.matters import Form
from danchu.consultation.models import Opinion
from danchu.subjects.report_tables import ReportTable, TableColumn, TableRows


def _numbers(rows, period):
    """{key of a consultation: numbers of its opinions}: how many, accepted, declined with the
    reason.
    """
    opinions = Opinion.objects.counted().filter(consultation__in=[row.pk for row in rows])
    return {row["consultation"]: row for row in opinions.numbers_by_consultation()}


def _number(name):
    return lambda line: line.beside[name] if line.beside else 0


def _ways(line):
    """The forms that were planned, in words."""
    return "; ".join(str(way.label) for way in Form if way.value in line.row.ways)


TABLE_THREE = ReportTable(
    key="consultations",
    number="III",
    title=_("Nhân dân tham gia ý kiến"),
    lead=_(
        "Cuộc lấy ý kiến kết thúc trong kỳ; dự thảo, kế hoạch và tổng hợp ở trang của từng cuộc."
    ),
    rows=(TableRows("consultations", "consultation", "consultation", beside=_numbers),),
    columns=(
        TableColumn("matter", _("Nội dung"), lambda line: line.row.get_matter_display()),
        TableColumn("title", _("Tóm tắt"), is_said=True, links=True),
        TableColumn("ways", _("Hình thức"), _ways),
        TableColumn("opened_on", _("Từ ngày")),
        TableColumn("closed_on", _("Đến ngày")),
        TableColumn(
            *("opinions", _("Số ý kiến"), _number("opinions")),
            total="consultation_opinions",
            is_number=True,
        ),
        TableColumn(
            *("accepted", _("Ý kiến được tiếp thu"), _number("accepted")),
            total="consultation_accepted",
            is_number=True,
        ),
        TableColumn(
            *("explained", _("Không tiếp thu, có giải trình"), _number("explained")),
            total="consultation_explained",
            is_number=True,
        ),
        TableColumn("published_on", _("Công bố tổng hợp, giải trình")),
    ),
    totals=("consultations", "consultation_people"),
)

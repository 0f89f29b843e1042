"""Sealed reports of offices, for everyone."""

from django.utils.translation import gettext_lazy as _

from danchu.kernel.days import day_of
from danchu.reports.models import OfficeReport
from danchu.reports.sections.office_reports import last_day
from danchu.subjects.columns import PLACE
from danchu.subjects.filters import Last, Place, Since, Words
from danchu.subjects.listing import Column, Listing
from danchu.subjects.sections import Section
from danchu.subjects.verbs import KNOW

LISTING = Listing(
    name="sealed-reports",
    title=_("Báo cáo đã niêm phong"),
    rows=lambda actor: OfficeReport.objects.published().select_related("seal"),
    placed=lambda report: (report.unit_id, report.map_day),
    columns=(
        Column("until", _("Đến hết ngày"), lambda line: last_day(line.row), sort="until"),
        Column("since", _("Từ ngày"), sort="since"),
        Column("title", _("Báo cáo"), links=True, under=lambda line: line.where),
        PLACE,
        Column("sealed_on", _("Ngày niêm phong"), lambda line: day_of(line.row.seal.sealed_at)),
        Column("digest", _("Mã băm"), lambda line: line.row.seal.digest, on_page=False),
    ),
    filters={
        "unit": Place(by_number=True),
        "since": Since("until"),
        "last": Last("until"),
        "q": Words("title", label=_("Từ trong tên")),
    },
    lacks={"state": _("chỉ có báo cáo đã niêm phong")},
    file_name="bao-cao-niem-phong",
    empty=_("Chưa có báo cáo nào được niêm phong."),
)

SEALED_REPORTS = Section(one="report", key="name", listing=LISTING, verb=KNOW)

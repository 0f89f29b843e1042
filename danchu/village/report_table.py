"""Table VIII of the reports of a province: meetings of villages."""

from django.utils.translation import gettext_lazy as _

from danchu.kernel.days import show_day
from danchu.subjects.report_tables import ReportTable, TableColumn, TableRows
from danchu.village.indicators import VILLAGES_MET
from danchu.village.meetings import conferences_met, days_met


def _beside(rows, period):
    """{key of a standing: {days: on which the village met, conference: the day of its yearly
    conference}}.
    """
    units = [row.unit_id for row in rows]
    days = days_met(period, units)
    conferences = conferences_met(period, units)
    return {
        row.pk: {"days": days.get(row.unit_id, []), "conference": conferences.get(row.unit_id)}
        for row in rows
    }


TABLE_EIGHT = ReportTable(
    key="villages",
    number="VIII",
    title=_("Họp thôn, tổ dân phố"),
    lead=_(
        "Số ngày họp trong kỳ của từng thôn, tổ dân phố có vào ngày cuối kỳ; nhiều việc bàn trong "
        "một ngày là một lần họp, hội nghị định kỳ cũng là một lần."
    ),
    rows=(TableRows("villages_standing", "village_standing", beside=_beside),),
    columns=(
        TableColumn("name", _("Thôn, tổ dân phố")),
        TableColumn(
            *("met", _("Số lần họp"), lambda line: len(line.beside["days"])), is_number=True
        ),
        TableColumn(
            "days", _("Các ngày họp"), lambda line: "; ".join(map(show_day, line.beside["days"]))
        ),
        TableColumn("conference", _("Hội nghị định kỳ"), lambda line: line.beside["conference"]),
        TableColumn(
            *("number", _("Số thôn, tổ dân phố"), lambda line: 1),
            total="villages_standing",
            is_number=True,
        ),
    ),
    totals=(*(level.key for level in VILLAGES_MET), "village_conferences"),
)

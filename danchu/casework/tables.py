"""The inspection sector's tables (Circular 02/2021/TT-TTCP) as columns of figures: each number opens to its rows.

(2) + (3) is what had to be processed, (4) what was; of the eligible (6), (8) + (9) + (10) are all; of those elsewhere (18),
(19) + (20) + (21) and what was returned or still waits are all. All of it holds because each column counts the same rows
by one more condition; tests/casework/test_tables.py adds them up again.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from danchu.figures.answer import figure
from danchu.figures.catalogue import INDICATORS
from danchu.kernel.words import told


@dataclass(frozen=True)
class Table:
    key: str
    name: str
    columns: tuple  # (number in the form, indicator)


TABLES = (
    Table("reception", gettext_lazy("Tiếp công dân (01/TCD)"), tuple(enumerate((
        "visit_count", "visit_people", "visit_first", "visit_repeat", "visit_groups", "visit_group_people", "visit_count.regular",
        "visit_count.periodic", "visit_count.delegated", "visit_count.ad_hoc",
    ), 1))),
    Table("petitions", gettext_lazy("Xử lý đơn (01/XLD)"), (
        (2, "files_carried"), (3, "files_received"), (4, "files_handled"), (6, "files_eligible"), (8, "files_eligible.complaint"),
        (9, "files_eligible.denunciation"), (10, "files_eligible.feedback"), (11, "files_resolved"), (14, "files_competent"),
        (15, "files_competent.complaint"), (16, "files_competent.denunciation"), (17, "files_competent.feedback"), (18, "files_elsewhere"),
        (19, "files_elsewhere.guided"), (20, "files_elsewhere.forwarded"), (21, "files_elsewhere.urged"), (22, "files_replied"),
    )),
    Table("complaints", gettext_lazy("Đơn khiếu nại (02/XLD)"), (
        (8, "files_eligible.complaint"), (10, "files_eligible.complaint.policy"),
        (11, "files_eligible.complaint.land"), (12, "files_eligible.complaint.administrative"), (13, "files_eligible.complaint.judicial"), (14, "files_eligible.complaint.party"),
        (15, "files_eligible.complaint.other"), (16, "files_eligible.complaint.first"), (17, "files_eligible.complaint.second"), (18, "files_eligible.complaint.judged"),
        (20, "files_competent.complaint"),
    )),
    Table("outcome", gettext_lazy("Kết quả trả lời, theo đơn nhận trong kỳ"), tuple(enumerate((
        "files_received", "files_ended", "files_in_time", "files_late", "files_open", "files_in_time_rate",
    ), 1))),
)  # fmt: skip


def table_rows(table, unit_id, period, map_day):
    """[(number of the column, its name, Figure)] of one unit."""
    return [(number, told(INDICATORS[key]), figure(INDICATORS[key], unit_id, period, map_day)) for number, key in table.columns]


def to_be_processed(rows):
    """(2) + (3): what had to be processed in the period; None where the table has no such columns."""
    values = {found.indicator.key: found.value for _number, _name, found in rows}
    return values["files_carried"] + values["files_received"] if "files_carried" in values else None

"""The inspection sector's tables (Circular 02/2021/TT-TTCP) as columns of figures, each with its
evidence.

Column numbers are those of the forms; 23–25 of 01/XLD are our own, for petitions that the form
leaves out of its sums. In 01/XLD (2) + (3) had to be processed and (4) were; (6) = (8) + (9) + (10)
= (11) + (12) + (13); (18) = (19) + (20) + (21) + (23) + (24) + (25). These hold because each column
counts the same rows under one more condition; tests/casework/test_tables.py checks the sums.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from danchu.casework.natures import Field, Stage, Verdict
from danchu.figures.blur import seen_figure
from danchu.figures.catalogue import INDICATORS
from danchu.kernel.words import local_name


@dataclass(frozen=True)
class Table:
    """One official table; `columns` are (number in the form, key of the indicator)."""

    key: str
    name: str
    columns: tuple


COUNTED = (
    "visit_count",
    "visit_people",
    "visit_first",
    "visit_repeat",
    "visit_groups",
    "visit_group_people",
    "visit_group_first",
    "visit_group_repeat",
)
FIELDS = tuple(str(field.value) for field in Field)
STAGES = tuple(str(stage.value) for stage in Stage)


def _numbered_columns(*keys, first=1):
    return tuple(enumerate(keys, first))


def _kind(nature):
    """The columns of the eligible petitions of one nature: by field, by competence."""
    stem = f"files_eligible.{nature}"
    return (stem, *(f"{stem}.{field}" for field in FIELDS), f"{stem}.ours", f"{stem}.not_ours")


def _columns_of_resolved(nature):
    """The columns of the resolved petitions of one nature: by verdict, punctuality, stage."""
    stem = f"files_resolved.{nature}"
    return (
        stem,
        *(f"{stem}.{verdict.value}" for verdict in Verdict),
        f"{stem}.in_time",
        f"{stem}.late",
        *(f"{stem}.{stage}" for stage in STAGES),
    )


TABLES = (
    Table(
        "reception",
        gettext_lazy("Tiếp công dân (01/TCD)"),
        _numbered_columns(
            "visit_count",
            "visit_people",
            "visit_matters",
            *(f"{key}.by_regular" for key in COUNTED),
            "reception_days.head",
            *(f"{key}.by_head" for key in COUNTED),
            *(f"{key}.by_delegated" for key in COUNTED),
        ),
    ),
    Table(
        "reception_matters",
        gettext_lazy("Vụ việc tiếp công dân theo nội dung (02/TCD)"),
        _numbered_columns(
            "visit_matters",
            "visit_matters.complaint",
            "visit_matters.denunciation",
            "visit_matters.feedback",
            "visit_matters.ours",
            "visit_matters.not_ours",
            "visit_matters.not_ours.guided",
            "visit_matters.not_ours.forwarded",
            "visit_matters.not_ours.replied",
        ),
    ),
    Table(
        "petitions",
        gettext_lazy("Xử lý đơn (01/XLD)"),
        (
            (2, "files_carried"),
            (3, "files_received"),
            (4, "files_handled"),
            (6, "files_eligible"),
            (7, "files_eligible.matters"),
            (8, "files_eligible.complaint"),
            (9, "files_eligible.denunciation"),
            (10, "files_eligible.feedback"),
            (11, "files_eligible.settled_first"),
            (12, "files_eligible.settled_again"),
            (13, "files_eligible.unsettled"),
            (14, "files_competent"),
            (15, "files_competent.complaint"),
            (16, "files_competent.denunciation"),
            (17, "files_competent.feedback"),
            (18, "files_elsewhere"),
            (19, "files_elsewhere.guided"),
            (20, "files_elsewhere.forwarded"),
            (21, "files_elsewhere.urged"),
            (22, "files_replied"),
            (23, "files_elsewhere.returned"),
            (24, "files_elsewhere.waiting"),
            (25, "files_elsewhere.withdrawn"),
        ),
    ),
    Table(
        "complaints",
        gettext_lazy("Đơn khiếu nại (02/XLD)"),
        (
            (8, "files_eligible.complaint"),
            (10, "files_eligible.complaint.policy"),
            (11, "files_eligible.complaint.land"),
            (12, "files_eligible.complaint.administrative"),
            (13, "files_eligible.complaint.judicial"),
            (14, "files_eligible.complaint.party"),
            (15, "files_eligible.complaint.other"),
            (16, "files_eligible.complaint.first"),
            (17, "files_eligible.complaint.second"),
            (18, "files_eligible.complaint.judged"),
            (20, "files_eligible.complaint.ours"),
            (24, "files_eligible.complaint.not_ours"),
        ),
    ),
    Table(
        "denunciations",
        gettext_lazy("Đơn tố cáo (03/XLD)"),
        _numbered_columns(*_kind("denunciation")),
    ),
    Table(
        "feedback",
        gettext_lazy("Đơn kiến nghị, phản ánh (04/XLD)"),
        _numbered_columns(*_kind("feedback")),
    ),
    Table(
        "complaints_resolved",
        gettext_lazy("Giải quyết khiếu nại (01/KQGQ)"),
        _numbered_columns(*_columns_of_resolved("complaint")),
    ),
    Table(
        "denunciations_resolved",
        gettext_lazy("Giải quyết tố cáo (02/KQGQ)"),
        _numbered_columns(*_columns_of_resolved("denunciation")),
    ),
    Table(
        "outcome",
        gettext_lazy("Kết quả trả lời, theo đơn nhận trong kỳ"),
        _numbered_columns(
            "files_received",
            "files_ended",
            "files_in_time",
            "files_late",
            "files_open",
            "files_in_time_rate",
        ),
    ),
)


def table_rows(table, unit_id, period, map_day, actor):
    """[(column number, name, Figure as the actor may see it)] of one unit, on the map of a day."""
    return [
        (number, column_name(key), seen_figure(INDICATORS[key], unit_id, period, map_day, actor))
        for number, key in table.columns
    ]


def column_name(key):
    """The full name of a column: that of a part ("– regular") follows the names of its whole."""
    name = local_name(INDICATORS[key])
    whole = key.rpartition(".")[0]
    return f"{column_name(whole)} {name}" if name.startswith("–") and whole in INDICATORS else name


def to_be_processed(rows):
    """Columns (2) + (3), the petitions to be processed in the period; None in other tables and
    where one of the columns is hidden.
    """
    values = {result.indicator.key: result.value for _number, _name, result in rows}
    columns = (values.get("files_carried"), values.get("files_received"))
    return None if None in columns else sum(columns)

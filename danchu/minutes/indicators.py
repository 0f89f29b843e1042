"""The indicators of commitments and marked passages. A commitment counts at the unit that is to
keep it; those who asked say whether it was kept.

Rates are given by cohort (`commitments_made`: made in the period, whatever became of them) and by
due day (`commitments_due`: due in the period; who missed a due day stays in its period).
"""

from dataclasses import replace

from django.utils.translation import gettext_noop as _

from danchu.figures.catalogue import Flow, Level, Ratio, Source
from danchu.minutes.models import Commitment, Passage

LAW = _("Luật 10/2022 Điều 32; Quy định 11-QĐi/TW")
COMMITMENTS = ("cam kết", "commitments")
PASSAGES = ("đoạn", "passages")
PROMISES = Source(
    "commitment",
    lambda: Commitment.objects.counted(),
    "made_on",
    "unit",
    visible=lambda rows, actor: rows,
    face=lambda row: (row.code, row.title, row.uid),
    words="title",
)
MARKED = Source(
    "passage",
    lambda: Passage.objects.counted(),
    "day",
    "unit",
    visible=lambda rows, actor: rows.visible_to(actor),
    face=lambda row: (str(row.minutes), row.text[:200], row.mark),
    words="text",
    same="mark",
)


def commitment_flow(key, vi, en, **where):
    """A Flow over commitments, by the day they were made."""
    return Flow(key, vi, en, PROMISES, where, "1", COMMITMENTS, "D13", LAW)


MADE = commitment_flow("commitments_made", "Cam kết đã hứa", "Commitments made")
KEPT = commitment_flow(
    "commitments_kept",
    "Cam kết đã giữ, bên hỏi xác nhận",
    "Commitments kept, confirmed by those who asked",
    state="kept",
)
IN_TIME = commitment_flow(
    "commitments_kept_in_time",
    "Cam kết đã giữ đúng ngày",
    "Commitments kept in time",
    state="kept",
    in_time=True,
)
DUE = Flow(
    "commitments_due",
    "Cam kết đến hạn trong kỳ",
    "Commitments due",
    replace(
        PROMISES,
        rows=lambda: Commitment.objects.counted_when_due(),
        when="counted_due_on",
        noted_along=("minutes_term",),
    ),
    {},
    "1",
    COMMITMENTS,
    "D13",
    LAW,
)
DUE_KEPT = replace(
    DUE,
    key="commitments_due_kept",
    vi="Cam kết đến hạn trong kỳ, đã giữ",
    en="Commitments due, kept",
    where={"state": "kept"},
)
PASSAGE = Flow(
    "passages",
    "Đoạn đánh dấu trong biên bản đã duyệt",
    "Passages marked in approved minutes",
    MARKED,
    {},
    "1",
    PASSAGES,
    "D14",
    LAW,
)

INDICATORS = (
    MADE,
    MADE.only("made", "– đang thực hiện", "– under way", state="made"),
    MADE.only(
        "fulfilled",
        "– báo đã thực hiện, chờ xác nhận",
        "– reported fulfilled, not confirmed yet",
        state="fulfilled",
    ),
    MADE.only(
        "disputed", "– bên hỏi cho là chưa đạt", "– disputed by those who asked", state="disputed"
    ),
    commitment_flow(
        "commitments_postponed", "Cam kết đã dời ngày", "Commitments put off", postponed__gt=0
    ),
    KEPT,
    IN_TIME,
    DUE,
    DUE_KEPT,
    Level(
        "commitments_overdue",
        "Cam kết quá hạn",
        "Commitments overdue",
        PROMISES,
        lambda period: Commitment.objects.overdue(period.last),
        COMMITMENTS,
        "D13",
        LAW,
    ),
    Ratio(
        "commitments_kept_rate",
        "Tỷ lệ giữ lời (trên số đã hứa trong kỳ)",
        "Commitments kept (of those made)",
        KEPT,
        MADE,
        "D13",
        LAW,
    ),
    Ratio(
        "commitments_in_time_rate",
        "Tỷ lệ giữ lời đúng ngày (trên số đã hứa trong kỳ)",
        "Commitments kept in time (of those made)",
        IN_TIME,
        MADE,
        "D13",
        LAW,
    ),
    Ratio(
        "commitments_due_kept_rate",
        "Tỷ lệ giữ lời (trên số đến hạn trong kỳ)",
        "Commitments kept (of those due)",
        DUE_KEPT,
        DUE,
        "D13",
        LAW,
    ),
    PASSAGE,
    PASSAGE.only("opinion", "– ý kiến", "– opinions", kind="opinion"),
    PASSAGE.only("commitment", "– cam kết", "– commitments", kind="commitment"),
    PASSAGE.only("decision", "– quyết định, kết luận", "– decisions", kind="decision"),
    PASSAGE.only("finding", "– phát hiện", "– findings", kind="finding"),
)

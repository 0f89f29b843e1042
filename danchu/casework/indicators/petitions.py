"""Petitions by cohort: those received in the period, with their present state.

The columns of the inspection sector's tables (Circular 02/2021/TT-TTCP) are these indicators and
their breakdowns (queries/official_tables.py).
"""

from dataclasses import replace

from django.utils.translation import gettext_noop as _

from danchu.casework.indicators.natures import NATURES, by_nature
from danchu.casework.models import Petition
from danchu.casework.moves import FILE, State
from danchu.casework.natures import Field, Nature, Stage, Verdict
from danchu.figures.catalogue import Flow, Level, Ratio, Source

LAW = _("Luật Khiếu nại; Luật Tố cáo; TT 05/2021/TT-TTCP")
PETITIONS = ("đơn", "petitions")
FILES = Source(
    "petition",
    lambda: Petition.objects.all(),
    "received_on",
    "unit",
    visible=lambda rows, actor: rows.viewed_by(actor),
    face=lambda row: (row.code, row.title, None),
    lasting=("nature",),
    viewed_as=FILE,
)


def files(key, code, vi, en, **where):
    """A flow over petitions."""
    return Flow(key, vi, en, FILES, where, "1", PETITIONS, code, LAW, sensitive=True)


RECEIVED = files(
    "files_received", "G05", "Đơn tiếp nhận, có hồ sơ từng đơn", "Petitions received, file by file"
)
PROCESSED = files(
    "files_processed", "G06", "Đơn đã xử lý", "Petitions processed", processed_on__isnull=False
)
ELIGIBLE = files(
    "files_eligible", "G06", "Đơn đủ điều kiện xử lý", "Petitions eligible", eligible=True
)
COMPETENT = files(
    "files_competent", "G07", "Đơn thuộc thẩm quyền", "Petitions within competence", competent=True
)
ELSEWHERE = files(
    "files_elsewhere",
    "G07",
    "Đơn không thuộc thẩm quyền",
    "Petitions of others' competence",
    eligible=True,
    competent=False,
)
RESOLVED = files(
    "files_resolved",
    "G08",
    "Đơn thuộc thẩm quyền đã giải quyết",
    "Petitions resolved",
    resolved_on__isnull=False,
)
ENDED = files(
    "files_ended", "G08", "Đơn đã trả lời người gửi", "Petitions answered", ended_on__isnull=False
)
IN_TIME = files(
    "files_in_time", "G09", "Đơn được trả lời đúng hạn", "Petitions answered in time", in_time=True
)
LATE = files("files_late", "G09", "Đơn được trả lời muộn", "Petitions answered late", in_time=False)
# A petition that was answered late stays late when it is reopened, so it is not counted here again.
OPEN = files(
    "files_open",
    "G09",
    "Đơn chưa được trả lời",
    "Petitions not answered yet",
    ended_on__isnull=True,
    in_time__isnull=True,
)
REPLIED = files(
    "files_replied", "G07", "Văn bản phúc đáp đã nhận", "Replies received", replied_on__isnull=False
)
CARRIED = Level(
    "files_carried",
    "Đơn kỳ trước chuyển sang",
    "Petitions carried over",
    FILES,
    lambda period: Petition.objects.carried(period.since),
    PETITIONS,
    "G05",
    LAW,
    sensitive=True,
)
HANDLED = Flow(
    "files_handled",
    "Đơn đã xử lý trong kỳ, cả đơn kỳ trước chuyển sang",
    "Petitions processed in the period, carried over ones too",
    replace(FILES, when="processed_on"),
    {},
    "1",
    PETITIONS,
    "G06",
    LAW,
    sensitive=True,
)
OVERDUE = Level(
    "files_overdue",
    "Đơn quá hạn",
    "Petitions overdue",
    FILES,
    lambda period: Petition.objects.overdue_on(period.last),
    PETITIONS,
    "G10",
    LAW,
    sensitive=True,
)
OUTCOMES = (
    (State.GUIDED, "– hướng dẫn", "– guided"),
    (State.FORWARDED, "– chuyển đơn", "– forwarded"),
    (State.URGED, "– đôn đốc", "– urged"),
    (State.RETURNED, "– trả lại đơn", "– returned"),
)
FIELDS = (
    (Field.POLICY, "– chế độ, chính sách", "– policy"),
    (Field.LAND, "– đất đai, nhà cửa", "– land, housing"),
    (Field.ADMINISTRATIVE, "– hành chính khác", "– other administrative"),
    (Field.JUDICIAL, "– tư pháp", "– judicial"),
    (Field.PARTY, "– Đảng, đoàn thể", "– Party, organisations"),
    (Field.OTHER, "– lĩnh vực khác", "– other fields"),
)
STAGES = (
    (Stage.FIRST, "– lần đầu", "– first"),
    (Stage.SECOND, "– lần hai", "– second"),
    (Stage.JUDGED, "– đã có bản án", "– judged"),
)
COMPLAINTS = ELIGIBLE.only("complaint", "– khiếu nại", "– complaints", nature="complaint")
# The outcomes of eligible petitions within the competence of another body: each has exactly one.
ELSEWHERE_WAYS = (
    *[(str(state.value), vi, en, {"state": state.value}) for state, vi, en in OUTCOMES],
    (
        "waiting",
        "– chưa xử lý",
        "– still waiting",
        {"state__in": [State.RECEIVED.value, State.CLASSIFIED.value]},
    ),
    ("withdrawn", "– người gửi rút", "– withdrawn", {"state": State.WITHDRAWN.value}),
)
SETTLED = (
    (
        "settled_first",
        "– đã giải quyết lần đầu",
        "– resolved the first time",
        {"resolved_on__isnull": False, "stage": Stage.FIRST.value},
    ),
    (
        "settled_again",
        "– đã giải quyết nhiều lần",
        "– resolved more than once",
        {"resolved_on__isnull": False, "stage__in": [Stage.SECOND.value, Stage.JUDGED.value]},
    ),
    ("unsettled", "– chưa giải quyết", "– not resolved", {"resolved_on__isnull": True}),
)
VERDICTS = (
    (Verdict.FOUNDED, "– đúng", "– founded"),
    (Verdict.PARTLY, "– đúng một phần", "– partly founded"),
    (Verdict.UNFOUNDED, "– sai", "– unfounded"),
)
IN_TIME_OR_NOT = (
    ("in_time", "– đúng hạn", "– in time", {"in_time": True}),
    ("late", "– muộn", "– late", {"in_time": False}),
)


def resolved_of(nature, vi, en):
    """The breakdowns of the resolved petitions of one nature: by verdict, punctuality, stage."""
    flow = RESOLVED.only(nature.value, vi, en, nature=nature.value)
    return [
        *[flow.only(str(v.value), word, english, verdict=v.value) for v, word, english in VERDICTS],
        *[flow.only(key, word, english, **where) for key, word, english, where in IN_TIME_OR_NOT],
        *[flow.only(str(s.value), word, english, stage=s.value) for s, word, english in STAGES],
    ]


BREAKDOWNS = (
    ELIGIBLE.only("matters", "– số vụ việc", "– matters", same_as__isnull=True),
    *[ELIGIBLE.only(key, vi, en, **where) for key, vi, en, where in SETTLED],
    *[
        flow
        for nature, (vi, en) in NATURES.items()
        if nature != Nature.FEEDBACK
        for flow in resolved_of(nature, vi, en)
    ],
    *[
        ELIGIBLE.only(n.value, vi, en, nature=n.value).only(
            f.value, word, english, matter__field=f.value
        )
        for n, (vi, en) in NATURES.items()
        if n != Nature.COMPLAINT
        for f, word, english in FIELDS
    ],
    *[
        ELIGIBLE.only(n.value, vi, en, nature=n.value).only(
            key, word, english, competent=is_competent
        )
        for n, (vi, en) in NATURES.items()
        for key, word, english, is_competent in (
            ("ours", "– thuộc thẩm quyền", "– within competence", True),
            ("not_ours", "– không thuộc thẩm quyền", "– of others' competence", False),
        )
    ],
)
FIGURES = (
    RECEIVED,
    *by_nature(RECEIVED),
    PROCESSED,
    ELIGIBLE,
    *by_nature(ELIGIBLE),
    COMPETENT,
    *by_nature(COMPETENT),
    ELSEWHERE,
    *[ELSEWHERE.only(key, vi, en, **where) for key, vi, en, where in ELSEWHERE_WAYS],
    RESOLVED,
    *by_nature(RESOLVED),
    ENDED,
    IN_TIME,
    LATE,
    OPEN,
    REPLIED,
    CARRIED,
    HANDLED,
    *[COMPLAINTS.only(f"{f.value}", vi, en, matter__field=f.value) for f, vi, en in FIELDS],
    *[COMPLAINTS.only(f"{s.value}", vi, en, stage=s.value) for s, vi, en in STAGES],
    Ratio(
        "files_in_time_rate",
        "Tỷ lệ trả lời đơn đúng hạn (trên số đơn nhận trong kỳ)",
        "Petitions answered in time (of those received)",
        IN_TIME,
        RECEIVED,
        "G09",
        LAW,
    ),
    Ratio(
        "files_resolved_rate",
        "Tỷ lệ giải quyết đơn thuộc thẩm quyền, từng hồ sơ",
        "Petitions resolved (of those within competence), file by file",
        RESOLVED,
        COMPETENT,
        "G09",
        LAW,
    ),
)

"""What recommendations stand for in figures: by cohort, that is of those received in the period whatever came of them later."""

from django.utils.translation import gettext_noop as _

from danchu.figures.catalogue import Flow, Ratio, Source, count_also, declare
from danchu.inspection.models import Finding, Recommendation

LAW = _("Luật 10/2022 Điều 36–40")
ROWS = Source(
    "recommendation", lambda: Recommendation.objects.counted(), "received_on", "unit",
    visible=lambda rows, actor: rows.visible_to(actor), face=lambda row: (row.number, row.title, row.uid),
)  # fmt: skip

VIOLATIONS = Source(
    "finding", lambda: Finding.objects.counted(), "found_on", "unit",
    visible=lambda rows, actor: rows.visible_to(actor), face=lambda row: (row.number, row.title, row.uid),
)  # fmt: skip


def flow(key, code, vi, en, amount="1", measure=("kiến nghị", "recommendations"), **where):
    return Flow(key, vi, en, ROWS, where, amount, measure, code, LAW)


SENT = flow("recommendations_sent", "E05", "Kiến nghị đã gửi, có hồ sơ từng vụ", "Recommendations sent, case by case")
IN_TIME = flow("recommendations_in_time", "E08", "Kiến nghị được trả lời đúng hạn", "Recommendations answered in time", in_time=True)
SETTLED = flow("recommendations_settled", "E06", "Kiến nghị đã giải quyết, Ban xác nhận", "Recommendations settled, confirmed by the board", state="settled")

declare(
    SENT, IN_TIME, SETTLED,
    Ratio("recommendations_in_time_rate", "Tỷ lệ trả lời kiến nghị đúng hạn", "Recommendations answered in time", IN_TIME, SENT, "E08", LAW),
    Ratio("recommendations_settled_rate", "Tỷ lệ giải quyết (trên số kiến nghị đã gửi)", "Recommendations settled (of those sent)", SETTLED, SENT, "E07", LAW),
    SENT.only("full", "– tiếp thu toàn bộ", "– accepted in full", answer="full"),
    SENT.only("part", "– tiếp thu một phần", "– accepted in part", answer="part"),
    SENT.only("refused", "– không tiếp thu", "– refused", answer="refused"),
    flow("recommendations_money", "E09", "Tiền thu hồi theo kiến nghị, từng vụ", "Money recovered, case by case", "money", ("đồng", "VND")),
    flow("recommendations_land", "E10", "Đất thu hồi theo kiến nghị", "Land recovered", "land", ("m²", "m²")),
)  # fmt: skip

FOUND = Flow("findings", "Vụ việc vi phạm phát hiện, có hồ sơ từng vụ", "Violations found, case by case", VIOLATIONS, {}, "1", ("vụ", "cases"), "E04", LAW)
FOUND_RESOLVED = Flow("findings_resolved", "Vụ việc đã giải quyết, có hồ sơ từng vụ", "Violations resolved, case by case", VIOLATIONS, {"resolved_on__isnull": False}, "1", ("vụ", "cases"), "E06", LAW)
FOUND_RECOMMENDED = Flow("findings_recommended", "Vụ việc đã kiến nghị, có hồ sơ từng vụ", "Violations recommended, case by case", VIOLATIONS, {"is_recommended": True}, "1", ("vụ", "cases"), "E05", LAW)
declare(
    FOUND, FOUND_RECOMMENDED, FOUND_RESOLVED,
    Ratio("findings_resolved_rate", "Tỷ lệ vụ việc đã giải quyết (trên số phát hiện), từng vụ", "Violations resolved (of those found), case by case", FOUND_RESOLVED, FOUND, "E07", LAW),
)  # fmt: skip
# A violation that has a case counts beside those that a round says only the number of.
count_also("pib_violations", FOUND)
count_also("pib_violations_recommended", FOUND_RECOMMENDED)
count_also("pib_violations_resolved", FOUND_RESOLVED)

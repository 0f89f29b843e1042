"""Recommendations by cohort: those received in the period, with their present state."""

from danchu.figures.catalogue import Flow, Ratio
from danchu.inspection.indicators.sources import INSPECTION, LAW, MONEY, ROWS


def flow(key, code, vi, en, amount="1", measure=("kiến nghị", "recommendations"), **where):
    """A flow over the recommendations of inspection boards."""
    return Flow(key, vi, en, ROWS, {**INSPECTION, **where}, amount, measure, code, LAW)


SENT = flow(
    "recommendations_sent",
    "E05",
    "Kiến nghị đã gửi, có hồ sơ từng vụ",
    "Recommendations sent, case by case",
)
IN_TIME = flow(
    "recommendations_in_time",
    "E08",
    "Kiến nghị được trả lời đúng hạn",
    "Recommendations answered in time",
    in_time=True,
)
SETTLED = flow(
    "recommendations_settled",
    "E06",
    "Kiến nghị đã giải quyết, Ban xác nhận",
    "Recommendations settled, confirmed by the board",
    state="settled",
)

FIGURES = (
    SENT,
    IN_TIME,
    SETTLED,
    Ratio(
        "recommendations_in_time_rate",
        "Tỷ lệ trả lời kiến nghị đúng hạn",
        "Recommendations answered in time",
        IN_TIME,
        SENT,
        "E08",
        LAW,
    ),
    Ratio(
        "recommendations_settled_rate",
        "Tỷ lệ giải quyết (trên số kiến nghị đã gửi)",
        "Recommendations settled (of those sent)",
        SETTLED,
        SENT,
        "E07",
        LAW,
    ),
    SENT.only("full", "– tiếp thu toàn bộ", "– accepted in full", answer="full"),
    SENT.only("part", "– tiếp thu một phần", "– accepted in part", answer="part"),
    SENT.only("refused", "– không tiếp thu", "– refused", answer="refused"),
    flow(
        "recommendations_money",
        "E09",
        "Tiền thu hồi theo kiến nghị, từng vụ",
        "Money recovered, case by case",
        "money",
        MONEY,
    ),
    flow(
        "recommendations_land",
        "E10",
        "Đất thu hồi theo kiến nghị",
        "Land recovered",
        "land",
        ("m²", "m²"),
    ),
)

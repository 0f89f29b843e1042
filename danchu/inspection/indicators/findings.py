"""Indicators of violations and of what was recovered."""

from danchu.figures.catalogue import Flow, Ratio
from danchu.inspection.indicators.sources import (
    CASES,
    INSPECTION,
    LAW,
    MONEY,
    RECOVERED,
    VIOLATIONS,
)


def board_flow(key, code, vi, en, source=VIOLATIONS, amount="1", measure=CASES, **where):
    """A flow over the violations of inspection boards."""
    return Flow(key, vi, en, source, {**INSPECTION, **where}, amount, measure, code, LAW)


FOUND = board_flow(
    "findings",
    "E04",
    "Vụ việc vi phạm phát hiện, có hồ sơ từng vụ",
    "Violations found, case by case",
)
FOUND_RECOMMENDED = board_flow(
    "findings_recommended",
    "E05",
    "Vụ việc đã kiến nghị, có hồ sơ từng vụ",
    "Violations recommended, case by case",
    is_recommended=True,
)
FOUND_RESOLVED = board_flow(
    "findings_resolved",
    "E06",
    "Vụ việc đã giải quyết, có hồ sơ từng vụ",
    "Violations resolved, case by case",
    resolved_on__isnull=False,
)
FOUND_MONEY = board_flow(
    "findings_money",
    "E09",
    "Tiền thu hồi, theo ngày giải quyết từng vụ",
    "Money recovered, by the day of each case",
    RECOVERED,
    "money",
    MONEY,
)
FIGURES = (
    FOUND,
    FOUND_RECOMMENDED,
    FOUND_RESOLVED,
    FOUND_MONEY,
    board_flow(
        "findings_land",
        "E10",
        "Đất thu hồi, theo ngày giải quyết từng vụ",
        "Land recovered, by the day of each case",
        RECOVERED,
        "land",
        ("m²", "m²"),
    ),
    Ratio(
        "findings_resolved_rate",
        "Tỷ lệ vụ việc đã giải quyết (trên số phát hiện), từng vụ",
        "Violations resolved (of those found), case by case",
        FOUND_RESOLVED,
        FOUND,
        "E07",
        LAW,
    ),
    Ratio(
        "findings_resolved_rate_recommended",
        "Tỷ lệ vụ việc đã giải quyết (trên số kiến nghị), từng vụ",
        "Violations resolved (of those recommended), case by case",
        board_flow(
            "findings_recommended_resolved",
            "E06",
            "Vụ việc đã kiến nghị và đã giải quyết",
            "Violations recommended and resolved",
            is_recommended=True,
            resolved_on__isnull=False,
        ),
        FOUND_RECOMMENDED,
        "E07",
        LAW,
    ),
)

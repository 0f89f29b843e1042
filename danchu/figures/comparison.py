"""What must be said in a comparison of two figures: the law, the method or the map changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from danchu.figures.catalogue import Indicator
from danchu.units.maps import boundaries, existed_on

if TYPE_CHECKING:
    from danchu.figures.answer import Figure


# What a sentence says of each mark, in both languages: a report is written in a language of its
# own, whatever that of the reader.
MARK_WORDS = {
    "vi": {
        "law": "hai kỳ theo hai luật khác nhau",
        "method": "cách tính đã đổi",
        "map": "địa giới đã đổi",
    },
    "en": {
        "law": "the law has changed in between",
        "method": "the method has changed",
        "map": "the boundaries have changed",
    },
}
NOTE = {"vi": "lưu ý: {words}", "en": "note: {words}"}


def mark_words(marks: Iterable[str], language: str) -> str:
    """The marks of a comparison in words, "lưu ý: …"; "" for none."""
    words = "; ".join(MARK_WORDS[language][mark] for mark in marks)
    return NOTE[language].format(words=words) if words else ""


def marks_between(earlier: Figure, later: Figure) -> list[str]:
    """Warnings for a comparison of two figures of the same indicator at the same unit: "law",
    "method" and "map", for each that differs between them. The map differs also where the figures
    are on one map, but the unit did not exist when the earlier one begins, or an amount of a
    divided unit cannot be placed.
    """
    marks = [] if earlier.regimes == later.regimes and len(later.regimes) <= 1 else ["law"]
    first, last = sorted([earlier.period.last, later.period.last])
    method_changed = any(first < day <= last for day in method_changes(later.indicator))
    if earlier.indicator.version != later.indicator.version or method_changed:
        marks.append("method")
    if (
        boundaries(earlier.map_day) is not boundaries(later.map_day)
        or not existed_on(later.unit_id, earlier.period.since)
        or has_unplaced(earlier)
        or has_unplaced(later)
    ):
        marks.append("map")
    return marks


def has_unplaced(figure: Figure) -> bool:
    """Whether an amount of the figure, for a ratio of one of its parts, cannot be placed."""
    parts = [part for part in (figure.over, figure.under) if part is not None]
    return bool(figure.unplaced) or any(has_unplaced(part) for part in parts)


def method_changes(indicator: Indicator) -> tuple[date, ...]:
    """The days on which the publisher of an outside score changed how it counts."""
    return indicator.breaks if indicator.kind == "outside" else ()

"""What a new report begins with: an outline that names every figure, and the usual periods."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from danchu.figures.catalogue import INDICATORS
from danchu.figures.families import FAMILIES
from danchu.kernel.days import Period
from danchu.reports.draft_text import TO_WRITE
from danchu.reports.indicator_names import figures_named, name_in_text

ROMAN_UNITS = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
YEARS_OFFERED = 3
# Indicators without a code of their own that a report is about, in the order of its lines.
HEADLINES = (
    *("communes_with_regulation", "disclosures_in_time_rate", "decisions_settled", "works_value"),
    *("consultation_answered_share", "communes_in_dialogue", "commitments_made"),
    *("commitments_kept", "pib_violations", "pib_violations_recommended"),
    *("pib_violations_resolved", "pib_money", "investment_findings", "critiques"),
    *("critique_opinions", "opinions", "opinions_accepted", "reception_visitors"),
    *("reception_groups", "petitions_received", "petitions_resolved"),
    *("petition_resolution_rate", "files_in_time_rate", "communes", "emulation_launches"),
    *("pledges", "online_conference_delegates"),
)


def roman(number: int) -> str:
    """The number in Roman numerals, from 1 to 39."""
    tens, units = divmod(number, 10)
    return "X" * tens + ROMAN_UNITS[units]


def outline() -> str:
    """The text of a new report, in Vietnamese: what was done by family of indicators, a judgement
    and the tasks ahead to be written, a table of all figures beside those of a year earlier.
    """
    chapters = [(family.vi, _lines(figures_named(letter))) for letter, family in FAMILIES.items()]
    chapters = [chapter for chapter in chapters if chapter[1]]
    chapters.append(
        (
            "Đánh giá chung",
            [f"Ưu điểm: {TO_WRITE}", f"Hạn chế: {TO_WRITE}", f"Nguyên nhân: {TO_WRITE}"],
        )
    )
    chapters.append(("Nhiệm vụ thời gian tới", [TO_WRITE]))
    lines = []
    for number, (title, sentences) in enumerate(chapters, 1):
        lines += [f"# {roman(number)}. {title}", *sentences, ""]
    lines.append("[Bảng: Phụ lục. Biểu số liệu | tất cả | so cùng kỳ]")
    return "\n".join(lines)


def _lines(keys: list[str]) -> list[str]:
    """A line with the change from a year earlier for each indicator that has a code of its own, and
    for the others that a report is about; every other number stands in the table at the end.
    """
    coded = [key for key in keys if name_in_text(key) != key]
    return [_sentence(key) for key in [*coded, *(key for key in HEADLINES if key in keys)]]


def _sentence(key: str) -> str:
    """The sentence of one indicator, with the change from a year earlier where one can be read."""
    one = INDICATORS[key]
    name = name_in_text(key)
    if one.kind == "outside":
        return f"{one.vi}: {{{name}}} {one.measure[0]}."
    measure = "" if one.kind == "ratio" else f" {one.measure[0]}"
    return f"{one.vi}: {{{name}}}{measure}, {{{name} so cùng kỳ}}."


@dataclass(frozen=True)
class UsualPeriod:
    """A period of which reports are usually made: `key` in forms, `words` for readers."""

    key: str
    words: str
    period: Period


def usual_periods(day: date) -> list[UsualPeriod]:
    """The quarters, halves, nine months and years that have begun, of this year and those before,
    the latest end first.
    """
    periods = [
        usual
        for year in range(day.year, day.year - YEARS_OFFERED, -1)
        for usual in _of_year(year)
        if usual.period.since <= day
    ]
    return sorted(periods, key=lambda one: (one.period.until, one.period.since), reverse=True)


def _of_year(year: int) -> Iterator[UsualPeriod]:
    for quarter in range(4):
        words = _("Quý %(quarter)s năm %(year)s") % {"quarter": roman(quarter + 1), "year": year}
        yield UsualPeriod(f"{year}-q{quarter + 1}", words, _months(year, 3 * quarter, 3))
    yield UsualPeriod(f"{year}-h1", _("6 tháng đầu năm %s") % year, _months(year, 0, 6))
    yield UsualPeriod(f"{year}-m9", _("9 tháng năm %s") % year, _months(year, 0, 9))
    yield UsualPeriod(f"{year}-y", _("Năm %s") % year, Period.year(year))


def _months(year: int, first: int, count: int) -> Period:
    """`count` months from the month `first`, counted from 0."""
    after = first + count
    return Period(date(year, first + 1, 1), date(year + after // 12, after % 12 + 1, 1))


def last_ended(day: date) -> UsualPeriod:
    """The latest quarter that is over."""
    return next(one for one in usual_periods(day) if one.period.until <= day and "-q" in one.key)

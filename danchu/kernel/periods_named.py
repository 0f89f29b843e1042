"""The periods that a title names in words, Vietnamese or English: quarters, halves, nine months,
months, years and spans of days.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from danchu.kernel.days import Period
from danchu.kernel.refusals import Refused
from danchu.kernel.text import normal

_YEAR = r"(?:[\s,./–-]*(?:năm|of)?[\s,./–-]*(?P<year>(?:19|20)\d\d))?(?!\d)"
_QUARTERS = {"i": 0, "ii": 1, "iii": 2, "iv": 3, "1": 0, "2": 1, "3": 2, "4": 3}
_QUARTERS |= {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": 3}
_QUARTERS |= {"một": 0, "nhất": 0, "hai": 1, "ba": 2, "tư": 3, "bốn": 3}
_HALVES = {"đầu": 0, "first": 0, "cuối": 6, "second": 6, "last": 6}
_DAY = r"(\d{1,2})[./-](\d{1,2})[./-]((?:19|20)\d\d)"
_BEFORE = r"(?<![\w])"
# In this order: what one pattern has read, the next ones do not read again.
_PATTERNS = (
    ("days", rf"{_BEFORE}{_DAY}\s*(?:–|-|đến(?: hết)?(?: ngày)?|to)\s*(?:ngày\s*)?{_DAY}"),
    ("day", rf"{_BEFORE}{_DAY}"),
    ("years", _BEFORE + r"(?P<first>(?:19|20)\d\d)\s*[–-]\s*(?P<last>(?:19|20)\d\d)(?!\d)"),
    (
        "quarter",
        rf"{_BEFORE}(?:quý|quarter|q)\s*(?P<word>iv|i{{1,3}}|[1-4]|một|nhất|hai|ba|tư|bốn)"
        rf"(?!\w){_YEAR}",
    ),
    ("quarter", rf"{_BEFORE}(?P<word>first|second|third|fourth|last)\s+quarter{_YEAR}"),
    ("half", rf"{_BEFORE}(?:0?6|sáu) tháng(?: (?P<word>đầu|cuối))?{_YEAR}"),
    ("half", rf"{_BEFORE}(?P<word>first|second|last) (?:half|six months|6 months){_YEAR}"),
    ("nine", rf"{_BEFORE}(?:0?9|chín) tháng(?: đầu)?{_YEAR}"),
    ("nine", rf"{_BEFORE}(?:first )?(?:nine|9) months{_YEAR}"),
    ("month", rf"{_BEFORE}(?:tháng|month)\s*(?P<word>1[0-2]|0?[1-9])(?!\d|/\d\d?/){_YEAR}"),
    ("year", rf"{_BEFORE}(?:năm|year|of|for)\s+(?P<year>(?:19|20)\d\d)(?!\d|\s*[–-]\s*\d{{4}})"),
)


@dataclass(frozen=True)
class NamedPeriod:
    """`words` as they stand in the title; `months` (the first from 0, how many) of `year`, None
    where none is named; or whole days, of which `period` is None where they are no span.
    """

    words: str
    months: tuple[int, int] | None = None
    year: int | None = None
    period: Period | None = None

    def means(self, period: Period) -> bool:
        """Whether the words may mean this period."""
        if self.months is None:
            return self.period == period
        first, count = self.months
        return (
            period.since.day == 1
            and period.until.day == 1
            and period.since.month == first + 1
            and _months_between(period) == count
            and self.year in (None, period.since.year)
        )


def periods_named(title: str) -> list[NamedPeriod]:
    """The periods that the title names, in its order. A single day, as that of a law, is none."""
    title = normal(title)
    rest = title.lower()
    named = []
    for kind, pattern in _PATTERNS:
        for match in re.finditer(pattern, rest):
            words = title[match.start() : match.end()].strip(" ,.-–/")
            named += [(match.start(), one) for one in _named(kind, words, match)]
        rest = re.sub(pattern, lambda match: "\0" * len(match[0]), rest)
    return [one for _place, one in sorted(named, key=lambda pair: pair[0])]


def _named(kind: str, words: str, match: re.Match[str]) -> Iterator[NamedPeriod]:
    year = int(match["year"]) if "year" in match.re.groupindex and match["year"] else None
    if kind == "days":
        yield NamedPeriod(words, period=_span(match))
    elif kind == "years":
        first, last = int(match["first"]), int(match["last"])
        yield NamedPeriod(words, (0, 12 * (last - first + 1)), first)
    elif kind == "quarter":
        yield NamedPeriod(words, (3 * _QUARTERS[match["word"]], 3), year)
    elif kind == "half":
        yield NamedPeriod(words, (_HALVES[match["word"] or "đầu"], 6), year)
    elif kind == "nine":
        yield NamedPeriod(words, (0, 9), year)
    elif kind == "month":
        yield NamedPeriod(words, (int(match["word"]) - 1, 1), year)
    elif kind == "year":
        yield NamedPeriod(words, (0, 12), year)


def _span(match: re.Match[str]) -> Period | None:
    """The days of a match of two days; None where they are none."""
    try:
        first, last = (
            date(int(year), int(month), int(day))
            for day, month, year in (match.groups()[:3], match.groups()[3:6])
        )
        return Period(first, last + timedelta(days=1))
    except (ValueError, Refused):
        return None


def _months_between(period: Period) -> int:
    years = period.until.year - period.since.year
    return 12 * years + period.until.month - period.since.month


def other_period_in(title: str, period: Period) -> str:
    """What the title names instead of the period, in its own words; "" where it names no period, or
    this one among others.
    """
    named = periods_named(title)
    year = None
    for place in reversed(range(len(named))):  # "quý III, phương hướng quý IV năm 2026"
        one = named[place]
        year = one.year or year
        named[place] = replace(one, year=year)
    if not named or any(one.means(period) for one in named):
        return ""
    return named[0].words

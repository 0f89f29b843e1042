"""Hot-lines of cities: what each promises its callers, until when, and how its export is read.

A promise is the hot-line's own word, not a time limit of the law: it is no obligation and counts
in no figure.
"""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from danchu.kernel.days import VIETNAM, now, show_day, show_instant
from danchu.kernel.text import fold
from danchu.kernel.words import local_name
from danchu.law.book import book
from danchu.law.rule import mark_words

SOURCE = Path(__file__).parents[1] / "sources" / "hotlines.toml"
MINUTE = "minute"
WORKING_HOUR = "working_hour"
DAY = "day"
PROMISED = {
    "take_in": gettext_lazy("tiếp nhận"),
    "forward": gettext_lazy("chuyển đến cơ quan xử lý"),
    "answer": gettext_lazy("trả lời, hoặc báo tiến độ"),
}


@dataclass(frozen=True)
class Promise:
    """What a hot-line promises from `since` on: to `act` within `number` of `unit`."""

    act: str
    number: int
    unit: str
    is_urgent: bool
    text: str
    since: date
    mark: str

    @property
    def name(self):
        """What is promised."""
        return PROMISED[self.act]

    @property
    def length(self):
        """How long it may take, in words."""
        sentences = {
            MINUTE: ngettext("%s phút", "%s phút", self.number),
            WORKING_HOUR: ngettext("%s giờ làm việc", "%s giờ làm việc", self.number),
            DAY: ngettext("%s ngày", "%s ngày", self.number),
        }
        return sentences[self.unit] % self.number

    @property
    def source(self):
        """The document, and how well the promise was checked against it."""
        return f"{self.text} ({mark_words(self.mark)})"


@dataclass(frozen=True)
class Hotline:
    """A hot-line with its promises, and {column: headings} of its own export."""

    key: str
    vi: str
    en: str
    promises: tuple[Promise, ...]
    heads: dict

    def __str__(self):
        return str(local_name(self))


@dataclass(frozen=True)
class Owed:
    """A promise to one caller: it is kept by `instant`, or by the end of its day where
    `is_of_day`.
    """

    promise: Promise
    hotline: Hotline
    instant: datetime
    is_of_day: bool
    is_kept: bool

    @property
    def until(self):
        """The last moment, in words that go on after "promised"."""
        if self.is_of_day:
            return _("đến hết ngày %s") % show_day(self.instant.date())
        return _("trước %s") % show_instant(self.instant)

    @property
    def is_over(self):
        """Whether the moment has passed and the promise is not known to be kept."""
        return not self.is_kept and self.instant < now()


@cache
def source():
    """The file of hot-lines as a dict."""
    return tomllib.loads(SOURCE.read_text(encoding="utf-8"))


@cache
def hotlines():
    """{key: Hotline}"""
    return {
        row["key"]: Hotline(
            row["key"],
            row["vi"],
            row["en"],
            tuple(_promise(one) for one in row.get("promise", ())),
            row.get("heads", {}),
        )
        for row in source()["hotline"]
    }


def _promise(row):
    return Promise(
        row["act"],
        row["number"],
        row["unit"],
        row.get("urgent", False),
        row["text"],
        row["since"],
        row["mark"],
    )


@cache
def heads_of(key):
    """{column: [heading]} of the export of a hot-line, beside those of the sample table."""
    common = source()["heads"]
    own = hotlines()[key].heads
    return {column: [*own.get(column, ()), *common.get(column, ())] for column in common}


@cache
def meanings(name):
    """{folded word of an export: what it means here}, for "states" or "matters"."""
    return {fold(word): key for key, words in source()[name].items() for word in words}


def owed_to(call, petition):
    """[Owed] of what the hot-line promises for the call of a petition by the rows of its day, the
    earliest first. Nothing in hours where the export says only the day.
    """
    hotline = hotlines().get(call.hotline)
    if hotline is None:
        return []
    promises = {}
    for promise in sorted(hotline.promises, key=lambda one: (one.is_urgent, one.since)):
        if promise.since <= petition.received_on and promise.is_urgent <= call.is_urgent:
            promises[promise.act] = promise
    lines = [_owed(promise, hotline, call, petition) for promise in promises.values()]
    return sorted((line for line in lines if line), key=lambda line: line.instant)


def _owed(promise, hotline, call, petition):
    is_of_day = promise.unit == DAY
    if is_of_day:
        last = petition.received_on + timedelta(days=promise.number)
        instant = datetime.combine(last, time.max, VIETNAM)
    elif call.called_at is None:
        return None
    elif promise.unit == MINUTE:
        instant = call.called_at + timedelta(minutes=promise.number)
    else:
        instant = after_working_hours(call.called_at, promise.number, book().calendar)
    is_kept = {
        "take_in": petition.processed_on is not None,
        "forward": bool(call.forwarded_to) or petition.processed_on is not None,
        "answer": petition.ended_on is not None,
    }[promise.act]
    return Owed(promise, hotline, instant, is_of_day, is_kept)


def after_working_hours(instant, number, calendar):
    """The instant at which so many working hours have passed since another, in Vietnam's time."""
    instant = instant.astimezone(VIETNAM)
    left = timedelta(hours=number)
    while True:
        day = instant.date()
        for opens, closes in _hours() if calendar.is_working(day) else ():
            since = max(instant, datetime.combine(day, opens, VIETNAM))
            until = datetime.combine(day, closes, VIETNAM)
            if since < until and left <= until - since:
                return since + left
            left -= max(until - since, timedelta(0))
        instant = datetime.combine(day + timedelta(days=1), time.min, VIETNAM)


@cache
def _hours():
    return [tuple(map(time.fromisoformat, pair)) for pair in source()["working_hours"]]

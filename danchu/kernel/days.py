"""Days and half-open periods of days, all in Vietnam's time (Asia/Ho_Chi_Minh)."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from danchu.kernel.dependence import hinder
from danchu.kernel.refusals import Refused
from danchu.kernel.words import gettext as _

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
# Stands for the unknown first day of whatever began before our sources do.
DAWN = date(1, 1, 1)

# The unit of a piece of a period.
Grain = Literal["day", "month", "year"]


def read_clock() -> datetime:
    """The system clock, in UTC. Tests that need another day replace this function."""
    return datetime.now(UTC)


def now() -> datetime:
    """The present instant, in UTC. An answer that asks for it changes with each instant."""
    hinder("the present instant")
    return read_clock()


def today() -> date:
    """The present day in Vietnam."""
    return read_clock().astimezone(VIETNAM).date()


def day_of(instant: datetime) -> date:
    """The day in Vietnam of a UTC instant."""
    return instant.astimezone(VIETNAM).date()


# The last year accepted, with room for the exclusive end of periods.
LAST_YEAR = 2999


def parse_day(text: object) -> date:
    """A day from "12/12/2023", "12-12-2023", "12.12.2023" or "2023-12-12". Refused otherwise,
    quoting the text.
    """
    text = str(text).strip()
    match = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text)
    if match:
        day, month, year = (int(part) for part in match.groups())
    else:
        match = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text)
        if not match:
            raise Refused(
                _(
                    "“{text}” không phải là ngày. Hãy viết theo dạng ngày/tháng/năm, ví "
                    "dụ 12/12/2023."
                ).format(text=text[:40])
            )
        year, month, day = (int(part) for part in match.groups())
    try:
        if year > LAST_YEAR:
            raise ValueError
        return date(year, month, day)
    except ValueError:
        raise Refused(
            _("Không có ngày “{text}” trong lịch. Hãy kiểm tra lại ngày và tháng.").format(
                text=text[:40]
            )
        ) from None


def show_day(day: date) -> str:
    """The day as "12/12/2023"."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def parse_instant(text: object) -> datetime:
    """An instant from "12/12/2026 08:00" in Vietnam's time; the times "8h30", "8 giờ 30", "8 giờ"
    and the format "2026-12-12T08:00" are accepted. Refused otherwise, quoting the text.
    """
    text = str(text).strip()
    match = re.fullmatch(r"(\S+?)(?:\s+|T)(\d{1,2})\s*(?:[:hH]|gi\w)\s*(\d{2})?", text)
    if not match or int(match[2]) > 23 or int(match[3] or 0) > 59:
        raise Refused(
            _(
                "“{text}” không phải là ngày và giờ. Hãy viết ngày/tháng/năm giờ:phút, "
                "ví dụ 12/12/2026 08:00."
            ).format(text=text[:40])
        )
    day = parse_day(match[1])
    if day.year == 1:  # its instant in UTC may lie before the first that there is
        raise Refused(
            _("Không có ngày “{text}” trong lịch. Hãy kiểm tra lại ngày và tháng.").format(
                text=text[:40]
            )
        )
    return datetime(day.year, day.month, day.day, int(match[2]), int(match[3] or 0), tzinfo=VIETNAM)


def parse_machine_instant(text: object, field: str = "") -> datetime:
    """An instant from RFC 3339, "2026-01-31T00:00:00+07:00", or a day, which begins at midnight;
    UTC without an offset. A blank stands for a plus that was not encoded in an address. Refused, on
    `field`, otherwise, and where its day in Vietnam lies outside the years 1 to LAST_YEAR.
    """
    raw = re.sub(r" (\d\d:?\d\d)$", r"+\1", str(text).strip()[:40])
    try:
        instant = datetime.fromisoformat(re.sub(r"[zZ]$", "+00:00", raw))
        instant = (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(VIETNAM)
    except (ValueError, OverflowError):
        instant = None
    if instant is None or instant.year > LAST_YEAR:
        raise Refused(
            _(
                "“{text}” không phải là thời điểm. Hãy viết theo dạng 2026-01-31T00:00:00+07:00; "
                "trong địa chỉ, dấu + viết là %2B."
            ).format(text=str(text)[:40]),
            field,
        )
    return instant


def show_instant(instant: datetime) -> str:
    """The instant as "12/12/2026 08:00" in Vietnam's time."""
    local_time = instant.astimezone(VIETNAM)
    return f"{show_day(local_time.date())} {local_time:%H:%M}"


def check_day(day: object, since: date | None, field: str, too_early: str = "") -> None:
    """Refused, on `field`, unless `day` is a date, not in the future and not before `since` (None:
    no limit). `too_early` is the message for a day before `since`, with the placeholder "{since}".
    """
    if not isinstance(day, date):
        raise Refused(_("Hãy ghi ngày."), field)
    if day > today():
        raise Refused(_("Ngày ở tương lai. Chỉ ghi việc đã diễn ra."), field)
    if since is not None and day < since:
        sentence = too_early or _("Ngày phải từ {since} trở đi.")
        raise Refused(sentence.format(since=show_day(since)), field)


@dataclass(frozen=True, order=True)
class Period:
    """The days from `since` inclusive to `until` exclusive."""

    since: date
    until: date

    def __post_init__(self) -> None:
        if self.since >= self.until:
            raise Refused(_("Kỳ phải có ít nhất một ngày: ngày bắt đầu phải trước ngày kết thúc."))

    @classmethod
    def year(cls, year: int) -> "Period":
        """The calendar year."""
        return cls(date(year, 1, 1), date(year + 1, 1, 1))

    @property
    def last(self) -> date:
        """The last day that belongs to the period."""
        return self.until - timedelta(days=1)

    def __contains__(self, day: date) -> bool:
        return self.since <= day < self.until

    def covers(self, other: "Period") -> bool:
        """Whether every day of the other belongs to this one."""
        return self.since <= other.since and other.until <= self.until

    @property
    def year_before(self) -> "Period":
        """The same days a year earlier; 28 February stands for 29 February."""
        return Period(_year_before(self.since), _year_before(self.last) + timedelta(days=1))

    def pieces(self) -> list[tuple[Grain, "Period"]]:
        """[(grain, Period)] that partition the period, in order: whole years, the whole months next
        to them, and the days at the edges.
        """
        since = next_first(self.since)
        until = self.until.replace(day=1)
        if since >= until:
            return [("day", self)]
        first = date(since.year + (since.month > 1), 1, 1)
        last = date(until.year, 1, 1)
        cuts: list[tuple[Grain, date, date]] = [
            ("day", self.since, since),
            ("month", since, first),
            ("year", first, last),
            ("month", last, until),
        ]
        if first >= last:
            cuts[1:] = [("month", since, until)]
        cuts.append(("day", until, self.until))
        return [(grain, Period(start, end)) for grain, start, end in cuts if start < end]


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)


def next_first(day: date) -> date:
    """The day itself when it is the first of its month, else the first of the next month."""
    return day if day.day == 1 else next_month(day)


def next_month(day: date) -> date:
    """The first day of the month after the day's."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)

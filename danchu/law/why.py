"""Why a deadline falls on its day: one sentence with the article, and the days that were and
were not counted.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from danchu.kernel.days import show_day
from danchu.kernel.words import gettext as _
from danchu.law.calendar import Calendar, days_between
from danchu.law.deadline import Due, due_day
from danchu.law.rule import WORKING_DAY, mark_words, unit_words

MOST_LISTED = 31  # days; a longer list explains nothing


def why(due: Due, calendar: Calendar) -> str:
    """The sentences that answer "why this date", in the reader's language. `calendar` is that of
    the version the due day was worked out under.
    """
    rule = due.rule
    parts = [_opening(due), *_counted(due, calendar)]
    if not due.complete:
        parts.append(
            _(
                "Lịch nghỉ của năm ấy chưa được nạp: mới tính thứ Bảy, Chủ nhật và ngày "
                "lễ có ngày cố định."
            )
        )
    if not rule.is_verified:
        parts.append(_("Quy tắc này %s.") % mark_words(rule.mark))
    return " ".join(parts)


def _opening(due: Due) -> str:
    rule = due.rule
    named = {
        "name": rule.name,
        "source": rule.source,
        "number": unit_words(rule),
        "event": show_day(due.event),
        "due": show_day(due.day),
    }
    sentences = {
        "within": _(
            "%(name)s: trong %(number)s, tính từ ngày tiếp theo của ngày %(event)s, nên "
            "chậm nhất là ngày %(due)s (%(source)s)."
        ),
        "before": _(
            "%(name)s: chậm nhất %(number)s trước ngày %(event)s, tức là ngày %(due)s (%(source)s)."
        ),
        "lasting": _(
            "%(name)s: ít nhất %(number)s kể từ ngày %(event)s, nên sớm nhất được kết "
            "thúc vào ngày %(due)s (%(source)s)."
        ),
        "through": _(
            "%(name)s: có giá trị %(number)s kể từ ngày %(event)s, đến hết ngày %(due)s "
            "(%(source)s)."
        ),
    }
    return sentences[rule.sense] % named


def _counted(due: Due, calendar: Calendar) -> Iterator[str]:
    """How the days were counted, where that is not plain."""
    rule = due.rule
    if rule.unit == WORKING_DAY:
        yield from _working_days(due, calendar)
    elif rule.sense == "within":
        yield from _moved(due, calendar)
    elif rule.sense == "before" and calendar.why_off(due.day):
        yield _("Ngày %(day)s là ngày nghỉ (%(name)s): hạn không lùi, nên làm sớm hơn.") % {
            "day": show_day(due.day),
            "name": calendar.why_off(due.day),
        }


def _moved(due: Due, calendar: Calendar) -> Iterator[str]:
    """That the last day was moved past days off, if it was."""
    plain = due_day(due.rule, due.event, _EveryDay())
    if plain != due.day:
        off = _spans([plain, *days_between(plain, due.day)][:-1], calendar)
        yield _(
            "Ngày cuối %(plain)s rơi vào ngày nghỉ (%(off)s), nên hạn là hết ngày làm "
            "việc tiếp theo."
        ) % {
            "plain": show_day(plain),
            "off": off,
        }


def _working_days(due: Due, calendar: Calendar) -> Iterator[str]:
    """Which days were counted and which were not, as long as they are few. The day of the event
    is none of them.
    """
    if due.rule.sense == "before":
        days = [due.day, *days_between(due.day, due.event)][:-1]
    else:
        days = list(days_between(due.event, due.day))
    if len(days) <= MOST_LISTED:
        working = [day for day in days if calendar.is_working(day)]
        yield _("Các ngày được tính: %s.") % ", ".join(_worked(day, calendar) for day in working)
    off = [day for day in days if not calendar.is_working(day)]
    if off and len(off) <= MOST_LISTED:
        yield _("Không tính: %s.") % _spans(off, calendar)


def _worked(day: date, calendar: Calendar) -> str:
    """A working day, with its name where it makes up for a day off."""
    mark = calendar.marks.get(day)
    return f"{_short(day)} ({mark.name})" if mark else _short(day)


def _spans(days: Iterable[date], calendar: Calendar) -> str:
    """ "27/04 (thứ Bảy), 30/04 (Ngày Chiến thắng 30/4)": neighbours off for the same reason
    stand together.
    """
    spans = []
    for reason, group in groupby(days, key=calendar.why_off):
        first, *others = group
        last = f"–{_short(others[-1])}" if others else ""
        spans.append(f"{_short(first)}{last} ({reason})")
    return ", ".join(spans)


def _short(day: date) -> str:
    return f"{day.day:02d}/{day.month:02d}"


class _EveryDay(Calendar):
    """A calendar that moves no day: where a period in days or months would end by itself."""

    def __init__(self) -> None:
        """Without the working days, which nobody asks it for."""

    def from_on(self, day: date) -> date:
        return day

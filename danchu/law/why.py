"""The explanation of a due day in sentences: the article, and the days that were and were not
counted.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from danchu.kernel.days import show_day
from danchu.kernel.words import gettext as _
from danchu.law.calendar import Calendar, days_between
from danchu.law.deadline import Due, due_day
from danchu.law.rule import WORKING_DAY, mark_words, unit_words

MOST_LISTED = 31  # days; a longer list would not help the reader


def explain_due(due: Due, calendar: Calendar) -> str:
    """Why the due day falls on that day, in the reader's language. `calendar` must be of the
    version the due day was computed under.
    """
    rule = due.rule
    parts = [_opening(due), *_counting_sentences(due, calendar)]
    if not due.complete and not _is_without_calendar(due, calendar):
        parts.append(
            _(
                "Lịch nghỉ của năm ấy chưa có thông báo chính thức: các ngày nghỉ đã tính "
                "còn có thể đổi."
            )
        )
    elif not due.complete:
        parts.append(
            _(
                "Lịch nghỉ của năm ấy chưa được nạp: mới tính thứ Bảy, Chủ nhật và ngày "
                "lễ có ngày cố định."
            )
        )
    if not rule.is_verified:
        parts.append(_("Quy tắc này %s.") % mark_words(rule.mark))
    return " ".join(parts)


def _is_without_calendar(due: Due, calendar: Calendar) -> bool:
    """Whether the period touches a year whose special days were not loaded at all."""
    first, last = sorted((due.event.year, due.day.year))
    return any(year not in calendar.years for year in range(first, last + 1))


def _opening(due: Due) -> str:
    rule = due.rule
    words = {
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
    return sentences[rule.sense] % words


def _counting_sentences(due: Due, calendar: Calendar) -> Iterator[str]:
    """Sentences on how the days were counted, where that is not obvious."""
    rule = due.rule
    if rule.unit == WORKING_DAY:
        yield from _working_day_sentences(due, calendar)
    elif rule.sense == "within":
        yield from _moved_sentence(due, calendar)
    elif rule.sense == "before" and calendar.why_off(due.day):
        yield _("Ngày %(day)s là ngày nghỉ (%(name)s): hạn không lùi, nên làm sớm hơn.") % {
            "day": show_day(due.day),
            "name": calendar.why_off(due.day),
        }


def _moved_sentence(due: Due, calendar: Calendar) -> Iterator[str]:
    """A sentence that the last day was moved past days off, if it was."""
    unmoved = due_day(due.rule, due.event, _EveryDay())
    if unmoved != due.day:
        days_off = _spans([unmoved, *days_between(unmoved, due.day)][:-1], calendar)
        yield _(
            "Ngày cuối %(plain)s rơi vào ngày nghỉ (%(off)s), nên hạn là hết ngày làm "
            "việc tiếp theo."
        ) % {
            "plain": show_day(unmoved),
            "off": days_off,
        }


def _working_day_sentences(due: Due, calendar: Calendar) -> Iterator[str]:
    """Sentences that list the working days that were counted and the days off that were not, each
    only when there are at most `MOST_LISTED`. The day of the event is not counted.
    """
    if due.rule.sense == "before":
        days = [due.day, *days_between(due.day, due.event)][:-1]
    else:
        days = list(days_between(due.event, due.day))
    if len(days) <= MOST_LISTED:
        working_days = [day for day in days if calendar.is_working(day)]
        yield _("Các ngày được tính: %s.") % ", ".join(
            _day_with_name(day, calendar) for day in working_days
        )
    days_off = [day for day in days if not calendar.is_working(day)]
    if days_off and len(days_off) <= MOST_LISTED:
        yield _("Không tính: %s.") % _spans(days_off, calendar)


def _day_with_name(day: date, calendar: Calendar) -> str:
    """A working day as "04/05", with its name where it is a make-up day."""
    special = calendar.special_days.get(day)
    return f"{_short(day)} ({special.name})" if special else _short(day)


def _spans(days: Iterable[date], calendar: Calendar) -> str:
    """ "27/04 (thứ Bảy), 30/04 (Ngày Chiến thắng 30/4)": consecutive days off for the same reason
    are joined.
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
    """A calendar without days off: it shows where a period would end if it were not moved."""

    def __init__(self) -> None:
        """Skips the list of working days, which is not needed."""

    def on_or_after(self, day: date) -> date:
        return day

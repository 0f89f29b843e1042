"""Why a deadline falls on its day: one sentence with the article, and the days that were and
were not counted.
"""

from itertools import groupby

from danchu.kernel.days import show_day
from danchu.kernel.words import gettext as _
from danchu.law.calendar import days_between
from danchu.law.deadline import due_day
from danchu.law.rule import WORKING_DAY, mark_words, unit_words

MOST_TOLD = 31


def why(found, calendar):
    """The sentences that answer "why this date", in the reader's language."""
    rule = found.rule
    parts = [_opening(found), *_counted(found, calendar)]
    if not found.complete:
        parts.append(
            _(
                "Lịch nghỉ của năm ấy chưa được nạp: mới tính thứ Bảy, Chủ nhật và ngày "
                "lễ có ngày cố định."
            )
        )
    if not rule.is_verified:
        parts.append(_("Quy tắc này %s.") % mark_words(rule.mark))
    return " ".join(parts)


def _opening(found):
    rule = found.rule
    named = {
        "name": rule.name,
        "source": rule.source,
        "number": unit_words(rule),
        "event": show_day(found.event),
        "due": show_day(found.day),
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


def _counted(found, calendar):
    rule = found.rule
    if rule.unit == WORKING_DAY:
        yield from _working_days(found, calendar)
    elif rule.sense == "within":
        yield from _moved(found, calendar)
    elif rule.sense == "before" and calendar.why_off(found.day):
        yield _("Ngày %(day)s là ngày nghỉ (%(name)s): hạn không lùi, nên làm sớm hơn.") % {
            "day": show_day(found.day),
            "name": calendar.why_off(found.day),
        }


def _moved(found, calendar):
    """How the last day was pushed past days off."""
    plain = due_day(found.rule, found.event, _EveryDay())
    if plain != found.day:
        off = _spans(
            [day for day in days_between(plain, found.day) if day != found.day],
            calendar,
            first=plain,
        )
        yield _(
            "Ngày cuối %(plain)s rơi vào ngày nghỉ (%(off)s), nên hạn là hết ngày làm "
            "việc tiếp theo."
        ) % {
            "plain": show_day(plain),
            "off": off,
        }


def _working_days(found, calendar):
    backwards = found.rule.sense == "before"
    first, last = (found.day, found.event) if backwards else (found.event, found.day)
    days = (
        [first, *days_between(first, last)][:-1] if backwards else list(days_between(first, last))
    )
    if len(days) <= MOST_TOLD:
        worked = [day for day in days if calendar.is_working(day)]
        yield _("Các ngày được tính: %s.") % ", ".join(_worked(day, calendar) for day in worked)
    off = [day for day in days if not calendar.is_working(day)]
    if off and len(off) <= MOST_TOLD:
        yield _("Không tính: %s.") % _spans(off, calendar)


def _worked(day, calendar):
    mark = calendar.marks.get(day)
    return f"{_short(day)} ({mark.name})" if mark else _short(day)


def _spans(days, calendar, first=None):
    """ "27/04 (thứ Bảy), 30/04 (Ngày Chiến thắng 30/4)": neighbours off for the same reason
    stand together.
    """
    days = [first, *days] if first else days
    told = []
    for reason, group in groupby(days, key=calendar.why_off):
        group = list(group)
        told.append(
            f"{_short(group[0])}{'–' + _short(group[-1]) if len(group) > 1 else ''} ({reason})"
        )
    return ", ".join(told)


def _short(day):
    return f"{day.day:02d}/{day.month:02d}"


class _EveryDay:
    """A calendar without days off: where a period in days would end by itself."""

    @staticmethod
    def from_on(day):
        return day

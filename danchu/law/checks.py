"""What must hold of a version of a rule and of the days of a year before they are written."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from danchu.kernel.days import show_day
from danchu.kernel.refusals import Refused, all_refusals
from danchu.kernel.text import clean
from danchu.law.calendar import FIRST, LAST, MAKE_UP, OFF
from danchu.law.models import LegalText
from danchu.law.rule import (
    DAY,
    DEADLINES,
    EXCEEDING,
    MARKS,
    SENSES,
    SHARE,
    TIMES,
    TRANSITIONS,
    UNIT_OF_SENSE,
    UNITS,
    WORKING_DAY,
    Value,
    read_value,
)

# One special day as it is entered: (day, kind, name).
CalendarEntry = tuple[date, str, str]

MOST_DAYS = 60  # special days of one year
LONGEST_NAME = 200  # characters
LONGEST = {"vi": LONGEST_NAME, "en": LONGEST_NAME, "article": 120, "value": 20, "note": 2000}
CHOICES = {"sense": SENSES, "unit": UNITS, "mark": MARKS, "transition": TRANSITIONS}


def check_rule(key: str, fields: Mapping[str, Any]) -> None:
    """Refused, on its field, where the key or one of the fields of a RuleVersion is invalid."""
    missing = [
        name for name in ("vi", "en", "sense", "value", "unit", "text") if not fields.get(name)
    ]
    if missing:
        raise Refused(_("Còn thiếu: %s.") % ", ".join(missing), missing[0])
    with all_refusals() as rule:
        if not re.fullmatch(r"[a-z][a-z0-9_.]{0,59}", key):
            with rule():
                raise Refused(
                    _(
                        "Khóa của quy tắc chỉ gồm chữ thường không dấu, số, dấu chấm và gạch "
                        "dưới, như pib.answer."
                    ),
                    "key",
                )
        for name, limit in LONGEST.items():
            if len(str(fields[name])) > limit:
                with rule():
                    raise Refused(_("Không quá %s ký tự.") % limit, name)
        if not isinstance(fields["text"], LegalText):
            with rule():
                raise Refused(_("Hãy nêu văn bản quy định."), "text")
        with rule():
            _check_choices_and_value(fields)


def _check_choices_and_value(fields: Mapping[str, Any]) -> None:
    with all_refusals() as rule:
        for name, choices in CHOICES.items():
            with rule():
                check_choice(name, fields[name], choices)
    with all_refusals() as rule:
        with rule():
            _check_unit(fields["sense"], fields["unit"])
        with rule():
            _check_value(str(fields["value"]), fields["unit"])


def check_choice(name: str, value: object, choices: Sequence[str]) -> None:
    """Refused, on the field `name`, unless the value is one of the choices."""
    if value not in choices:
        raise Refused(
            _("“%(name)s” phải là một trong: %(known)s.")
            % {"name": name, "known": ", ".join(choices)},
            name,
        )


def _check_unit(sense: str, unit: str) -> None:
    """Refused, on "unit", unless a deadline is in units of time and a threshold in other units."""
    if sense in UNIT_OF_SENSE:
        is_valid = unit == UNIT_OF_SENSE[sense]
    elif sense in DEADLINES or sense == EXCEEDING:
        is_valid = unit in TIMES
    else:
        is_valid = unit not in (WORKING_DAY, DAY, *UNIT_OF_SENSE.values())
    if not is_valid:
        raise Refused(
            _(
                "Thời hạn phải tính bằng ngày, ngày làm việc hoặc tháng; ngưỡng thì "
                "không. Hãy chọn lại đơn vị."
            ),
            "unit",
        )


def _check_value(text: str, unit: str) -> None:
    value: Value | None
    try:
        value = read_value(text, unit)
    except (ValueError, ZeroDivisionError):
        value = None
    if value is None or not _is_possible(value, unit):
        raise Refused(
            _("Giá trị phải là số nguyên lớn hơn 0, tỷ lệ như 2/3, hoặc số của các việc như 1,2."),
            "value",
        )


def _is_possible(value: Value, unit: str) -> bool:
    """Whether the value is above 0, and at most 1 for a share, an integer for any other unit."""
    if isinstance(value, str):
        return True
    if isinstance(value, tuple):
        return value[0] > 0
    if unit == SHARE:
        return 0 < value <= 1
    return value > 0 and value.denominator == 1


def check_days(year: int, days: Sequence[CalendarEntry]) -> None:
    """Refused, naming every fault, where the year is outside the calendar or a day is invalid."""
    if not FIRST.year <= year <= LAST.year:
        raise Refused(
            _("Năm phải từ %(first)s đến %(last)s.") % {"first": FIRST.year, "last": LAST.year},
            "year",
        )
    faults = []
    seen: set[date] = set()
    for day, kind, name in days[: MOST_DAYS + 1]:
        if not isinstance(day, date) or day.year != year or day in seen:
            faults.append(_("%s: không thuộc năm này hoặc ghi hai lần") % day)
        elif kind not in (*OFF, MAKE_UP) or not clean(name) or len(clean(name)) > 120:
            faults.append(_("%s: thiếu loại ngày hoặc tên ngày") % show_day(day))
        elif kind == MAKE_UP and day.weekday() < 5:
            faults.append(_("%s: ngày làm bù phải là thứ Bảy hoặc Chủ nhật") % show_day(day))
        seen.add(day)
    if len(days) > MOST_DAYS:
        faults.append(_("một năm có tối đa %s ngày") % MOST_DAYS)
    if faults:
        raise Refused(_("Lịch chưa ghi được: %s.") % "; ".join(faults), "days")

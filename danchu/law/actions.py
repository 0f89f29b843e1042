"""Everything that can be done with the law: enact a version of a rule, correct one, set the
days of a year.
"""

import re
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.days import now, show_day
from danchu.kernel.refusals import Refused, require
from danchu.kernel.text import clean, fold
from danchu.law.calendar import FIRST, LAST, MAKE_UP, OFF
from danchu.law.models import CalendarDay, CalendarVersion, Edition, LegalText, RuleVersion
from danchu.law.rule import (
    DAY,
    DEADLINES,
    ITEM,
    LAW,
    MARKS,
    OTHERS,
    SENSES,
    SHARE,
    TIMES,
    TRANSITIONS,
    UNITS,
    WORKING_DAY,
    read_value,
)

FIELDS = (
    "vi",
    "en",
    "sense",
    "value",
    "unit",
    "article",
    "text",
    "until",
    "mark",
    "transition",
    "note",
)
MOST_DAYS, MOST_NAMED, BASIS = 60, 200, 300


@transaction.atomic
def enact_rule(key, *, by, since, seen=None, **fields):
    """A new version of a rule from `since` on; it ends the one in force then, whose other fields it
    keeps where not named.

    A rule without a version yet needs every field. What was judged by the earlier version stays as
    it was. `seen` is the newest version that whoever enacts has looked at: Refused when there is a
    newer one.
    """
    require(by.may("correct", "law", None), _("Ông/bà không có quyền thay đổi quy tắc."))
    _next_edition()
    before = RuleVersion.objects.select_for_update().standing().filter(key=key).order_by("since")
    if seen is not None and seen != max((row.pk for row in before), default=0):
        raise Refused(
            _(
                "Quy tắc này vừa được người khác thay đổi. Hãy xem lại phiên bản mới "
                "nhất rồi ghi lại."
            )
        )
    ended = next(
        (row for row in before if row.since < since and (row.until is None or row.until > since)),
        None,
    )
    if any(row.since >= since for row in before):
        raise Refused(
            _("Quy tắc này đã có phiên bản từ ngày %s trở đi. Hãy đính chính phiên bản đó.")
            % show_day(since),
            "since",
        )
    known = (
        {name: getattr(before[len(before) - 1], name) for name in FIELDS}
        if before
        else {"article": "", "note": ""}
    )
    if ended is not None:
        RuleVersion.objects.filter(pk=ended.pk).update(until=since)
    version = _written(
        by, key, since, {**known, "until": None, "mark": "operator", "transition": "new", **fields}
    )
    record(
        by,
        "rule.enacted",
        version,
        key=key,
        since=since.isoformat(),
        ended=ended.pk if ended else None,
    )
    return version


@transaction.atomic
def correct_rule(version, *, by, reason, **fields):
    """Put a corrected version in the place of one that was recorded wrongly; both stay readable."""
    require(by.may("correct", "law", None), _("Ông/bà không có quyền thay đổi quy tắc."))
    _next_edition()
    version = RuleVersion.objects.select_for_update().get(pk=version.pk)
    if version.replaced_at is not None:
        raise Refused(_("Phiên bản này đã được đính chính. Hãy đính chính phiên bản đang dùng."))
    if not clean(reason):
        raise Refused(_("Hãy ghi lý do."), "reason")
    RuleVersion.objects.filter(pk=version.pk).update(replaced_at=now())
    known = {name: getattr(version, name) for name in FIELDS}
    corrected = _written(by, version.key, fields.pop("since", version.since), known | fields)
    record(
        by, "rule.corrected", corrected, key=version.key, corrects=version.pk, reason=clean(reason)
    )
    return corrected


@transaction.atomic
def add_text(*, by, vi, en, since, mark="operator"):
    """A law, decree or other document that rules rest on, in force from the day."""
    require(by.may("correct", "law", None), _("Ông/bà không có quyền thay đổi quy tắc."))
    vi, en = clean(vi), clean(en)
    if not vi or not en or len(vi) > MOST_NAMED or len(en) > MOST_NAMED:
        raise Refused(
            _("Hãy ghi số hiệu, tên văn bản bằng tiếng Việt và tiếng Anh, không quá 200 ký tự."),
            "text_en" if vi and len(vi) <= MOST_NAMED else "text_vi",
        )
    if not isinstance(since, date):
        raise Refused(_("Hãy ghi ngày văn bản có hiệu lực."), "text_since")
    if LegalText.objects.filter(vi__iexact=vi).exists():
        raise Refused(_("Đã có văn bản tên này trong danh mục. Hãy chọn ở danh mục."), "text_vi")
    _next_edition()
    made = LegalText.objects.create(key=_free_key(vi), vi=vi, en=en, since=since, mark=mark)
    record(by, "text.added", made, vi=vi, since=since.isoformat())
    return made


@transaction.atomic
def set_calendar(year, days, *, by, basis, mark="operator", seen=None):
    """Set the whole year's days off, days exchanged and days that make up: [(day, kind, name)]. The
    earlier setting stays readable.

    Returns the new CalendarVersion. Refused with every fault named; nothing is written then. `seen`
    is the year's version (0: none) that whoever sets it has looked at: Refused when there is a
    newer one.
    """
    require(by.may("correct", "law", None), _("Ông/bà không có quyền thay đổi lịch làm việc."))
    _check_days(year, days)
    if not clean(basis) or len(clean(basis)) > BASIS:
        raise Refused(
            _("Hãy ghi căn cứ: số và ngày của văn bản thông báo lịch nghỉ, không quá 300 ký tự."),
            "basis",
        )
    if mark not in MARKS:
        raise Refused(
            _("“%(name)s” phải là một trong: %(known)s.")
            % {"name": "mark", "known": ", ".join(MARKS)},
            "mark",
        )
    _next_edition()
    if seen is not None and seen != (
        CalendarVersion.objects.filter(year=year).aggregate(last=Max("number"))["last"] or 0
    ):
        raise Refused(
            _("Lịch năm này vừa được người khác ghi lại. Hãy xem lại lịch mới nhất rồi ghi lại.")
        )
    number = (CalendarVersion.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    version = CalendarVersion.objects.create(
        number=number, year=year, basis=clean(basis), mark=mark, made_at=now(), made_by=by.key
    )
    CalendarDay.objects.bulk_create(
        CalendarDay(version=version, day=day, kind=kind, name=clean(name))
        for day, kind, name in days
    )
    record(by, "calendar.set", version, year=year, days=len(days), basis=clean(basis))
    return version


def _written(by, key, since, fields):
    _check_rule(key, fields)
    try:
        with transaction.atomic():
            return RuleVersion.objects.create(
                key=key, since=since, made_at=now(), made_by=by.key, **fields
            )
    except IntegrityError as fault:
        if "one_rule_at_a_time" in str(fault) or "rule_ends_after_it_begins" in str(fault):
            raise Refused(
                _("Hai phiên bản của một quy tắc không được trùng ngày. Hãy sửa ngày hiệu lực."),
                "since",
            ) from None
        raise


def _check_rule(key, fields):
    missing = [
        name for name in ("vi", "en", "sense", "value", "unit", "text") if not fields.get(name)
    ]
    if missing:
        raise Refused(_("Còn thiếu: %s.") % ", ".join(missing), missing[0])
    if not re.fullmatch(r"[a-z][a-z0-9_.]{0,59}", key):
        raise Refused(
            _(
                "Khóa của quy tắc chỉ gồm chữ thường không dấu, số, dấu chấm và gạch "
                "dưới, như pib.answer."
            ),
            "key",
        )
    for name, most in (
        ("vi", MOST_NAMED),
        ("en", MOST_NAMED),
        ("article", 120),
        ("value", 20),
        ("note", 2000),
    ):
        if len(str(fields[name])) > most:
            raise Refused(_("Không quá %s ký tự.") % most, name)
    for name, known in (
        ("sense", SENSES),
        ("unit", UNITS),
        ("mark", MARKS),
        ("transition", TRANSITIONS),
    ):
        if fields[name] not in known:
            raise Refused(
                _("“%(name)s” phải là một trong: %(known)s.")
                % {"name": name, "known": ", ".join(known)},
                name,
            )
    if not isinstance(fields["text"], LegalText):
        raise Refused(_("Hãy nêu văn bản quy định."), "text")
    sense, unit = fields["sense"], fields["unit"]
    fits = (
        unit == OTHERS[sense]
        if sense in OTHERS
        else unit in TIMES
        if sense in DEADLINES
        else unit not in (WORKING_DAY, DAY, *OTHERS.values())
    )
    if not fits:
        raise Refused(
            _(
                "Thời hạn phải tính bằng ngày, ngày làm việc hoặc tháng; ngưỡng thì "
                "không. Hãy chọn lại đơn vị."
            ),
            "unit",
        )
    try:
        value = read_value(str(fields["value"]), unit)
    except (ValueError, ZeroDivisionError):
        value = None
    if not _value_holds(value, unit):
        raise Refused(
            _("Giá trị phải là số nguyên lớn hơn 0, tỷ lệ như 2/3, hoặc số của các việc như 1,2."),
            "value",
        )


def _value_holds(value, unit):
    if unit == LAW:
        return bool(value)
    if unit == ITEM:
        return bool(value) and value[0] > 0
    return (
        value is not None
        and value > 0
        and (value <= 1 if unit == SHARE else value.denominator == 1)
    )


def _check_days(year, days):
    if not FIRST.year <= year <= LAST.year:
        raise Refused(
            _("Năm phải từ %(first)s đến %(last)s.") % {"first": FIRST.year, "last": LAST.year},
            "year",
        )
    faults, seen = [], set()
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


def _free_key(name):
    """A key of the name that no other text has."""
    stem = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:50] or "text"
    taken = set(LegalText.objects.filter(pk__startswith=stem).values_list("pk", flat=True))
    return next(
        key
        for key in (stem, *(f"{stem}-{number}" for number in range(2, 1000)))
        if key not in taken
    )


def _next_edition():
    """Takes the one row: two writers of the law follow each other."""
    Edition.objects.get_or_create(pk=1)
    Edition.objects.filter(pk=1).update(number=F("number") + 1)

"""The acts of the law: enact or correct a version of a rule, add a legal text, set the days of a
year.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import now, show_day
from danchu.kernel.refusals import Refused, require
from danchu.kernel.text import clean, fold
from danchu.law.checks import MOST_NAMED, CalendarEntry, check_choice, check_days, check_rule
from danchu.law.models import CalendarDay, CalendarVersion, Edition, LegalText, RuleVersion
from danchu.law.rule import MARKS

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
LONGEST_BASIS = 300


@transaction.atomic
def enact_rule(
    key: str, *, by: Acting, since: date, seen: int | None = None, **fields: Any
) -> RuleVersion:
    """Write a new version of a rule from `since` on. It ends the one in force then and keeps its
    fields where none are given; a rule without a version yet needs every field (`FIELDS`).

    What was judged by the earlier version stays as it was. `seen` is the key of the newest version
    that was on the page (0: none): Refused when there is a newer one. Refused, on its field, where
    a field cannot be; Denied without the right to correct the law.
    """
    require(by.may("correct", "law", None), _("Ông/bà không có quyền thay đổi quy tắc."))
    _next_edition()
    before = list(
        RuleVersion.objects.select_for_update().standing().filter(key=key).order_by("since")
    )
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
    if ended is not None:
        RuleVersion.objects.filter(pk=ended.pk).update(until=since)
    kept = _fields_of(before[-1]) if before else {"article": "", "note": ""}
    given = {"until": None, "mark": "operator", "transition": "new", **fields}
    version = _write(by, key, since, kept | given)
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
def correct_rule(version: RuleVersion, *, by: Acting, reason: str, **fields: Any) -> RuleVersion:
    """Put a corrected version in the place of one that was recorded wrongly; both stay readable.
    `fields` are those that change. Refused, on its field, where one cannot be; Denied without the
    right to correct the law.
    """
    require(by.may("correct", "law", None), _("Ông/bà không có quyền thay đổi quy tắc."))
    _next_edition()
    version = RuleVersion.objects.select_for_update().get(pk=version.pk)
    if version.replaced_at is not None:
        raise Refused(_("Phiên bản này đã được đính chính. Hãy đính chính phiên bản đang dùng."))
    if not clean(reason):
        raise Refused(_("Hãy ghi lý do."), "reason")
    RuleVersion.objects.filter(pk=version.pk).update(replaced_at=now())
    since = fields.pop("since", version.since)
    corrected = _write(by, version.key, since, _fields_of(version) | fields)
    record(
        by, "rule.corrected", corrected, key=version.key, corrects=version.pk, reason=clean(reason)
    )
    return corrected


@transaction.atomic
def add_text(*, by: Acting, vi: str, en: str, since: date, mark: str = "operator") -> LegalText:
    """Add a law, decree or other document that rules rest on, in force from the day. Refused, on
    its field, where a name is missing, too long or known; Denied without the right to correct the
    law.
    """
    require(by.may("correct", "law", None), _("Ông/bà không có quyền thay đổi quy tắc."))
    vi = clean(vi)
    en = clean(en)
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
    text = LegalText.objects.create(key=_free_key(vi), vi=vi, en=en, since=since, mark=mark)
    record(by, "text.added", text, vi=vi, since=since.isoformat())
    return text


@transaction.atomic
def set_calendar(
    year: int,
    days: Sequence[CalendarEntry],
    *,
    by: Acting,
    basis: str,
    mark: str = "operator",
    seen: int | None = None,
) -> CalendarVersion:
    """Set the whole year's days off, days exchanged and days that make up for them: [(day, kind,
    name)]. The earlier setting stays readable.

    `basis` names the announcement they rest on. `seen` is the number of the year's version that was
    on the page (0: none): Refused when there is a newer one. Refused, naming every fault, where a
    day is none of the year; Denied without the right to correct the law.
    """
    require(by.may("correct", "law", None), _("Ông/bà không có quyền thay đổi lịch làm việc."))
    check_days(year, days)
    if not clean(basis) or len(clean(basis)) > LONGEST_BASIS:
        raise Refused(
            _("Hãy ghi căn cứ: số và ngày của văn bản thông báo lịch nghỉ, không quá 300 ký tự."),
            "basis",
        )
    check_choice("mark", mark, MARKS)
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


def _fields_of(version: RuleVersion) -> dict[str, Any]:
    return {name: getattr(version, name) for name in FIELDS}


def _write(by: Acting, key: str, since: date, fields: dict[str, Any]) -> RuleVersion:
    """Check and write a version. Refused where another of the key is in force on a day of it."""
    check_rule(key, fields)
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


def _free_key(name: str) -> str:
    """A key made of the name that no other text has: "luat-2024", "luat-2024-2"."""
    stem = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:50] or "text"
    taken = set(LegalText.objects.filter(pk__startswith=stem).values_list("pk", flat=True))
    return next(
        key
        for key in (stem, *(f"{stem}-{number}" for number in range(2, 1000)))
        if key not in taken
    )


def _next_edition() -> None:
    """Advance the edition, so that copies in memory are read again. Locks its one row: writers of
    the law follow one another.
    """
    Edition.objects.get_or_create(pk=1)
    Edition.objects.filter(pk=1).update(number=F("number") + 1)

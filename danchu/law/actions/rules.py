"""The acts on rules and the calendar: enact or correct a version of a rule, join two keys of one
rule, add a legal text, set the days of a year.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import now, show_day
from danchu.kernel.refusals import Refused, all_refusals, require
from danchu.kernel.text import clean, fold
from danchu.law.checks import LONGEST_NAME, CalendarEntry, check_choice, check_days, check_rule
from danchu.law.models import (
    CalendarDay,
    CalendarVersion,
    Edition,
    JoinedKey,
    LegalText,
    RuleVersion,
)
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
    key: str, *, by: Acting, since: date, newest: int | None = None, **fields: Any
) -> RuleVersion:
    """Write a new version of a rule, in force from `since`. It ends the version in force then, and
    `fields` not passed are copied from the latest one; the first version of a rule needs every
    field (`FIELDS`).

    Results that were worked out under the earlier version do not change. `newest` is the primary
    key of the newest version that the page showed (0: none): Refused when there is a newer one by
    now. Refused, on its field, where a value is invalid; Denied without the right to correct the
    law.
    """
    require(by.may("correct", "law", None), _("Ông/bà không có quyền thay đổi quy tắc."))
    _next_edition()
    versions = list(
        RuleVersion.objects.select_for_update().uncorrected().filter(key=key).order_by("since")
    )
    if newest is not None and newest != max((row.pk for row in versions), default=0):
        raise Refused(
            _(
                "Quy tắc này vừa được người khác thay đổi. Hãy xem lại phiên bản mới "
                "nhất rồi ghi lại."
            )
        )
    previous = next(
        (row for row in versions if row.since < since and (row.until is None or row.until > since)),
        None,
    )
    if any(row.since >= since for row in versions):
        raise Refused(
            _("Quy tắc này đã có phiên bản từ ngày %s trở đi. Hãy đính chính phiên bản đó.")
            % show_day(since),
            "since",
        )
    if previous is not None:
        RuleVersion.objects.filter(pk=previous.pk).update(until=since)
    inherited = _fields_of(versions[-1]) if versions else {"article": "", "note": ""}
    changes = {"until": None, "mark": "operator", "transition": "new", **fields}
    version = _write(by, key, since, inherited | changes)
    record(
        by,
        "rule.enacted",
        version,
        key=key,
        since=since.isoformat(),
        ended=previous.pk if previous else None,
    )
    return version


@transaction.atomic
def enact_earlier_rule(
    key: str, *, by: Acting, since: date, until: date, **fields: Any
) -> RuleVersion:
    """Write a version of a rule for days before its earliest one, so that what happened then can be
    recorded under the law of its time. `fields` not passed are copied from the earliest version.

    Refused, on its field, where the days are not before that version or a value is invalid; Denied
    without the right to correct the law.
    """
    require(by.may("correct", "law", None), _("Ông/bà không có quyền thay đổi quy tắc."))
    _next_edition()
    earliest = (
        RuleVersion.objects.select_for_update()
        .uncorrected()
        .filter(key=key)
        .order_by("since")
        .first()
    )
    if earliest is None or not since < until <= earliest.since:
        raise Refused(
            _("Phiên bản này phải ở trước phiên bản sớm nhất của quy tắc. Hãy sửa ngày hiệu lực."),
            "since",
        )
    version = _write(by, key, since, {**_fields_of(earliest), **fields, "until": until})
    record(by, "rule.enacted", version, key=key, since=since.isoformat(), until=until.isoformat())
    return version


@transaction.atomic
def join_rules(key: str, into: str, *, by: Acting, reason: str) -> int:
    """Join the key of a rule that stands under two keys into the other one; returns how many of its
    versions are replaced. Whatever names the old key finds the rule under the other from then on.

    Refused, on "key", where one of them has no version in use; Denied without the right to correct
    the law.
    """
    require(by.may("correct", "law", None), _("Ông/bà không có quyền thay đổi quy tắc."))
    _next_edition()
    versions = RuleVersion.objects.uncorrected().select_for_update()
    joined = list(versions.filter(key=key).order_by("since"))
    if not joined or key == into or not versions.filter(key=into).exists():
        raise Refused(_("Hãy nêu hai khóa khác nhau của các quy tắc đang dùng."), "key")
    RuleVersion.objects.filter(pk__in=[row.pk for row in joined]).update(replaced_at=now())
    JoinedKey.objects.create(key=key, into=into)
    record(by, "rule.joined", joined[-1], key=key, into=into, reason=clean(reason))
    return len(joined)


@transaction.atomic
def correct_rule(version: RuleVersion, *, by: Acting, reason: str, **fields: Any) -> RuleVersion:
    """Replace a version that was recorded wrongly by a corrected one; both stay readable. `fields`
    are those that change. Refused, on its field, where a value is invalid; Denied without the
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
    """Add a law, decree or other document that rules cite, in force from `since`. Refused, on its
    field, where a name is missing, too long or already listed; Denied without the right to correct
    the law.
    """
    require(by.may("correct", "law", None), _("Ông/bà không có quyền thay đổi quy tắc."))
    vi = clean(vi)
    en = clean(en)
    with all_refusals() as rule:
        for name, field in ((vi, "text_vi"), (en, "text_en")):
            if not name or len(name) > LONGEST_NAME:
                with rule():
                    raise Refused(
                        _(
                            "Hãy ghi số hiệu, tên văn bản bằng tiếng Việt và tiếng Anh, không quá "
                            "200 ký tự."
                        ),
                        field,
                    )
        with rule():
            _check_since(since)
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
    newest: int | None = None,
) -> CalendarVersion:
    """Set the holidays, days off in exchange and make-up working days of a whole year: [(day, kind,
    name)]. The earlier version of the year stays readable.

    `basis` names the official announcement. `newest` is the number of the year's version that the
    page showed (0: none): Refused when there is a newer one by now. Refused, naming every fault,
    where a day is not of the year; Denied without the right to correct the law.
    """
    require(by.may("correct", "law", None), _("Ông/bà không có quyền thay đổi lịch làm việc."))
    with all_refusals() as rule:
        with rule():
            check_days(year, days)
        if not clean(basis) or len(clean(basis)) > LONGEST_BASIS:
            with rule():
                raise Refused(
                    _(
                        "Hãy ghi căn cứ: số và ngày của văn bản thông báo lịch nghỉ, không quá 300 "
                        "ký tự."
                    ),
                    "basis",
                )
        with rule():
            check_choice("mark", mark, MARKS)
    _next_edition()
    if newest is not None and newest != (
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


def _check_since(since: object) -> None:
    if not isinstance(since, date):
        raise Refused(_("Hãy ghi ngày văn bản có hiệu lực."), "text_since")


def _fields_of(version: RuleVersion) -> dict[str, Any]:
    return {name: getattr(version, name) for name in FIELDS}


def _write(by: Acting, key: str, since: date, fields: dict[str, Any]) -> RuleVersion:
    """Check and write a version. Refused where it overlaps another version of the same key."""
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
    """An unused key derived from the name: "luat-2024", then "luat-2024-2"."""
    stem = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:50] or "text"
    keys = set(LegalText.objects.filter(pk__startswith=stem).values_list("pk", flat=True))
    return next(
        key for key in (stem, *(f"{stem}-{number}" for number in range(2, 1000))) if key not in keys
    )


def _next_edition() -> None:
    """Begin a new edition, which invalidates the cached books of every process. Its single row
    stays locked until the end of the transaction, so writers of the law run one after another.
    """
    Edition.objects.get_or_create(pk=1)
    Edition.objects.filter(pk=1).update(number=F("number") + 1, uid=uuid4())

"""Rows of the table of escalations: the operator adds, changes and removes them."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.refusals import Refused, all_refusals, require
from danchu.kernel.text import clean
from danchu.law.book import book
from danchu.obligations.models import Escalation
from danchu.people.models import OfficeKind

MOST_DAYS = 365
MOST_ABOVE = 3
FIELDS = ("rule_prefix", "days", "office", "above", "before")


@transaction.atomic
def add_escalation(
    *,
    by: Acting,
    days: int,
    office: str,
    rule_prefix: str = "",
    above: int = 0,
    before: bool = False,
) -> Escalation:
    """Add a row: the holders of the office `above` levels up are told `days` days after a due day,
    or with `before` as many working days before it. Refused, on its field, for a value out of range
    or a row that exists already.
    """
    require(by.may("correct", "law", None), _("Ông/bà không có quyền đổi bảng nhắc việc, báo lên."))
    row = _save(
        Escalation(), rule_prefix=rule_prefix, days=days, office=office, above=above, before=before
    )
    record(by, "escalation.added", row, **_fields(row))
    return row


@transaction.atomic
def change_escalation(row: Escalation, *, by: Acting, **fields: Any) -> Escalation:
    """Change some of FIELDS of a row. What was told by an equal step is not told again."""
    require(by.may("correct", "law", None), _("Ông/bà không có quyền đổi bảng nhắc việc, báo lên."))
    row = _lock(row)
    earlier = _fields(row)
    row = _save(row, **{**earlier, **fields})
    record(by, "escalation.changed", row, earlier=earlier, **_fields(row))
    return row


@transaction.atomic
def remove_escalation(row: Escalation, *, by: Acting) -> None:
    """Delete a row of the table."""
    require(by.may("correct", "law", None), _("Ông/bà không có quyền đổi bảng nhắc việc, báo lên."))
    row = _lock(row)
    Escalation.objects.filter(pk=row.pk).delete()
    record(by, "escalation.removed", row, **_fields(row))


def _lock(row):
    """The row as it is now, locked; Refused when it was removed meanwhile."""
    current = Escalation.objects.select_for_update().filter(pk=row.pk).first()
    if current is None:
        raise Refused(_("Dòng này vừa được người khác bỏ. Hãy xem lại bảng."))
    return current


def _fields(row):
    return {name: getattr(row, name) for name in FIELDS}


def _check_whole(value, least, most, field):
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise Refused(
            _("Hãy ghi số nguyên từ %(least)s đến %(most)s.") % {"least": least, "most": most},
            field,
        )


def _save(row, *, rule_prefix, days, office, above, before):
    prefix = clean(rule_prefix)
    with all_refusals() as rule:
        if prefix and not any(key.startswith(prefix) for key in book().rule_keys()):
            with rule():
                raise Refused(
                    _("Không có quy tắc nào bắt đầu bằng “%s”. Hãy xem danh mục quy tắc.")
                    % prefix[:60],
                    "rule_prefix",
                )
        if not OfficeKind.objects.filter(pk=office).exists():
            with rule():
                raise Refused(_("Hãy chọn chức trách được báo."), "office")
        with rule():
            _check_whole(days, 1 if before else 0, MOST_DAYS, "days")
        with rule():
            _check_whole(above, 0, MOST_ABOVE, "above")
    row.rule_prefix = prefix
    row.days = days
    row.office = office
    row.above = above
    row.before = bool(before)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as fault:
        if "one_escalation" in str(fault):
            raise Refused(_("Bảng đã có dòng như vậy."), "days") from None
        raise
    return row

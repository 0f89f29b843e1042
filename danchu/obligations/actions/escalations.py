"""Who is told before and after a due day: rows that the operator adds, changes, takes away."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.refusals import Refused, require
from danchu.kernel.text import clean
from danchu.law.book import book
from danchu.obligations.models import Escalation
from danchu.people.models import OfficeKind

MOST_DAYS = 365
MOST_ABOVE = 3
FIELDS = ("rule_prefix", "days", "office", "above", "before")


@transaction.atomic
def add_escalation(*, by, days, office, rule_prefix="", above=0, before=False):
    """From now on the holders of the office are told so many days after a due day, or so many
    working days `before` it.
    """
    require(by.may("correct", "law", None), _("Ông/bà không có quyền đổi bảng nhắc việc, báo lên."))
    row = _written(
        Escalation(), rule_prefix=rule_prefix, days=days, office=office, above=above, before=before
    )
    record(by, "escalation.added", row, **_told(row))
    return row


@transaction.atomic
def change_escalation(row, *, by, **fields):
    """Other days, another office, other rules; who was told is not told again of the same."""
    require(by.may("correct", "law", None), _("Ông/bà không có quyền đổi bảng nhắc việc, báo lên."))
    row = _held(row)
    earlier = _told(row)
    row = _written(row, **{**earlier, **fields})
    record(by, "escalation.changed", row, earlier=earlier, **_told(row))
    return row


@transaction.atomic
def remove_escalation(row, *, by):
    """Nobody is told by this row any more."""
    require(by.may("correct", "law", None), _("Ông/bà không có quyền đổi bảng nhắc việc, báo lên."))
    row = _held(row)
    told = _told(row)
    number = row.pk
    Escalation.objects.filter(pk=number).delete()
    record(by, "escalation.removed", row, **told)


def _held(row):
    found = Escalation.objects.select_for_update().filter(pk=row.pk).first()
    if found is None:
        raise Refused(_("Dòng này vừa được người khác bỏ. Hãy xem lại bảng."))
    return found


def _told(row):
    return {name: getattr(row, name) for name in FIELDS}


def _written(row, *, rule_prefix, days, office, above, before):
    prefix = clean(rule_prefix)
    if prefix and not any(key.startswith(prefix) for key in book().rule_keys()):
        raise Refused(
            _("Không có quy tắc nào bắt đầu bằng “%s”. Hãy xem danh mục quy tắc.") % prefix[:60],
            "rule_prefix",
        )
    if not OfficeKind.objects.filter(pk=office).exists():
        raise Refused(_("Hãy chọn chức trách được báo."), "office")
    for value, least, most, field in (
        (days, 1 if before else 0, MOST_DAYS, "days"),
        (above, 0, MOST_ABOVE, "above"),
    ):
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise Refused(
                _("Hãy ghi số nguyên từ %(least)s đến %(most)s.") % {"least": least, "most": most},
                field,
            )
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

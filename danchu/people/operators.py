"""The operators of the installation: who could give any office again. One always remains."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from danchu.kernel.days import today
from danchu.kernel.refusals import Refused
from danchu.people.models import Holding, OfficeKind, OfficeRight


def operators() -> QuerySet[Holding]:
    """The holdings of today that give the right to appoint everybody everywhere, in person."""
    return Holding.objects.in_force(today()).filter(
        deputy_of=None, unit__level="nation", office_kind__in=_kinds_of_office()
    )


def check_operator_remains(ending: Iterable[Holding], field: str = "") -> None:
    """Refused when nobody would be an operator for good once the holdings have ended. Two operators
    who end each other at once wait for one another here.
    """
    kinds = set(_kinds_of_office().values_list("office_kind", flat=True))
    leaving = [row.pk for row in ending if row.office_kind_id in kinds]
    if not leaving:
        return
    # The lock of the transaction; the kinds of office themselves are not changed.
    list(OfficeKind.objects.select_for_update().filter(pk__in=kinds).order_by("pk"))
    lasting = operators().filter(until=None)
    if lasting.filter(pk__in=leaving).exists() and not lasting.exclude(pk__in=leaving).exists():
        raise Refused(
            _(
                "Đây là người quản trị cuối cùng của hệ thống: hãy giao chức trách quản trị cho "
                "người khác trước."
            ),
            field,
        )


def _kinds_of_office() -> QuerySet[OfficeRight]:
    """The keys of the kinds of office with the right to appoint everybody."""
    return OfficeRight.objects.filter(verb="appoint", kind="*").values("office_kind")

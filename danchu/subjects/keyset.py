"""Paging by key (keyset pagination): a page begins behind the last row of the page before, which an
index finds at once. Rows are ordered by one field, or by two, and by their primary key.
"""

from dataclasses import dataclass
from typing import Any

from django.core.signing import Signer
from django.db.models import Model, Q, QuerySet
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from danchu.kernel.addresses import number_in
from danchu.kernel.refusals import Refused
from danchu.subjects.order import is_of_names, names_behind


@dataclass(frozen=True)
class Total:
    """How many rows a narrowed list has: `number`, or more than that where `is_more`."""

    number: int
    is_more: bool


@dataclass(frozen=True)
class Page:
    """One page: its `rows`; `after` is the mark of the last row, empty on the last page; `query` is
    the query string without the mark; `total` as of the list, where it is known.
    """

    rows: list[Any]
    after: str
    query: str
    total: Total | None = None


def mark_of(row: Any, key: str) -> str:
    """The place of a row in the order by `key`, as it stands in an address: "<pk>.<value>", or
    "<pk>.<signature>" for names and titles: addresses stand in logs and histories, and may name
    nobody. Where `key` names two fields, both values.
    """
    if is_of_names(type(row), key):
        return f"{row.pk}.{_signature(type(row), row.pk)}"
    values = (getattr(row, name) for name in key.split())
    texts = (one.isoformat() if hasattr(one, "isoformat") else str(one) for one in values)
    return ".".join((str(row.pk), *texts))


def _signature(model: type[Model], pk: int) -> str:
    """Shows that a page ended with the row. Of any other row its place in the list would tell the
    name, also to a reader who may not see it.
    """
    return Signer(salt=__name__).signature(f"{model._meta.label}.{pk}")


def rows_behind(rows: QuerySet[Any], key: str, down: bool, after: str) -> QuerySet[Any]:
    """The rows behind the one whose mark is `after`; Refused at `after` where that is no mark."""
    invalid = Refused(_("Địa chỉ trang tiếp theo không đúng. Hãy quay lại đầu danh sách."), "after")
    number, dot, text = after.partition(".")
    last = number_in(number)
    if not dot or last is None:
        raise invalid
    if is_of_names(rows.model, key):
        if not constant_time_compare(text, _signature(rows.model, last)):
            raise invalid
        name = rows.model._base_manager.filter(pk=last).values_list(key, flat=True).first()
        if name is None:
            raise invalid
        return names_behind(rows, key, down, name, last)
    side = "lt" if down else "gt"
    names = key.split()
    texts = text.split(".", len(names) - 1)
    if len(texts) != len(names):
        raise invalid
    try:
        fields = [rows.model._meta.get_field(name) for name in names]
        values = [field.to_python(one) for field, one in zip(fields, texts, strict=True)]
    except Exception:
        raise invalid from None
    beyond, level = Q(pk__in=[]), Q()
    for name, value in (*zip(names, values, strict=True), ("pk", last)):
        beyond |= level & Q(**{f"{name}__{side}": value})
        level &= Q(**{name: value})
    return rows.filter(beyond, **{f"{names[0]}__{side}e": values[0]})

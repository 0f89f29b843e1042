"""The order of names and titles in lists: that of Vietnamese dictionaries, on any server."""

from typing import Any

from django.db.models import CharField, F, Func, Index, Model, QuerySet, TextField, Value
from django.db.models.lookups import (
    Exact,
    GreaterThan,
    GreaterThanOrEqual,
    LessThan,
    LessThanOrEqual,
)

# Columns that hold words for people; others hold codes, days and numbers.
NAMES = ("name", "title")


class VietnameseOrder(Func):
    """The key by which the database compares a column of names, as `kernel.text.sort_key`. A
    server's own collations differ, and the embedded one has none for Vietnamese.
    """

    function = "vietnamese_order"
    template = '%(function)s(%(expressions)s) COLLATE "C"'
    output_field = TextField()


def index_of_names(name: str, key: str, *before: str) -> Index:
    """The index of a table whose lists are sorted by the names in a column, within equal values of
    `before`: without it each page computes the key of every row.
    """
    return Index(*before, VietnameseOrder(key), "id", name=name)


def is_of_names(model: type[Model], key: str) -> bool:
    """Whether lists sorted by this column are in the order of names."""
    if key not in NAMES:
        return False
    field = model._meta.get_field(key)
    return isinstance(field, CharField | TextField) and not field.choices


def ordering(model: type[Model], key: str, down: bool) -> tuple[Any, ...]:
    """What `order_by` is given for a list sorted by the column, and then by the primary key; `key`
    may name two columns, the first of which is sorted by before the other: "unit_id number".
    """
    if " " in key:
        sign = "-" if down else ""
        return tuple(f"{sign}{name}" for name in (*key.split(), "pk"))
    expression = VietnameseOrder(key) if is_of_names(model, key) else F(key)
    return (expression.desc(), "-pk") if down else (expression.asc(), "pk")


def names_behind(rows: QuerySet[Any], key: str, down: bool, value: str, pk: int) -> QuerySet[Any]:
    """The rows behind the one with this name and primary key."""
    own = VietnameseOrder(key)
    last = VietnameseOrder(Value(value))
    # Where the index begins: of the alternatives below it can use none.
    bound = LessThanOrEqual(own, last) if down else GreaterThanOrEqual(own, last)
    beyond = LessThan(own, last) if down else GreaterThan(own, last)
    behind = LessThan(F("pk"), pk) if down else GreaterThan(F("pk"), pk)
    return rows.filter(bound, beyond | (Exact(own, last) & behind))

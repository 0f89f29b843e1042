"""Rows that every request with a session reads, by a statement that is written once: Django takes
longer to write one than the database to answer it.
"""

from functools import cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model

Row = TypeVar("Row", bound=Model)
_statements: dict[tuple[type[Model], tuple[str, ...]], str] = {}


def row_where(model: type[Row], **conditions: Any) -> Row | None:
    """The row of a model that meets the conditions, of which none is None and each takes its value
    as it is; None where no row does. Of several it is any.
    """
    named = sorted(conditions.items())  # as Django has them
    kind = model, tuple(name for name, _value in named)
    if kind not in _statements:
        rows = model._base_manager.filter(**conditions)
        _statements[kind] = rows.query.sql_with_params()[0]
    with connection.cursor() as cursor:
        cursor.execute(_statements[kind], [value for _name, value in named])
        row = cursor.fetchone()
    return None if row is None else model.from_db(connection.alias, _columns(model), row)


@cache
def _columns(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]

"""The lookup `unit__among=[…]`: one array parameter instead of one parameter for each id."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import BigAutoField, ForeignKey, IntegerField, Lookup


@dataclass(frozen=True)
class Ids:
    """Ids formatted once as a PostgreSQL array, for several queries of the same units; the ORM
    would process every id of a list again.
    """

    text: str


def array(ids: Iterable[int]) -> Ids:
    """The ids as an `Ids` value."""
    return Ids(f"{{{','.join(map(str, ids))}}}")


@IntegerField.register_lookup
@BigAutoField.register_lookup
@ForeignKey.register_lookup
class Among(Lookup):
    """`column = ANY(array)`, for many ids at once: an iterable of ids or an `Ids`."""

    lookup_name = "among"
    prepare_rhs = False

    def get_db_prep_lookup(self, value: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", ((value if isinstance(value, Ids) else array(value)).text,)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, parameters = self.process_lhs(compiler, connection)
        ids, values = self.process_rhs(compiler, connection)
        return f"{column} = ANY({ids}::bigint[])", (*parameters, *values)

"""The lookup `unit__among=[…]`: one array for the database instead of a thousand parameters to
prepare.
"""

from dataclasses import dataclass

from django.db.models import BigAutoField, ForeignKey, IntegerField, Lookup


@dataclass(frozen=True)
class Ids:
    """Ids as the database writes an array, for several questions of the same units. The ORM
    would look at each of a list.
    """

    text: str


def array(ids):
    """The ids, written once."""
    return Ids(f"{{{','.join(map(str, ids))}}}")


@IntegerField.register_lookup
@BigAutoField.register_lookup
@ForeignKey.register_lookup
class Among(Lookup):
    """`column = ANY(array)`, for many ids at once; given one by one or already written."""

    lookup_name = "among"
    prepare_rhs = False

    def get_db_prep_lookup(self, value, connection):
        return "%s", [(value if isinstance(value, Ids) else array(value)).text]

    def as_sql(self, compiler, connection):
        column, parameters = self.process_lhs(compiler, connection)
        ids, values = self.process_rhs(compiler, connection)
        return f"{column} = ANY({ids}::bigint[])", [*parameters, *values]

"""The lookup `unit__among=[…]`: one array for the database instead of a thousand parameters to prepare."""

from django.db.models import BigAutoField, ForeignKey, IntegerField, Lookup


@IntegerField.register_lookup
@BigAutoField.register_lookup
@ForeignKey.register_lookup
class Among(Lookup):
    """`column = ANY(array)`, for many ids at once."""

    lookup_name = "among"
    prepare_rhs = False

    def get_db_prep_lookup(self, value, connection):
        return "%s", [list(value)]

    def as_sql(self, compiler, connection):
        column, parameters = self.process_lhs(compiler, connection)
        array, values = self.process_rhs(compiler, connection)
        return f"{column} = ANY({array}::bigint[])", [*parameters, *values]

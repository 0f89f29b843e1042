"""A temporary staging table: imported rows are compared with the register in SQL, then inserted."""

from django.db import connection
from django.utils.translation import gettext as _

from danchu.kernel.days import now
from danchu.people.actor import reaches
from danchu.register.counted_once import lock_units, stated_rows
from danchu.register.file_statements import stated_message
from danchu.register.imports.cells import Problem
from danchu.register.models import NUMBERS, Event, State, Statement
from danchu.register.stated_parts import contradiction, excess_of, wholes

TABLE = "register_import"
COLUMNS = [field.column for field in Event._meta.concrete_fields if not field.primary_key]
# What a column holds that neither the file nor `_given` gives.
DEFAULTS = {
    field.column: field.get_default()
    for field in Event._meta.concrete_fields
    if not field.primary_key
}
_GIVEN = ("unit_id", "body_id", "state", "confirmed_by", "confirmed_at")
# The columns that make a row the same as one already in the register.
CONTENT = ("kind", "form", "held_on", "body_id", "title", "place", "note", *NUMBERS)
# Keeps the planner on the index of references: a join would read the whole register even for a
# small file.
BY_INDEX = "OFFSET 0"


def _query(sql, values=()):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []


def open_stage():
    """Create the empty staging table with the columns of an event; its id is the row's number in
    the file.
    """
    _query(f"CREATE TEMPORARY TABLE {TABLE} (LIKE register_event) ON COMMIT DROP")


def _set_defaults(values):
    """What the columns of the staging table hold where a row gives nothing: {column: value}."""
    changes = ", ".join(f'ALTER "{name}" SET DEFAULT %s' for name in values)
    _query(
        f"ALTER TABLE {TABLE} {changes}, ALTER uid SET DEFAULT gen_random_uuid()",
        list(values.values()),
    )


def close_stage():
    """Drop the staging table before the transaction ends."""
    _query(f"DROP TABLE IF EXISTS {TABLE}")


def fill_stage(rows, columns, lookup, by):
    """COPY `rows` of (number, fields) into the staging table: confirmed where the actor may
    confirm, drafts elsewhere. `columns` are the names of the fields that rows may have; a row
    without one of them has its default.
    """
    instant = now()
    _set_defaults(DEFAULTS | {"recorded_by": by.key, "recorded_at": instant})
    defaults = [(name, DEFAULTS[name]) for name in columns]
    quoted = ", ".join(f'"{name}"' for name in ("id", *columns, *_GIVEN))
    confirmed = (State.CONFIRMED.value, by.key, instant)
    draft = (State.DRAFT.value, "", None)
    with connection.cursor() as cursor, cursor.copy(f"COPY {TABLE} ({quoted}) FROM STDIN") as copy:
        for number, fields in rows:
            unit = fields["unit"].pk
            body = fields["body"]
            may_confirm = reaches(lookup.may_confirm[fields["kind"]], unit)
            read = [fields.get(name, default) for name, default in defaults]
            state = confirmed if may_confirm else draft
            copy.write_row((number, *read, unit, body.pk if body else None, *state))
    _query(f"CREATE INDEX ON {TABLE} (unit_id, reference)")
    # The other columns would be sampled for nothing.
    _query(f"ANALYZE {TABLE} (unit_id, reference, held_on)")


def repeated_references(limit):
    """[Problem] of rows whose reference an earlier row of the same unit has."""
    rows = _query(
        f"""SELECT id, reference, first FROM (
            SELECT id, reference, min(id) OVER (PARTITION BY unit_id, reference) AS first
            FROM {TABLE}) AS seen WHERE id > first ORDER BY id LIMIT %s""",
        [limit],
    )
    return [
        Problem(
            row, "reference", name, _("Trùng số hiệu với dòng %s. Mỗi việc một số hiệu.") % first
        )
        for row, name, first in rows
    ]


def remove_rows_in_register():
    """Delete the staged rows that the register has with the same reference and content, in any
    state. Returns how many.
    """
    alike = " AND ".join(f"r.{name} IS NOT DISTINCT FROM e.{name}" for name in CONTENT)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""DELETE FROM {TABLE} AS e WHERE EXISTS (SELECT 1 FROM register_event AS r
                WHERE r.unit_id = e.unit_id AND r.reference = e.reference AND r.reference <> ''
                AND {alike} {BY_INDEX})"""
        )
        return cursor.rowcount


def conflicting_rows(limit):
    """[Problem] of rows whose reference the register has with another content."""
    rows = _query(
        f"""SELECT e.id, e.reference FROM {TABLE} AS e WHERE EXISTS (
            SELECT 1 FROM register_event AS r
            WHERE r.unit_id = e.unit_id AND r.reference = e.reference AND r.reference <> ''
            AND r.state IN ('draft', 'confirmed') {BY_INDEX})
            ORDER BY e.id LIMIT %s""",
        [limit],
    )
    message = _(
        "Sổ đã có số hiệu này với nội dung khác. Hãy đính chính việc đã có, hoặc sửa số "
        "hiệu của dòng này."
    )
    return [Problem(row, "reference", name, message) for row, name in rows]


def rows_already_stated(limit):
    """[Problem] of rows that would be confirmed where a statement already counts; locks their
    units.
    """
    lock_units(
        [
            row[0]
            for row in _query(f"SELECT DISTINCT unit_id FROM {TABLE} WHERE state = 'confirmed'")
        ]
    )
    rows = stated_rows(TABLE, "e.state = 'confirmed'", [], limit)
    return [
        Problem(row, "held_on", "", stated_message(key, since, until))
        for row, key, since, until in rows
    ]


def rows_beyond_parts(limit):
    """[Problem] of the first row of each stated part that would be more than the whole with the
    rows of the file that would be confirmed; after `rows_already_stated`, which locks the units.
    """
    first = {}
    for whole, groups in wholes():
        conditions, values = _counting(whole)
        rows = _query(
            f"""SELECT s.id, min(e.id) FROM {TABLE} AS e
            JOIN register_statement AS s ON s.state = 'confirmed' AND s.is_apart = false
             AND s.unit_id = e.unit_id AND e.held_on >= s.since AND e.held_on < s.until
             AND (e.body_id IS NULL OR e.body_id = s.body_id)
            WHERE {conditions} AND s.indicator = ANY(%s) GROUP BY s.id""",
            [*values, [key for group in groups for key in group]],
        )
        for statement, row in rows:
            first[statement] = min(row, first.get(statement, row))
    problems = []
    for statement in Statement.objects.filter(pk__in=first).order_by("pk"):
        before = excess_of(statement)
        excess = excess_of(statement, _staged_amount)
        if excess and excess.amount > (before.amount if before else 0):
            row = first[statement.pk]
            problems.append(Problem(row, "held_on", "", contradiction(statement, excess.whole)))
    return problems[:limit]


def _staged_amount(flow, statement):
    """What the staged rows that would be confirmed say of the indicator in the statement's body
    and period.
    """
    conditions, values = _counting(flow)
    amount = "1" if flow.amount == "1" else f"e.{flow.amount}"
    place = [statement.unit_id, statement.body_id, statement.since, statement.until]
    rows = _query(
        f"""SELECT coalesce(sum({amount}), 0) FROM {TABLE} AS e WHERE {conditions}
        AND e.unit_id = %s AND (e.body_id IS NULL OR e.body_id = %s)
        AND e.held_on >= %s AND e.held_on < %s""",
        [*values, *place],
    )
    return int(rows[0][0])


def _counting(flow):
    """(SQL condition, its values): the staged row `e` would be confirmed and count in the flow."""
    conditions = ["e.state = 'confirmed'", *(f"e.{name} = %s" for name in flow.where)]
    if flow.amount != "1":
        conditions.append(f"e.{flow.amount} <> 0")
    return " AND ".join(conditions), [*flow.where.values()]


def count_stage():
    """(number of staged rows, how many of them are drafts)"""
    return _query(f"SELECT count(*), count(*) FILTER (WHERE state = 'draft') FROM {TABLE}")[0]


def insert_into_register(batch):
    """Insert every staged row into the register, under the batch."""
    names = ", ".join(f'"{name}"' for name in COLUMNS if name != "batch_id")
    _query(
        f'INSERT INTO register_event ({names}, "batch_id") SELECT {names}, %s FROM '
        f"{TABLE} ORDER BY id",
        [batch.pk],
    )

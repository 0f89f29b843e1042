"""Rows held beside the book in a passing table, compared with it in sets, then put in."""

from datetime import UTC, datetime
from uuid import uuid4

from django.db import connection
from django.utils.translation import gettext as _

from danchu.people.actor import reaches
from danchu.register.counted_once import lock_units, stated, stated_message
from danchu.register.imports.cells import Problem
from danchu.register.models import NUMBERS, Event, State

TABLE = "register_import"
COLUMNS = [field.column for field in Event._meta.concrete_fields if not field.primary_key]
_DEFAULTS = {
    field.column: field.get_default()
    for field in Event._meta.concrete_fields
    if not field.primary_key
}
# What makes a row the same as one already in the book.
CONTENT = ("kind", "form", "held_on", "body_id", "title", "place", "note", *NUMBERS)
# Row by row through the index of numbers: a join would read the whole book, however small the file.
BY_INDEX = "OFFSET 0"


def _ask(sql, values=()):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []


def open_stage():
    """An empty passing table with the columns of an event; its id is the row's number in the
    file.
    """
    _ask(f"CREATE TEMPORARY TABLE {TABLE} (LIKE register_event) ON COMMIT DROP")


def close_stage():
    """Take the passing table away before the transaction ends."""
    _ask(f"DROP TABLE IF EXISTS {TABLE}")


def fill_stage(rows, known, by):
    """COPY (number, fields) of rows into the passing table; confirmed where the actor may
    confirm, else drafts.
    """
    now = datetime.now(UTC)
    names = ["id", *COLUMNS]
    quoted = ", ".join(f'"{name}"' for name in names)
    with connection.cursor() as cursor, cursor.copy(f"COPY {TABLE} ({quoted}) FROM STDIN") as copy:
        for number, fields in rows:
            unit = fields.pop("unit")
            body = fields.pop("body")
            scope = known.may_confirm[fields["kind"]]
            confirmed = reaches(scope, unit.pk)
            values = {
                **_DEFAULTS,
                **fields,
                "uid": uuid4(),
                "unit_id": unit.pk,
                "body_id": body.pk if body else None,
                "state": State.CONFIRMED.value if confirmed else State.DRAFT.value,
                "recorded_by": by.key,
                "recorded_at": now,
                "confirmed_by": by.key if confirmed else "",
                "confirmed_at": now if confirmed else None,
            }
            copy.write_row((number, *(values[name] for name in COLUMNS)))
    _ask(f"CREATE INDEX ON {TABLE} (unit_id, reference)")
    _ask(f"ANALYZE {TABLE}")


def twice_in_the_file(limit):
    """Problems of rows whose number an earlier row of the same unit has."""
    rows = _ask(
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


def take_out_the_same():
    """Remove the rows whose number the book knows with this very content, in any state; how
    many there were.
    """
    alike = " AND ".join(f"r.{name} IS NOT DISTINCT FROM e.{name}" for name in CONTENT)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""DELETE FROM {TABLE} AS e WHERE EXISTS (SELECT 1 FROM register_event AS r
                WHERE r.unit_id = e.unit_id AND r.reference = e.reference AND r.reference <> ''
                AND {alike} {BY_INDEX})"""
        )
        return cursor.rowcount


def differing(limit):
    """Problems of rows whose number the book knows with another content."""
    rows = _ask(
        f"""SELECT e.id, e.reference FROM {TABLE} AS e WHERE EXISTS (
            SELECT 1 FROM register_event AS r
            WHERE r.unit_id = e.unit_id AND r.reference = e.reference AND r.reference <> ''
            AND r.state IN ('draft', 'confirmed') {BY_INDEX})
            ORDER BY e.id LIMIT %s""",
        [limit],
    )
    told = _(
        "Sổ đã có số hiệu này với nội dung khác. Hãy đính chính việc đã có, hoặc sửa số "
        "hiệu của dòng này."
    )
    return [Problem(row, "reference", name, told) for row, name in rows]


def already_stated(limit):
    """Problems of rows that would be confirmed where a statement already counts; their units
    are held from now on.
    """
    lock_units(
        [row[0] for row in _ask(f"SELECT DISTINCT unit_id FROM {TABLE} WHERE state = 'confirmed'")]
    )
    found = stated(TABLE, "e.state = 'confirmed'", [], limit)
    return [
        Problem(row, "held_on", "", stated_message(key, since, until))
        for row, key, since, until in found
    ]


def count_stage():
    """(rows, drafts among them)"""
    return _ask(f"SELECT count(*), count(*) FILTER (WHERE state = 'draft') FROM {TABLE}")[0]


def move_into_the_book(batch):
    """Put every staged row into the book, under the batch."""
    names = ", ".join(f'"{name}"' for name in COLUMNS if name != "batch_id")
    _ask(
        f'INSERT INTO register_event ({names}, "batch_id") SELECT {names}, %s FROM '
        f"{TABLE} ORDER BY id",
        [batch.pk],
    )

"""Fills the empty tables of units from the files in `sources/`, once, in seconds."""

from collections.abc import Sequence
from typing import Any

from django.db import connection, models, transaction
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.chronicle import WHOLE
from danchu.kernel.refusals import Refused, require
from danchu.units.models import Decree, Place, Standing, Succession, Unit
from danchu.units.reform_2025 import NATION, Country, country
from danchu.units.spelling import name_columns

LOCK = 20250701  # the key of the advisory lock taken by everything that changes the map


def lock_map() -> None:
    """Take the advisory lock of the map until the end of the transaction: changes of the map run
    one after another.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


@transaction.atomic
def load_units(*, by: Acting) -> dict[str, int]:
    """Load the map. Returns {table: number of rows}, {} when it was loaded before. Refused where
    there are other units; Denied without the right to reorganise units.
    """
    require(
        by.may("reorganise", "unit", NATION),
        _("Ông/bà không có quyền thay đổi bản đồ đơn vị hành chính."),
    )
    lock_map()
    if Unit.objects.filter(pk=NATION, level="nation").exists():
        return {}
    if Unit.objects.exists():
        raise Refused(_("Bảng đơn vị đã có dữ liệu khác. Chỉ nạp được vào cơ sở dữ liệu trống."))
    counts = _write(country())
    with connection.cursor() as cursor:
        # Without statistics, queries before the first autovacuum take seconds.
        cursor.execute("ANALYZE units_unit, units_standing, units_succession, units_place")
    record(by, "units.loaded", None, unit=NATION, rows=counts)
    return counts


def _write(tables: Country) -> dict[str, int]:
    numbers = {number: at for at, number in enumerate(tables.decrees, start=1)}
    standings = []
    columns_of: dict[tuple[str, str], dict[str, str]] = {}  # many units share a name
    for unit, name, code, kind, parent, decree, since, until in tables.standings:
        if (name, kind) not in columns_of:
            columns_of[name, kind] = name_columns(name, kind)
        columns = columns_of[name, kind]
        standings.append(
            (
                unit,
                columns["name"],
                code,
                kind,
                parent,
                numbers[decree] if decree else None,
                since,
                until,
                columns["search"],
                columns["order"],
            )
        )
    successions = [
        (before, after, on, share and WHOLE, share and WHOLE, basis, numbers[decree])
        for before, after, on, share, basis, decree in tables.successions
    ]
    return {
        "decrees": _copy(
            Decree,
            "id number title issued_on source",
            [(numbers[n], n, *rest) for n, rest in tables.decrees.items()],
        ),
        "units": _copy(
            Unit, "id level since until", [(unit, *row) for unit, row in tables.units.items()]
        ),
        "standings": _copy(
            Standing,
            "unit_id name code kind parent_id decree_id since until search order",
            standings,
        ),
        "successions": _copy(
            Succession, "before_id after_id on share_over share_under basis decree_id", successions
        ),
        "places": _copy(Place, "unit_id lat lon area_km2", tables.places),
    }


def _copy(model: type[models.Model], fields: str, rows: Sequence[tuple[Any, ...]]) -> int:
    """COPY the rows into the model's table, with ids from 1 where the fields have no id. Returns
    the number of rows.
    """
    table = model._meta.db_table
    columns = fields.split()
    if "id" not in columns:
        columns = ["id", *columns]
        rows = [(number, *row) for number, row in enumerate(rows, start=1)]
    column_list = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY {table} ({column_list}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), %s)", [len(rows)])
    return len(rows)

"""Whether the month sums kept by triggers still equal the confirmed rows, and how to make them anew."""

from django.db import connection, transaction
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.refusals import require
from danchu.register.models import EventTally

CELL = ("unit_id", "month", "kind", "form")
SUMS = [field.name for field in EventTally._meta.fields if field.name not in ("id", "unit", *CELL)]
ROWS = f"""
    SELECT unit_id, date_trunc('month', held_on)::date AS month, kind, form, count(*) AS rows,
           {", ".join(f"sum({name})::bigint AS {name}" for name in SUMS if name != "rows")}
    FROM register_event WHERE state = 'confirmed' GROUP BY 1, 2, 3, 4
"""
COLUMNS = ", ".join((*CELL, "rows", *(name for name in SUMS if name != "rows")))
EMPTY = " AND ".join(f"{name} = 0" for name in SUMS)


def wrong_cells():
    """(unit, month, kind, form) of every cell whose sums are not those of its rows, in one statement."""
    kept = f"SELECT {COLUMNS} FROM register_eventtally WHERE NOT ({EMPTY})"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT {', '.join(CELL)} FROM ("
            f"(SELECT {COLUMNS} FROM ({ROWS}) AS rows EXCEPT {kept}) UNION ALL ({kept} EXCEPT SELECT {COLUMNS} FROM ({ROWS}) AS rows)"
            ") AS wrong ORDER BY 1, 2, 3, 4"
        )
        return cursor.fetchall()


def tally_problems():
    """(place, message) of every wrong cell, for `danchu verify`."""
    for unit, month, kind, form in wrong_cells():
        place = _("tổng tháng %(month)s, đơn vị %(unit)s, %(kind)s %(form)s") % {
            "month": f"{month:%m/%Y}", "unit": unit, "kind": kind, "form": form,
        }  # fmt: skip
        yield place, _("không bằng tổng các hồ sơ")


@transaction.atomic
def rebuild_tally(*, by):
    """Make all month sums anew from the rows; writers wait meanwhile. Returns how many cells were wrong."""
    require(by.may("import", "*", None))
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE register_event IN SHARE ROW EXCLUSIVE MODE")
        wrong = len(wrong_cells())
        cursor.execute("DELETE FROM register_eventtally")
        cursor.execute(f"INSERT INTO register_eventtally ({COLUMNS}) SELECT {COLUMNS} FROM ({ROWS}) AS rows")
    record(by, "tally.rebuilt", None, cells=wrong)
    return wrong

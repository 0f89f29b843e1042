"""Whether the sums by month and year kept by triggers still equal the confirmed rows, and how
to make them anew.
"""

from django.db import connection, transaction
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.refusals import require
from danchu.register.models import EventTally

CELL = ("unit_id", "grain", "since", "kind", "form")
SUMS = [field.name for field in EventTally._meta.fields if field.name not in ("id", "unit", *CELL)]
ROWS = f"""
    SELECT unit_id, grain, date_trunc(grain, held_on)::date AS since, kind, form, count(*) AS rows,
           {", ".join(f"sum({name})::bigint AS {name}" for name in SUMS if name != "rows")}
    FROM register_event, (VALUES ('month'), ('year')) AS grains (grain)
    WHERE state = 'confirmed' GROUP BY 1, 2, 3, 4, 5
"""
COLUMNS = ", ".join((*CELL, "rows", *(name for name in SUMS if name != "rows")))
EMPTY = " AND ".join(f"{name} = 0" for name in SUMS)


def wrong_cells():
    """(unit, month, kind, form) of every cell whose sums are not those of its rows, in one
    statement.
    """
    kept = f"SELECT {COLUMNS} FROM register_eventtally WHERE NOT ({EMPTY})"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT {', '.join(CELL)} FROM ("
            f"(SELECT {COLUMNS} FROM ({ROWS}) AS rows EXCEPT {kept}) UNION ALL ({kept} "
            f"EXCEPT SELECT {COLUMNS} FROM ({ROWS}) AS rows)"
            ") AS wrong ORDER BY 1, 2, 3, 4, 5"
        )
        return cursor.fetchall()


def tally_problems():
    """(place, message) of every wrong cell, for `danchu verify`."""
    for unit, grain, since, kind, form in wrong_cells():
        time = _("tháng %(day)s") if grain == "month" else _("năm %(day)s")
        place = _("tổng %(time)s, đơn vị %(unit)s, %(kind)s %(form)s") % {
            "time": time % {"day": f"{since:%m/%Y}" if grain == "month" else f"{since:%Y}"},
            "unit": unit,
            "kind": kind,
            "form": form,
        }
        yield place, _("không bằng tổng các hồ sơ")


@transaction.atomic
def rebuild_tally(*, by):
    """Make all sums anew from the rows; writers wait meanwhile. Returns how many cells were
    wrong.
    """
    require(by.may("import", "*", None))
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE register_event IN SHARE ROW EXCLUSIVE MODE")
        wrong = len(wrong_cells())
        cursor.execute("DELETE FROM register_eventtally")
        cursor.execute(
            f"INSERT INTO register_eventtally ({COLUMNS}) SELECT {COLUMNS} FROM ({ROWS}) "
            f"AS rows ORDER BY kind, grain, since, unit_id"
        )
    record(by, "tally.rebuilt", None, cells=wrong)
    return wrong

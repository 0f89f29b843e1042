"""Verifies that the sums by month and year, kept by triggers, equal the confirmed rows."""

from django.db import connection
from django.utils.translation import gettext as _

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
    """[(unit id, grain, since, kind, form)] of every cell whose sums are not those of its rows; one
    query.
    """
    stored = f"SELECT {COLUMNS} FROM register_eventtally WHERE NOT ({EMPTY})"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT {', '.join(CELL)} FROM ("
            f"(SELECT {COLUMNS} FROM ({ROWS}) AS rows EXCEPT {stored}) UNION ALL ({stored} "
            f"EXCEPT SELECT {COLUMNS} FROM ({ROWS}) AS rows)"
            ") AS wrong ORDER BY 1, 2, 3, 4, 5"
        )
        return cursor.fetchall()


def tally_problems():
    """Yields (place, message) of every wrong cell, for `danchu verify`."""
    for unit, grain, since, kind, form in wrong_cells():
        time = _("tháng %(day)s") if grain == "month" else _("năm %(day)s")
        place = _("tổng %(time)s, đơn vị %(unit)s, %(kind)s %(form)s") % {
            "time": time % {"day": f"{since:%m/%Y}" if grain == "month" else f"{since:%Y}"},
            "unit": unit,
            "kind": kind,
            "form": form,
        }
        yield place, _("không bằng tổng các hồ sơ")

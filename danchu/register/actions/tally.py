"""Recomputes the sums by month and year from the confirmed rows."""

from django.db import connection, transaction

from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.refusals import require
from danchu.register.tally import COLUMNS, ROWS, wrong_cells


@transaction.atomic
def rebuild_tally(*, by: Acting) -> int:
    """Recompute all sums under a table lock, so that writers wait. Returns how many cells were
    wrong. Denied without the right to import everything.
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

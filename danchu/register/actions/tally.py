"""The sums by month and year are made anew from the confirmed rows."""

from django.db import connection, transaction

from danchu.journal.actions import record
from danchu.kernel.refusals import require
from danchu.register.tally import COLUMNS, ROWS, wrong_cells


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

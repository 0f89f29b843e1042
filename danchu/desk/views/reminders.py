"""Everything the calendar asks the reader to do, and how long what hangs has to stay."""

from danchu.desk.guard import official
from danchu.desk.reminders import reminded_for, rows_of
from danchu.kernel.days import today
from danchu.kernel.reading import reading
from danchu.look.pages import page

MOST = 300


@official
def reminders(request):
    """What is to be done, and below what only stays; each with its day and who may do it."""
    day = today()
    with reading():
        rows = reminded_for(request.actor, day)
        to_do = [row for row in rows if row.is_to_do]
        staying = [row for row in rows if not row.is_to_do]
        return page(
            request,
            "desk/reminders.html",
            to_do=rows_of(to_do[:MOST], day),
            staying=rows_of(staying[:MOST], day),
            left_out=max(len(to_do) - MOST, 0) + max(len(staying) - MOST, 0),
            day=day,
        )

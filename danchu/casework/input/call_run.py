"""A run that takes a long export in, piece by piece. A piece is one transaction, and a call is
known by its number: a run that was killed goes on with the calls that are not there yet.
"""

from collections.abc import Callable

from django.utils.translation import gettext as _
from procrastinate.exceptions import JobAborted

from danchu.casework.actions.calls import PAPER_BOOKS, take_in_piece
from danchu.casework.input.call_list import read_calls
from danchu.casework.models import CallRun
from danchu.casework.writes.call_runs import end_run, file_of
from danchu.kernel.refusals import Denied, Refused
from danchu.people.actor import Actor

PIECE = 10  # about a second, in which other acts wait


def run_calls(pk: int, stop: Callable[[], bool] = lambda: False) -> None:
    """Take in the calls of the run that are not there yet; raises JobAborted after a piece when
    `stop()` returns True. What is refused ends the run with its message; what was taken in before
    stays.
    """
    run = CallRun.objects.select_related("account").get(pk=pk)
    if not run.is_under_way:
        return
    by = Actor.of(run.account, second_factor=run.second_factor)
    try:
        rows = _rows(run, by)
        for start in range(0, len(rows), PIECE):
            run = take_in_piece(run, rows[start : start + PIECE], by=by)
            if stop():
                raise JobAborted
    except (Refused, Denied) as refusal:
        end_run(run, str(refusal.message))
        return
    end_run(run)


def _rows(run, by):
    try:
        with file_of(run.uid).open("rb") as file:
            outcome = read_calls(file, run.name, by, run.hotline, PAPER_BOOKS)
    except FileNotFoundError:
        raise Refused(_("Tệp không còn: hãy gửi lại, cuộc gọi đã nhận không nhận lại.")) from None
    if outcome.problem_count:
        first = outcome.problems[0]
        raise Refused(
            _("Dòng %(row)s, cột %(column)s: %(message)s Hãy xem trước lại tệp.")
            % {"row": first.row, "column": first.column, "message": first.message}
        )
    return outcome.new

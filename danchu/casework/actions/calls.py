"""Taking in the calls of a city hot-line from its export."""

from collections.abc import Sequence
from functools import partial
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.casework.actions.intake import register_petition
from danchu.casework.actions.steps import take_in_feedback, take_step
from danchu.casework.input.call_list import MOST_CALLS, may_import_calls, read_calls
from danchu.casework.input.call_rows import WAYS, CallRow
from danchu.casework.input.form_token import lock_token
from danchu.casework.models import Call, CallRun, Matter
from danchu.casework.moves import NO_RIGHT
from danchu.casework.natures import Channel, Nature
from danchu.casework.writes.call_runs import note_progress, queue_run
from danchu.casework.writes.calls import refused_on_paper
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import today
from danchu.kernel.refusals import Refused, require
from danchu.register.imports.tables import check_outcome
from danchu.units.models import Unit


@transaction.atomic
def import_calls(file: BinaryIO, name: str, *, by: Acting, line: str, token: str) -> int | CallRun:
    """Take in every new call of the export (CSV, XLSX) of the hot-line `line` as feedback, exactly
    as previewed. Returns how many were new, or for more than MOST_CALLS the CallRun of a background
    job. A call that came in before is not taken in again, also when two people send the export at
    the same moment.

    Refused, and nothing written, when a cell is bad, a paper book counts a call already, or the
    outcome differs from the preview that `token` identifies; Denied without the right.
    """
    require(may_import_calls(by), NO_RIGHT)
    lock_token(f"calls of {line}")
    outcome = read_calls(file, name, by, line, PAPER_BOOKS)
    check_outcome(outcome, token)
    if len(outcome.new) > MOST_CALLS:
        run = queue_run(file, name, line, len(outcome.new), by)
        record(by, "petition.calls_queued", run, hotline=line, number=run.total)
        return run
    _take_in_all(outcome.new, line, by)
    if outcome.new:
        record(
            by,
            "petition.calls_imported",
            None,
            hotline=line,
            number=len(outcome.new),
            same=outcome.same,
        )
    return len(outcome.new)


@transaction.atomic
def take_in_piece(run: CallRun, rows: Sequence[CallRow], *, by: Acting) -> CallRun:
    """Take in these calls of a run, without those that came in meanwhile; returns the run as it is
    now, untouched where another process has ended it. Refused as `import_calls`; Denied without the
    right.
    """
    require(may_import_calls(by), NO_RIGHT)
    lock_token(f"calls of {run.hotline}")
    run = CallRun.objects.select_for_update().get(pk=run.pk)
    if not run.is_under_way:
        return run
    numbers = {row.number for row in rows}
    calls = Call.objects.filter(hotline=run.hotline, number__in=numbers)
    there = set(calls.values_list("number", flat=True))
    new = [row for row in rows if row.number not in there]
    _take_in_all(new, run.hotline, by)
    note_progress(run, len(new))
    record(
        by,
        "petition.calls_imported",
        None,
        hotline=run.hotline,
        number=len(new),
        same=len(there),
    )
    return run


def _take_in_all(rows, line, by):
    matters = Matter.objects.in_bulk({row.matter for row in rows})
    units = Unit.objects.in_bulk({pk for row in rows for pk in (row.unit, row.place)})
    for row in rows:
        try:
            _take_in(row, line, matters[row.matter], units, by)
        except Refused as refusal:
            message = _("Mã phản ánh %(number)s: %(message)s")
            sentence = message % {"number": row.number, "message": refusal.message}
            raise Refused(sentence, "file") from None


def _take_in(row, line, matter, units, by):
    """One petition with its call, led to the state that the export names."""
    persons = [{"name": row.name, "phone": row.phone}] if row.name or row.phone else []
    petition, _secret = register_petition(
        by=by,
        nature=Nature.FEEDBACK,
        channel=Channel.HOTLINE,
        matter=matter,
        title=row.title,
        content=row.content,
        place=units[row.place],
        unit=units[row.unit],
        received_on=row.received_on,
        persons=persons,
    )
    Call.objects.create(
        petition=petition,
        hotline=line,
        number=row.number,
        called_at=row.called_at,
        is_urgent=row.is_urgent,
        forwarded_to=row.forwarded_to,
    )
    on = row.answered_on or today()
    for act in WAYS[row.state]:
        if act == "take_in":
            petition = take_in_feedback(petition, by=by, on=on)
        else:
            petition = take_step(petition, act, by=by, on=on, text=row.answer)


# The calls that `import_calls` would refuse one by one, told as wrong cells of its preview.
PAPER_BOOKS = partial(refused_on_paper, take_in=_take_in)

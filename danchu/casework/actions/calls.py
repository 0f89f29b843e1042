"""Taking in the calls of a city hot-line from its export."""

from functools import partial
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.casework.actions.intake import register_petition
from danchu.casework.actions.steps import take_in_feedback, take_step
from danchu.casework.input.call_list import may_import_calls, read_calls
from danchu.casework.input.call_rows import WAYS
from danchu.casework.input.form_token import lock_token
from danchu.casework.models import Call, Matter
from danchu.casework.moves import NO_RIGHT
from danchu.casework.natures import Channel, Nature
from danchu.casework.writes.calls import refused_on_paper
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import today
from danchu.kernel.refusals import Refused, require
from danchu.register.imports.tables import check_outcome
from danchu.units.models import Unit


@transaction.atomic
def import_calls(file: BinaryIO, name: str, *, by: Acting, line: str, token: str) -> int:
    """Take in every new call of the export (CSV, XLSX) of the hot-line `line` as feedback, exactly
    as previewed. Returns how many were new; a call that came in before is not taken in again, also
    when two people send the export at the same moment.

    Refused, and nothing written, when a cell is bad, a paper book counts a call already, or the
    outcome differs from the preview that `token` identifies; Denied without the right.
    """
    require(may_import_calls(by), NO_RIGHT)
    lock_token(f"calls of {line}")
    outcome = read_calls(file, name, by, line, PAPER_BOOKS)
    check_outcome(outcome, token)
    matters = Matter.objects.in_bulk({row.matter for row in outcome.new})
    units = Unit.objects.in_bulk({pk for row in outcome.new for pk in (row.unit, row.place)})
    for row in outcome.new:
        try:
            _take_in(row, line, matters[row.matter], units, by)
        except Refused as refusal:
            message = _("Mã phản ánh %(number)s: %(message)s")
            sentence = message % {"number": row.number, "message": refusal.message}
            raise Refused(sentence, "file") from None
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

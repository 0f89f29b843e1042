"""The export of a city hot-line: which petitions taking all its calls in would bring.

Only what a file of feedback needs is read; every other column of the export is left unread.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from danchu.casework.input.call_columns import COLUMNS
from danchu.casework.input.call_rows import IMPORTED_AS, CallReader, CallRow
from danchu.casework.models import Call
from danchu.casework.moves import FILE
from danchu.casework.rules.hotlines import heads_of
from danchu.register.imports.tables import Outcome, Table
from danchu.units.names import name_of

MOST_CALLS = 500  # written while the reader waits: about a tenth of a second each
MOST_OF_A_RUN = 10_000  # new and old ones of a file that a background job takes in


def may_import_calls(actor: Any) -> bool:
    """Whether the actor may take calls in at any unit."""
    scopes = (actor.scope("import", IMPORTED_AS), actor.scope("draft", FILE))
    return frozenset() not in scopes


# Why calls cannot be taken in though their cells are right: {call: reason}.
Refusals = Callable[[Sequence[CallRow], Any], Mapping[CallRow, str]]


def read_calls(file: BinaryIO, name: str, by: Any, line: str, refusals: Refusals) -> Outcome:
    """The Outcome of the export of the hot-line `line`; `new` are CallRows, `there` are (number of
    a call, code of its petition). `refusals` are told as wrong cells of the day. Nothing is
    written. Refused where the file cannot be read at all.
    """
    table = Table(file, name, COLUMNS, heads_of(line), MOST_OF_A_RUN)
    reader = CallReader(by)
    rows = [(row, reader.call(row)) for row in table.rows()]
    numbers = {call.number for _row, call in rows if call}
    calls = Call.objects.filter(hotline=line, number__in=numbers)
    codes = dict(calls.values_list("number", "petition__code"))
    new: list[CallRow] = []
    there = []
    rows_of: dict[str, int] = {}
    for row, call in rows:
        if call is None:
            continue
        if call.number in rows_of:
            row.report("number", _("Trùng với dòng %s của tệp.") % rows_of[call.number])
            continue
        rows_of[call.number] = row.number
        if call.number in codes:
            there.append((call.number, codes[call.number]))
        else:
            new.append(call)
    refused = refusals(new, by)
    for row, call in rows:
        if call in refused:
            row.report("called_at", refused[call])
    new = [call for call in new if call not in refused]
    outcome = table.outcome(new, len(there), lambda call: name_of(call.unit, call.received_on))
    return replace(outcome, there=tuple(there))

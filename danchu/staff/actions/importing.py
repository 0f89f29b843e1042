"""The act that invites everybody in a table."""

from typing import BinaryIO

from django.db import transaction

from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.refusals import require
from danchu.people.models import OfficeKind
from danchu.register.imports.tables import check_outcome
from danchu.staff.actions.invitations import invite
from danchu.staff.input.people_list import read_people
from danchu.staff.lives import INVITATION_LIFE
from danchu.staff.words import Channel
from danchu.units.models import Unit


@transaction.atomic
def import_people(file: BinaryIO, name: str, *, by: Acting, token: str) -> int:
    """Invite everybody in a table (CSV, XLSX) by printed letters, exactly as previewed. Returns how
    many. Refused, and nothing written, when a cell is bad or the outcome differs from the preview
    that `token` identifies; Denied without the right.
    """
    require(by.scope("appoint", "office") != frozenset(), INVITATION_LIFE.no_right)
    outcome = read_people(file, name, by)
    check_outcome(outcome, token)
    offices = OfficeKind.objects.in_bulk()
    units = Unit.objects.in_bulk({row["unit"] for row in outcome.new})
    for row in outcome.new:
        values = {**row, "office_kind": offices[row["office_kind"]], "unit": units[row["unit"]]}
        invite(by=by, channel=Channel.LETTER, **values)
    if outcome.new:
        record(by, "account_invitations.imported", None, number=len(outcome.new))
    return len(outcome.new)

"""Sheets that come back: the numbers of a printed list or of a count, typed once, on line or sent
by a telephone that had no line, with the photo of the sheet.
"""

from typing import BinaryIO
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.decision.actions.ballots import count_ballots, hand_out_ballots
from danchu.decision.actions.meetings import attend_meeting
from danchu.decision.actions.proposals import add_consents
from danchu.decision.input.household_numbers import entries_numbered, read_numbers
from danchu.decision.latest import latest_vote
from danchu.decision.lives import DECISION_LIFE, State
from danchu.decision.models import Consent, DecisionSheet, HouseholdDecision, SheetKind
from danchu.decision.sheet_codes import read_code
from danchu.decision.sheet_life import SHEET_LIFE
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import now, today
from danchu.kernel.refusals import Refused
from danchu.papers.actions import keep_paper
from danchu.papers.names import clean_name
from danchu.subjects.sent import check_unsent

# The act of the decision that a sheet of a kind stands for.
SHEET_ACTS = {
    SheetKind.ATTENDANCE: "attend",
    SheetKind.ISSUED: "hand_out",
    SheetKind.CONSENTS: "consent",
    SheetKind.COUNT: "count",
}
ROLLS = (SheetKind.ATTENDANCE, SheetKind.ISSUED, SheetKind.CONSENTS)


@transaction.atomic
def enter_roll_sheet(
    *, by: Acting, code: str, households: str, uid: UUID | None = None
) -> DecisionSheet:
    """Write the households of a printed list into the record that its code names: who attends, who
    was handed a ballot, or who agrees to an initiative (a number and a day on each line). Whoever
    is there already stays there. Refused by field, where the matter has moved on too.
    """
    decision, number, kind = _sheet_of(code, ROLLS)
    DECISION_LIFE.require(by, SHEET_ACTS[kind], decision)
    vote = _vote_of(decision, number, kind)
    check_unsent(DecisionSheet, uid)
    if kind == SheetKind.CONSENTS:
        added, repeated = _add_consents(decision, households, by)
    else:
        added, repeated = _mark_entries(decision, vote, kind, households, by)
    sheet = _write_sheet(decision, vote, kind, by, uid, added=added, known=repeated)
    record(by, "decision_sheet.entered", sheet, unit=sheet.unit_id, kind=str(kind))
    return sheet


@transaction.atomic
def enter_count_sheet(
    *,
    by: Acting,
    code: str,
    uid: UUID | None = None,
    photo: BinaryIO | None = None,
    photo_name: str = "",
    **counts: int,
) -> DecisionSheet:
    """Write one person's count of the ballots, with the photo of the sheet. Refused by field."""
    decision, number, kind = _sheet_of(code, (SheetKind.COUNT,))
    DECISION_LIFE.require(by, SHEET_ACTS[kind], decision)
    vote = _vote_of(decision, number, kind)
    check_unsent(DecisionSheet, uid)
    count_ballots(decision, by=by, **counts)
    columns = _photo(photo, photo_name, by) if photo else {}
    sheet = _write_sheet(decision, vote, kind, by, uid, **columns)
    record(by, "decision_sheet.entered", sheet, unit=sheet.unit_id, kind=str(kind))
    return sheet


@transaction.atomic
def photograph_sheet(
    sheet: DecisionSheet, *, by: Acting, photo: BinaryIO, photo_name: str = ""
) -> DecisionSheet:
    """Keep the photo of a sheet that came without one. It is never exchanged."""
    SHEET_LIFE.require(by, "photograph", sheet)
    sheet = SHEET_LIFE.hold(sheet, "photograph")
    for name, value in _photo(photo, photo_name, by).items():
        setattr(sheet, name, value)
    sheet.save(update_fields=["paper", "paper_name"])
    record(by, "decision_sheet.photographed", sheet, unit=sheet.unit_id, hash=sheet.paper.hash)
    return sheet


def _sheet_of(code, kinds):
    """(decision, number of the vote, kind) of the code; Refused, on "code", where it is none."""
    parts = read_code(code)
    row = HouseholdDecision.objects.filter(pk=parts[0]).first() if parts else None
    if row is None or parts[2] not in kinds:
        raise Refused(_("Không có giấy nào mang mã này. Mã in ở đầu tờ giấy."), "code")
    return row, *parts[1:]


def _vote_of(decision, number, kind):
    """The vote of a sheet, None before the first. Refused, on "code", where it was an earlier one,
    or where the matter has moved on while the sheet was on its way.
    """
    vote = latest_vote(decision) if number else None
    if number != (vote.number if vote else 0):
        raise Refused(_("Giấy này là của lần biểu quyết khác, nay không ghi được nữa."), "code")
    obstacle = DECISION_LIFE.obstacle(decision, SHEET_ACTS[kind])
    if obstacle and decision.state == State.MEETING and kind == SheetKind.ATTENDANCE:
        raise Refused(obstacle, "code")
    if obstacle:
        raise Refused(
            _("Chưa ghi được: tờ này đến khi việc đang ở bước “%s”. Hãy giữ tờ giấy cùng biên bản.")
            % decision.get_state_display(),
            "code",
        )
    return vote


def _add_consents(decision, text, by):
    """(how many households are new, how many had agreed before)"""
    consents = Consent.objects.filter(decision=decision)
    before = consents.count()
    add_consents(decision, by=by, consents=text)
    added = consents.count() - before
    return added, sum(bool(line.strip()) for line in text.splitlines()) - added


def _mark_entries(decision, vote, kind, text, by):
    """(how many households are new, how many were there before)"""
    entries = entries_numbered(vote, read_numbers(text))
    is_attendance = kind == SheetKind.ATTENDANCE
    field = "present_at" if is_attendance else "issued_at"
    added = sum(getattr(entry, field) is None for entry in entries)
    do = attend_meeting if is_attendance else hand_out_ballots
    do(decision, by=by, entries=[entry.pk for entry in entries])
    return added, len(entries) - added


def _photo(photo, name, by):
    return {"paper": keep_paper(photo, name, by=by), "paper_name": clean_name(name)}


def _write_sheet(decision, vote, kind, by, uid, **values):
    return DecisionSheet.objects.create(
        uid=uid or uuid4(),
        decision=decision,
        vote=vote,
        unit_id=decision.unit_id,
        kind=kind,
        made_by=by.key,
        made_at=now(),
        made_on=today(),
        **values,
    )

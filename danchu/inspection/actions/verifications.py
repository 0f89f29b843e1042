"""Verifications on request: requested, reported, declined with a reason, withdrawn."""

from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.inspection.input.rounds import check_board
from danchu.inspection.lives import VERIFICATION_LIFE
from danchu.inspection.models import Asker, RoundSheet, Verification
from danchu.inspection.moves import ROUND, VERIFICATION
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import check_day, now, show_day
from danchu.kernel.refusals import Refused, all_refusals, require
from danchu.kernel.text import clean
from danchu.notices.actions import tell_holders
from danchu.subjects.sent import check_unsent
from danchu.subjects.texts import content_of
from danchu.subjects.writes import move_on
from danchu.units.models import Body


@transaction.atomic
def ask_verification(
    *,
    by: Acting,
    board: Body,
    asker: str,
    title: str,
    content: str,
    asked_on: date,
    until: date,
    uid: UUID | None = None,
) -> Verification:
    """Request that a board verify one matter, with a result by the day `until`, inclusive; its
    members get a notice. Refused by field; Denied without the right.
    """
    require(
        by.may("draft", VERIFICATION, board.unit_id),
        _("Ông/bà không có quyền đề nghị Ban xác minh."),
    )
    title = clean(title)
    with all_refusals() as rule:
        with rule():
            check_board(board)
        if asker not in Asker.values:
            with rule():
                raise Refused(_("Hãy chọn trong danh sách."), "asker")
        with rule():
            content = content_of(content, "content")
        if not title or len(title) > 200:
            with rule():
                raise Refused(_("Hãy ghi việc cần xác minh."), "title")
        with rule():
            check_day(asked_on, None, "asked_on")
            if not isinstance(until, date) or until < asked_on:
                raise Refused(_("Ngày phải từ %s trở đi.") % show_day(asked_on), "until")
    check_unsent(Verification, uid)
    verification = Verification.objects.create(
        uid=uid or uuid4(),
        board=board,
        unit_id=board.unit_id,
        asker=asker,
        title=title,
        content=content,
        asked_on=asked_on,
        until=until,
        made_by=by.key,
        made_at=now(),
    )
    record(
        by, "verification.asked", verification, unit=verification.unit_id, until=until.isoformat()
    )
    tell_holders(
        "draft",
        ROUND,
        verification.unit_id,
        _("Ban được đề nghị xác minh một việc, đến ngày %s.") % show_day(until),
        by=by,
        link=_address(verification),
    )
    return verification


@transaction.atomic
def tell_result(
    verification: Verification,
    *,
    by: Acting,
    on: date,
    result: str,
    sheet: RoundSheet | None = None,
) -> Verification:
    """Report the result of the board, of one of its rounds if any; those who requested it get a
    notice. Refused by field; Denied without the right.
    """
    VERIFICATION_LIFE.require(by, "tell", verification)
    verification = VERIFICATION_LIFE.hold(verification, "tell")
    if sheet is not None and sheet.board_id != verification.board_id:
        raise Refused(
            _("Cuộc giám sát này không phải của đơn vị của Ban. Hãy chọn cuộc khác."), "sheet"
        )
    _close(verification, "tell", on, result, round=sheet)
    record(
        by,
        "verification.told",
        verification,
        unit=verification.unit_id,
        in_time=verification.in_time,
    )
    _tell_requesters(verification, _("Ban đã báo kết quả xác minh."), by)
    return verification


@transaction.atomic
def decline_verification(
    verification: Verification, *, by: Acting, on: date, result: str
) -> Verification:
    """Write down that the board does not verify the matter; `result` is the reason. Refused by
    field; Denied without the right.
    """
    VERIFICATION_LIFE.require(by, "decline", verification)
    verification = VERIFICATION_LIFE.hold(verification, "decline")
    _close(verification, "decline", on, result)
    record(by, "verification.declined", verification, unit=verification.unit_id)
    _tell_requesters(verification, _("Ban không xác minh việc được đề nghị, có nêu lý do."), by)
    return verification


@transaction.atomic
def withdraw_verification(
    verification: Verification, *, by: Acting, on: date, result: str
) -> Verification:
    """Withdraw the request; `result` is the reason. Refused by field; Denied without the right."""
    VERIFICATION_LIFE.require(by, "withdraw", verification)
    verification = VERIFICATION_LIFE.hold(verification, "withdraw")
    _close(verification, "withdraw", on, result)
    record(by, "verification.withdrawn", verification, unit=verification.unit_id)
    return verification


def _tell_requesters(verification, message, by):
    """Notify those who request verifications at the unit, with a link to this one."""
    tell_holders(
        "draft",
        VERIFICATION,
        verification.unit_id,
        message,
        by=by,
        link=_address(verification),
    )


def _address(verification):
    return f"/desk/verifications/{verification.uid}/"


def _close(verification, act, on, result, **fields):
    """End the verification by the act, with its result; Refused by field."""
    check_day(on, verification.asked_on, "on")
    result = content_of(result, "result")
    move_on(verification, VERIFICATION_LIFE, act, ended_on=on, result=result, **fields)

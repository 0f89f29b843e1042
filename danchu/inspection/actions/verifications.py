"""Verifying one matter on request: asked, told, declined with the reason, taken back."""

from datetime import UTC, date, datetime
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.inspection.lives import VERIFICATION_LIFE
from danchu.inspection.models import Asker, Verification
from danchu.inspection.moves import ROUND, VERIFICATION
from danchu.inspection.rules.membership import KINDS
from danchu.journal.actions import record
from danchu.kernel.days import check_day, show_day
from danchu.kernel.refusals import Refused, require
from danchu.kernel.text import clean
from danchu.notices.actions import tell_holders
from danchu.subjects.sent import check_unsent
from danchu.subjects.texts import content_of
from danchu.subjects.writes import move_on


@transaction.atomic
def ask_verification(*, by, board, asker, title, content, asked_on, until, uid=None):
    """Ask a board to verify one matter until a day; its members are told."""
    require(
        by.may("draft", VERIFICATION, board.unit_id),
        _("Ông/bà không có quyền đề nghị Ban xác minh."),
    )
    if board.kind not in KINDS:
        raise Refused(
            _("Hãy chọn một Ban Thanh tra nhân dân hoặc Ban Giám sát đầu tư của cộng đồng."),
            "board",
        )
    if asker not in Asker.values:
        raise Refused(_("Hãy chọn trong danh sách."), "asker")
    title = clean(title)
    content = content_of(content, "content")
    if not title or len(title) > 200:
        raise Refused(_("Hãy ghi việc cần xác minh."), "title")
    check_day(asked_on, None, "asked_on")
    if not isinstance(until, date) or until < asked_on:
        raise Refused(_("Ngày phải từ %s trở đi.") % show_day(asked_on), "until")
    check_unsent(Verification, uid)
    made = Verification.objects.create(
        uid=uid or uuid4(),
        board=board,
        unit_id=board.unit_id,
        asker=asker,
        title=title,
        content=content,
        asked_on=asked_on,
        until=until,
        made_by=by.key,
        made_at=datetime.now(UTC),
    )
    record(by, "verification.asked", made, unit=made.unit_id, until=until.isoformat())
    tell_holders(
        "draft",
        ROUND,
        made.unit_id,
        _("Ban được đề nghị xác minh một việc, đến ngày %s.") % show_day(until),
        by=by,
        link=_address(made),
    )
    return made


@transaction.atomic
def tell_result(verification, *, by, on, result, sheet=None):
    """The board tells what it found, of one of its rounds if any; whoever asked is told."""
    VERIFICATION_LIFE.require(by, "tell", verification)
    found = VERIFICATION_LIFE.hold(verification, "tell")
    if sheet is not None and sheet.board_id != found.board_id:
        raise Refused(
            _("Cuộc giám sát này không phải của đơn vị của Ban. Hãy chọn cuộc khác."), "sheet"
        )
    _end(found, "tell", on, result, round=sheet)
    record(by, "verification.told", found, unit=found.unit_id, in_time=found.in_time)
    tell_holders(
        "draft",
        VERIFICATION,
        found.unit_id,
        _("Ban đã báo kết quả xác minh."),
        by=by,
        link=_address(found),
    )
    return found


@transaction.atomic
def decline_verification(verification, *, by, on, result):
    """The board does not verify it, and says why."""
    VERIFICATION_LIFE.require(by, "decline", verification)
    found = VERIFICATION_LIFE.hold(verification, "decline")
    _end(found, "decline", on, result)
    record(by, "verification.declined", found, unit=found.unit_id)
    tell_holders(
        "draft",
        VERIFICATION,
        found.unit_id,
        _("Ban không xác minh việc được đề nghị, có nêu lý do."),
        by=by,
        link=_address(found),
    )
    return found


@transaction.atomic
def withdraw_verification(verification, *, by, on, result):
    """Whoever asked needs it no longer, for the reason given."""
    VERIFICATION_LIFE.require(by, "withdraw", verification)
    found = VERIFICATION_LIFE.hold(verification, "withdraw")
    _end(found, "withdraw", on, result)
    record(by, "verification.withdrawn", found, unit=found.unit_id)
    return found


def _address(it):
    return f"/desk/verifications/{it.uid}/"


def _end(verification, act, on, result, **more):
    check_day(on, verification.asked_on, "on")
    result = content_of(result, "result")
    move_on(verification, VERIFICATION_LIFE, act, ended_on=on, result=result, **more)

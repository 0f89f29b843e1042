"""Verifying one matter on request: asked, told, declined with the reason, taken back."""

from datetime import UTC, date, datetime
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.inspection.actions.plans import ROUND
from danchu.inspection.days import check_day
from danchu.inspection.membership import KINDS
from danchu.inspection.models import AskedState, Asker, Verification
from danchu.journal.actions import record
from danchu.kernel.days import show_day
from danchu.kernel.refusals import Refused, require
from danchu.kernel.text import clean
from danchu.notices.actions import tell_holders

VERIFICATION = "verification"
LONGEST = 10_000


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
    title, content = clean(title), _said(content, "content")
    if not title or len(title) > 200:
        raise Refused(_("Hãy ghi việc cần xác minh."), "title")
    check_day(asked_on, None, "asked_on")
    if not isinstance(until, date) or until < asked_on:
        raise Refused(_("Ngày phải từ %s trở đi.") % show_day(asked_on), "until")
    if uid and Verification.objects.filter(uid=uid).exists():
        raise Refused(_("Biểu này đã được gửi trước đó: việc đã có trong sổ."), "uid")
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
    require(
        by.may("confirm", ROUND, verification.unit_id),
        _("Ông/bà không có quyền báo kết quả xác minh."),
    )
    found = _open(verification)
    if sheet is not None and sheet.board_id != found.board_id:
        raise Refused(
            _("Cuộc giám sát này không phải của đơn vị của Ban. Hãy chọn cuộc khác."), "sheet"
        )
    _end(found, AskedState.TOLD, on, result, round=sheet)
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
    require(
        by.may("confirm", ROUND, verification.unit_id),
        _("Ông/bà không có quyền báo kết quả xác minh."),
    )
    found = _open(verification)
    _end(found, AskedState.DECLINED, on, result)
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
    require(
        by.may("draft", VERIFICATION, verification.unit_id),
        _("Ông/bà không có quyền đề nghị Ban xác minh."),
    )
    found = _open(verification)
    _end(found, AskedState.WITHDRAWN, on, result)
    record(by, "verification.withdrawn", found, unit=found.unit_id)
    return found


def _address(it):
    return f"/desk/verifications/{it.uid}/"


def _open(verification):
    found = Verification.objects.select_for_update().get(pk=verification.pk)
    if found.state != AskedState.ASKED:
        raise Refused(_("Việc này đã khép lại, không sửa được nữa."))
    return found


def _end(found, state, on, result, **more):
    check_day(on, found.asked_on, "on")
    for name, value in {
        "state": state,
        "ended_on": on,
        "result": _said(result, "result"),
        **more,
    }.items():
        setattr(found, name, value)
    found.save(update_fields=["state", "ended_on", "result", *more])


def _said(text, field):
    text = str(text or "").strip()
    if not clean(text):
        raise Refused(_("Hãy ghi nội dung."), field)
    if len(text) > LONGEST:
        raise Refused(_("Dài quá %s ký tự. Hãy rút gọn.") % LONGEST, field)
    return text

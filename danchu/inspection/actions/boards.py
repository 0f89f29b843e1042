"""Boards: a term is opened, members are elected and declare their ties, the Front recognises
it; seats fall vacant and are filled.
"""

from datetime import UTC, date, datetime
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.inspection.lives import TERM_LIFE
from danchu.inspection.models import BoardMember, BoardTerm, InterestDeclaration, Role, Seat
from danchu.inspection.moves import BOARD
from danchu.inspection.rules.membership import (
    AGENCY,
    COMMUNE,
    ENTERPRISE,
    INVESTMENT,
    KINDS,
    Declared,
    must_be_filled,
    refuse_not_whole,
    refuse_too_few_staff,
    refuse_unfit,
)
from danchu.journal.actions import record
from danchu.kernel.days import check_day
from danchu.kernel.refusals import Refused, require
from danchu.kernel.text import clean
from danchu.law.book import book
from danchu.law.deadline import months_from
from danchu.subjects.texts import reason_of

NO_RIGHT = TERM_LIFE.no_right


@transaction.atomic
def open_term(*, by, board, since, until=None, project=None, staff=None, is_dispersed=False):
    """A new term of a board; of agencies and enterprises it lasts as the rule of the day says,
    and needs more than a few staff.
    """
    require(by.may("draft", BOARD, board.unit_id), NO_RIGHT)
    if board.kind not in KINDS:
        raise Refused(
            _("Hãy chọn một Ban Thanh tra nhân dân hoặc Ban Giám sát đầu tư của cộng đồng."),
            "board",
        )
    if (board.kind == INVESTMENT) != (project is not None):
        raise Refused(
            _("Ban Giám sát đầu tư của cộng đồng lập cho từng dự án; Ban khác thì không."),
            "project",
        )
    if not isinstance(since, date):
        raise Refused(_("Hãy ghi ngày bắt đầu nhiệm kỳ."), "since")
    if board.kind in (AGENCY, ENTERPRISE):
        refuse_too_few_staff(staff, since)
        until = months_from(since, book().rule("pib.agency.term", since).value.numerator)
    if not isinstance(until, date) or until <= since:
        raise Refused(_("Hãy ghi ngày hết nhiệm kỳ, sau ngày bắt đầu."), "until")
    if BoardTerm.objects.filter(board=board, since__lt=until, until__gt=since).exists():
        raise Refused(_("Ban đã có nhiệm kỳ trong thời gian này."), "since")
    made = BoardTerm.objects.create(
        uid=uuid4(),
        board=board,
        unit_id=board.unit_id,
        since=since,
        until=until,
        project=project,
        staff=staff or None,
        is_dispersed=bool(is_dispersed),
        made_by=by.key,
        made_at=datetime.now(UTC),
    )
    record(
        by,
        "board_term.opened",
        made,
        unit=made.unit_id,
        since=since.isoformat(),
        until=until.isoformat(),
    )
    return made


@transaction.atomic
def elect_member(
    term, *, by, name, elected_on, role=Role.MEMBER, village=None, declared=None, seat=Seat.PEOPLE
):
    """Write down who was elected; refused with the article when he may not be a member. Of an
    investment board: with his declaration.
    """
    TERM_LIFE.require(by, "elect", term)
    term = TERM_LIFE.hold(term, "elect", "board")
    name = clean(name)
    if not name or len(name) > 120 or role not in Role.values:
        raise Refused(_("Hãy ghi họ tên và chức vụ trong Ban."), "name")
    declared = declared or Declared()
    refuse_unfit(term.board.kind, declared)
    check_day(elected_on, None, "elected_on")
    if elected_on >= term.until:
        raise Refused(_("Nhiệm kỳ đã hết vào ngày này."), "elected_on")
    if term.recognised_on and not must_be_filled(term, elected_on):
        raise Refused(
            _("Nhiệm kỳ còn dưới 6 tháng: không bầu bổ sung (Nghị định 59/2023/NĐ-CP Điều 13)."),
            "elected_on",
        )
    if seat not in Seat.values:
        raise Refused(_("Hãy chọn trong danh sách."), "seat")
    if village is None and (
        term.board.kind == COMMUNE or term.board.kind == INVESTMENT and seat == Seat.PEOPLE
    ):
        raise Refused(
            _("Thành viên do hội nghị thôn, tổ dân phố bầu: hãy ghi thôn, tổ dân phố."), "village"
        )
    if term.members.filter(left_on=None, name=name, village=village).exists():
        raise Refused(_("Người này đang là thành viên của Ban."), "name")
    if role == Role.HEAD and term.members.filter(left_on=None, role=Role.HEAD).exists():
        raise Refused(_("Ban phải có đúng một trưởng ban."), "role")
    made = BoardMember.objects.create(
        term=term,
        unit_id=term.unit_id,
        name=name,
        village=village,
        role=role,
        elected_on=elected_on,
        seat=seat,
    )
    if term.board.kind == INVESTMENT:
        check_day(declared.on, None, "declared_on")
        _declare(made, by, declared.on, declared.is_kin, declared.text)
    record(
        by,
        "board_member.elected",
        made,
        unit=term.unit_id,
        role=role,
        by_election=bool(term.recognised_on),
    )
    return made


@transaction.atomic
def declare_interest(member, *, by, on, text="", is_kin=False):
    """A member of an investment board declares his ties; whoever turns out to be kin leaves the
    board on that day.
    """
    TERM_LIFE.require(by, "declare", member.term)
    found = (
        BoardMember.objects.select_related("term__board")
        .select_for_update(of=("self",))
        .get(pk=member.pk)
    )
    if TERM_LIFE.obstacle(found.term, "declare") or found.left_on:
        raise Refused(
            _(
                "Chỉ thành viên đang làm việc của Ban Giám sát đầu tư của cộng đồng khai "
                "báo xung đột lợi ích."
            )
        )
    check_day(on, found.elected_on, "on")
    made = _declare(found, by, on, is_kin, text)
    record(by, "board_member.declared", found, unit=found.term.unit_id, kin=bool(is_kin))
    if is_kin:
        leave_board(
            found,
            by=by,
            on=on,
            reason=_("Là người thân thích (Luật 10/2022/QH15 Điều 41–45): %s") % made.text[:200],
        )
    return made


@transaction.atomic
def leave_board(member, *, by, on, reason):
    """He left, was released or died; whether a by-election must follow."""
    TERM_LIFE.require(by, "leave", member.term)
    found = (
        BoardMember.objects.select_related("term").select_for_update(of=("self",)).get(pk=member.pk)
    )
    if found.left_on:
        raise Refused(_("Người này đã thôi là thành viên."))
    check_day(on, found.elected_on, "on")
    found.left_on = on
    found.reason = reason_of(reason)[:300]
    found.save(update_fields=["left_on", "reason"])
    record(by, "board_member.left", found, unit=found.term.unit_id, on=on.isoformat())
    return must_be_filled(found.term, on)


@transaction.atomic
def recognise_term(term, *, by, on):
    """The Front recognises the result, when the board is whole by the rules of the day."""
    TERM_LIFE.require(by, "recognise", term)
    found = TERM_LIFE.hold(term, "recognise", "board")
    check_day(on, found.since, "on")
    refuse_not_whole(found, list(found.members.filter(left_on=None)), on)
    found.recognised_on = on
    found.save(update_fields=["recognised_on"])
    record(by, "board_term.recognised", found, unit=found.unit_id, on=on.isoformat())
    return found


def _declare(member, by, on, is_kin, text):
    text = clean(text)[:500]
    if is_kin and not text:
        raise Refused(_("Hãy ghi thân thích với ai."), "text")
    return InterestDeclaration.objects.create(
        member=member,
        declared_on=on,
        is_kin=bool(is_kin),
        text=text,
        made_by=by.key,
        made_at=datetime.now(UTC),
    )

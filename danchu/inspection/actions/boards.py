"""Members of boards: elected, declaring interests and leaving."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.inspection.lives import TERM_LIFE
from danchu.inspection.models import (
    BoardMember,
    BoardTerm,
    InterestDeclaration,
    Role,
    Seat,
)
from danchu.inspection.rules.membership import (
    COMMUNE,
    INVESTMENT,
    Declaration,
    needs_by_election,
    refuse_unfit,
)
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import check_day, now
from danchu.kernel.refusals import Refused, all_refusals
from danchu.kernel.text import clean
from danchu.law.book import book
from danchu.law.rule import unit_words
from danchu.subjects.texts import line_of, reason_of
from danchu.units.models import Unit
from danchu.units.on_day import check_unit_on

NO_RIGHT = TERM_LIFE.no_right


@transaction.atomic
def elect_member(
    term: BoardTerm,
    *,
    by: Acting,
    name: str,
    elected_on: date,
    role: str = Role.MEMBER,
    village: Unit | None = None,
    declaration: Declaration | None = None,
    seat: str = Seat.PEOPLE,
) -> BoardMember:
    """Write down who was elected; for an investment board with their signed declaration. Refused
    by field, with the article of the law where they may not be a member; Denied without the right.
    """
    TERM_LIFE.require(by, "elect", term)
    term = TERM_LIFE.hold(term, "elect", "board")
    name = clean(name)
    declaration = declaration or Declaration()
    with all_refusals() as rule:
        if not name or len(name) > 120 or role not in Role.values:
            with rule():
                raise Refused(_("Hãy ghi họ tên và chức vụ trong Ban."), "name")
        with rule():
            refuse_unfit(term.board.kind, declaration)
        with rule():
            _check_election(term, elected_on)
        if seat not in Seat.values:
            with rule():
                raise Refused(_("Hãy chọn trong danh sách."), "seat")
    _check_place(term, name, role, village, seat)
    member = BoardMember.objects.create(
        term=term,
        unit_id=term.unit_id,
        name=name,
        village=village,
        role=role,
        elected_on=elected_on,
        seat=seat,
    )
    if term.board.kind == INVESTMENT:
        check_day(declaration.on, None, "declared_on")
        _declare(member, by, declaration.on, declaration.is_kin, declaration.text)
    record(
        by,
        "board_member.elected",
        member,
        unit=term.unit_id,
        role=role,
        by_election=bool(term.recognised_on),
    )
    return member


@transaction.atomic
def declare_interest(
    member: BoardMember, *, by: Acting, on: date, text: str = "", is_kin: bool = False
) -> InterestDeclaration:
    """Write down what a member of an investment board declares; a relative of those who decide,
    own or build the project leaves the board on that day. Refused by field, for other boards and
    for members who left; Denied without the right.
    """
    TERM_LIFE.require(by, "declare", member.term)
    member = (
        BoardMember.objects.select_related("term__board")
        .select_for_update(of=("self",))
        .get(pk=member.pk)
    )
    if TERM_LIFE.obstacle(member.term, "declare") or member.left_on:
        raise Refused(
            _(
                "Chỉ thành viên đang làm việc của Ban Giám sát đầu tư của cộng đồng khai "
                "báo xung đột lợi ích."
            )
        )
    check_day(on, member.elected_on, "on")
    declaration = _declare(member, by, on, is_kin, text)
    record(by, "board_member.declared", member, unit=member.term.unit_id, kin=bool(is_kin))
    if is_kin:
        leave_board(
            member,
            by=by,
            on=on,
            reason=_("Là người thân thích (Luật 10/2022/QH15 Điều 41–45): %s")
            % declaration.text[:200],
        )
    return declaration


@transaction.atomic
def leave_board(member: BoardMember, *, by: Acting, on: date, reason: str) -> bool:
    """End a membership: the member left, was released or died. Returns whether a by-election must
    follow. Refused by field; Denied without the right.
    """
    TERM_LIFE.require(by, "leave", member.term)
    member = (
        BoardMember.objects.select_related("term").select_for_update(of=("self",)).get(pk=member.pk)
    )
    if member.left_on:
        raise Refused(_("Người này đã thôi là thành viên."))
    check_day(on, member.elected_on, "on")
    member.left_on = on
    member.reason = reason_of(reason, most=300)
    member.save(update_fields=["left_on", "reason"])
    record(by, "board_member.left", member, unit=member.term.unit_id, on=on.isoformat())
    return needs_by_election(member.term, on)


def _check_election(term, elected_on):
    """Refused, on "elected_on", where nobody may be elected for the term on the day."""
    check_day(elected_on, None, "elected_on")
    check_unit_on(term.unit, elected_on, "elected_on")
    if elected_on >= term.until:
        raise Refused(_("Nhiệm kỳ đã hết vào ngày này."), "elected_on")
    if term.recognised_on and not needs_by_election(term, elected_on):
        rule = book().rule("pib.byelection", elected_on)
        raise Refused(
            _("Nhiệm kỳ còn dưới %(value)s: không bầu bổ sung (%(source)s).")
            % {"value": unit_words(rule), "source": rule.source},
            "elected_on",
        )


def _check_place(term, name, role, village, seat):
    """Refused by field where a village is missing, the person is a member, or a head is there."""
    needs_village = term.board.kind == COMMUNE or (
        term.board.kind == INVESTMENT and seat == Seat.PEOPLE
    )
    if village is None and needs_village:
        raise Refused(
            _("Thành viên do hội nghị thôn, tổ dân phố bầu: hãy ghi thôn, tổ dân phố."), "village"
        )
    members = term.members.filter(left_on=None)
    if members.filter(name=name, village=village).exists():
        raise Refused(_("Người này đang là thành viên của Ban."), "name")
    if role == Role.HEAD and members.filter(role=Role.HEAD).exists():
        raise Refused(_("Ban phải có đúng một trưởng ban."), "role")


def _declare(member, by, on, is_kin, text):
    """The new row of a declaration; Refused on "text" where a relative names nobody."""
    text = line_of(text, "text", 500, _("Hãy ghi thân thích với ai.") if is_kin else "")
    return InterestDeclaration.objects.create(
        member=member,
        declared_on=on,
        is_kin=bool(is_kin),
        text=text,
        made_by=by.key,
        made_at=now(),
    )

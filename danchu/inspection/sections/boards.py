"""Boards: the list of their terms, a new term, its members, its recognition."""

from django.db.models import Func, Q, TextField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from danchu.inspection import actions
from danchu.inspection.lives import TERM_LIFE, term_state
from danchu.inspection.models import BoardTerm, RoundPlan
from danchu.inspection.moves import BOARD, ROUND
from danchu.inspection.rules.membership import INVESTMENT, KINDS, seats_to_fill, unrepresented
from danchu.inspection.sections.board_form import (
    DaysForm,
    DeclareForm,
    ElectForm,
    LeaveForm,
    RecogniseForm,
    TermForm,
)
from danchu.kernel.days import today
from danchu.kernel.text import sort_key
from danchu.subjects.columns import PLACE, state_column
from danchu.subjects.filters import Choice, Last, Place, Since, Words
from danchu.subjects.listing import Column, Listing
from danchu.subjects.sections import Act, Link, New, Record, Section, may_begin
from danchu.subjects.verbs import CHECK
from danchu.units.kinds import BodyKind
from danchu.units.models import BodyStanding
from danchu.units.names import name_of, names_on

KIND_WORDS = [(kind, BodyKind(kind).label) for kind in KINDS]
STATES = {
    "sitting": lambda rows: rows.sitting_on(today()),
    "waiting": lambda rows: rows.filter(recognised_on=None, until__gt=today()),
    "ended": lambda rows: rows.filter(until__lte=today()),
}
STATE_WORDS = {
    "sitting": _("Đang hoạt động"),
    "waiting": _("Chưa được công nhận"),
    "ended": _("Đã hết nhiệm kỳ"),
}
LINKS = (
    Link("desk_projects", pgettext_lazy("list", "Dự án")),
    Link("desk_plans", _("Kế hoạch giám sát")),
    Link("desk_rounds", _("Cuộc giám sát")),
    Link("desk_findings", _("Vụ việc vi phạm")),
    Link("desk_verifications", _("Xác minh")),
    Link("desk_board_reports", _("Báo cáo")),
    Link("desk_recommendations", _("Kiến nghị")),
)


def has_board_named(words):
    """The condition that a name of the board, present or past, contains the folded words."""
    folded = Func("name", function="register_fold", output_field=TextField())
    names = BodyStanding.objects.alias(folded=folded).filter(folded__contains=words)
    return Q(board__in=names.values("body"))


def _rows(actor):
    rows = BoardTerm.objects.viewed_by(actor).select_related("board")
    return rows.prefetch_related("board__standings")


def _numbers(terms):
    """{pk: {"number": how many members the term has today}}"""
    counted_terms = BoardTerm.objects.filter(pk__in=[term.pk for term in terms]).with_members_on(
        today()
    )
    return {term.pk: {"number": term.number} for term in counted_terms}


def _state(line):
    if line.row.until <= today():
        return STATE_WORDS["ended"]
    return STATE_WORDS["sitting" if line.row.recognised_on else "waiting"]


def name_of_board(term):
    """The name of the board at the beginning of the term."""
    return term.board.name_on(term.since)


def facts(term, actor):
    """The context of the page of a term."""
    day = today()
    members = list(
        term.members.select_related("village")
        .prefetch_related("declarations")
        .order_by("left_on", "pk")
    )
    villages = {
        member.village_id: name_of(member.village_id, member.elected_on)
        for member in members
        if member.village_id
    }
    plans = RoundPlan.objects.filter(
        board=term.board, planned_on__gte=term.since, planned_on__lt=term.until
    ).select_related("notice")
    return {
        "members": [(member, villages.get(member.village_id, "")) for member in members],
        "is_investment": term.board.kind == INVESTMENT,
        "missing": seats_to_fill(term, members, day),
        "unrepresented": _unrepresented(term, members, day),
        "plans": list(plans.order_by("-planned_on", "-pk")),
        "may_plan": actor.may("draft", ROUND, term.unit_id),
    }


def _unrepresented(term, members, day):
    """The names of the villages for which a member is still to be elected before recognition."""
    if term.recognised_on:
        return []
    present = [member for member in members if member.left_on is None]
    names = names_on(day)
    return sorted((names[pk].name for pk in unrepresented(term, present, day)), key=sort_key)


def leave(term, *, by, member, on, reason):
    """End the membership of the chosen member. Returns whether a by-election must follow."""
    return actions.leave_board(member, by=by, on=on, reason=reason)


def declare(term, *, by, member, on, text, is_kin):
    """Write down the declaration of the chosen member."""
    return actions.declare_interest(member, by=by, on=on, text=text, is_kin=is_kin)


def _saved_leave(needs_by_election):
    if needs_by_election:
        return _("Đã ghi. Nhiệm kỳ còn từ 6 tháng: phải bầu bổ sung.")
    return _("Đã ghi.")


LISTING = Listing(
    name="boards",
    title=_("Các Ban"),
    rows=_rows,
    placed=lambda term: (term.unit_id, term.since),
    columns=(
        Column(
            "board",
            _("Ban"),
            lambda line: name_of_board(line.row),
            links=True,
            under=lambda line: line.where,
        ),
        PLACE,
        Column("since", _("Từ ngày"), sort="since"),
        Column("until", _("Hết nhiệm kỳ"), sort="until"),
        Column("recognised_on", _("Công nhận")),
        Column("members", _("Thành viên"), lambda line: line.more["number"]),
        state_column(_state),
        Column(
            "kind", _("Loại Ban"), lambda line: line.row.board.get_kind_display(), on_page=False
        ),
    ),
    filters={
        "unit": Place(),
        "kind": Choice(KIND_WORDS, _("Loại Ban"), "board__kind"),
        "state": Choice(list(STATE_WORDS.items()), _("Trạng thái"), conditions=STATES),
        "since": Since("since"),
        "last": Last("since"),
        "q": Words(also=has_board_named, label=_("Tên Ban")),
    },
    more=_numbers,
    file_name="cac-ban",
    empty=_("Chưa có nhiệm kỳ nào."),
    advice=_("Mặt trận lập nhiệm kỳ của Ban, rồi ghi những người trúng cử."),
)

BOARDS = Section(
    one="board",
    verb=CHECK,
    listing=LISTING,
    life=TERM_LIFE,
    links=LINKS,
    record=Record(
        template="inspection/board.html",
        rows=lambda actor: BoardTerm.objects.viewed_by(actor).select_related(
            "board", "unit", "project"
        ),
        title=name_of_board,
        state=lambda term: term_state(term).label,
        facts=facts,
    ),
    new=New(
        title=_("Nhiệm kỳ mới"),
        word=_("Nhiệm kỳ mới"),
        form=TermForm,
        create=actions.open_term,
        allows=may_begin("draft", BOARD),
        denied=_("Chức trách của ông/bà không lập nhiệm kỳ của Ban."),
    ),
    acts=(
        Act("elect", _("Ghi người trúng cử"), actions.elect_member, ElectForm),
        Act(
            "change_days",
            _("Sửa ngày nhiệm kỳ"),
            actions.change_days,
            DaysForm,
            saved=lambda term: _("Đã lưu."),
            own_page=True,
        ),
        Act("recognise", _("Công nhận kết quả"), actions.recognise_term, RecogniseForm),
        Act("declare", _("Khai báo xung đột lợi ích"), declare, DeclareForm),
        Act("leave", _("Thôi làm thành viên"), leave, LeaveForm, saved=_saved_leave),
    ),
)

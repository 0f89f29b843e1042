"""Terms of boards: opened, their days corrected, recognised by the Front."""

from datetime import date
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.inspection.lives import TERM_LIFE
from danchu.inspection.models import BoardTerm, Project
from danchu.inspection.moves import BOARD
from danchu.inspection.rules.membership import (
    AGENCY,
    ENTERPRISE,
    INVESTMENT,
    KINDS,
    refuse_incomplete,
    refuse_too_few_staff,
)
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import check_day, now, show_day
from danchu.kernel.refusals import Refused, require
from danchu.law.book import book
from danchu.law.deadline import months_from
from danchu.units.models import Body

NO_RIGHT = TERM_LIFE.no_right


@transaction.atomic
def open_term(
    *,
    by: Acting,
    board: Body,
    since: date,
    until: date | None = None,
    project: Project | None = None,
    staff: int | None = None,
    is_dispersed: bool = False,
) -> BoardTerm:
    """Open a term of a board, from `since` up to, not including, `until`. In agencies and
    enterprises its length follows from the rule of the day, which also needs a number of `staff`.
    A term does not outlast its board. Refused by field; Denied without the right.
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
    since, until = _days_of(board, since, until, staff)
    term = BoardTerm.objects.create(
        uid=uuid4(),
        board=board,
        unit_id=board.unit_id,
        since=since,
        until=until,
        project=project,
        staff=staff or None,
        is_dispersed=bool(is_dispersed),
        made_by=by.key,
        made_at=now(),
    )
    record(
        by,
        "board_term.opened",
        term,
        unit=term.unit_id,
        since=since.isoformat(),
        until=until.isoformat(),
    )
    return term


@transaction.atomic
def change_days(
    term: BoardTerm, *, by: Acting, since: date, until: date | None = None
) -> BoardTerm:
    """Correct the days of a term that the Front has not recognised yet, by the rules of a new one.
    Refused by field, also where a member was elected after the term would end; Denied without the
    right.
    """
    TERM_LIFE.require(by, "change_days", term)
    term = TERM_LIFE.hold(term, "change_days", "board")
    since, until = _days_of(term.board, since, until, term.staff, besides=term)
    if term.members.filter(elected_on__gte=until).exists():
        raise Refused(_("Có thành viên được bầu sau ngày hết nhiệm kỳ này."), "until")
    term.since, term.until = since, until
    term.save(update_fields=["since", "until"])
    record(
        by,
        "board_term.days_changed",
        term,
        unit=term.unit_id,
        since=since.isoformat(),
        until=until.isoformat(),
    )
    return term


@transaction.atomic
def recognise_term(term: BoardTerm, *, by: Acting, on: date) -> BoardTerm:
    """Write down that the Front recognised the board. Refused unless it is complete by the rules
    of the day; Denied without the right.
    """
    TERM_LIFE.require(by, "recognise", term)
    term = TERM_LIFE.hold(term, "recognise", "board")
    check_day(on, term.since, "on")
    refuse_incomplete(term, list(term.members.filter(left_on=None)), on)
    term.recognised_on = on
    term.save(update_fields=["recognised_on"])
    record(by, "board_term.recognised", term, unit=term.unit_id, on=on.isoformat())
    return term


def _days_of(board, since, until, staff, besides=None):
    """The first day and the end of a term of the board; Refused by field. `besides` is the term
    itself where its days change.
    """
    if not isinstance(since, date):
        raise Refused(_("Hãy ghi ngày bắt đầu nhiệm kỳ."), "since")
    if board.kind in (AGENCY, ENTERPRISE):
        refuse_too_few_staff(staff, since)
        term_rule = book().rule_if_any("pib.agency.term", since)
        if term_rule is not None:
            until = months_from(since, term_rule.value.numerator)
    if not isinstance(until, date) or until <= since:
        raise Refused(_("Hãy ghi ngày hết nhiệm kỳ, sau ngày bắt đầu."), "until")
    until = _before_the_end(board, since, until)
    others = BoardTerm.objects.filter(board=board).exclude(pk=besides and besides.pk)
    if others.filter(since__lt=until, until__gt=since).exists():
        raise Refused(_("Ban đã có nhiệm kỳ trong thời gian này."), "since")
    return since, until


def _before_the_end(board, since, until):
    """The end of a term, at the latest that of its board; Refused, on "since", for one after it."""
    if board.until is None:
        return until
    if since >= board.until:
        raise Refused(
            _("Tổ chức này đã kết thúc từ ngày {day}.").format(day=show_day(board.until)), "since"
        )
    return min(until, board.until)

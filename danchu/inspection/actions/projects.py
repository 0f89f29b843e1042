"""Investment projects: registered, supervised by a board of their own, disclosed by their owner,
ended.
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.inspection.actions.terms import NO_RIGHT, open_term
from danchu.inspection.lives import PROJECT_LIFE
from danchu.inspection.models import (
    ALWAYS,
    OF_THE_PEOPLE,
    BoardTerm,
    Capital,
    Disclosure,
    Item,
    Project,
)
from danchu.inspection.moves import BOARD
from danchu.inspection.rules.membership import INVESTMENT
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import check_day, now, show_day
from danchu.kernel.refusals import Refused, all_refusals, require
from danchu.kernel.text import clean
from danchu.law.book import book
from danchu.obligations.actions import meet_obligation, owe
from danchu.obligations.clock import LAW
from danchu.obligations.writes import excuse_unless_closed, meet_unless_closed
from danchu.subjects.sent import check_unsent
from danchu.units.actions import close_body, open_body
from danchu.units.models import Unit
from danchu.units.on_day import check_unit_on

DISCLOSE = "disclosure.publish"


@transaction.atomic
def register_project(
    *,
    by: Acting,
    unit: Unit,
    name: str,
    owner: str,
    capital: str,
    begun_on: date,
    budget: int = 0,
    place: str = "",
    decided_on: date | None = None,
    takes_land: bool = False,
    uid: UUID | None = None,
    illustrative: bool = False,
) -> Project:
    """Register an investment that the community supervises, `budget` in đồng; its owner owes
    disclosure from the day of decision. Refused by field; Denied without the right.
    """
    require(by.may("draft", BOARD, unit), NO_RIGHT)
    name = clean(name)
    owner = clean(owner)
    place = clean(place)
    decided_on = decided_on or begun_on
    _check_project(name, owner, place, capital, budget, decided_on, begun_on)
    check_unit_on(unit, begun_on, "begun_on")
    check_unsent(Project, uid)
    project = Project.objects.create(
        uid=uid or uuid4(),
        unit=unit,
        name=name,
        owner=owner,
        place=place,
        capital=capital,
        decided_on=decided_on,
        begun_on=begun_on,
        budget=budget,
        items=_items(capital, takes_land),
        illustrative=illustrative,
        made_by=by.key,
        made_at=now(),
    )
    if book().is_in_force(DISCLOSE, decided_on):
        project.disclosure = owe(
            by=LAW,
            unit=unit,
            rule_key=DISCLOSE,
            event_on=decided_on,
            title=_("Công khai dự án: %s") % name[:150],
            subject_kind="investment_project",
            subject=project.pk,
        )
        project.save(update_fields=["disclosure"])
    record(by, "investment_project.registered", project, unit=unit)
    return project


def _check_project(name, owner, place, capital, budget, decided_on, begun_on):
    """Refused, by field, where one of the values of a new project does not fit."""
    with all_refusals() as rule:
        if not name or not owner or len(name) > 180 or len(owner) > 200 or len(place) > 200:
            with rule():
                raise Refused(_("Hãy ghi tên dự án (không quá 180 ký tự) và chủ đầu tư."), "name")
        if capital not in Capital.values:
            with rule():
                raise Refused(_("Hãy chọn trong danh sách."), "capital")
        if isinstance(budget, bool) or not isinstance(budget, int) or not 0 <= budget <= 10**15:
            with rule():
                raise Refused(_("Số tiền phải là số nguyên từ 0 trở lên."), "budget")
        with rule():
            check_day(decided_on, None, "decided_on")
            check_day(begun_on, decided_on, "begun_on")


def _items(capital, takes_land):
    """The keys of the items that the owner of a project must disclose."""
    items = [
        *ALWAYS,
        *([Item.COMPENSATION] if takes_land else []),
        *(OF_THE_PEOPLE if capital in (Capital.COMMUNITY, Capital.SPONSORED) else []),
    ]
    return [str(item) for item in items]


@transaction.atomic
def found_board(project: Project, *, by: Acting, name: str, on: date, until: date) -> BoardTerm:
    """Found the investment supervision board of this one project and open its term, up to the
    expected end of the project. Refused by field; Denied without the right.
    """
    PROJECT_LIFE.require(by, "found", project)
    project = PROJECT_LIFE.hold(project, "found", "unit")
    check_day(on, None, "on")
    name = clean(name)
    if not name or len(name) > 200:
        raise Refused(_("Hãy ghi tên của Ban."), "name")
    project.board = open_body(project.unit, by=LAW, kind=INVESTMENT, name=name, since=on)
    project.save(update_fields=["board"])
    record(by, "investment_project.board_founded", project, unit=project.unit_id, on=on.isoformat())
    return open_term(by=by, board=project.board, since=on, until=until, project=project)


@transaction.atomic
def announce_supervision(project: Project, *, by: Acting, on: date, starts_on: date) -> Project:
    """Write down that the Front informed the owner of the plan and the members of the board; the
    rule of the day says how long before supervision starts. Refused by field; Denied without the
    right.
    """
    PROJECT_LIFE.require(by, "announce", project)
    project = PROJECT_LIFE.hold(project, "announce", "unit")
    check_day(on, project.decided_on or project.begun_on, "on")
    if not isinstance(starts_on, date) or starts_on <= on:
        raise Refused(_("Hãy ghi ngày bắt đầu giám sát, sau ngày thông báo."), "starts_on")
    if book().is_in_force("investment.notice", starts_on):
        notice = owe(
            by=LAW,
            unit=project.unit,
            rule_key="investment.notice",
            event_on=starts_on,
            title=_("Thông báo chủ đầu tư: %s") % project.name[:150],
            subject_kind="investment_project",
            subject=project.pk,
        )
        project.notice = meet_obligation(notice, by=LAW, on=on)
    project.supervised_from = starts_on
    project.save(update_fields=["notice", "supervised_from"])
    record(
        by,
        "investment_project.announced",
        project,
        unit=project.unit_id,
        starts=starts_on.isoformat(),
        in_time=project.notice.state == "met" if project.notice else None,
    )
    return project


@transaction.atomic
def disclose_project(
    project: Project, *, by: Acting, on: date, items: Iterable[str], where: str
) -> Project:
    """Write down which items the owner disclosed, and where; with the last item the obligation is
    met, in time or late by that day. Refused by field; Denied without the right.
    """
    PROJECT_LIFE.require(by, "disclose", project)
    project = PROJECT_LIFE.hold(project, "disclose", "unit")
    old_items = set(project.disclosures.values_list("item", flat=True))
    where = clean(where)
    items = list(dict.fromkeys(items))
    if not items or not set(items) <= set(project.items) - old_items:
        raise Refused(
            _("Hãy chọn nội dung công khai, trong những nội dung còn thiếu của dự án."), "items"
        )
    if not where or len(where) > 200:
        raise Refused(_("Hãy ghi công khai ở đâu, bằng cách nào."), "where")
    check_day(on, project.decided_on or project.begun_on, "on")
    Disclosure.objects.bulk_create(
        Disclosure(
            project=project,
            item=item,
            disclosed_on=on,
            where=where,
            made_by=by.key,
            made_at=now(),
        )
        for item in items
    )
    if set(project.items) == old_items | set(items):
        project.disclosed_on = max(on, *project.disclosures.values_list("disclosed_on", flat=True))
        if project.disclosure_id:
            project.disclosure = meet_unless_closed(
                project.disclosure, by=LAW, on=project.disclosed_on
            )
        project.save(update_fields=["disclosed_on"])
    record(
        by,
        "investment_project.disclosed",
        project,
        unit=project.unit_id,
        on=on.isoformat(),
        items=sorted(items),
    )
    return project


@transaction.atomic
def finish_project(project: Project, *, by: Acting, on: date) -> Project:
    """End the project: its board is closed, and the obligation to disclose is excused. Refused by
    field; Denied without the right.
    """
    PROJECT_LIFE.require(by, "finish", project)
    project = PROJECT_LIFE.hold(project, "finish", "unit")
    check_day(on, project.begun_on, "on")
    project.ended_on = on
    project.save(update_fields=["ended_on"])
    if project.board_id:
        if on <= project.board.since:
            raise Refused(
                _("Ban của dự án lập sau ngày này. Hãy ghi ngày kết thúc sau ngày lập Ban."), "on"
            )
        BoardTerm.objects.filter(board=project.board_id, since__lt=on, until__gt=on).update(
            until=on
        )
        if project.board.until is None:
            close_body(project.board, by=LAW, on=on)
    if project.disclosure_id:
        excuse_unless_closed(
            project.disclosure,
            by=LAW,
            reason=_("Dự án đã kết thúc ngày %s khi chưa công khai đủ.") % show_day(on),
            on=on,
        )
    record(by, "investment_project.finished", project, unit=project.unit_id, on=on.isoformat())
    return project

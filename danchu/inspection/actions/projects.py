"""Investment projects: registered, a board founded for each, the owner told, what he discloses
judged, the end.
"""

from datetime import UTC, date, datetime
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.inspection.actions.boards import NO_RIGHT, open_term
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
from danchu.kernel.days import check_day, show_day
from danchu.kernel.refusals import Refused, require
from danchu.kernel.text import clean
from danchu.law.book import book
from danchu.obligations.actions import excuse_obligation, meet_obligation, owe
from danchu.obligations.clock import LAW
from danchu.obligations.models import State as Owed
from danchu.subjects.sent import check_unsent
from danchu.units.actions import close_body, open_body

DISCLOSE = "disclosure.publish"


@transaction.atomic
def register_project(
    *,
    by,
    unit,
    name,
    owner,
    capital,
    begun_on,
    budget=0,
    place="",
    decided_on=None,
    takes_land=False,
    uid=None,
    illustrative=False,
):
    """An investment to be supervised by the community; its owner owes disclosure from the day
    it was decided on.
    """
    require(by.may("draft", BOARD, unit), NO_RIGHT)
    name = clean(name)
    owner = clean(owner)
    place = clean(place)
    if not name or not owner or len(name) > 180 or len(owner) > 200 or len(place) > 200:
        raise Refused(_("Hãy ghi tên dự án (không quá 180 ký tự) và chủ đầu tư."), "name")
    if capital not in Capital.values:
        raise Refused(_("Hãy chọn trong danh sách."), "capital")
    if isinstance(budget, bool) or not isinstance(budget, int) or not 0 <= budget <= 10**15:
        raise Refused(_("Số tiền phải là số nguyên từ 0 trở lên."), "budget")
    decided_on = decided_on or begun_on
    check_day(decided_on, None, "decided_on")
    check_day(begun_on, decided_on, "begun_on")
    check_unsent(Project, uid)
    made = Project.objects.create(
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
        made_at=datetime.now(UTC),
    )
    if any(rule.in_force(decided_on) for rule in book().versions(DISCLOSE)):
        made.disclosure = owe(
            by=LAW,
            unit=unit,
            rule_key=DISCLOSE,
            event_on=decided_on,
            title=_("Công khai dự án: %s") % name[:150],
            subject_kind="investment_project",
            subject=made.pk,
        )
        made.save(update_fields=["disclosure"])
    record(by, "investment_project.registered", made, unit=unit)
    return made


def _items(capital, takes_land):
    """The keys of what the owner of a project must disclose."""
    items = [
        *ALWAYS,
        *([Item.COMPENSATION] if takes_land else []),
        *(OF_THE_PEOPLE if capital in (Capital.COMMUNITY, Capital.SPONSORED) else []),
    ]
    return [str(item) for item in items]


@transaction.atomic
def found_board(project, *, by, name, on, until):
    """The Front founds the board of this one project; its term lasts as long as the project is
    expected to.
    """
    PROJECT_LIFE.require(by, "found", project)
    found = PROJECT_LIFE.hold(project, "found", "unit")
    check_day(on, None, "on")
    name = clean(name)
    if not name or len(name) > 200:
        raise Refused(_("Hãy ghi tên của Ban."), "name")
    found.board = open_body(found.unit, by=LAW, kind=INVESTMENT, name=name, since=on)
    found.save(update_fields=["board"])
    record(by, "investment_project.board_founded", found, unit=found.unit_id, on=on.isoformat())
    return open_term(by=by, board=found.board, since=on, until=until, project=found)


@transaction.atomic
def announce_supervision(project, *, by, on, starts_on):
    """The Front tells the owner of the plan and the members; the law says how long before
    supervision starts.
    """
    PROJECT_LIFE.require(by, "announce", project)
    found = PROJECT_LIFE.hold(project, "announce", "unit")
    check_day(on, found.decided_on or found.begun_on, "on")
    if not isinstance(starts_on, date) or starts_on <= on:
        raise Refused(_("Hãy ghi ngày bắt đầu giám sát, sau ngày thông báo."), "starts_on")
    owed = owe(
        by=LAW,
        unit=found.unit,
        rule_key="investment.notice",
        event_on=starts_on,
        title=_("Thông báo chủ đầu tư: %s") % found.name[:150],
        subject_kind="investment_project",
        subject=found.pk,
    )
    found.notice = meet_obligation(owed, by=LAW, on=on)
    found.supervised_from = starts_on
    found.save(update_fields=["notice", "supervised_from"])
    record(
        by,
        "investment_project.announced",
        found,
        unit=found.unit_id,
        starts=starts_on.isoformat(),
        in_time=found.notice.state == "met",
    )
    return found


@transaction.atomic
def disclose_project(project, *, by, on, items, where):
    """The owner disclosed these; when nothing of what the law asks is left, the obligation is
    met or late by that day.
    """
    PROJECT_LIFE.require(by, "disclose", project)
    found = PROJECT_LIFE.hold(project, "disclose", "unit")
    known = set(found.disclosures.values_list("item", flat=True))
    where = clean(where)
    items = list(dict.fromkeys(items))
    if not items or not set(items) <= set(found.items) - known:
        raise Refused(
            _("Hãy chọn nội dung công khai, trong những nội dung còn thiếu của dự án."), "items"
        )
    if not where or len(where) > 200:
        raise Refused(_("Hãy ghi công khai ở đâu, bằng cách nào."), "where")
    check_day(on, found.decided_on or found.begun_on, "on")
    Disclosure.objects.bulk_create(
        Disclosure(
            project=found,
            item=item,
            disclosed_on=on,
            where=where,
            made_by=by.key,
            made_at=datetime.now(UTC),
        )
        for item in items
    )
    if set(found.items) == known | set(items):
        found.disclosed_on = max(on, *found.disclosures.values_list("disclosed_on", flat=True))
        if found.disclosure_id:
            found.disclosure = meet_obligation(found.disclosure, by=LAW, on=found.disclosed_on)
        found.save(update_fields=["disclosed_on"])
    record(
        by,
        "investment_project.disclosed",
        found,
        unit=found.unit_id,
        on=on.isoformat(),
        items=sorted(items),
    )
    return found


@transaction.atomic
def finish_project(project, *, by, on):
    """The project is over: its board dissolves by itself, and what was not disclosed is owed no
    longer.
    """
    PROJECT_LIFE.require(by, "finish", project)
    found = PROJECT_LIFE.hold(project, "finish", "unit")
    check_day(on, found.begun_on, "on")
    found.ended_on = on
    found.save(update_fields=["ended_on"])
    if found.board_id:
        if on <= found.board.since:
            raise Refused(
                _("Ban của dự án lập sau ngày này. Hãy ghi ngày kết thúc sau ngày lập Ban."), "on"
            )
        BoardTerm.objects.filter(board=found.board_id, since__lt=on, until__gt=on).update(until=on)
        close_body(found.board, by=LAW, on=on)
    if found.disclosure_id and found.disclosure.state == Owed.OPEN:
        excuse_obligation(
            found.disclosure,
            by=LAW,
            reason=_("Dự án đã kết thúc ngày %s khi chưa công khai đủ.") % show_day(on),
        )
    record(by, "investment_project.finished", found, unit=found.unit_id, on=on.isoformat())
    return found

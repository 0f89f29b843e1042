"""Boards: a term is opened, members are elected, the Front recognises it; seats fall vacant and are filled; rounds are planned."""

from datetime import UTC, date, datetime
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.inspection.days import check_day
from danchu.inspection.membership import (
    AGENCY,
    COMMUNE,
    ENTERPRISE,
    INVESTMENT,
    KINDS,
    Declared,
    must_be_filled,
    refuse_not_whole,
    refuse_unfit,
)
from danchu.inspection.models import BoardMember, BoardTerm, Capital, Project, Role, RoundPlan
from danchu.journal.actions import record
from danchu.kernel.refusals import Refused, require
from danchu.kernel.text import clean
from danchu.law.book import book
from danchu.law.deadline import months_from
from danchu.obligations.actions import meet_obligation, owe
from danchu.obligations.clock import LAW

BOARD, ROUND = "inspection_board", "inspection_round"
SPANS = ("quarter", "half", "year", "term")
NO_RIGHT = gettext_lazy("Ông/bà không có quyền với Ban này.")


@transaction.atomic
def open_term(*, by, board, since, until=None, project=None):
    """A new term of a board; of agencies and enterprises it lasts as the rule of the day says."""
    require(by.may("draft", BOARD, board.unit_id), NO_RIGHT)
    if board.kind not in KINDS:
        raise Refused(_("Hãy chọn một Ban Thanh tra nhân dân hoặc Ban Giám sát đầu tư của cộng đồng."), "board")
    if (board.kind == INVESTMENT) != (project is not None):
        raise Refused(_("Ban Giám sát đầu tư của cộng đồng lập cho từng dự án; Ban khác thì không."), "project")
    if not isinstance(since, date):
        raise Refused(_("Hãy ghi ngày bắt đầu nhiệm kỳ."), "since")
    if board.kind in (AGENCY, ENTERPRISE):
        until = months_from(since, book().rule("pib.agency.term", since).value.numerator)
    if not isinstance(until, date) or until <= since:
        raise Refused(_("Hãy ghi ngày hết nhiệm kỳ, sau ngày bắt đầu."), "until")
    if BoardTerm.objects.filter(board=board, since__lt=until, until__gt=since).exists():
        raise Refused(_("Ban đã có nhiệm kỳ trong thời gian này."), "since")
    made = BoardTerm.objects.create(uid=uuid4(), board=board, unit_id=board.unit_id, since=since, until=until, project=project, made_by=by.key, made_at=datetime.now(UTC))
    record(by, "board_term.opened", made, unit=made.unit_id, since=since.isoformat(), until=until.isoformat())
    return made


@transaction.atomic
def elect_member(term, *, by, name, elected_on, role=Role.MEMBER, village=None, declared=None, is_peoples=True):
    """Write down who was elected; refused with the article when he may not be a member."""
    require(by.may("draft", BOARD, term.unit_id), NO_RIGHT)
    term = BoardTerm.objects.select_related("board").select_for_update(of=("self",)).get(pk=term.pk)
    name = clean(name)
    if not name or len(name) > 120 or role not in Role.values:
        raise Refused(_("Hãy ghi họ tên và chức vụ trong Ban."), "name")
    refuse_unfit(term.board.kind, declared or Declared())
    check_day(elected_on, None, "elected_on")
    if elected_on >= term.until:
        raise Refused(_("Nhiệm kỳ đã hết vào ngày này."), "elected_on")
    if term.recognised_on and not must_be_filled(term, elected_on):
        raise Refused(_("Nhiệm kỳ còn dưới 6 tháng: không bầu bổ sung (Nghị định 59/2023/NĐ-CP Điều 13)."), "elected_on")
    if term.board.kind == COMMUNE and village is None:
        raise Refused(_("Thành viên do hội nghị thôn, tổ dân phố bầu: hãy ghi thôn, tổ dân phố."), "village")
    if term.members.filter(left_on=None, name=name, village=village).exists():
        raise Refused(_("Người này đang là thành viên của Ban."), "name")
    if role == Role.HEAD and term.members.filter(left_on=None, role=Role.HEAD).exists():
        raise Refused(_("Ban phải có đúng một trưởng ban."), "role")
    made = BoardMember.objects.create(term=term, unit_id=term.unit_id, name=name, village=village, role=role, elected_on=elected_on, is_peoples=is_peoples)
    record(by, "board_member.elected", made, unit=term.unit_id, role=role, by_election=bool(term.recognised_on))
    return made


@transaction.atomic
def leave_board(member, *, by, on, reason):
    """He left, was released or died; whether a by-election must follow."""
    require(by.may("draft", BOARD, member.term.unit_id), NO_RIGHT)
    found = BoardMember.objects.select_related("term").select_for_update(of=("self",)).get(pk=member.pk)
    if found.left_on:
        raise Refused(_("Người này đã thôi là thành viên."))
    check_day(on, found.elected_on, "on")
    if not clean(reason):
        raise Refused(_("Hãy ghi lý do."), "reason")
    found.left_on, found.reason = on, clean(reason)[:300]
    found.save(update_fields=["left_on", "reason"])
    record(by, "board_member.left", found, unit=found.term.unit_id, on=on.isoformat())
    return must_be_filled(found.term, on)


@transaction.atomic
def recognise_term(term, *, by, on):
    """The Front recognises the result, when the board is whole by the rules of the day."""
    require(by.may("confirm", BOARD, term.unit_id), NO_RIGHT)
    found = BoardTerm.objects.select_related("board").select_for_update(of=("self",)).get(pk=term.pk)
    if found.recognised_on:
        raise Refused(_("Ban đã được công nhận."))
    check_day(on, found.since, "on")
    refuse_not_whole(found, list(found.members.filter(left_on=None)), on)
    found.recognised_on = on
    found.save(update_fields=["recognised_on"])
    record(by, "board_term.recognised", found, unit=found.unit_id, on=on.isoformat())
    return found


@transaction.atomic
def plan_round(*, by, board, span, title, planned_on, subject=""):
    """A round in the plan of a quarter, half-year, year or term; notice of it is owed before the day."""
    require(by.may("draft", ROUND, board.unit_id), NO_RIGHT)
    title, subject = clean(title), clean(subject)
    if not title or len(title) > 200 or len(subject) > 200 or span not in SPANS:
        raise Refused(_("Hãy ghi nội dung và kỳ của kế hoạch."), "title")
    if not isinstance(planned_on, date):
        raise Refused(_("Hãy ghi ngày dự kiến."), "planned_on")
    owed = owe(
        by=LAW, unit=board.unit, body=board, rule_key="investment.notice" if board.kind == INVESTMENT else "pib.plan_notice", event_on=planned_on,
        title=_("Gửi kế hoạch: %s") % title[:150], subject_kind="round_plan",
    )  # fmt: skip
    made = RoundPlan.objects.create(
        uid=uuid4(), board=board, unit_id=board.unit_id, span=span, title=title, subject=subject, planned_on=planned_on, notice=owed, made_by=by.key, made_at=datetime.now(UTC)
    )
    record(by, "round_plan.planned", made, unit=made.unit_id, on=planned_on.isoformat(), notice=owed.due_on.isoformat())
    return made


@transaction.atomic
def notify_round(plan, *, by, on):
    """The plan was sent to the Front, the chair and who is checked."""
    require(by.may("draft", ROUND, plan.unit_id), NO_RIGHT)
    found = RoundPlan.objects.select_related("notice__unit", "notice__rule").select_for_update(of=("self",)).get(pk=plan.pk)
    if found.notified_on:
        raise Refused(_("Kế hoạch này đã được gửi."))
    check_day(on, None, "on")
    found.notice, found.notified_on = meet_obligation(found.notice, by=LAW, on=on), on
    found.save(update_fields=["notified_on"])
    record(by, "round_plan.notified", found, unit=found.unit_id, on=on.isoformat())
    return found


@transaction.atomic
def register_project(*, by, unit, name, owner, capital, begun_on, budget=0, uid=None):
    """An investment to be supervised by the community."""
    require(by.may("draft", BOARD, unit), NO_RIGHT)
    name, owner = clean(name), clean(owner)
    if not name or not owner or len(name) > 200 or len(owner) > 200:
        raise Refused(_("Hãy ghi tên dự án và chủ đầu tư."), "name")
    if capital not in Capital.values:
        raise Refused(_("Hãy chọn trong danh sách."), "capital")
    if isinstance(budget, bool) or not isinstance(budget, int) or not 0 <= budget <= 10**15:
        raise Refused(_("Số tiền phải là số nguyên từ 0 trở lên."), "budget")
    check_day(begun_on, None, "begun_on")
    made = Project.objects.create(uid=uid or uuid4(), unit=unit, name=name, owner=owner, capital=capital, begun_on=begun_on, budget=budget, made_by=by.key, made_at=datetime.now(UTC))
    record(by, "investment_project.registered", made, unit=unit)
    return made


@transaction.atomic
def announce_supervision(project, *, by, on, starts_on):
    """The Front tells the owner of the plan and the members; the law says how long before supervision starts."""
    require(by.may("confirm", BOARD, project.unit_id), NO_RIGHT)
    found = Project.objects.select_related("unit").select_for_update(of=("self",)).get(pk=project.pk)
    if found.notice_id:
        raise Refused(_("Chủ đầu tư đã được thông báo."))
    check_day(on, found.begun_on, "on")
    if not isinstance(starts_on, date) or starts_on <= on:
        raise Refused(_("Hãy ghi ngày bắt đầu giám sát, sau ngày thông báo."), "starts_on")
    owed = owe(by=LAW, unit=found.unit, rule_key="investment.notice", event_on=starts_on, title=_("Thông báo chủ đầu tư: %s") % found.name[:150], subject_kind="investment_project", subject=found.pk)
    found.notice, found.supervised_from = meet_obligation(owed, by=LAW, on=on), starts_on
    found.save(update_fields=["notice", "supervised_from"])
    record(by, "investment_project.announced", found, unit=found.unit_id, starts=starts_on.isoformat(), in_time=found.notice.state == "met")
    return found


@transaction.atomic
def disclose_project(project, *, by, on):
    """The owner has disclosed what the law asks of the project."""
    require(by.may("draft", BOARD, project.unit_id), NO_RIGHT)
    found = Project.objects.select_for_update().get(pk=project.pk)
    if found.disclosed_on:
        raise Refused(_("Dự án đã được công khai."))
    check_day(on, found.begun_on, "on")
    found.disclosed_on = on
    found.save(update_fields=["disclosed_on"])
    record(by, "investment_project.disclosed", found, unit=found.unit_id, on=on.isoformat())
    return found

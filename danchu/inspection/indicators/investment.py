"""Indicators of members, and of investment supervision boards, their projects and findings."""

from django.db.models import Q

from danchu.figures.catalogue import Flow, Level, Source
from danchu.inspection.indicators.sources import (
    CASES,
    INSPECTION,
    INVESTMENT,
    INVESTMENT_LAW,
    LAW,
    MONEY,
    PEOPLE,
    RECOVERED,
    ROWS,
    VIOLATIONS,
)
from danchu.inspection.models import BoardMember, Project, RoundSheet
from danchu.units.models import Body

MEMBERS = Source(
    "board_member",
    lambda: BoardMember.objects.all(),
    "elected_on",
    "unit",
    visible=lambda rows, actor: rows,
    face=lambda row: ("", row.name, None),
    words="name",
)
PROJECTS = Source(
    "investment_project",
    lambda: Project.objects.all(),
    "begun_on",
    "unit",
    visible=lambda rows, actor: rows,
    face=lambda row: ("", row.name, row.uid),
    words="name",
)
INVESTMENT_BOARDS = Source(
    "investment_board",
    lambda: Body.objects.all(),
    "since",
    "unit",
    visible=lambda rows, actor: rows,
    face=lambda row: ("", "", None),
)


def sitting_members(*kinds):
    """A function of a period: the members of recognised boards of the kinds on its last day."""
    return lambda period: BoardMember.objects.filter(
        Q(left_on=None) | Q(left_on__gt=period.last),
        term__board__kind__in=kinds,
        term__recognised_on__lte=period.last,
        term__until__gt=period.last,
        elected_on__lte=period.last,
    )


def supervised_projects(period):
    """Projects under supervision within the period: by their announced days, or by a round that was
    held; each once.
    """
    announced = Q(supervised_from__lt=period.until) & (
        Q(ended_on=None) | Q(ended_on__gte=period.since)
    )
    return Project.objects.filter(
        announced | Q(pk__in=RoundSheet.objects.of_investments_in(period).values("project"))
    )


def investment(key, code, vi, en, source=VIOLATIONS, amount="1", measure=CASES, **where):
    """A flow over the rows of investment supervision boards."""
    return Flow(key, vi, en, source, {**INVESTMENT, **where}, amount, measure, code, INVESTMENT_LAW)


ASKED = investment(
    "investment_recommendations",
    "E15",
    "Kiến nghị của Ban Giám sát đầu tư đã gửi",
    "Recommendations of investment boards sent",
    ROWS,
    measure=("kiến nghị", "recommendations"),
)
FIGURES = (
    Level(
        "pib_members",
        "Thành viên Ban Thanh tra nhân dân",
        "Members of People's Inspection Boards",
        MEMBERS,
        sitting_members(*INSPECTION["board__kind__in"]),
        PEOPLE,
        "E02",
        LAW,
    ),
    Level(
        "investment_boards",
        "Ban Giám sát đầu tư của cộng đồng",
        "Community Investment Supervision Boards",
        INVESTMENT_BOARDS,
        lambda period: Body.objects.on(period.last).filter(kind="investment_board"),
        ("ban", "boards"),
        "E11",
        INVESTMENT_LAW,
    ),
    Level(
        "investment_members",
        "Thành viên Ban Giám sát đầu tư của cộng đồng",
        "Members of investment boards",
        MEMBERS,
        sitting_members("investment_board"),
        PEOPLE,
        "E12",
        INVESTMENT_LAW,
    ),
    Level(
        "investment_projects",
        "Công trình, dự án được giám sát",
        "Projects supervised",
        PROJECTS,
        supervised_projects,
        ("dự án", "projects"),
        "E13",
        INVESTMENT_LAW,
    ),
    investment(
        "investment_findings",
        "E15",
        "Vi phạm phát hiện trong đầu tư",
        "Violations found in investments",
    ),
    investment(
        "investment_findings_recommended",
        "E15",
        "Vi phạm trong đầu tư đã kiến nghị",
        "Violations in investments recommended",
        is_recommended=True,
    ),
    investment(
        "investment_findings_resolved",
        "E15",
        "Vi phạm trong đầu tư đã xử lý",
        "Violations in investments resolved",
        resolved_on__isnull=False,
    ),
    ASKED,
    ASKED.only("suspension", "– đề nghị đình chỉ", "– asking for suspension", asks="suspend"),
    ASKED.only(
        "suspended", "– được đình chỉ", "– suspended", asks="suspend", answer__in=("full", "part")
    ),
    investment(
        "investment_money",
        "E16",
        "Tiền thu hồi qua giám sát đầu tư",
        "Money recovered by investment supervision",
        RECOVERED,
        "money",
        MONEY,
    ),
    investment(
        "investment_reduced",
        "E16",
        "Giảm trừ quyết toán qua giám sát đầu tư",
        "Taken off settlements by investment supervision",
        RECOVERED,
        "reduced",
        MONEY,
    ),
)

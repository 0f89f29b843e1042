"""What recommendations stand for in figures: by cohort, that is of those received in the period
whatever came of them later.
"""

from django.db.models import Q
from django.utils.translation import gettext_noop as _

from danchu.figures.catalogue import Flow, Level, Ratio, Source, count_also, declare
from danchu.inspection.models import BoardMember, Finding, Project, Recommendation, RoundSheet
from danchu.units.models import Body

LAW = _("Luật 10/2022 Điều 36–40")
ROWS = Source(
    "recommendation",
    lambda: Recommendation.objects.counted(),
    "received_on",
    "unit",
    visible=lambda rows, actor: rows.visible_to(actor),
    face=lambda row: (row.number, row.title, row.uid),
)

# What was put right counts on the day it was.
RECOVERED = Source(
    "finding",
    lambda: Finding.objects.counted().filter(resolved_on__isnull=False),
    "resolved_on",
    "unit",
    visible=lambda rows, actor: rows.visible_to(actor),
    face=lambda row: (row.number, row.title, row.uid),
)
VIOLATIONS = Source(
    "finding",
    lambda: Finding.objects.counted(),
    "found_on",
    "unit",
    visible=lambda rows, actor: rows.visible_to(actor),
    face=lambda row: (row.number, row.title, row.uid),
)


INSPECTION = {"board__kind__in": ("peoples_inspection_board", "pib_agency", "pib_enterprise")}
INVESTMENT = {"board__kind": "investment_board"}
INVESTMENT_LAW = _("Luật 10/2022 Điều 41–45")
PEOPLE, CASES, MONEY = ("người", "people"), ("vụ", "cases"), ("đồng", "VND")


def flow(key, code, vi, en, amount="1", measure=("kiến nghị", "recommendations"), **where):
    return Flow(key, vi, en, ROWS, {**INSPECTION, **where}, amount, measure, code, LAW)


SENT = flow(
    "recommendations_sent",
    "E05",
    "Kiến nghị đã gửi, có hồ sơ từng vụ",
    "Recommendations sent, case by case",
)
IN_TIME = flow(
    "recommendations_in_time",
    "E08",
    "Kiến nghị được trả lời đúng hạn",
    "Recommendations answered in time",
    in_time=True,
)
SETTLED = flow(
    "recommendations_settled",
    "E06",
    "Kiến nghị đã giải quyết, Ban xác nhận",
    "Recommendations settled, confirmed by the board",
    state="settled",
)

declare(
    SENT,
    IN_TIME,
    SETTLED,
    Ratio(
        "recommendations_in_time_rate",
        "Tỷ lệ trả lời kiến nghị đúng hạn",
        "Recommendations answered in time",
        IN_TIME,
        SENT,
        "E08",
        LAW,
    ),
    Ratio(
        "recommendations_settled_rate",
        "Tỷ lệ giải quyết (trên số kiến nghị đã gửi)",
        "Recommendations settled (of those sent)",
        SETTLED,
        SENT,
        "E07",
        LAW,
    ),
    SENT.only("full", "– tiếp thu toàn bộ", "– accepted in full", answer="full"),
    SENT.only("part", "– tiếp thu một phần", "– accepted in part", answer="part"),
    SENT.only("refused", "– không tiếp thu", "– refused", answer="refused"),
    flow(
        "recommendations_money",
        "E09",
        "Tiền thu hồi theo kiến nghị, từng vụ",
        "Money recovered, case by case",
        "money",
        MONEY,
    ),
    flow(
        "recommendations_land",
        "E10",
        "Đất thu hồi theo kiến nghị",
        "Land recovered",
        "land",
        ("m²", "m²"),
    ),
)


def found(key, code, vi, en, source=VIOLATIONS, amount="1", measure=CASES, **where):
    return Flow(key, vi, en, source, {**INSPECTION, **where}, amount, measure, code, LAW)


FOUND = found(
    "findings",
    "E04",
    "Vụ việc vi phạm phát hiện, có hồ sơ từng vụ",
    "Violations found, case by case",
)
FOUND_RECOMMENDED = found(
    "findings_recommended",
    "E05",
    "Vụ việc đã kiến nghị, có hồ sơ từng vụ",
    "Violations recommended, case by case",
    is_recommended=True,
)
FOUND_RESOLVED = found(
    "findings_resolved",
    "E06",
    "Vụ việc đã giải quyết, có hồ sơ từng vụ",
    "Violations resolved, case by case",
    resolved_on__isnull=False,
)
FOUND_MONEY = found(
    "findings_money",
    "E09",
    "Tiền thu hồi, theo ngày giải quyết từng vụ",
    "Money recovered, by the day of each case",
    RECOVERED,
    "money",
    MONEY,
)
declare(
    FOUND,
    FOUND_RECOMMENDED,
    FOUND_RESOLVED,
    FOUND_MONEY,
    found(
        "findings_land",
        "E10",
        "Đất thu hồi, theo ngày giải quyết từng vụ",
        "Land recovered, by the day of each case",
        RECOVERED,
        "land",
        ("m²", "m²"),
    ),
    Ratio(
        "findings_resolved_rate",
        "Tỷ lệ vụ việc đã giải quyết (trên số phát hiện), từng vụ",
        "Violations resolved (of those found), case by case",
        FOUND_RESOLVED,
        FOUND,
        "E07",
        LAW,
    ),
    Ratio(
        "findings_resolved_rate_recommended",
        "Tỷ lệ vụ việc đã giải quyết (trên số kiến nghị), từng vụ",
        "Violations resolved (of those recommended), case by case",
        found(
            "findings_recommended_resolved",
            "E06",
            "Vụ việc đã kiến nghị và đã giải quyết",
            "Violations recommended and resolved",
            is_recommended=True,
            resolved_on__isnull=False,
        ),
        FOUND_RECOMMENDED,
        "E07",
        LAW,
    ),
)
# A violation that has a case counts beside those that a round says only the number of.
count_also("pib_violations", FOUND)
count_also("pib_violations_recommended", FOUND_RECOMMENDED)
count_also("pib_violations_resolved", FOUND_RESOLVED)
count_also("pib_money", FOUND_MONEY)

MEMBERS = Source(
    "board_member",
    lambda: BoardMember.objects.all(),
    "elected_on",
    "unit",
    visible=lambda rows, actor: rows,
    face=lambda row: ("", row.name, None),
)
PROJECTS = Source(
    "investment_project",
    lambda: Project.objects.all(),
    "begun_on",
    "unit",
    visible=lambda rows, actor: rows,
    face=lambda row: ("", row.name, row.uid),
)
INVESTMENT_BOARDS = Source(
    "investment_board",
    lambda: Body.objects.all(),
    "since",
    "unit",
    visible=lambda rows, actor: rows,
    face=lambda row: ("", "", None),
)


def sitting(*kinds):
    """Members of recognised boards of the kinds on the last day of a period."""
    return lambda period: BoardMember.objects.filter(
        Q(left_on=None) | Q(left_on__gt=period.last),
        term__board__kind__in=kinds,
        term__recognised_on__lte=period.last,
        term__until__gt=period.last,
        elected_on__lte=period.last,
    )


def supervised(period):
    """Distinct projects under supervision within the period, by their announced days or by a
    round that was held.
    """
    announced = Q(supervised_from__lt=period.until) & (
        Q(ended_on=None) | Q(ended_on__gte=period.since)
    )
    return Project.objects.filter(
        announced | Q(pk__in=RoundSheet.objects.of_investments_in(period).values("project"))
    )


def investment(key, code, vi, en, source=VIOLATIONS, amount="1", measure=CASES, **where):
    return Flow(key, vi, en, source, {**INVESTMENT, **where}, amount, measure, code, INVESTMENT_LAW)


ASKED = investment(
    "investment_recommendations",
    "E15",
    "Kiến nghị của Ban Giám sát đầu tư đã gửi",
    "Recommendations of investment boards sent",
    ROWS,
    measure=("kiến nghị", "recommendations"),
)
declare(
    Level(
        "pib_members",
        "Thành viên Ban Thanh tra nhân dân",
        "Members of People's Inspection Boards",
        MEMBERS,
        sitting(*INSPECTION["board__kind__in"]),
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
        sitting("investment_board"),
        PEOPLE,
        "E12",
        INVESTMENT_LAW,
    ),
    Level(
        "investment_projects",
        "Công trình, dự án được giám sát",
        "Projects supervised",
        PROJECTS,
        supervised,
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

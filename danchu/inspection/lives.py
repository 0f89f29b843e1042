"""Life cycles of findings, plans, projects, verifications, rounds, terms and reports, as tables.

Most have no column for their state: it is derived from their days.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from danchu.inspection.moves import BOARD, RECOMMENDATION, REMEDY, ROUND, VERIFICATION, State
from danchu.register.models import State as EventState
from danchu.subjects.life import STAYS, Life, Move, Right
from danchu.units.kinds import BodyKind


class FindingState(models.TextChoices):
    OPEN = "open", _("Chưa giải quyết")
    RECOMMENDED = "recommended", _("Đã kiến nghị")
    RESOLVED = "resolved", _("Đã giải quyết")
    WITHDRAWN = "withdrawn", _("Đã xác định không vi phạm")


class PlanState(models.TextChoices):
    PLANNED = "planned", _("Chưa gửi")
    NOTIFIED = "notified", _("Đã gửi")
    CANCELLED = "cancelled", _("Đã bỏ")


class ProjectState(models.TextChoices):
    RUNNING = "running", _("Đang thực hiện")
    ENDED = "ended", _("Đã kết thúc")


class AskedState(models.TextChoices):
    ASKED = "asked", _("Đang xác minh")
    TOLD = "told", _("Đã báo kết quả")
    DECLINED = "declined", _("Không xác minh")
    WITHDRAWN = "withdrawn", _("Đã rút")


def recommendation_of(finding):
    """The recommendation about the violation, withdrawn or not; None without one."""
    return getattr(finding, "recommendation", None)


def finding_state(finding):
    """The state of a violation; one query unless its recommendation is joined."""
    if finding.withdrawn_on:
        return FindingState.WITHDRAWN
    if finding.resolved_on:
        return FindingState.RESOLVED
    recommendation = recommendation_of(finding)
    if finding.is_recommended or recommendation and recommendation.state != State.WITHDRAWN:
        return FindingState.RECOMMENDED
    return FindingState.OPEN


def plan_state(plan):
    """The state of a plan, derived from its days."""
    if plan.cancelled_on:
        return PlanState.CANCELLED
    return PlanState.NOTIFIED if plan.notified_on else PlanState.PLANNED


def project_state(project):
    """The state of a project, derived from its last day."""
    return ProjectState.ENDED if project.ended_on else ProjectState.RUNNING


def undisclosed_items(project):
    """[key] of the items that the owner must still disclose, in legal order; one query."""
    disclosed = set(project.disclosures.values_list("item", flat=True))
    return [item for item in project.items if item not in disclosed]


def _was_recommended(finding):
    if recommendation_of(finding) is None:
        return ""
    return _("Vụ việc này đã có kiến nghị.")


def _has_board(project):
    return _("Dự án đã có Ban Giám sát đầu tư của cộng đồng.") if project.board_id else ""


def _was_announced(project):
    return _("Chủ đầu tư đã được thông báo.") if project.notice_id else ""


def _is_disclosed(project):
    return "" if undisclosed_items(project) else _("Dự án đã công khai đủ.")


def _has_round(plan):
    if plan.rounds.filter(event__isnull=False).exists():
        return _("Kế hoạch này đã có cuộc giám sát.")
    return ""


FINDING_LIFE = Life(
    Move("resolve", (FindingState.OPEN,), FindingState.RESOLVED, Right("confirm", REMEDY)),
    Move("withdraw", (FindingState.OPEN,), FindingState.WITHDRAWN, Right("withdraw", ROUND)),
    Move(
        "recommend",
        (FindingState.OPEN,),
        FindingState.RECOMMENDED,
        Right("draft", RECOMMENDATION),
        blocked=_was_recommended,
    ),
    state=finding_state,
    no_right=_("Ông/bà không có quyền làm việc này với vụ việc này."),
    moved_on=_("Vụ việc này đã kiến nghị hoặc đã khép lại. Hãy tải lại trang để xem."),
)

PLAN_LIFE = Life(
    Move("notify", (PlanState.PLANNED,), PlanState.NOTIFIED, Right("draft", ROUND)),
    Move(
        "write",
        (PlanState.PLANNED, PlanState.NOTIFIED),
        STAYS,
        Right("draft", ROUND),
        blocked=_has_round,
    ),
    Move(
        "cancel",
        (PlanState.PLANNED, PlanState.NOTIFIED),
        PlanState.CANCELLED,
        Right("withdraw", ROUND),
    ),
    state=plan_state,
    no_right=_("Ông/bà không có quyền làm việc này với kế hoạch này."),
    moved_on=_("Kế hoạch này đã gửi hoặc đã bỏ. Hãy tải lại trang để xem."),
)

_RUNNING = (ProjectState.RUNNING,)
PROJECT_LIFE = Life(
    Move("found", _RUNNING, STAYS, Right("confirm", BOARD), blocked=_has_board),
    Move("announce", _RUNNING, STAYS, Right("confirm", BOARD), blocked=_was_announced),
    Move("disclose", _RUNNING, STAYS, Right("draft", BOARD), blocked=_is_disclosed),
    Move("finish", _RUNNING, ProjectState.ENDED, Right("confirm", BOARD)),
    state=project_state,
    no_right=_("Ông/bà không có quyền làm việc này với dự án này."),
    moved_on=_("Dự án đã kết thúc."),
)

_ASKED = (AskedState.ASKED,)
VERIFICATION_LIFE = Life(
    Move("tell", _ASKED, AskedState.TOLD, Right("confirm", ROUND)),
    Move("decline", _ASKED, AskedState.DECLINED, Right("confirm", ROUND)),
    Move("withdraw", _ASKED, AskedState.WITHDRAWN, Right("draft", VERIFICATION)),
    no_right=_("Ông/bà không có quyền làm việc này với đề nghị này."),
    moved_on=_("Việc này đã khép lại, không sửa được nữa."),
)


class TermState(models.TextChoices):
    ELECTED = "elected", _("Chưa được công nhận")
    RECOGNISED = "recognised", _("Mặt trận đã công nhận")


class ReportState(models.TextChoices):
    OPEN = "open", _("Chưa gửi")
    SENT = "sent", _("Đã gửi")


# The state of a round whose draft was discarded: it has no event in the register.
DISCARDED = "discarded"
WAS_DISCARDED = _("Bản nháp của cuộc này đã bị bỏ.")


def term_state(term):
    """The state of a term, derived from the day of recognition."""
    return TermState.RECOGNISED if term.recognised_on else TermState.ELECTED


def report_state(report):
    """The state of a report, derived from the day it was sent."""
    return ReportState.SENT if report.sent_on else ReportState.OPEN


def round_state(sheet):
    """The state of the event of the round; one query unless it is joined."""
    return sheet.event.state if sheet.event_id else DISCARDED


def _is_no_draft(sheet):
    if sheet is None or not sheet.event_id:
        return WAS_DISCARDED
    return _("Chỉ sửa được bản nháp. Việc đã xác nhận thì đính chính.")


def _watches_no_investment(term):
    if term.board.kind == BodyKind.INVESTMENT_BOARD:
        return ""
    return _(
        "Chỉ thành viên đang làm việc của Ban Giám sát đầu tư của cộng đồng khai báo xung đột "
        "lợi ích."
    )


_DRAFT = (EventState.DRAFT,)
ROUND_LIFE = Life(
    Move("edit", _DRAFT, EventState.DRAFT, Right("draft", ROUND)),
    Move("confirm", _DRAFT, EventState.CONFIRMED, Right("confirm", ROUND)),
    Move("discard", _DRAFT, DISCARDED, Right("draft", ROUND)),
    Move("drop", _DRAFT, STAYS, Right("draft", ROUND)),
    state=round_state,
    no_right=_("Ông/bà không có quyền ghi việc của Ban này."),
    moved_on=_is_no_draft,
)

# Members are elected, leave and declare before the Front recognises the board and after it.
TERM_LIFE = Life(
    Move("elect", tuple(TermState), STAYS, Right("draft", BOARD)),
    Move("leave", tuple(TermState), STAYS, Right("draft", BOARD)),
    Move(
        "declare",
        tuple(TermState),
        STAYS,
        Right("draft", BOARD),
        blocked=_watches_no_investment,
    ),
    Move("change_days", (TermState.ELECTED,), STAYS, Right("draft", BOARD)),
    Move("recognise", (TermState.ELECTED,), TermState.RECOGNISED, Right("confirm", BOARD)),
    state=term_state,
    no_right=_("Ông/bà không có quyền với Ban này."),
    moved_on=_("Ban đã được công nhận."),
)

REPORT_LIFE = Life(
    Move("send", (ReportState.OPEN,), ReportState.SENT, Right("confirm", ROUND)),
    state=report_state,
    no_right=TERM_LIFE.no_right,
    moved_on=_("Báo cáo này đã gửi."),
)

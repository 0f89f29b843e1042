"""The life cycles of what boards find, plan, watch and are asked, as tables.

Violations and plans have no state column: their state is read from the days that were written.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from danchu.inspection.moves import BOARD, RECOMMENDATION, REMEDY, ROUND, VERIFICATION, State
from danchu.subjects.life import STAYS, Life, Move, Right


class FindingState(models.TextChoices):
    OPEN = "open", _("Chưa giải quyết")
    RECOMMENDED = "recommended", _("Đã kiến nghị")
    RESOLVED = "resolved", _("Đã giải quyết")
    WITHDRAWN = "withdrawn", _("Không phải vi phạm")


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
    """The recommendation about the violation, also one that was withdrawn; None without one."""
    return getattr(finding, "recommendation", None)


def finding_state(finding):
    """Where a violation stands; one query unless its recommendation is joined."""
    if finding.withdrawn_on:
        return FindingState.WITHDRAWN
    if finding.resolved_on:
        return FindingState.RESOLVED
    recommendation = recommendation_of(finding)
    if finding.is_recommended or recommendation and recommendation.state != State.WITHDRAWN:
        return FindingState.RECOMMENDED
    return FindingState.OPEN


def plan_state(plan):
    if plan.cancelled_on:
        return PlanState.CANCELLED
    return PlanState.NOTIFIED if plan.notified_on else PlanState.PLANNED


def project_state(project):
    return ProjectState.ENDED if project.ended_on else ProjectState.RUNNING


def undisclosed(project):
    """The items that the owner must still disclose, in the order of the law; one query."""
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
    return "" if undisclosed(project) else _("Dự án đã công khai đủ.")


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

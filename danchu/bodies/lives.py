"""The lives of bodies and villages as tables; their states are derived from their days."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from danchu.kernel.days import show_day, today
from danchu.subjects.life import STAYS, Life, Move, Right
from danchu.units.kinds import WATCHING, right_over
from danchu.units.models import Standing

# The kinds of record that rights name.
BODY = "body"
BOARD = "inspection_board"
VILLAGE = "village"


class BodyState(models.TextChoices):
    OPEN = "open", _("Chưa có ngày kết thúc")
    ENDED = "ended", _("Đã có ngày kết thúc")


STATE_WORDS = {
    "running": _("Đang hoạt động"),
    "upcoming": _("Sắp hoạt động"),
    "ended": _("Đã kết thúc"),
}


def body_state(body):
    """Whether the body may still change."""
    return BodyState.OPEN if body.until is None else BodyState.ENDED


def state_today(body):
    """The key of STATE_WORDS that tells what the body is today."""
    day = today()
    if body.until is not None and body.until <= day:
        return "ended"
    return "running" if body.since <= day else "upcoming"


def _has_terms(body):
    if body.kind in WATCHING:
        return _("Thành viên của Ban được ghi theo nhiệm kỳ, ở mục Các Ban.")
    return ""


def _has_ended(body):
    if body is None or body.until is None:
        return _("Tổ chức này đang ở bước khác. Hãy tải lại trang để xem.")
    return _("Tổ chức này đã kết thúc từ ngày {day}.").format(day=show_day(body.until))


_RIGHT = Right("reorganise", lambda body: right_over(body.kind))
_OPEN = (BodyState.OPEN,)
BODY_LIFE = Life(
    Move("join", _OPEN, STAYS, _RIGHT, blocked=_has_terms),
    Move("change_role", _OPEN, STAYS, _RIGHT, blocked=_has_terms),
    Move("leave", _OPEN, STAYS, _RIGHT, blocked=_has_terms),
    Move("rename", _OPEN, STAYS, _RIGHT),
    Move("code", _OPEN, STAYS, _RIGHT),
    Move("merge", tuple(BodyState), BodyState.ENDED, _RIGHT),
    Move("close", _OPEN, BodyState.ENDED, _RIGHT),
    state=body_state,
    no_right=_("Ông/bà không có quyền thay đổi tổ chức của đơn vị này."),
    moved_on=_has_ended,
)


def may_open_some(actor):
    """Whether the actor may open bodies of some kind somewhere."""
    return any(actor.scope("reorganise", kind) != frozenset() for kind in (BODY, BOARD))


def commune_of(village):
    """The unit that the village belongs to, by its last standing; None where it has none."""
    standing = (
        Standing.objects.filter(unit=village.pk).select_related("parent").order_by("-since").first()
    )
    return standing.parent if standing else None


_OF_VILLAGE = Right("reorganise", VILLAGE, commune_of)
VILLAGE_LIFE = Life(
    Move("rename", _OPEN, STAYS, _OF_VILLAGE),
    Move("merge", _OPEN, BodyState.ENDED, _OF_VILLAGE),
    Move("divide", _OPEN, BodyState.ENDED, _OF_VILLAGE),
    Move("close", _OPEN, BodyState.ENDED, _OF_VILLAGE),
    state=body_state,
    no_right=_("Ông/bà không có quyền thay đổi thôn, tổ dân phố của đơn vị này."),
    moved_on=_("Thôn, tổ dân phố này đã có ngày kết thúc. Hãy tải lại trang để xem."),
)

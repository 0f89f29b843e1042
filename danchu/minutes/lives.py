"""The life cycle of minutes as a table: drafted, approved once, afterwards only corrected by a
later version.
"""

from django.utils.translation import gettext_lazy as _

from danchu.minutes.models.texts import MINUTES, MinutesState
from danchu.subjects.life import STAYS, Life, Move, Right

_DRAFTED = (MinutesState.DRAFTED,)
_APPROVED = (MinutesState.APPROVED,)
_ONLY_APPROVED = _("Chỉ đính chính được bản đang có hiệu lực.")


def _has_event(minutes):
    return _("Biên bản này đã gắn với một việc trong sổ.") if minutes.event_id else ""


def _has_correction(minutes):
    if type(minutes).objects.filter(supersedes=minutes).exists():
        return _("Đã có người soạn bản đính chính của biên bản này. Hãy sửa tiếp bản đó.")
    return ""


MINUTES_LIFE = Life(
    Move("edit", _DRAFTED, STAYS, Right("draft", MINUTES)),
    Move("approve", _DRAFTED, MinutesState.APPROVED, Right("confirm", MINUTES)),
    Move("attach", _DRAFTED, STAYS, Right("draft", MINUTES), blocked=_has_event),
    Move(
        "correct",
        _APPROVED,
        STAYS,
        Right("correct", MINUTES),
        blocked=_has_correction,
        moved_on=_ONLY_APPROVED,
    ),
    # Done to the version before by the approval of a correction.
    Move(
        "supersede",
        _APPROVED,
        MinutesState.SUPERSEDED,
        Right("confirm", MINUTES),
        moved_on=_ONLY_APPROVED,
    ),
    # Deletes the row, so it leads to no state.
    Move("discard", _DRAFTED, STAYS, Right("draft", MINUTES)),
    no_right=_("Ông/bà không có quyền với biên bản của đơn vị này."),
    moved_on=_("Chỉ làm được với biên bản đang soạn. Biên bản đã duyệt thì đính chính."),
)


def may_begin(event, actor):
    """Whether the actor may begin minutes of this event of the register, drafted or confirmed."""
    return event.state in ("draft", "confirmed") and actor.may("draft", MINUTES, event.unit_id)

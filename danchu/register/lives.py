"""The life cycles of events and statements as tables. A draft counts nowhere; a confirmed row is
never changed, only corrected by a later row or withdrawn.
"""

from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from danchu.register.querysets import State
from danchu.subjects.life import STAYS, Life, Move, Right

_DRAFT = (State.DRAFT,)
_CONFIRMED = (State.CONFIRMED,)
_MAY_NOT_ATTACH = _("Ông/bà không có quyền đính kèm tệp vào hồ sơ này.")
_MAY_NOT_DETACH = _("Ông/bà không có quyền bỏ tệp của hồ sơ này.")
_CANNOT_DETACH = _("Hồ sơ đã xác nhận: tệp đính kèm không bỏ được.")
_CANNOT_ATTACH = _("Hồ sơ này đã được thay hoặc rút: không đính kèm thêm.")


def _of_event(verb):
    """The right to `verb` events of the kind that the row is of."""
    return Right(verb, attrgetter("kind"))


EVENT_LIFE = Life(
    Move(
        "edit",
        _DRAFT,
        STAYS,
        _of_event("draft"),
        no_right=_("Ông/bà không có quyền sửa bản nháp này."),
        moved_on=_("Chỉ sửa được bản nháp. Việc đã xác nhận thì đính chính."),
    ),
    # Deletes the row, so it leads to no state.
    Move(
        "discard",
        _DRAFT,
        STAYS,
        _of_event("draft"),
        no_right=_("Ông/bà không có quyền bỏ bản nháp này."),
        moved_on=_("Chỉ bỏ được bản nháp. Việc đã xác nhận thì rút."),
    ),
    Move(
        "confirm",
        _DRAFT,
        State.CONFIRMED,
        _of_event("confirm"),
        no_right=_("Ông/bà không có quyền xác nhận việc này."),
        moved_on=_("Chỉ xác nhận được bản nháp."),
    ),
    Move(
        "correct",
        _CONFIRMED,
        State.SUPERSEDED,
        _of_event("correct"),
        no_right=_("Ông/bà không có quyền đính chính việc này."),
        moved_on=_("Chỉ đính chính được việc đã xác nhận."),
    ),
    Move(
        "withdraw",
        _CONFIRMED,
        State.WITHDRAWN,
        _of_event("withdraw"),
        no_right=_("Ông/bà không có quyền rút việc này."),
        moved_on=_("Chỉ rút được việc đã xác nhận."),
    ),
    Move(
        "attach",
        _DRAFT + _CONFIRMED,
        STAYS,
        _of_event("draft"),
        no_right=_MAY_NOT_ATTACH,
        moved_on=_CANNOT_ATTACH,
    ),
    Move(
        "detach",
        _DRAFT,
        STAYS,
        _of_event("draft"),
        no_right=_MAY_NOT_DETACH,
        moved_on=_CANNOT_DETACH,
    ),
)

_STATE = Right("state", "statement")
STATEMENT_LIFE = Life(
    Move(
        "edit",
        _DRAFT,
        STAYS,
        _STATE,
        no_right=_("Ông/bà không có quyền sửa số liệu này."),
        moved_on=_("Chỉ sửa được bản nháp. Số liệu đã xác nhận thì đính chính."),
    ),
    Move(
        "discard",
        _DRAFT,
        STAYS,
        _STATE,
        no_right=_("Ông/bà không có quyền bỏ số liệu này."),
        moved_on=_("Chỉ bỏ được bản nháp. Số liệu đã xác nhận thì rút."),
    ),
    Move(
        "confirm",
        _DRAFT,
        State.CONFIRMED,
        Right("confirm", "statement"),
        no_right=_("Ông/bà không có quyền xác nhận số liệu này."),
        moved_on=_("Chỉ xác nhận được bản nháp."),
    ),
    Move(
        "correct",
        _CONFIRMED,
        State.SUPERSEDED,
        Right("correct", "statement"),
        no_right=_("Ông/bà không có quyền đính chính số liệu này."),
        moved_on=_("Chỉ đính chính được số liệu đã xác nhận."),
    ),
    Move(
        "withdraw",
        _CONFIRMED,
        State.WITHDRAWN,
        Right("withdraw", "statement"),
        no_right=_("Ông/bà không có quyền rút số liệu này."),
        moved_on=_("Chỉ rút được số liệu đã xác nhận."),
    ),
    Move(
        "attach",
        _DRAFT + _CONFIRMED,
        STAYS,
        _STATE,
        no_right=_MAY_NOT_ATTACH,
        moved_on=_CANNOT_ATTACH,
    ),
    Move("detach", _DRAFT, STAYS, _STATE, no_right=_MAY_NOT_DETACH, moved_on=_CANNOT_DETACH),
)

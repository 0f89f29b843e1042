"""The life of a report that an office writes: a draft, perhaps sent round for opinions, sealed.
And of a score that others published: it stands, and can be corrected.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from danchu.subjects.life import STAYS, Life, Move, Right

# The kinds of record that rights name.
REPORT = "report"
SCORE = "score"


class State(models.TextChoices):
    DRAFT = "draft", _("Đang soạn")
    REVIEW = "review", _("Đang xin ý kiến")
    SEALED = "sealed", _("Đã niêm phong")
    DROPPED = "dropped", _("Đã bỏ")


OPEN = (State.DRAFT, State.REVIEW)

REPORT_LIFE = Life(
    Move("edit", (State.DRAFT,), STAYS, Right("draft", REPORT)),
    Move("comment", OPEN, STAYS, Right("view", REPORT)),
    Move("submit", (State.DRAFT,), State.REVIEW, Right("draft", REPORT)),
    Move("reopen", (State.REVIEW,), State.DRAFT, Right("draft", REPORT)),
    Move("seal", OPEN, State.SEALED, Right("seal", REPORT)),
    Move("drop", OPEN, State.DROPPED, Right("draft", REPORT)),
    no_right=_("Ông/bà không có quyền làm việc này với báo cáo của đơn vị này."),
    moved_on=_("Báo cáo này đang ở bước khác. Hãy tải lại trang để xem."),
)

STANDS = "stands"

SCORE_LIFE = Life(
    Move("correct", (STANDS,), STAYS, Right("draft", SCORE)),
    state=lambda score: STANDS,
    no_right=_("Ông/bà không có quyền sửa điểm của đơn vị này."),
)

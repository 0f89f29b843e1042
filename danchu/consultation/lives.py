"""The life of a consultation as a table: which act may follow which state, by whose right."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from danchu.kernel.numbers import show_number
from danchu.subjects.life import STAYS, Life, Move, Right


class State(models.TextChoices):
    PLANNED = "planned", _("Đã có kế hoạch")
    OPEN = "open", _("Đang lấy ý kiến")
    CLOSED = "closed", _("Hết thời gian, đang tổng hợp")
    SUMMARISED = "summarised", _("Đã ký tổng hợp, chưa công bố")
    PUBLISHED = "published", _("Đã công bố tổng hợp, giải trình")
    CANCELLED = "cancelled", _("Không lấy ý kiến nữa")


# The kind of record that rights name.
CONSULTATION = "consultation"
DRAFT = Right("draft", CONSULTATION)
CONFIRM = Right("confirm", CONSULTATION)
TAKES_DOWN = Right("draft", "consultation_opinion")

RUNNING = (State.PLANNED, State.OPEN)
# The states in which it has been closed, so counts.
ENDED = (State.CLOSED, State.SUMMARISED, State.PUBLISHED)
SUMMED_UP = (State.SUMMARISED, State.PUBLISHED)


def _is_sent(row):
    both = row.council_on and row.front_on
    return _("Kế hoạch đã gửi Hội đồng nhân dân và Mặt trận.") if both else ""


def _lacks_content(row):
    if not row.contents.exists():
        return _("Chưa có nội dung để hỏi dân. Hãy ghi nội dung trước.")
    if row.is_individual and not row.exempt and row.told_on is None:
        return _("Chưa báo cho người chịu tác động của quyết định (Điều 27).")
    return ""


def _needs_no_telling(row):
    if not row.is_individual:
        return _("Chỉ dự thảo quyết định cá biệt mới báo riêng cho người chịu tác động.")
    return _("Trường hợp này không phải báo (Điều 27).") if row.exempt else ""


def _is_filed(row):
    if not row.is_individual:
        return _("Chỉ dự thảo quyết định cá biệt mới có hồ sơ trình ký.")
    return _("Đã đưa vào hồ sơ trình ký.") if row.filed_on else ""


def _is_overruled(row):
    if row.is_individual:
        return _("Dự thảo quyết định cá biệt chỉ hỏi người chịu tác động.")
    return _("Đã ghi quyết định của cấp trên.") if row.overruled_on else ""


def _needs_no_explanation(row):
    if row.explained_on:
        return _("Đã ghi giải trình của cấp trên.")
    if not row.overruled_on:
        return _("Hãy ghi quyết định của cấp trên khác ý kiến đa số trước.")
    return ""


def _lacks_answers(row):
    """A summary says what became of each opinion, so it waits until each has its answer."""
    waiting = row.opinions.waiting().count()
    if waiting:
        return _("Còn %s ý kiến chờ duyệt. Hãy duyệt trước.") % show_number(waiting)
    unanswered = row.opinions.unanswered().count()
    if unanswered:
        return _("Còn %s ý kiến chưa trả lời. Hãy trả lời trước.") % show_number(unanswered)
    return ""


def _asks_one_person(row):
    return _("Dự thảo quyết định cá biệt chỉ hỏi người chịu tác động.") if row.is_individual else ""


def _has_no_propositions(row):
    counted = row.propositions.filter(state="counted")
    return "" if counted.exists() else _("Chưa có câu nào để biểu quyết.")


def _has_no_opinions(row):
    return "" if row.opinions.opinions().exists() else _("Chưa có ý kiến nào để trả lời.")


def _has_none_waiting(row):
    return "" if row.opinions.waiting().exists() else _("Không có ý kiến nào chờ duyệt.")


CONSULTATION_LIFE = Life(
    Move("write", RUNNING, STAYS, DRAFT),
    Move("send", tuple(set(State) - {State.CANCELLED}), STAYS, DRAFT, blocked=_is_sent),
    Move("tell", RUNNING, STAYS, DRAFT, blocked=_needs_no_telling),
    Move("open", (State.PLANNED,), State.OPEN, CONFIRM, blocked=_lacks_content),
    Move("close", (State.OPEN,), State.CLOSED, CONFIRM),
    Move("ask", RUNNING, STAYS, DRAFT, blocked=_asks_one_person),
    Move("hand_out", RUNNING, STAYS, DRAFT, blocked=_asks_one_person),
    Move("count_asked", RUNNING, STAYS, DRAFT, blocked=_asks_one_person),
    Move("paper", (State.OPEN, State.CLOSED), STAYS, TAKES_DOWN, blocked=_has_no_propositions),
    Move("moderate", (State.OPEN, State.CLOSED), STAYS, DRAFT, blocked=_has_none_waiting),
    Move("answer", (State.OPEN, State.CLOSED), STAYS, DRAFT, blocked=_has_no_opinions),
    Move("summarise", (State.CLOSED,), State.SUMMARISED, DRAFT, blocked=_lacks_answers),
    Move("file", SUMMED_UP, STAYS, DRAFT, blocked=_is_filed),
    Move("publish", (State.SUMMARISED,), State.PUBLISHED, CONFIRM),
    Move("overrule", SUMMED_UP, STAYS, DRAFT, blocked=_is_overruled),
    Move("explain", SUMMED_UP, STAYS, DRAFT, blocked=_needs_no_explanation),
    Move("cancel", RUNNING, State.CANCELLED, Right("withdraw", CONSULTATION)),
    no_right=_("Ông/bà không có quyền làm việc này với cuộc lấy ý kiến này."),
    moved_on=_("Cuộc lấy ý kiến này đang ở bước khác. Hãy tải lại trang để xem."),
)

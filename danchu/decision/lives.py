"""The lives of the records of this room as tables: which act may follow which state, by whose
right.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from danchu.kernel.days import today
from danchu.law.book import book
from danchu.law.decision import is_listed
from danchu.subjects.life import STAYS, Life, Move, Right

# The kinds of record that rights name. The roll has names and addresses of citizens: nobody holds a
# right over it by "*".
ROLL = "household_roll"


class HouseholdState(models.TextChoices):
    COUNTED = "counted", _("Đang tính")
    ENDED = "ended", _("Đã thôi tính")


def household_state(household):
    """Whether the household counts today or later."""
    is_counted = household.until is None or household.until > today()
    return HouseholdState.COUNTED if is_counted else HouseholdState.ENDED


_COUNTED = (HouseholdState.COUNTED,)
HOUSEHOLD_LIFE = Life(
    Move("correct", _COUNTED, STAYS, Right("draft", ROLL)),
    Move("move", _COUNTED, STAYS, Right("draft", ROLL)),
    Move("leave", _COUNTED, STAYS, Right("draft", ROLL)),
    state=household_state,
    no_right=_("Ông/bà không có quyền ghi danh sách hộ gia đình của thôn, tổ dân phố này."),
    moved_on=_("Hộ này đã thôi tính trong danh sách. Hãy tải lại trang để xem."),
)


# What is put to the households; the counting of their ballots, which two people do apart; and the
# recognition by the People's Committee and by the Fatherland Front.
DECISION = "household_decision"
COUNT = "household_count"
RECOGNITION = "decision_recognition"
FRONT_RECOGNITION = "decision_front"


class State(models.TextChoices):
    COLLECTING = "collecting", _("Đang lấy đồng thuận")
    PROPOSED = "proposed", _("Đã đưa ra, chưa thông báo")
    ANNOUNCED = "announced", _("Đã thông báo họp")
    MEETING = "meeting", _("Đang họp")
    SHORT = "short", _("Họp không đủ người, được phát phiếu")
    BALLOT_ANNOUNCED = "ballot_announced", _("Đã thông báo phát phiếu")
    BALLOTING = "balloting", _("Đang lấy phiếu")
    PASSED = "passed", _("Được thông qua, chưa gửi")
    NOT_PASSED = "not_passed", _("Không được thông qua")
    SENT = "sent", _("Đã gửi, chờ công nhận")
    IN_FORCE = "in_force", _("Có hiệu lực")
    REFUSED = "refused", _("Không được công nhận")
    ANNULLED = "annulled", _("Bị bãi bỏ")
    DONE = "done", _("Đã thực hiện")
    WITHDRAWN = "withdrawn", _("Đã rút")


# Until there is a result.
OPEN = (
    State.COLLECTING,
    State.PROPOSED,
    State.ANNOUNCED,
    State.MEETING,
    State.SHORT,
    State.BALLOT_ANNOUNCED,
    State.BALLOTING,
)
# What was put to the vote and has a result; what everybody may read, from its notice on.
SETTLED = tuple(state for state in State if state not in (*OPEN, State.WITHDRAWN))
_NOT_PUBLIC = (State.COLLECTING, State.PROPOSED, State.WITHDRAWN)
PUBLIC = tuple(state for state in State if state not in _NOT_PUBLIC)
_OUTCOMES = {
    "passed": State.PASSED,
    "not_passed": State.NOT_PASSED,
    "insufficient_attendance": State.SHORT,
}


def _after_meeting(decision):
    """The state that the outcome of the meeting leads to."""
    return _OUTCOMES[decision.outcome]


def _after_count(decision):
    """The state after a count of ballots: without an outcome until two people have the same."""
    return _OUTCOMES.get(decision.outcome, State.BALLOTING)


def _after_sending(decision):
    """Whether anybody must recognise the decision."""
    return State.SENT if decision.recogniser else State.IN_FORCE


def _needs_meeting(decision):
    """Why no ballots may be handed out yet; "" where the law lets them be without a meeting."""
    if decision.state == State.SHORT:
        return ""
    day = today()
    if is_listed(decision.item, "ballot", lambda key: book().rule(key, day)):
        return ""
    rule = book().rule_if_any("decision.items.ballot", day)
    return _(
        "Chỉ được phát phiếu sau khi đã họp mà không đủ người dự (%s). Hãy tổ chức họp trước."
    ) % (rule.source if rule else "–")


def _has_no_procedure(decision):
    """Why the meeting may not vote yet."""
    vote = decision.votes.order_by("-number").first()
    if vote is None or not vote.way:
        return _("Hãy ghi việc chọn thư ký, cách biểu quyết và ban kiểm phiếu trước.")
    return ""


def _recognition(decision):
    """The kind of record whose confirmation recognises the decision."""
    return FRONT_RECOGNITION if decision.recogniser == "front" else RECOGNITION


_DRAFT = Right("draft", DECISION)
_MEETING = (State.MEETING,)
DECISION_LIFE = Life(
    Move("consent", (State.COLLECTING,), STAYS, _DRAFT),
    Move("submit", (State.COLLECTING,), State.PROPOSED, _DRAFT),
    Move("announce", (State.PROPOSED,), State.ANNOUNCED, _DRAFT),
    Move("open", (State.ANNOUNCED,), State.MEETING, _DRAFT),
    Move("attend", _MEETING, STAYS, _DRAFT),
    Move("strike", _MEETING, STAYS, _DRAFT),
    Move("choose", _MEETING, STAYS, _DRAFT),
    Move("vote", _MEETING, _after_meeting, _DRAFT, blocked=_has_no_procedure),
    Move("close_short", _MEETING, State.SHORT, _DRAFT),
    Move(
        "plan_ballot",
        (State.PROPOSED, State.SHORT),
        State.BALLOT_ANNOUNCED,
        _DRAFT,
        blocked=_needs_meeting,
    ),
    Move("issue", (State.BALLOT_ANNOUNCED,), State.BALLOTING, _DRAFT),
    Move("hand_out", (State.BALLOTING,), STAYS, _DRAFT),
    Move("take_back", (State.BALLOTING,), STAYS, _DRAFT),
    Move("count", (State.BALLOTING,), _after_count, Right("draft", COUNT)),
    Move("works", SETTLED, STAYS, _DRAFT),
    Move("send", (State.PASSED,), _after_sending, _DRAFT),
    Move("recognise", (State.SENT,), State.IN_FORCE, Right("confirm", _recognition)),
    Move("refuse", (State.SENT,), State.REFUSED, Right("confirm", _recognition)),
    Move("post", SETTLED, STAYS, _DRAFT),
    Move("carry_out", (State.IN_FORCE,), State.DONE, _DRAFT),
    Move(
        "annul",
        (State.PASSED, State.SENT, State.IN_FORCE),
        State.ANNULLED,
        Right("confirm", RECOGNITION),
    ),
    Move("withdraw", OPEN, State.WITHDRAWN, _DRAFT),
    no_right=_("Ông/bà không có quyền làm việc này với việc Nhân dân quyết định này."),
    moved_on=_("Việc này đang ở bước khác, có thể người khác vừa làm. Hãy tải lại trang để xem."),
)


class SheetState(models.TextChoices):
    WITHOUT_PHOTO = "without_photo", _("Chưa có ảnh")
    WITH_PHOTO = "with_photo", _("Có ảnh")


def sheet_state(sheet):
    """Whether a photo of the sheet is kept."""
    return SheetState.WITH_PHOTO if sheet.paper_id else SheetState.WITHOUT_PHOTO


def _kind_of_sheet(sheet):
    """The kind of record that a sheet is about, as rights name it."""
    return COUNT if sheet.kind == "count" else DECISION


SHEET_LIFE = Life(
    Move("photograph", (SheetState.WITHOUT_PHOTO,), STAYS, Right("draft", _kind_of_sheet)),
    state=sheet_state,
    no_right=_("Ông/bà không có quyền ghi tờ này."),
    moved_on=_("Tờ này đã có ảnh. Hãy tải lại trang để xem."),
)

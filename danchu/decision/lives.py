"""The lives of the records of this room as tables: which act may follow which state, by whose
right.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from danchu.decision.rules.by_clusters import (
    has_clusters,
    has_no_clusters,
    has_nothing_to_write,
)
from danchu.decision.rules.on_line import not_online
from danchu.kernel.days import today
from danchu.law.book import book
from danchu.law.decision import Form, Outcome, is_listed
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


class WorksState(models.TextChoices):
    DRAFT = "draft", _("Chờ xác nhận")
    CONFIRMED = "confirmed", _("Đã xác nhận")
    WITHDRAWN = "withdrawn", _("Đã rút")


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
    CLUSTERS = "clusters", _("Đã gửi kế hoạch họp theo cụm, chờ đồng ý")
    MEETING = "meeting", _("Đang họp")
    SHORT = "short", _("Họp không đủ người, được phát phiếu")
    BALLOT_ANNOUNCED = "ballot_announced", _("Đã thông báo phát phiếu")
    BALLOTING = "balloting", _("Đang lấy phiếu")
    ONLINE_ANNOUNCED = "online_announced", _("Đã thông báo biểu quyết trực tuyến")
    ONLINE_FORM = "online_form", _("Đang hỏi các hộ có dùng trực tuyến")
    ONLINE = "online", _("Đang biểu quyết trực tuyến")
    PASSED = "passed", _("Được thông qua, chưa gửi")
    NOT_PASSED = "not_passed", _("Không được thông qua")
    SENT = "sent", _("Đã gửi, chờ công nhận")
    IN_FORCE = "in_force", _("Có hiệu lực")
    REFUSED = "refused", _("Không được công nhận")
    ANNULLED = "annulled", _("Bị bãi bỏ")
    DONE = "done", _("Đã thực hiện")
    WITHDRAWN = "withdrawn", _("Đã rút")
    VILLAGES = "villages", _("Các thôn, tổ dân phố đang quyết định")
    REPORTED = "reported", _("Được thôn thông qua, đã báo về xã")
    AGAIN = "again", _("Phải làm lại")


# Until there is a result.
OPEN = (
    State.COLLECTING,
    State.PROPOSED,
    State.ANNOUNCED,
    State.CLUSTERS,
    State.MEETING,
    State.SHORT,
    State.BALLOT_ANNOUNCED,
    State.BALLOTING,
    State.ONLINE_ANNOUNCED,
    State.ONLINE_FORM,
    State.ONLINE,
    State.VILLAGES,
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


def _after_form(decision):
    """The state after the households were asked whether to vote on line."""
    return State.PROPOSED if decision.outcome == Outcome.FORM_NOT_AGREED else State.ONLINE


def _after_sending(decision):
    """Whether anybody must recognise the decision; what a village decided on a matter of the whole
    commune waits for the others.
    """
    if scope_of(decision) == PART:
        return State.REPORTED
    return State.SENT if decision.recogniser else State.IN_FORCE


def _is_posted(decision):
    return _("Kết quả đã được niêm yết.") if decision.posted_on else ""


def _needs_meeting(decision):
    """Why no ballots may be handed out yet; "" where the law lets them be without a meeting."""
    if decision.state == State.SHORT or _is_ballot_of_commune(decision):
        return ""
    day = today()
    if is_listed(decision.item, "ballot", lambda key: book().rule(key, day)):
        return ""
    rule = book().rule_if_any("decision.items.ballot", day)
    return _(
        "Chỉ được phát phiếu sau khi đã họp mà không đủ người dự (%s). Hãy tổ chức họp trước."
    ) % (rule.source if rule else "–")


def _is_ballot_of_commune(decision):
    """Whether the chair of the commune chose ballots for all its villages."""
    part = getattr(decision, "commune_part", None)
    return part is not None and part.whole.form == Form.BALLOT


def _is_not_approved(decision):
    """Why the meeting may not be opened: its clusters were not approved."""
    if decision.state == State.CLUSTERS:
        return _("Chờ Ủy ban nhân dân cấp xã đồng ý cho họp theo cụm dân cư.")
    return ""


def _has_no_procedure(decision):
    """Why the meeting may not vote yet."""
    if clusters := has_clusters(decision):
        return clusters
    vote = decision.votes.order_by("-number").first()
    if vote is None or not vote.way:
        return _("Hãy ghi việc chọn thư ký, cách biểu quyết và ban kiểm phiếu trước.")
    return ""


def _recognition(decision):
    """The kind of record whose confirmation recognises the decision."""
    return FRONT_RECOGNITION if decision.recogniser == "front" else RECOGNITION


# Whose decision a record is: of a village, of the whole commune, or a village's part in that one.
VILLAGE = "village"
COMMUNE = "commune"
PART = "part"


def scope_of(decision):
    """Which of the three the decision is."""
    if decision.proposer != "commune":
        return VILLAGE
    return COMMUNE if decision.unit.level == "commune" else PART


def _not_copied(decision):
    """Why the copy of the plan is not written down."""
    vote = decision.votes.order_by("-number").first()
    conduct = getattr(vote, "conduct", None)
    if conduct is not None and conduct.copied_on:
        return _("Đã ghi ngày gửi kế hoạch.")
    return ""


_OF_VILLAGES = (VILLAGE, PART)
_DRAFT = Right("draft", DECISION)
_CONFIRM = Right("confirm", RECOGNITION)
_NOTICED = (State.ANNOUNCED, State.CLUSTERS)
_MEETING = (State.MEETING,)
_BALLOTS = (State.BALLOT_ANNOUNCED, State.BALLOTING)


def _is_redone(decision):
    """Why it is not put forward again."""
    return _("Việc này đã được đưa ra lại.") if decision.redone_by.exists() else ""


DECISION_LIFE = Life(
    Move("consent", (State.COLLECTING,), STAYS, _DRAFT),
    Move("submit", (State.COLLECTING,), State.PROPOSED, _DRAFT),
    Move("announce", (State.PROPOSED,), State.ANNOUNCED, _DRAFT, _OF_VILLAGES),
    Move("announce_again", _NOTICED, STAYS, _DRAFT, _OF_VILLAGES),
    Move("open", _NOTICED, State.MEETING, _DRAFT, blocked=_is_not_approved),
    Move("attend", _MEETING, STAYS, _DRAFT, blocked=has_clusters),
    Move("strike", _MEETING, STAYS, _DRAFT),
    Move("choose", _MEETING, STAYS, _DRAFT, blocked=has_clusters),
    Move("vote", _MEETING, _after_meeting, _DRAFT, blocked=_has_no_procedure),
    Move("close_short", _MEETING, State.SHORT, _DRAFT, blocked=has_clusters),
    Move(
        "plan_ballot",
        (State.PROPOSED, State.SHORT),
        State.BALLOT_ANNOUNCED,
        _DRAFT,
        _OF_VILLAGES,
        blocked=_needs_meeting,
    ),
    Move("plan_ballot_again", (State.BALLOT_ANNOUNCED,), STAYS, _DRAFT, _OF_VILLAGES),
    Move("issue", (State.BALLOT_ANNOUNCED,), State.BALLOTING, _DRAFT),
    Move("hand_out", (State.BALLOTING,), STAYS, _DRAFT),
    Move("take_back", (State.BALLOTING,), STAYS, _DRAFT),
    Move("count", (State.BALLOTING,), _after_count, Right("draft", COUNT)),
    Move(
        "plan_online",
        (State.PROPOSED,),
        State.ONLINE_ANNOUNCED,
        _DRAFT,
        (VILLAGE,),
        blocked=not_online,
    ),
    Move("plan_online_again", (State.ONLINE_ANNOUNCED,), STAYS, _DRAFT, (VILLAGE,)),
    Move("open_online", (State.ONLINE_ANNOUNCED,), State.ONLINE_FORM, _DRAFT),
    Move("close_form", (State.ONLINE_FORM,), _after_form, _DRAFT),
    Move("close_online", (State.ONLINE,), _after_meeting, _DRAFT),
    Move("works", SETTLED, STAYS, _DRAFT, (VILLAGE, COMMUNE)),
    Move("send", (State.PASSED,), _after_sending, _DRAFT, _OF_VILLAGES),
    Move("recognise", (State.SENT,), State.IN_FORCE, Right("confirm", _recognition)),
    Move("refuse", (State.SENT,), State.REFUSED, Right("confirm", _recognition)),
    Move("post", SETTLED, STAYS, _DRAFT, blocked=_is_posted),
    Move("carry_out", (State.IN_FORCE,), State.DONE, _DRAFT),
    Move(
        "annul",
        (State.PASSED, State.SENT, State.IN_FORCE),
        State.ANNULLED,
        Right("confirm", RECOGNITION),
    ),
    Move("withdraw", OPEN, State.WITHDRAWN, _DRAFT),
    Move("copy_plan", _BALLOTS, STAYS, _DRAFT, blocked=_not_copied),
    Move("plan_clusters", _NOTICED, State.CLUSTERS, _DRAFT),
    Move("approve_clusters", (State.CLUSTERS,), State.ANNOUNCED, _CONFIRM),
    Move("refuse_clusters", (State.CLUSTERS,), State.ANNOUNCED, _CONFIRM),
    Move("attend_cluster", _MEETING, STAYS, _DRAFT, blocked=has_nothing_to_write),
    Move("choose_cluster", _MEETING, STAYS, _DRAFT, blocked=has_nothing_to_write),
    Move("count_cluster", _MEETING, STAYS, _DRAFT, blocked=has_nothing_to_write),
    Move("close_clusters", _MEETING, _after_meeting, _DRAFT, blocked=has_no_clusters),
    Move("open_villages", (State.PROPOSED,), State.VILLAGES, _CONFIRM, (COMMUNE,)),
    Move("add_villages", (State.VILLAGES,), STAYS, _DRAFT, (COMMUNE,)),
    Move("close_villages", (State.VILLAGES,), _after_meeting, _CONFIRM, (COMMUNE,)),
    Move("set_day", (State.PASSED,), State.IN_FORCE, _CONFIRM, (COMMUNE,)),
    Move("ask_again", (State.PASSED, State.SENT, State.IN_FORCE), State.AGAIN, _CONFIRM),
    Move("redo", (State.ANNULLED, State.AGAIN, State.REFUSED), STAYS, _DRAFT, blocked=_is_redone),
    Move("report", (State.IN_FORCE, State.DONE), STAYS, _DRAFT, (VILLAGE,)),
    variant=scope_of,
    no_right=_("Ông/bà không có quyền làm việc này với việc Nhân dân quyết định này."),
    moved_on=_("Việc này đang ở bước khác, có thể người khác vừa làm. Hãy tải lại trang để xem."),
)


WORKS_LIFE = Life(
    Move("edit", (WorksState.DRAFT,), STAYS, _DRAFT),
    Move("confirm", (WorksState.DRAFT,), WorksState.CONFIRMED, _CONFIRM),
    Move("withdraw", (WorksState.DRAFT, WorksState.CONFIRMED), WorksState.WITHDRAWN, _CONFIRM),
    no_right=_("Ông/bà không có quyền làm việc này với công trình này."),
    moved_on=_("Công trình này đang ở bước khác. Hãy tải lại trang để xem."),
)

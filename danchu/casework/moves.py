"""The life cycle of a petition by its nature, as a table: states, acts and the right each needs.

Complaints follow Law 02/2011/QH13, denunciations Law 25/2018/QH14, feedback the circular on
petitions (05/2021/TT-TTCP). Time limits stand in the law book (rules/clocks.py), not here.
"""

from operator import attrgetter

from django.db import models
from django.utils.translation import gettext_lazy as _

from danchu.casework.natures import Nature
from danchu.subjects.life import STAYS, Life, Move, Right

FILE = "petition_file"


class State(models.TextChoices):
    RECEIVED = "received", _("Mới tiếp nhận")
    CLASSIFIED = "classified", _("Đã phân loại")
    ACCEPTED = "accepted", _("Đã thụ lý")
    VERIFYING = "verifying", _("Đang xác minh")
    DIALOGUED = "dialogued", _("Đã đối thoại")
    DECIDED = "decided", _("Đã có kết luận")
    SENT = "sent", _("Đã gửi kết quả")
    PUBLISHED = "published", _("Đã công khai kết quả")
    ANSWERED = "answered", _("Đã trả lời")
    CLOSED = "closed", _("Đã kết thúc")
    REFUSED = "refused", _("Không thụ lý")
    GUIDED = "guided", _("Đã hướng dẫn")
    FORWARDED = "forwarded", _("Đã chuyển cơ quan có thẩm quyền")
    URGED = "urged", _("Đã đôn đốc")
    RETURNED = "returned", _("Đã trả lại đơn")
    FILED = "filed", _("Đã lưu đơn")
    SUSPENDED = "suspended", _("Đang tạm đình chỉ")
    STOPPED = "stopped", _("Đã đình chỉ")
    WITHDRAWN = "withdrawn", _("Người gửi đã rút")
    USED = "used", _("Dùng để thanh tra, kiểm tra")


COMPLAINT = (Nature.COMPLAINT,)
DENUNCIATION = (Nature.DENUNCIATION,)
FEEDBACK = (Nature.FEEDBACK,)
GRAVE = COMPLAINT + DENUNCIATION
ALL = COMPLAINT + DENUNCIATION + FEEDBACK
UNSORTED = (State.RECEIVED, State.CLASSIFIED)
WORKED = (State.ACCEPTED, State.VERIFYING, State.DIALOGUED)
DRAFT = Right("draft", FILE)
CONFIRM = Right("confirm", FILE)
NO_RIGHT = _("Ông/bà không có quyền làm việc này với đơn này.")
PETITION_LIFE = Life(
    Move("classify", UNSORTED, State.CLASSIFIED, DRAFT, ALL),
    Move("accept", (State.CLASSIFIED,), State.ACCEPTED, CONFIRM, GRAVE),
    Move("accept", (State.CLASSIFIED,), State.ACCEPTED, DRAFT, FEEDBACK),
    Move("refuse", (State.CLASSIFIED,), State.REFUSED, CONFIRM, GRAVE),
    Move("guide", (State.CLASSIFIED,), State.GUIDED, DRAFT, COMPLAINT + FEEDBACK),
    Move("forward", (State.CLASSIFIED,), State.FORWARDED, DRAFT, ALL),
    Move("urge", (State.CLASSIFIED,), State.URGED, DRAFT, ALL),
    Move("return", (State.CLASSIFIED,), State.RETURNED, DRAFT, COMPLAINT),
    Move("file", (State.CLASSIFIED,), State.FILED, DRAFT, ALL),
    Move("use", (State.CLASSIFIED,), State.USED, CONFIRM, DENUNCIATION),
    Move("reply", (State.FORWARDED, State.URGED), STAYS, DRAFT, ALL),
    Move(
        "notify",
        (State.ACCEPTED, State.VERIFYING, State.SUSPENDED, State.STOPPED, State.WITHDRAWN),
        STAYS,
        DRAFT,
        GRAVE,
    ),
    Move("verify", (State.ACCEPTED,), State.VERIFYING, DRAFT, GRAVE),
    Move("extend", WORKED, STAYS, CONFIRM, GRAVE),
    Move("invite", (State.VERIFYING,), STAYS, DRAFT, COMPLAINT),
    Move("hold_dialogue", (State.VERIFYING,), State.DIALOGUED, DRAFT, COMPLAINT),
    Move("decide", (State.VERIFYING, State.DIALOGUED), State.DECIDED, CONFIRM, COMPLAINT),
    Move("decide", (State.VERIFYING,), State.DECIDED, CONFIRM, DENUNCIATION),
    Move("send", (State.DECIDED,), State.SENT, DRAFT, GRAVE),
    Move("publish", (State.SENT,), State.PUBLISHED, DRAFT, GRAVE),
    Move("answer", (State.ACCEPTED,), State.ANSWERED, DRAFT, FEEDBACK),
    Move("close", (State.SENT, State.PUBLISHED), State.CLOSED, DRAFT, COMPLAINT),
    Move("close", (State.PUBLISHED,), State.CLOSED, DRAFT, DENUNCIATION),
    Move("close", (State.ANSWERED,), State.CLOSED, DRAFT, FEEDBACK),
    Move("reopen", (State.ANSWERED, State.CLOSED), State.ACCEPTED, DRAFT, FEEDBACK),
    Move("suspend", WORKED, State.SUSPENDED, CONFIRM, GRAVE),
    Move("resume", (State.SUSPENDED,), State.VERIFYING, CONFIRM, GRAVE),
    Move("stop", (*WORKED, State.SUSPENDED), State.STOPPED, CONFIRM, GRAVE),
    Move(
        "withdraw",
        (*UNSORTED, *WORKED, State.SUSPENDED),
        State.WITHDRAWN,
        DRAFT,
        COMPLAINT + FEEDBACK,
    ),
    # Once accepted, a denunciation is resolved although its denouncer withdraws it where there are
    # signs of a breach of law (Law 25/2018 art. 33).
    Move("withdraw", UNSORTED, State.WITHDRAWN, DRAFT, DENUNCIATION),
    Move("retract", (*WORKED, State.SUSPENDED), STAYS, DRAFT, DENUNCIATION),
    variant=attrgetter("nature"),
    no_right=NO_RIGHT,
    moved_on=_("Đơn này đang ở bước khác, có thể người khác vừa làm. Hãy tải lại trang để xem."),
)
ACTS = PETITION_LIFE.acts
# The states that end a petition; closed feedback may still be reopened by its sender.
FINAL = (
    State.REFUSED,
    State.GUIDED,
    State.RETURNED,
    State.FILED,
    State.STOPPED,
    State.WITHDRAWN,
    State.CLOSED,
    State.FORWARDED,
    State.URGED,
    State.USED,
)
RUNNING = tuple(state for state in State if state not in FINAL)
# What senders may do themselves, with their code and secret.
SENDER_ACTS = ("close", "reopen", "withdraw", "retract")


def is_of_sender(petition, act):
    """Whether the sender of a petition of this nature may do the act in some state. Only feedback
    is closed by its sender: other petitions end as the law says.
    """
    if act not in SENDER_ACTS or act == "close" and petition.nature != Nature.FEEDBACK:
        return False
    return any(PETITION_LIFE.of_act(act, petition.nature))


def sender_acts(petition):
    """The acts that the sender of the petition may do now."""
    return [
        act
        for act in SENDER_ACTS
        if is_of_sender(petition, act) and PETITION_LIFE.move(petition, act)
    ]

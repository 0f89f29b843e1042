"""The life of a petition by its nature, as a table: from which state an act leads where, and what
right it asks for.

Complaints follow Law 02/2011/QH13, denunciations Law 25/2018/QH14, feedback the circular on
petitions; what each step's time is, the law book says (rules/clocks.py), not this table.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from danchu.casework.natures import Nature

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
    FILED = "filed", _("Lưu đơn")
    SUSPENDED = "suspended", _("Tạm đình chỉ")
    STOPPED = "stopped", _("Đình chỉ")
    WITHDRAWN = "withdrawn", _("Người gửi đã rút")
    USED = "used", _("Dùng để thanh tra, kiểm tra")


COMPLAINT, DENUNCIATION, FEEDBACK = (Nature.COMPLAINT,), (Nature.DENUNCIATION,), (Nature.FEEDBACK,)
GRAVE, ALL = COMPLAINT + DENUNCIATION, COMPLAINT + DENUNCIATION + FEEDBACK
UNSORTED = (State.RECEIVED, State.CLASSIFIED)
WORKED = (State.ACCEPTED, State.VERIFYING, State.DIALOGUED)
KEPT = None  # the act leaves the state as it is


@dataclass(frozen=True)
class Move:
    """`act` for petitions of `natures` from any of `sources` to `target` (None: stays), by who
    may `verb` the file.
    """

    act: str
    natures: tuple
    sources: tuple
    target: str | None
    verb: str = "draft"


_MOVES = (
    Move("classify", ALL, UNSORTED, State.CLASSIFIED),
    Move("accept", GRAVE, (State.CLASSIFIED,), State.ACCEPTED, "confirm"),
    Move("accept", FEEDBACK, (State.CLASSIFIED,), State.ACCEPTED),
    Move("refuse", GRAVE, (State.CLASSIFIED,), State.REFUSED, "confirm"),
    Move("guide", COMPLAINT + FEEDBACK, (State.CLASSIFIED,), State.GUIDED),
    Move("forward", ALL, (State.CLASSIFIED,), State.FORWARDED),
    Move("urge", ALL, (State.CLASSIFIED,), State.URGED),
    Move("return", COMPLAINT, (State.CLASSIFIED,), State.RETURNED),
    Move("file", ALL, (State.CLASSIFIED,), State.FILED),
    Move("use", DENUNCIATION, (State.CLASSIFIED,), State.USED, "confirm"),
    Move("reply", ALL, (State.FORWARDED, State.URGED), KEPT),
    Move(
        "notify",
        GRAVE,
        (State.ACCEPTED, State.VERIFYING, State.SUSPENDED, State.STOPPED, State.WITHDRAWN),
        KEPT,
    ),
    Move("verify", GRAVE, (State.ACCEPTED,), State.VERIFYING),
    Move("extend", GRAVE, WORKED, KEPT, "confirm"),
    Move("invite", COMPLAINT, (State.VERIFYING,), KEPT),
    Move("hold_dialogue", COMPLAINT, (State.VERIFYING,), State.DIALOGUED),
    Move("decide", COMPLAINT, (State.VERIFYING, State.DIALOGUED), State.DECIDED, "confirm"),
    Move("decide", DENUNCIATION, (State.VERIFYING,), State.DECIDED, "confirm"),
    Move("send", GRAVE, (State.DECIDED,), State.SENT),
    Move("publish", GRAVE, (State.SENT,), State.PUBLISHED),
    Move("answer", FEEDBACK, (State.ACCEPTED,), State.ANSWERED),
    Move("close", COMPLAINT, (State.SENT, State.PUBLISHED), State.CLOSED),
    Move("close", DENUNCIATION, (State.PUBLISHED,), State.CLOSED),
    Move("close", FEEDBACK, (State.ANSWERED,), State.CLOSED),
    Move("reopen", FEEDBACK, (State.ANSWERED, State.CLOSED), State.ACCEPTED),
    Move("suspend", GRAVE, WORKED, State.SUSPENDED, "confirm"),
    Move("resume", GRAVE, (State.SUSPENDED,), State.VERIFYING, "confirm"),
    Move("stop", GRAVE, (*WORKED, State.SUSPENDED), State.STOPPED, "confirm"),
    Move("withdraw", COMPLAINT + FEEDBACK, (*UNSORTED, *WORKED, State.SUSPENDED), State.WITHDRAWN),
    # Once accepted, what shows a breach of law is resolved although its denouncer no longer wants
    # it (Law 25/2018 art. 33).
    Move("withdraw", DENUNCIATION, UNSORTED, State.WITHDRAWN),
    Move("retract", DENUNCIATION, (*WORKED, State.SUSPENDED), KEPT),
)
MOVES = {(nature, move.act): move for move in _MOVES for nature in move.natures}
ACTS = tuple(dict.fromkeys(move.act for move in _MOVES))
# Where nothing more is done by anyone; of closed feedback the citizen may still say that it is not
# solved.
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
# The processing outcomes of a petition that was not taken on (Circular 05/2021/TT-TTCP).
AWAY = (State.GUIDED, State.FORWARDED, State.URGED)
# What the citizen himself may do, with his code and secret.
OF_CITIZEN = ("withdraw", "retract", "reopen", "close")


def acts_of(petition, actor):
    """The acts that may follow now, by this actor."""
    return [
        act
        for act in ACTS
        if (move := MOVES.get((petition.nature, act)))
        and petition.state in move.sources
        and actor.may(move.verb, FILE, petition.unit_id)
    ]

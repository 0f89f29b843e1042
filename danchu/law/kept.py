"""Rows of the law that triggers protect: a version is never changed or deleted, except that a rule
gets its end day.
"""

from danchu.journal.digested import Digested
from danchu.journal.keep import ONCE, Kept

_SAYS = (
    "a version of the law is never changed or removed: enact or correct a rule",
    "phiên bản pháp luật không bị sửa, không bị xóa: hãy ban hành hoặc đính chính quy định",
)
_CODE = "restrict_violation"

RULE = Kept(
    name="rule_kept",
    says=_SAYS,
    ended="OLD.replaced_at IS NOT NULL",
    changes=["until", "replaced_at"],
    code=_CODE,
)
JOINED_KEY = Kept(name="joined_key_kept", says=_SAYS, ended=ONCE, code=_CODE)
OPEN_POINT = Kept(
    name="open_point_kept",
    says=(
        "an open point is never removed, and once settled it never changes",
        "vướng mắc không bị xóa, đã giải đáp thì không đổi",
    ),
    ended="OLD.settled_on IS NOT NULL",
    changes=["settled_on", "answer"],
    code=_CODE,
)
CALENDAR = Kept(name="calendar_kept", says=_SAYS, ended=ONCE, code=_CODE)
CALENDAR_DAY = Kept(name="calendar_day_kept", says=_SAYS, ended=ONCE, code=_CODE)

RULE_DIGEST = Digested(
    name="rule_digest",
    kind="rule",
    title=("version of a rule", "phiên bản quy định"),
    fields=(
        "key vi en sense value unit article text since until mark transition note made_at "
        "made_by replaced_at"
    ),
)
CALENDAR_DIGEST = Digested(
    name="calendar_digest",
    kind="calendar",
    title=("version of the calendar", "phiên bản lịch làm việc"),
    fields="year basis mark made_at made_by",
)
CALENDAR_DAY_DIGEST = CALENDAR_DIGEST.part(
    "calendar_day_digest", whole="version", order="day", fields="day kind name"
)

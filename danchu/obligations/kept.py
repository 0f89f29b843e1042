"""What stays of obligations: one that was closed never changes, and no revision of a due day."""

from danchu.journal.digested import Digested
from danchu.journal.keep import ONCE, Kept

OBLIGATION = Kept(
    name="obligation_kept",
    says=(
        "an obligation is never removed, and closed it never changes",
        "nghĩa vụ không bị xóa, đã khép lại thì không đổi",
    ),
    ended="OLD.state <> 'open'",
)
REVISION = Kept(
    name="revision_kept",
    says=(
        "a revision of a due day is never changed or removed",
        "dòng ghi hạn cũ và hạn mới không bị sửa, không bị xóa",
    ),
    ended=ONCE,
)

_OF_OBLIGATION = (
    "uid unit body title owed_to subject_kind subject rule event_on due_on calendar state "
    "done_on excused_on note made_by made_at closed_by closed_at"
)
OBLIGATION_DIGEST = Digested(
    name="obligation_digest",
    kind="obligation",
    title=("obligation", "nghĩa vụ"),
    state="r.state",
    fields=f"{_OF_OBLIGATION} asked_on",
    form=2,
    earlier={1: _OF_OBLIGATION},
)

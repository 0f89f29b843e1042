"""What stays of obligations: one that was closed never changes."""

from danchu.journal.keep import Kept

OBLIGATION = Kept(
    name="obligation_kept",
    says=(
        "an obligation is never removed, and closed it never changes",
        "nghĩa vụ không bị xóa, đã khép lại thì không đổi",
    ),
    ended="OLD.state <> 'open'",
)

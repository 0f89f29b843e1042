"""Rows that a trigger protects: who requested to read an identity, why, and how it was judged."""

from danchu.journal.keep import Kept

OPENING = Kept(
    name="vault_opening_kept",
    says=(
        "an opening is kept as it was asked for and judged",
        "yêu cầu mở danh tính được giữ nguyên như khi yêu cầu và khi xét",
    ),
    ended="OLD.judged_by_id IS NOT NULL",
    fixed=["sealed", "asked_by", "reason", "asked_at"],
)

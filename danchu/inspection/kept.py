"""Rows that a trigger protects: a recommendation whose life cycle has ended never changes."""

from danchu.journal.keep import Kept, among

RECOMMENDATION = Kept(
    name="recommendation_kept",
    says=(
        "a recommendation is never removed, and ended it never changes",
        "kiến nghị không bị xóa, đã kết thúc thì không đổi",
    ),
    ended=among("state", ["settled", "rejected", "withdrawn"]),
)

"""The journal is append-only, on replicas too, and its table cannot be truncated."""

from danchu.journal.keep import ONCE, Kept

ENTRY = Kept(
    name="journal_kept",
    says=("the journal is written once", "sổ nhật ký chỉ ghi thêm, không sửa, không xóa"),
    ended=ONCE,
    code="integrity_constraint_violation",
    always=True,
)

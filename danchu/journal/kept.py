"""The journal is append-only, on replicas too, and its table cannot be truncated."""

from danchu.journal.keep import ONCE, Kept

ENTRY = Kept(
    name="journal_kept",
    says=("the journal is written once", "sổ nhật ký chỉ ghi thêm, không sửa, không xóa"),
    ended=ONCE,
    code="integrity_constraint_violation",
    always=True,
)

_PUBLISHED = ("a checkpoint stays as published", "dấu kiểm của sổ được giữ nguyên như đã công bố")
CHECKPOINT = Kept(name="checkpoint_kept", says=_PUBLISHED, ended=ONCE)
COSIGNATURE = Kept(name="cosignature_kept", says=_PUBLISHED, ended=ONCE)
ROW_DIGEST = Kept(
    name="journal_rowdigest_kept",
    says=(
        "digests are written once; only a salt is erased",
        "mã kiểm của bản ghi chỉ ghi thêm, chỉ xóa được muối",
    ),
    changes=["salt"],
    code="integrity_constraint_violation",
    always=True,
)
FOUNDING = Kept(
    name="journal_founding_kept",
    says=("the founding of digests is written once", "việc mở mã kiểm chỉ ghi một lần"),
    ended=ONCE,
    code="integrity_constraint_violation",
    always=True,
)

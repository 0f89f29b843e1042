"""Rows that triggers protect: no petition is deleted, no step changes, a denunciation stays one."""

from danchu.journal.keep import ONCE, Kept, among

PETITION = Kept(
    name="petition_kept",
    says=(
        "a petition is never removed, ended it never changes, and a denunciation stays sealed",
        "đơn không bị xóa, đã kết thúc thì không đổi, đơn tố cáo luôn được niêm phong",
    ),
    ended=among(
        "state", ["refused", "guided", "returned", "filed", "stopped", "withdrawn", "used"]
    ),
    ended_fixed=[
        "state",
        "unit",
        "received_on",
        "ended_on",
        "in_time",
        "eligible",
        "competent",
        "content",
    ],
    sticks={"nature": "denunciation"},
)
STEP = Kept(
    name="petition_step_kept",
    says=("a step is never changed or removed", "bước xử lý đơn không bị sửa, không bị xóa"),
    ended=ONCE,
)

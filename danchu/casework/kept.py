"""Rows that triggers protect: no petition is deleted, no step changes, a denunciation stays one."""

from danchu.journal.digested import Digested
from danchu.journal.keep import ONCE, Kept, among

PETITION = Kept(
    name="petition_kept",
    says=(
        "a petition is never removed, its outcome never changes, and a denunciation stays sealed",
        "đơn không bị xóa, đã kết thúc thì kết quả không đổi, đơn tố cáo luôn được niêm phong",
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
    ],
    sticks={"nature": "denunciation"},
)
STEP = Kept(
    name="petition_step_kept",
    says=(
        "a step is never changed or removed, its words are only sealed with a denunciation",
        "bước xử lý đơn không bị sửa, không bị xóa; lời ghi chỉ được niêm phong cùng đơn tố cáo",
    ),
    ended="NEW.text <> ''",
    changes=["text"],
)
CALL = Kept(
    name="petition_call_kept",
    says=(
        "which call a petition came from is never changed or removed",
        "cuộc gọi mà đơn đến từ đó không bị sửa, không bị xóa",
    ),
    ended=ONCE,
)

_OF_PETITION = (
    "uid code nature channel state stage unit body place matter title content came_from "
    "known_on received_on moved_on people is_named is_remote several_places complexity "
    "eligible fault competent same_as split_from follows handed_from sealed accepted_on "
    "processed_on resolved_on ended_on in_time verdict answer_text dialogue_on "
    "suspended_on suspended_days elsewhere replied_on reopened is_solved shown_title "
    "shown_text illustrative made_by made_at"
)
PETITION_DIGEST = Digested(
    name="petition_digest",
    kind="petition",
    title=("petition", "đơn thư"),
    state="r.state",
    personal=True,
    fields=_OF_PETITION,
    form=2,  # with its steps
    earlier={1: _OF_PETITION},
)
STEP_DIGEST = PETITION_DIGEST.part(
    "petition_step_digest",
    whole="petition",
    order="number",
    since=2,
    fields="number act on state unit text by at",
)
VISIT_DIGEST = Digested(
    name="visit_digest",
    kind="visit",
    title=("visit", "lượt tiếp"),
    personal=True,
    fields=(
        "uid code unit day year number received_on form name address identity content nature "
        "people representatives is_group is_first handled_before competent guidance handler "
        "follow_up note answered_on petition sealed refused_for notice_number noticed_on "
        "made_by made_at"
    ),
)
_OF_RECEPTION_DAY = (
    "uid unit office form on hours room delegate is_deputy state reason made_by made_at"
)
RECEPTION_DAY_DIGEST = Digested(
    name="reception_day_digest",
    kind="reception_day",
    title=("reception day", "buổi tiếp dân"),
    state="r.state",
    fields=f"{_OF_RECEPTION_DAY} places book_before",
    form=2,  # with what can be booked
    earlier={1: _OF_RECEPTION_DAY},
)
MATTER_DIGEST = Digested(
    name="matter_digest",
    kind="matter",
    title=("matter", "nội dung đơn"),
    key="number",
    fields="key vi en field level body is_open",
)
PAPER_DIGEST = Digested(
    name="petition_paper_digest",
    kind="petition_paper",
    title=("paper of a petition", "tài liệu của đơn"),
    personal=True,
    fields="petition paper name added_at is_answer",
)

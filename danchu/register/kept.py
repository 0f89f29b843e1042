"""What triggers protect in the register: a confirmed row is corrected only by a new one."""

from danchu.journal.digested import Digested
from danchu.journal.keep import Kept, PartKept, among

_SAYS = (
    "what was confirmed is never removed: withdraw it, or correct it by a new row",
    "bản ghi đã xác nhận không bị xóa: hãy rút, hoặc đính chính bằng bản ghi mới",
)
_PARTS_SAY = (
    "it belongs to what was confirmed: correct the event",
    "thuộc bản ghi đã xác nhận: hãy đính chính sự kiện",
)


def _kept_once_confirmed(name):
    return Kept(
        name=name,
        says=_SAYS,
        draft=among("state", ["draft"]),
        changes=["state", "reason"],
        moves={"confirmed": ["superseded", "withdrawn"]},
        with_state=["reason"],
    )


EVENT = _kept_once_confirmed("register_kept")
STATEMENT = _kept_once_confirmed("register_kept_statement")
PART = PartKept(name="register_kept_part", says=_PARTS_SAY, wholes=["event"], draft="draft")
ATTACHMENT = PartKept(
    name="register_kept_attachment",
    says=("it is never changed, and stays with what was confirmed", _PARTS_SAY[1]),
    wholes=["event", "statement"],
    draft="draft",
    added=True,
    once=True,
)

# A draft counts nowhere.
_COUNTS = "r.state <> 'draft'"

_NUMBERS = (
    "participants people opinions opinions_accepted recommended accepted findings resolved "
    "matters_first matters_repeat groups group_people eligible competent money"
)
_OF_EVENT = (
    "uid reference kind form held_on unit body title place note state supersedes illustrative "
    f"batch recorded_by recorded_at confirmed_by confirmed_at reason {_NUMBERS}"
)
_OF_STATEMENT = (
    "uid body unit indicator since until amount note state supersedes recorded_by recorded_at "
    "confirmed_by confirmed_at reason"
)

EVENT_DIGEST = Digested(
    name="register_event_digest",
    kind="event",
    title=("record", "bản ghi"),
    when=_COUNTS,
    state="r.state",
    fields=_OF_EVENT,
    form=2,  # in two halves
    earlier={1: _OF_EVENT},
    public={
        2: "uid reference kind form held_on unit body title state supersedes illustrative "
        f"{_NUMBERS}"
    },
)
PART_DIGEST = EVENT_DIGEST.part(
    "register_part_digest", whole="event", fields="role unit body name amount", public=True
)
STATEMENT_DIGEST = Digested(
    name="register_statement_digest",
    kind="statement",
    title=("statement", "số liệu báo cáo"),
    when=_COUNTS,
    state="r.state",
    fields=f"{_OF_STATEMENT} is_apart",
    form=3,
    earlier={1: _OF_STATEMENT, 2: _OF_STATEMENT},
    public=dict.fromkeys((2, 3), "uid body unit indicator since until amount state supersedes"),
)
ATTACHMENT_DIGEST = Digested(
    name="register_attachment_digest",
    kind="attachment",
    title=("attached file", "tệp đính kèm"),
    fields="paper event statement name added_by added_at",
)

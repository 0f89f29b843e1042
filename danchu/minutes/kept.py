"""What triggers protect: approved minutes with their text; a commitment is never removed, and never
changed after its life cycle has ended.
"""

from danchu.journal.keep import ONCE, Kept, PartKept, among

_TEXT_SAYS = (
    "the text of minutes that were approved: correct them by a new version",
    "nội dung biên bản đã duyệt: hãy đính chính bằng phiên bản mới",
)
_STEP_SAYS = (
    "a step of a commitment and its papers are never changed or removed",
    "bước thực hiện cam kết và tài liệu của bước không bị sửa, không bị xóa",
)

# Their event may be corrected, and a later version may supersede them.
MINUTES = Kept(
    name="minutes_kept",
    says=(
        "approved minutes are never removed: correct them by a new version",
        "biên bản đã duyệt không bị xóa: hãy đính chính bằng phiên bản mới",
    ),
    draft=among("state", ["drafted"]),
    changes=["state", "event"],
    moves={"approved": ["superseded"]},
)
BLOCK = PartKept(name="minutes_kept_block", says=_TEXT_SAYS, wholes=["minutes"], draft="drafted")
PASSAGE = PartKept(
    name="minutes_kept_passage", says=_TEXT_SAYS, wholes=["minutes"], draft="drafted"
)
COMMITMENT = Kept(
    name="commitment_kept",
    says=(
        "a commitment is never removed; what was promised never changes, and ended nothing does",
        "cam kết không bị xóa; điều đã hứa không bị sửa, đã kết thúc thì không đổi gì nữa",
    ),
    ended=among("state", ["kept", "withdrawn"]),
    fixed=[
        "uid",
        "code",
        "unit",
        "owner",
        "office",
        "title",
        "text",
        "asker",
        "asked_by",
        "origin",
        "origin_uid",
        "mark",
        "made_on",
    ],
)
TERM = Kept(
    name="commitment_term_kept",
    says=(
        "a day that was promised is never changed or removed",
        "ngày đã hứa không bị sửa, không bị xóa",
    ),
    ended="OLD.ended_on IS NOT NULL",
    changes=["ended_on"],
)
STEP = Kept(name="commitment_step_kept", says=_STEP_SAYS, ended=ONCE)
PAPER = Kept(name="commitment_paper_kept", says=_STEP_SAYS, ended=ONCE)

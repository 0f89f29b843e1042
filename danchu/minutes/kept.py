"""What triggers protect: approved minutes with their text; a commitment is never removed, and never
changed after its life cycle has ended.
"""

from danchu.journal.digested import Digested
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

MINUTES_DIGEST = Digested(
    name="minutes_digest",
    kind="minutes",
    title=("minutes", "biên bản"),
    when="r.state <> 'drafted'",
    state="r.state",
    fields=(
        "uid version supersedes changed event subject_kind subject unit body held_on title "
        "number place hours attendance chair secretary state is_public content_hash "
        "approved_by approver approved_at illustrative made_by made_at"
    ),
)
BLOCK_DIGEST = MINUTES_DIGEST.part(
    "minutes_block_digest",
    whole="minutes",
    order="number",
    fields="number is_heading text speaker shown_as",
)
PASSAGE_DIGEST = MINUTES_DIGEST.part(
    "minutes_passage_digest",
    whole="minutes",
    fields="block unit mark kind start end text is_accepted title owner office due_on due_reason "
    "asker asked_by",
)
_OF_COMMITMENT = (
    "uid code unit owner office title text asker asked_by origin origin_uid mark made_on due_on "
    "due_reason state obligation fulfilled_on fulfilled_by in_time kept_on postponed missed "
    "moved_on illustrative made_by made_at"
)
COMMITMENT_DIGEST = Digested(
    name="commitment_digest",
    kind="commitment",
    title=("commitment", "cam kết"),
    state="r.state",
    fields=_OF_COMMITMENT,
    form=2,  # in two halves
    earlier={1: _OF_COMMITMENT},
    public={
        2: "uid code unit owner office title text asker asked_by origin made_on due_on due_reason "
        "state fulfilled_on in_time kept_on postponed missed illustrative"
    },
)
TERM_DIGEST = COMMITMENT_DIGEST.part(
    "commitment_term_digest",
    whole="commitment",
    order="number",
    fields="number due_on reason obligation set_on ended_on",
)
STEP_DIGEST = COMMITMENT_DIGEST.part(
    "commitment_step_digest",
    whole="commitment",
    order="number",
    fields="number act on state text is_citizen by at",
)
PAPER_DIGEST = Digested(
    name="commitment_paper_digest",
    kind="commitment_paper",
    title=("paper of a commitment", "tài liệu của cam kết"),
    state="CASE WHEN r.is_public THEN 'public' ELSE '' END",
    fields="commitment step paper name is_public added_at",
)

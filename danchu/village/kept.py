"""What the journal proves and triggers protect of heads, conventions and yearly conferences."""

from danchu.journal.digested import EVERY, Digested
from danchu.journal.keep import ONCE, Kept

_HEAD = (
    "uid unit name since term_until until ending is_interim election document reason made_by "
    "made_at"
)
_HEAD_READ_BY_ALL = "uid unit name since term_until until ending is_interim document"
HEAD_DIGEST = Digested(
    name="village_head_digest",
    kind="village_head",
    title=("head of a village", "trưởng thôn, tổ trưởng tổ dân phố"),
    when=EVERY,
    state="CASE WHEN r.until IS NULL THEN 'serving' ELSE 'ended' END",
    fields=(
        "uid unit name since term_until until ending is_interim election document end_document "
        "reason made_by made_at"
    ),
    form=2,
    earlier={1: _HEAD},
    public={1: _HEAD_READ_BY_ALL, 2: f"{_HEAD_READ_BY_ALL} end_document"},
)
_CONVENTION = (
    "uid unit title proposer asking households_then drafters proposed_on posted_on decision "
    "filed_on file_number in_force_on sent_on flagged flagged_on suspended_on resumed_on "
    "ended_on document reason state made_by made_at"
)
_READ_BY_ALL = (
    "uid unit title proposed_on posted_on in_force_on sent_on suspended_on resumed_on "
    "ended_on document state"
)
CONVENTION_DIGEST = Digested(
    name="village_convention_digest",
    kind="convention",
    title=("village convention", "hương ước, quy ước"),
    when="r.in_force_on IS NOT NULL",
    state="r.state",
    fields=_CONVENTION,
    form=2,
    earlier={1: _CONVENTION},
    public={1: _READ_BY_ALL, 2: _READ_BY_ALL},
)
SUSPENSION_DIGEST = CONVENTION_DIGEST.part(
    "past_suspension_digest",
    whole="convention",
    order="since",
    since=2,
    public=True,
    fields="since until",
)
SUSPENSION = Kept(
    name="past_suspension_kept",
    says=(
        "a suspension that is over is never changed",
        "một lần tạm ngừng đã xong không bao giờ được sửa",
    ),
    ended=ONCE,
)
TEXT = Kept(
    name="village_convention_text_kept",
    says=(
        "a version of a village convention is never changed",
        "một bản của hương ước, quy ước không bao giờ được sửa",
    ),
    ended=ONCE,
)
CONFERENCE_DIGEST = Digested(
    name="village_conference_digest",
    kind="village_conference",
    title=("yearly conference of a village", "hội nghị định kỳ của thôn, tổ dân phố"),
    when="r.held_on IS NOT NULL",
    state="r.state",
    fields=(
        "uid unit year plan plan_on plan_sent_on convened_on planned_on venue held_on households "
        "attending chair secretary reported_on state reason made_by made_at"
    ),
    public={
        1: "uid unit year plan_on plan_sent_on convened_on planned_on venue held_on households "
        "attending reported_on state"
    },
)

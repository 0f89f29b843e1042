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
# What the pages of elections, releases, conventions and conferences show beside these records.
ELECTION_DIGEST = Digested(
    name="head_election_digest",
    kind="head_election",
    title=("election of a head", "cuộc bầu trưởng thôn, tổ trưởng tổ dân phố"),
    state="r.state",
    fields=(
        "uid unit decision planned_on plan_on document term_until candidates_on team team_on "
        "posted_on state made_by made_at"
    ),
)
CANDIDATE_DIGEST = ELECTION_DIGEST.part(
    "candidate_digest", whole="election", order="number", fields="number name born_on source"
)
COUNT_DIGEST = Digested(
    name="candidate_count_digest",
    kind="candidate_count",
    title=("count of a candidate", "số phiếu của người ứng cử"),
    fields="vote candidate chosen made_by",
)
RELEASE_DIGEST = Digested(
    name="head_release_digest",
    kind="head_release",
    title=("release of a head", "việc cho thôi trưởng thôn, tổ trưởng tổ dân phố"),
    fields="head decision ground asked_on asking households_then",
)
TEXT_DIGEST = Digested(
    name="convention_text_digest",
    kind="convention_text",
    title=("text of a village convention", "bản hương ước, quy ước"),
    fields="convention number text written_on made_by made_at",
)
STEP_DIGEST = Digested(
    name="conference_step_digest",
    kind="conference_step",
    title=("step of a yearly conference", "bước của hội nghị định kỳ"),
    fields="conference number text",
)
ELECTED_DIGEST = Digested(
    name="elected_member_digest",
    kind="elected_member",
    title=("member elected by a village", "thành viên do thôn, tổ dân phố bầu"),
    fields="conference decision member",
)

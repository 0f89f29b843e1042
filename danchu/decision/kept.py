"""What the journal proves and triggers protect of decisions and votes, from their result on."""

from danchu.journal.digested import Digested
from danchu.journal.keep import Kept

_DECISION = (
    "uid unit item title content proposer proposed_on households_then consents_alive state "
    "outcome settled_on settled_by households yes recogniser sent_on recognise_due answered_on "
    "in_time document in_force_on posted_on done_on result reason options value money labour_days "
    "land budget other is_contributed made_by made_at"
)
_PUBLIC = (
    "uid unit item title content proposer proposed_on state outcome settled_on settled_by "
    "households yes recogniser sent_on recognise_due answered_on in_time document in_force_on "
    "posted_on done_on result options value money labour_days land budget other is_contributed"
)
DECISION_DIGEST = Digested(
    name="household_decision_digest",
    kind="household_decision",
    title=("decision of households", "việc Nhân dân quyết định"),
    when="r.outcome IN ('passed', 'not_passed')",
    state="r.state",
    fields=f"{_DECISION} redoes reported_on",
    form=3,
    earlier={1: _DECISION, 2: f"{_DECISION} redoes reported_on"},
    public={
        1: _PUBLIC,
        2: f"{_PUBLIC} redoes reported_on",
        3: f"{_PUBLIC} redoes reported_on",
    },
)
# A matter of a whole commune counts once, not in each of its villages.
PART_DIGEST = DECISION_DIGEST.part(
    "commune_part_digest", whole="decision", fields="whole unit", since=3
)
COMMUNE_DIGEST = DECISION_DIGEST.part(
    "commune_vote_digest",
    whole="decision",
    fields="form agreement opened_on until villages reported agreed made_by made_at",
    since=3,
)
VOTE_DIGEST = Digested(
    name="household_vote_digest",
    kind="household_vote",
    title=("vote of households", "cuộc biểu quyết của các hộ"),
    when="r.outcome <> ''",
    state="CASE WHEN r.outcome = 'insufficient_attendance' THEN 'short' ELSE r.outcome END",
    fields=(
        "decision unit number form noticed_on papers_on planned_on until held_on frozen_at "
        "households unrepresented attending chair team secretary secretary_yes way way_yes "
        "team_yes witnesses issued returned yes no other blank unreadable double foreign late "
        "outcome counted_on made_by made_at"
    ),
)
VOTE = Kept(
    name="household_vote_kept",
    says=(
        "a vote of households is never removed; the frozen roll and the result never change",
        "cuộc biểu quyết của các hộ không bị xóa; tổng số hộ đã chốt và kết quả không đổi",
    ),
    ended="OLD.outcome <> ''",
    fixed=["decision", "unit", "number", "form"],
)
PART = Kept(
    name="commune_part_kept",
    says=(
        "the decision of a village on a matter of the commune is never removed from it",
        "quyết định của thôn về việc chung toàn xã không bị gỡ khỏi việc ấy",
    ),
    fixed=["whole", "decision", "unit"],
)
COMMUNE = Kept(
    name="commune_vote_kept",
    says=(
        "a vote of the villages of a commune is never removed; its result never changes",
        "cuộc biểu quyết của các thôn trong xã không bị xóa; kết quả không đổi",
    ),
    ended="OLD.villages > 0",
    fixed=["decision"],
)
CLUSTER = Kept(
    name="cluster_kept",
    says=(
        "a cluster of a meeting is never removed once it counted, nor its count changed",
        "cụm dân cư đã kiểm phiếu thì không bị xóa, số đã kiểm không đổi",
    ),
    draft="OLD.attending = 0 AND OLD.counted_on IS NULL",
    ended="OLD.counted_on IS NOT NULL",
    fixed=["vote", "number"],
)
WORKS_DIGEST = Digested(
    name="works_digest",
    kind="works",
    title=("works", "công trình"),
    when="r.state <> 'draft'",
    state="r.state",
    fields=(
        "uid unit title why finished_on state reason value money labour_days land budget other "
        "made_by made_at"
    ),
    public={1: "uid unit title why finished_on state value money labour_days land budget other"},
)
ENTRY = Kept(
    name="household_roll_entry_kept",
    says=(
        "a household in a frozen roll is never removed and never becomes another one",
        "hộ trong danh sách đã chốt không bị xóa, không đổi thành hộ khác",
    ),
    fixed=["vote", "household", "is_represented"],
)
SHEET = Kept(
    name="decision_sheet_kept",
    says=(
        "a sheet that came back is never removed and never becomes another one; its photo stays",
        "tờ đã ghi không bị xóa, không đổi thành tờ khác; ảnh của nó được giữ nguyên",
    ),
    ended="OLD.paper_id IS NOT NULL",
    changes=["paper", "paper_name"],
)
ONLINE_POLL = Kept(
    name="online_poll_kept",
    says=(
        "a vote on line is never removed; its result and its file never change",
        "cuộc biểu quyết trực tuyến không bị xóa; kết quả và tệp của nó không đổi",
    ),
    ended="OLD.closed_at IS NOT NULL",
    fixed=["uid", "vote", "step"],
)
ONLINE_CHOICE = Kept(
    name="online_choice_kept",
    says=(
        "that a household took part is never removed and never becomes another household",
        "việc một hộ đã tham gia không bị xóa, không đổi thành hộ khác",
    ),
    ended="OLD.sealed IS NULL",
    fixed=["poll", "entry"],
)
ONLINE_OPINION = Kept(
    name="online_opinion_kept",
    says=("another opinion is never removed nor changed", "ý kiến khác không bị xóa, sửa"),
    ended="TRUE",
)
# What a vote rests on and its pages show beside it.
CLUSTER_DIGEST = Digested(
    name="cluster_digest",
    kind="cluster",
    title=("cluster of a meeting", "cụm dân cư của cuộc họp"),
    when="r.counted_on IS NOT NULL",
    fields=(
        "vote number name chair place meets_on attending way way_yes secretary secretary_yes team "
        "team_yes witnesses yes no other blank counted_on"
    ),
)
CLUSTER_PLAN_DIGEST = Digested(
    name="cluster_plan_digest",
    kind="cluster_plan",
    title=("plan of a meeting by clusters", "kế hoạch họp theo cụm dân cư"),
    fields="vote households ground aggregator sent_on approved_on document",
)
CONDUCT_DIGEST = Digested(
    name="vote_conduct_digest",
    kind="vote_conduct",
    title=("conduct of a vote", "việc tổ chức biểu quyết"),
    fields="vote convener leader copied_on",
)
BALLOT_COUNT_DIGEST = Digested(
    name="ballot_count_digest",
    kind="ballot_count",
    title=("count of ballots by one person", "số phiếu do một người kiểm"),
    fields=(
        "vote households issued returned yes no other blank unreadable double foreign late "
        "made_by made_at"
    ),
)
ONLINE_POLL_DIGEST = Digested(
    name="online_poll_digest",
    kind="online_poll",
    title=("vote on line", "cuộc biểu quyết trực tuyến"),
    when="r.closed_at IS NOT NULL",
    fields=(
        "uid vote step reported_on until opened_at closed_at cast yes no other content size root "
        "public_key signature"
    ),
)
ONLINE_OPINION_DIGEST = ONLINE_POLL_DIGEST.part(
    "online_opinion_digest", whole="poll", fields="text"
)

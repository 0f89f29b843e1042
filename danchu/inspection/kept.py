"""Rows that a trigger protects: a recommendation whose life cycle has ended never changes."""

from danchu.journal.digested import Digested
from danchu.journal.keep import Kept, among

RECOMMENDATION = Kept(
    name="recommendation_kept",
    says=(
        "a recommendation is never removed, and ended it never changes",
        "kiến nghị không bị xóa, đã kết thúc thì không đổi",
    ),
    ended=among("state", ["settled", "rejected", "withdrawn"]),
)

_OF_FINDING = (
    "uid number unit board round project found_on title detail place is_recommended resolved_on "
    "outcome money reduced land withdrawn_on reason illustrative made_by made_at"
)
_OF_RECOMMENDATION = (
    "uid number unit board answerer round violation project asks title finding found_on state "
    "sent_on received_on obligation answered_on in_time answer answer_text remedied_on "
    "remedy_text money reduced land settled_on reason made_by made_at"
)
_PUBLIC_OF_RECOMMENDATION = (
    "uid unit board answerer project asks title finding found_on state sent_on received_on "
    "answered_on in_time answer answer_text remedied_on remedy_text money reduced land settled_on"
)
_OF_PROJECT = (
    "uid unit board name place owner capital budget decided_on begun_on ended_on items "
    "disclosure disclosed_on supervised_from notice illustrative made_by made_at"
)

FINDING_DIGEST = Digested(
    name="finding_digest",
    kind="finding",
    title=("violation", "vụ việc vi phạm"),
    state=(
        "CASE WHEN r.withdrawn_on IS NOT NULL THEN 'withdrawn' "
        "WHEN r.resolved_on IS NOT NULL THEN 'resolved' ELSE 'recorded' END"
    ),
    fields=_OF_FINDING,
    form=2,  # in two halves
    earlier={1: _OF_FINDING},
    public={
        2: "uid number unit board project found_on title detail is_recommended resolved_on outcome "
        "money reduced land illustrative"
    },
)
RECOMMENDATION_DIGEST = Digested(
    name="recommendation_digest",
    kind="recommendation",
    title=("recommendation", "kiến nghị"),
    when="r.state <> 'drafted'",
    state="r.state",
    fields=f"{_OF_RECOMMENDATION} asked_on",
    form=3,
    earlier={1: _OF_RECOMMENDATION, 2: _OF_RECOMMENDATION},
    public={2: _PUBLIC_OF_RECOMMENDATION, 3: f"{_PUBLIC_OF_RECOMMENDATION} asked_on"},
)
PROJECT_DIGEST = Digested(
    name="project_digest",
    kind="investment_project",
    title=("investment project", "dự án đầu tư"),
    fields=_OF_PROJECT,
    form=2,
    earlier={1: _OF_PROJECT},
    public={
        2: "uid unit board name place owner capital budget decided_on begun_on ended_on items "
        "disclosed_on supervised_from illustrative"
    },
)
DISCLOSURE_DIGEST = PROJECT_DIGEST.part(
    "disclosure_digest", whole="project", fields="item disclosed_on where made_by made_at"
)
TERM_DIGEST = Digested(
    name="board_term_digest",
    kind="board_term",
    title=("term of a board", "nhiệm kỳ của ban"),
    fields="uid board unit since until recognised_on project staff is_dispersed made_by made_at",
)
MEMBER_DIGEST = TERM_DIGEST.part(
    "board_member_digest",
    whole="term",
    fields="unit name village role seat elected_on left_on reason",
)
ROUND_SHEET_DIGEST = Digested(
    name="round_sheet_digest",
    kind="round_sheet",
    title=("sheet of a round", "biên bản cuộc giám sát"),
    when="r.event_id IS NOT NULL",
    fields=(
        "uid board unit event plan project held_on title minutes latitude longitude accuracy "
        "keeps_trace noted entered_at digest made_by made_at"
    ),
)
ROUND_PHOTO_DIGEST = Digested(
    name="round_photo_digest",
    kind="round_photo",
    title=("photo of a round", "ảnh của cuộc giám sát"),
    when="r.paper_id IS NOT NULL",
    fields="sheet number sent_hash name size paper kept_at",
)

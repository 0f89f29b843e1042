"""What the journal proves of a consultation; the content that people were asked about stays."""

from danchu.journal.digested import Digested
from danchu.journal.keep import ONCE, Kept

_CONSULTATION = (
    "uid unit matter title is_individual exempt plan ways groups responsible planned_on "
    "period_rule opened_on until required_on closed_on is_long_enough close_reason council_on "
    "front_on told_on told_people summary summarised_on publication published_on filed_on "
    "explanation explained_on explained_by state reason illustrative made_by made_at"
)
_PUBLIC = (
    "uid unit matter title plan ways groups responsible planned_on period_rule opened_on until "
    "required_on closed_on is_long_enough close_reason council_on front_on summary summarised_on "
    "published_on explanation explained_on explained_by state illustrative"
)
CONSULTATION_DIGEST = Digested(
    name="consultation_digest",
    kind="consultation",
    title=("consultation", "cuộc lấy ý kiến"),
    state="r.state",
    fields=f"{_CONSULTATION} asked overruled_on overruled_by explanation_owed",
    form=3,
    earlier={1: _CONSULTATION, 2: f"{_CONSULTATION} asked"},
    public={1: _PUBLIC, 2: _PUBLIC, 3: f"{_PUBLIC} overruled_on overruled_by"},
)
CONTENT_DIGEST = CONSULTATION_DIGEST.part(
    "consultation_content_digest",
    whole="consultation",
    fields="number text note since made_by made_at",
)
CONTENT = Kept(
    name="consultation_content_kept",
    says=(
        "a content that people were asked about never changes",
        "nội dung đã đưa ra lấy ý kiến thì không đổi",
    ),
    ended=ONCE,
)
ANSWER_DIGEST = Digested(
    name="opinion_answer_digest",
    kind="opinion_answer",
    title=("answer to opinions", "trả lời ý kiến"),
    state="r.result",
    fields="consultation result text traced answered_on made_by made_at",
)
ANSWER = Kept(
    name="opinion_answer_kept",
    says=("an answer to opinions never changes", "trả lời ý kiến không đổi; trả lời mới ghi thêm"),
    ended=ONCE,
)
OPINION_DIGEST = Digested(
    name="opinion_digest",
    kind="opinion",
    title=("opinion", "ý kiến"),
    state="r.state",
    fields=(
        "uid consultation unit number parent content passage way stance text people received_on "
        "paper village sex age means state reason answer result illustrative made_by made_at"
    ),
)
OPINION = Kept(
    name="opinion_kept",
    says=(
        "what people said is never removed and never rewritten",
        "ý kiến của Nhân dân không bị xóa, không bị viết lại",
    ),
    fixed=[
        *("uid", "consultation", "unit", "number", "parent", "content", "passage", "way"),
        *("stance", "text", "people", "received_on"),
    ],
)
PROPOSITION_DIGEST = Digested(
    name="consultation_proposition_digest",
    kind="consultation_proposition",
    title=("proposition on which people vote", "phát biểu để biểu quyết"),
    state="r.state",
    fields="uid consultation unit number kind text voter state reason made_by made_at",
)
PROPOSITION = Kept(
    name="consultation_proposition_kept",
    says=(
        "a proposition on which people voted is never removed and never rewritten",
        "phát biểu đã đưa ra biểu quyết không bị xóa, không bị viết lại",
    ),
    fixed=["uid", "consultation", "unit", "number", "kind", "text", "voter"],
)
_VOTER = "consultation unit number way joined_on village sex age means made_by made_at"
# Salts of earlier digests are erased, so that nobody reads what somebody chose before.
VOTER_DIGEST = Digested(
    name="consultation_voter_digest",
    kind="consultation_voter",
    title=("person who votes in a consultation", "người biểu quyết khi lấy ý kiến"),
    when="r.joined_on IS NOT NULL",
    fields=_VOTER,
    form=2,
    earlier={1: _VOTER},
    personal=True,
)
VOTE_DIGEST = VOTER_DIGEST.part(
    "consultation_vote_digest",
    whole="voter",
    fields="consultation proposition choice",
    order="proposition",
    since=2,
)

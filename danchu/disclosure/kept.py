"""What the journal proves of a content, with its versions and postings."""

from danchu.journal.digested import Digested

CONTENT_DIGEST = Digested(
    name="disclosure_content_digest",
    kind="disclosure",
    title=("disclosure", "nội dung công khai"),
    state="r.state",
    fields="uid unit item special title decided_on state disclosed_on origin origin_kind "
    "origin_uid reason illustrative made_by made_at",
    public={1: "uid unit item special title decided_on state disclosed_on origin illustrative"},
)
VERSION_DIGEST = CONTENT_DIGEST.part(
    "disclosure_version_digest",
    whole="content",
    fields="uid number decided_on document changed paper paper_name obligation disclosed_on "
    "replaced_on made_by made_at",
)
POSTING_DIGEST = CONTENT_DIGEST.part(
    "disclosure_posting_digest",
    whole="content",
    fields="uid version form place where since until needed length proof proof_text taken_at "
    "witness second_witness paper made_by made_at",
)
CONTEST_DIGEST = Digested(
    name="disclosure_contest_digest",
    kind="disclosure_contest",
    title=("contest of a posting", "phản ánh không thấy niêm yết"),
    state="r.state",
    fields="uid unit content posting seen_on text paper received_on state answer answered_on "
    "obligation made_by made_at",
    public={1: "uid unit content posting seen_on received_on state answer answered_on"},
)
REQUEST_DIGEST = Digested(
    name="information_request_digest",
    kind="information_request",
    title=("request for information", "yêu cầu cung cấp thông tin"),
    state="r.state",
    fields="uid code unit way is_complex is_prolonged question name address phone email "
    "received_on state answer ground fee "
    "reason answered_on paper paper_name obligation made_by made_at",
    personal=True,
)
ITEM_DIGEST = Digested(
    name="disclosure_item_digest",
    kind="disclosure_item",
    title=("item that must be disclosed", "mục phải công khai"),
    state="CASE WHEN r.until IS NULL THEN 'in_force' ELSE 'ended' END",
    fields="key sphere number vi en text article since until mark forms places publish_rule "
    "posting_rule spoken_rule is_permanent is_special made_by made_at",
)
PLACE_DIGEST = Digested(
    name="posting_place_digest",
    kind="posting_place",
    title=("place of posting", "nơi niêm yết"),
    fields="uid unit village kind name since until made_by made_at",
)
PLAN_DIGEST = Digested(
    name="disclosure_plan_digest",
    kind="disclosure_plan",
    title=("plan of disclosures", "kế hoạch công khai"),
    when="r.state <> 'draft'",
    state="r.state",
    fields="uid unit year responsible document adopted_on state reason made_by made_at",
)
PLAN_LINE_DIGEST = PLAN_DIGEST.part(
    "disclosure_plan_line_digest",
    whole="plan",
    fields="uid item title forms places planned_on is_struck made_by made_at",
)
COUNCIL_REPORT_DIGEST = Digested(
    name="council_report_digest",
    kind="council_report",
    title=("report to the Council", "báo cáo Hội đồng nhân dân"),
    when="r.state = 'sent'",
    state="r.state",
    fields=(
        "uid unit since until text state document session sent_on copied_on obligation made_by "
        "made_at"
    ),
)

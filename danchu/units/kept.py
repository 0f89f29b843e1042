"""What the journal proves of units and bodies: names, dates, parents and successions."""

from danchu.journal.digested import Digested

UNIT_DIGEST = Digested(
    name="unit_digest",
    kind="unit",
    title=("unit", "đơn vị"),
    fields="level since until",
)
STANDING_DIGEST = UNIT_DIGEST.part(
    "standing_digest", whole="unit", fields="name code kind parent decree since until"
)
SUCCESSION_DIGEST = Digested(
    name="succession_digest",
    kind="succession",
    title=("succession", "việc kế tiếp của đơn vị"),
    fields="before after on share_over share_under basis decree",
)
BODY_DIGEST = Digested(
    name="body_digest",
    kind="body",
    title=("body", "tổ chức"),
    fields="unit kind since until",
    form=2,  # since then with codes and decisions
    earlier={1: "unit kind since until"},
)
BODY_STANDING_DIGEST = BODY_DIGEST.part(
    "body_standing_digest", whole="body", fields="name since until"
)
BODY_CODE_DIGEST = BODY_DIGEST.part(
    "body_code_digest", whole="body", fields="code since until", since=2
)
BODY_GROUND_DIGEST = BODY_DIGEST.part(
    "body_ground_digest", whole="body", fields="change on decision decided_on", since=2
)
BODY_SUCCESSION_DIGEST = Digested(
    name="body_succession_digest",
    kind="body_succession",
    title=("succession of bodies", "việc kế tiếp của tổ chức"),
    fields="before after on",
)

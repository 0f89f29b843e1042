"""What the journal proves of the members of bodies."""

from danchu.journal.digested import Digested

MEMBER_DIGEST = Digested(
    name="body_member_digest",
    kind="body_member",
    title=("member of a body", "thành viên của tổ chức"),
    fields=(
        "body unit person name role since until term_ends_on decision decided_on reason made_by "
        "made_at"
    ),
)

"""What the journal proves of a poll once it is declared: its result, and its ballots as a set."""

from danchu.journal.digested import Digested

POLL_DIGEST = Digested(
    name="poll_digest",
    kind="poll",
    title=("poll", "cuộc biểu quyết"),
    when="r.state = 'declared'",
    state="r.state",
    fields=(
        "uid conference item title kind secrecy franchise electorate options may_change "
        "publishes_names on_roll quorum_rule threshold_rule threshold_option state opened_at "
        "closed_at declared_at basis result made_by made_at"
    ),
)
ROOM_COUNT_DIGEST = POLL_DIGEST.part(
    "room_count_digest", whole="poll", fields="point counts heads noted_at noted_by"
)
DECLARATION_DIGEST = POLL_DIGEST.part(
    "declaration_digest",
    whole="poll",
    order="poll",
    fields="content size root public_key signature made_at",
)
BALLOT_DIGEST = POLL_DIGEST.part("ballot_digest", whole="poll", order="code", fields="code choice")
VOTE_DIGEST = POLL_DIGEST.part(
    "vote_digest", whole="poll", order="voter", quiet=True, fields="voter choice"
)
ITEM_PAPER_DIGEST = Digested(
    name="item_paper_digest",
    kind="item_paper",
    title=("document of the programme", "tài liệu của chương trình"),
    fields="item paper name added_by added_at",
)

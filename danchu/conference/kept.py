"""What the journal proves of a poll once it is declared: its result, and its ballots as a set."""

from danchu.journal.digested import Digested, PartDigested

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
ROOM_COUNT_DIGEST = PartDigested(
    name="room_count_digest",
    kind="poll",
    whole="poll",
    when="r.state = 'declared'",
    fields="point counts heads noted_at noted_by",
)
DECLARATION_DIGEST = PartDigested(
    name="declaration_digest",
    kind="poll",
    whole="poll",
    when="r.state = 'declared'",
    order="poll",
    fields="content size root public_key signature made_at",
)
BALLOT_DIGEST = PartDigested(
    name="ballot_digest",
    kind="poll",
    whole="poll",
    when="r.state = 'declared'",
    order="code",
    fields="code choice",
)
VOTE_DIGEST = PartDigested(
    name="vote_digest",
    kind="poll",
    whole="poll",
    when="r.state = 'declared'",
    order="voter",
    quiet=True,
    fields="voter choice",
)

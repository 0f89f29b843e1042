"""Groups of opinion of a large consultation, against red-dwarf on the same votes in the same run,
and how soon later votes move the picture.
"""

from bench.ground import say
from bench.measure import peak_mib, row, seconds
from bench.red_dwarf import groups_by_red_dwarf

RUNS = 3
# Where red-dwarf cannot be had: what it took for LARGE on such a machine before.
RED_DWARF = 75.0
LARGE = (18_081, 9_034, 400_075)
SMALL = (1_808, 903, 40_007)
MOST_MIB = 1024
LEAST_INDEX = 0.95
# Later votes, and within how many seconds they are seen.
LATER, SOON = 2_000, 1.0


def groups(people, statements, votes):
    """Two rows; asserts that the planted groups come back, and red-dwarf's, and that the memory
    stays bounded. Where every statement is seen by few, red-dwarf finds no groups, so it is asked
    only of votes on the same statements first.
    """
    from danchu.consultation.opinion_groups import groups_of, tally_of
    from tests.consultation.planted import planted

    for in_order in (False, True):
        cast, truth = planted(people, statements, votes, in_order=in_order)
        ours = groups_of(tally_of(cast), cast)
        _agree(ours, dict(enumerate(truth)), "planted")
    least = min(seconds(lambda: _picture(tally_of(cast))) for _run in range(RUNS))
    memory = peak_mib(lambda: _picture(tally_of(cast)))
    assert memory <= MOST_MIB, memory
    rival = groups_by_red_dwarf(cast)
    name = f"nhóm ý kiến: {people:,} người, {statements:,} phát biểu, {len(cast):,} lượt chọn"
    if rival is None:
        taken, against = RED_DWARF * len(cast) / LARGE[2], "red-dwarf đã đo trước"
    else:
        taken, mib, theirs = rival
        against = f"red-dwarf cùng lượt chạy ({mib:,} MiB)"
        _agree(ours, theirs, "red-dwarf's")
    return [
        row(f"{name} / {against}", least, taken, 0.1, memory),
        _later(f"{name}; {LATER:,} lượt chọn mới đổi bức tranh / một giây", cast),
    ]


def _agree(ours, theirs, whose):
    from tests.consultation.planted import adjusted_rand

    both = sorted(ours.keys() & theirs.keys())
    index = adjusted_rand([ours[one] for one in both], [theirs[one] for one in both])
    say(f"  adjusted Rand index with {whose} groups {index:.3f}, {len(both):,} people")
    assert index >= LEAST_INDEX, index


def _picture(tally, earlier=None):
    from danchu.consultation.group_picture import account_of, picture_of

    return picture_of(account_of(tally, earlier))


def _later(name, cast):
    """The row of votes that come after a count."""
    from danchu.consultation.group_picture import account_of
    from danchu.consultation.opinion_groups import moved, tally_of

    first, voters = cast[:-LATER], {person for person, _statement, _vote in cast[-LATER:]}
    tally = tally_of(first)
    account = account_of(tally)
    before = [vote for vote in first if vote[0] in voters]
    after = [vote for vote in cast if vote[0] in voters]
    work = lambda: _picture(moved(tally, before, after), account)  # noqa: E731
    return row(name, min(seconds(work) for _run in range(RUNS)), SOON, 1, peak_mib(work))

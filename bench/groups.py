"""Groups of opinion of a large consultation, against the time that red-dwarf took for as many votes
on such a machine before (it is no part of the locked requirements, so it does not run beside ours).
"""

from bench.ground import say
from bench.measure import peak_mib, row, seconds

RUNS = 3
RED_DWARF = 75.0
LARGE = (18_081, 9_034, 400_075)
SMALL = (1_808, 903, 40_007)
MOST_MIB = 1024


def groups(people, statements, votes):
    """One row; asserts that the planted groups come back and that the memory stays bounded."""
    from danchu.consultation.opinion_groups import picture_of
    from tests.consultation.planted import adjusted_rand, planted

    cast, truth = planted(people, statements, votes)
    picture = picture_of(cast)
    ours = {person: n for n, group in enumerate(picture.groups) for person in group.people}
    index = adjusted_rand(list(ours.values()), [truth[person] for person in ours])
    say(f"  {len(picture.groups)} groups, adjusted Rand index {index:.3f}")
    assert index >= 0.95, index
    least = min(seconds(lambda: picture_of(cast)) for _run in range(RUNS))
    memory = peak_mib(lambda: picture_of(cast))
    assert memory <= MOST_MIB, memory
    name = (
        f"nhóm ý kiến: {people:,} người, {statements:,} phát biểu, {len(cast):,} lượt chọn / "
        f"red-dwarf đã đo trước"
    )
    return [row(name, least, RED_DWARF * len(cast) / LARGE[2], 0.1, memory)]

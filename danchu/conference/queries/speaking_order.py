"""Who speaks next: points of order first, then replies, then the bridge point that has spoken
least, then the earliest request.
"""

from collections import Counter

from danchu.conference.words import FloorKind, FloorState

_RANK = {FloorKind.ORDER: 0, FloorKind.REPLY: 1, FloorKind.SPEAK: 2}
SPOKE = (FloorState.SPEAKING, FloorState.DONE)


def speaking_order(requests):
    """The waiting ones of these FloorRequests, in the order in which they are called.

    Bridge points take turns: the n-th request of one comes with the n-th of every other, counting
    what the point has spoken already. Delegates without a bridge point count as one point together.
    """
    turns = Counter(r.point_id for r in requests if r.state in SPOKE and r.kind == FloorKind.SPEAK)
    ranked = []
    for row in sorted(
        (r for r in requests if r.state == FloorState.WAITING), key=lambda r: (r.asked_at, r.pk)
    ):
        turn = 0
        if row.kind == FloorKind.SPEAK:
            turn = turns[row.point_id]
            turns[row.point_id] += 1
        ranked.append(((_RANK[row.kind], turn, row.asked_at, row.pk), row))
    return [row for _key, row in sorted(ranked, key=lambda pair: pair[0])]

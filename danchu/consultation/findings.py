"""Groups, topics and copies of a consultation in the form that pages read: plain lists of numbers
of propositions and opinions, and of people. Only jobs load this module: it needs NumPy.
"""

import io
import zlib
from collections.abc import Iterable
from typing import Any

import numpy as np

from danchu.consultation.group_picture import UNTOLD, Account, account_of, picture_of
from danchu.consultation.models import Opinion
from danchu.consultation.opinion_groups import Tally, moved, tally_of
from danchu.consultation.same_texts import alike
from danchu.consultation.topics import topics_of
from danchu.consultation.votes import Vote

MOST_STANDS, MOST_SHARED, MOST_TEXTS = 5, 8, 50
TENTHS = 10
ZIP = b"PK"  # how a file of NumPy begins that is compressed by itself


def topics_and_copies(opinions: list[Opinion]) -> dict[str, Any]:
    """{column of Findings: value} of what opinions say."""
    texts = [one.text for one in opinions]
    numbers = [one.number for one in opinions]
    places = [(one.unit_id, one.received_on, one.text) for one in opinions]
    return {
        "topics": [
            {
                "words": list(topic.words),
                "count": len(topic.texts),
                "opinions": [numbers[place] for place in topic.texts[:MOST_TEXTS]],
            }
            for topic in topics_of(texts)
        ],
        "copies": [[numbers[place] for place in one] for one in alike(places)],
    }


def groups_counted(votes: Iterable[Vote], earlier_count: bytes) -> dict[str, Any]:
    """{column of Findings: value} of groups counted from all votes; `earlier_count` is what the
    one before left, b"" without one. {} where there are no groups of which may be told.
    """
    earlier = _read(earlier_count) if earlier_count else (None, None)
    return _columns(tally_of(votes, earlier[0]), earlier[1])


def groups_moved(
    earlier_count: bytes, before: Iterable[Vote], after: Iterable[Vote]
) -> dict[str, Any]:
    """The same after some people voted anew: all their votes as they were counted in the
    `earlier_count`, and as they are now. {} where too few people are left in a group.
    """
    tally, account = _read(earlier_count)
    return _columns(moved(tally, before, after), account)


def _columns(tally, earlier):
    account = account_of(tally, earlier) if tally is not None else None
    if account is None:
        return {}
    return {"groups": _told(account), "groups_kept": _written(tally, account)}


def _told(account):
    """What pages show of the groups."""
    picture = picture_of(account)
    stands = [group.stands[:MOST_STANDS] for group in picture.groups]
    shared = list(picture.shared[:MOST_SHARED])
    listed = dict.fromkeys([*(one.statement for part in stands for one in part), *shared])
    shares = {
        int(statement): [_tenths(cell) for cell in account.cells[:, place].tolist()]
        for place, statement in enumerate(account.statements)
        if statement in listed
    }
    return {
        "groups": [
            {
                "people": None if group.people == UNTOLD else group.people,
                "stands": [
                    [one.statement, _share(one.agree, one.voters), round(TENTHS * one.elsewhere)]
                    for one in part
                ],
            }
            for group, part in zip(picture.groups, stands, strict=True)
        ],
        "shared": shared,
        "shares": [[statement, shares[statement]] for statement in listed],
    }


def _share(number, voters):
    return round(TENTHS * number / voters)


def _tenths(cell):
    """How many of ten agree; None where that may not be told."""
    return None if cell[0] == UNTOLD else _share(cell[0], sum(cell))


def _written(tally, account):
    file = io.BytesIO()
    np.savez(
        file,
        statements=tally.statements,
        likely=tally.likely,
        cast=tally.cast,
        number=tally.people,
        told=account.statements,
        cells=account.cells,
        people=account.people,
    )
    # Mostly zeros: the quickest level makes them nearly as small as the slowest.
    return zlib.compress(file.getvalue(), 1)


def _read(earlier_count):
    """(the tally, the account) that were written."""
    if not earlier_count.startswith(ZIP):  # as earlier versions wrote them
        earlier_count = zlib.decompress(earlier_count)
    with np.load(io.BytesIO(earlier_count)) as part:
        return (
            Tally(part["statements"], part["likely"], part["cast"], part["number"]),
            Account(part["told"], part["cells"], part["people"]),
        )

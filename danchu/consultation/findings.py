"""Groups, topics and copies of a consultation in the form that pages read: plain lists of numbers
of propositions and opinions, and of people. Only jobs load this module: it needs NumPy.
"""

import hashlib
import io
import json
from dataclasses import dataclass
from typing import Any

import numpy as np

from danchu.consultation.group_picture import UNTOLD, Account, account_of, picture_of
from danchu.consultation.models import Consultation, Opinion
from danchu.consultation.opinion_groups import Tally, tally_of
from danchu.consultation.same_texts import alike
from danchu.consultation.topics import topics_of
from danchu.consultation.votes import votes_of

MOST_STANDS, MOST_SHARED, MOST_TEXTS = 5, 8, 50
TENTHS = 10


@dataclass(frozen=True)
class Basis:
    """The votes, and the opinions that say something, on which findings rest."""

    votes: list[tuple[int, int, int]]
    opinions: list[Opinion]

    @property
    def digest(self) -> str:
        """A digest of all of it."""
        texts = [(one.number, one.unit_id, str(one.received_on), one.text) for one in self.opinions]
        return hashlib.sha256(json.dumps([self.votes, texts]).encode()).hexdigest()


def basis_of(consultation: Consultation) -> Basis:
    """What was voted and said, as far as it counts."""
    opinions = consultation.opinions.opinions().exclude(text="").order_by("number")
    return Basis(votes_of(consultation), list(opinions))


def worked_out(basis: Basis, earlier_count: bytes) -> dict[str, Any]:
    """{column of Findings: value}; `earlier_count` is what the one before left, b"" without one."""
    texts = [one.text for one in basis.opinions]
    numbers = [one.number for one in basis.opinions]
    places = [(one.unit_id, one.received_on, one.text) for one in basis.opinions]
    groups, earlier_count = _groups(basis.votes, earlier_count)
    return {
        "groups": groups,
        "groups_kept": earlier_count,
        "topics": [
            {
                "words": list(topic.words),
                "count": len(topic.texts),
                "opinions": [numbers[place] for place in topic.texts[:MOST_TEXTS]],
            }
            for topic in topics_of(texts)
        ],
        "copies": [[numbers[place] for place in one] for one in alike(places)],
        "basis": basis.digest,
    }


def _groups(votes, earlier_count):
    """(what pages show of the groups, what the next count needs)."""
    earlier = _read(earlier_count) if earlier_count else (None, None)
    tally = tally_of(votes, earlier[0])
    account = account_of(tally, earlier[1]) if tally is not None else None
    if account is None:
        return {}, earlier_count
    picture = picture_of(account)
    stands = [group.stands[:MOST_STANDS] for group in picture.groups]
    shared = list(picture.shared[:MOST_SHARED])
    listed = dict.fromkeys([*(one.statement for part in stands for one in part), *shared])
    shares = {
        int(statement): [_tenths(cell) for cell in account.cells[:, place].tolist()]
        for place, statement in enumerate(account.statements)
        if statement in listed
    }
    groups = {
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
    return groups, _written(tally, account)


def _share(number, voters):
    return round(TENTHS * number / voters)


def _tenths(cell):
    """How many of ten agree; None where that may not be told."""
    return None if cell[0] == UNTOLD else _share(cell[0], sum(cell))


def _written(tally, account):
    file = io.BytesIO()
    np.savez_compressed(
        file,
        statements=tally.statements,
        likely=tally.likely,
        cast=tally.cast,
        number=tally.people,
        told=account.statements,
        cells=account.cells,
        people=account.people,
    )
    return file.getvalue()


def _read(earlier_count):
    """(the tally, the account) that were written."""
    with np.load(io.BytesIO(earlier_count)) as part:
        return (
            Tally(part["statements"], part["likely"], part["cast"], part["number"]),
            Account(part["told"], part["cells"], part["people"]),
        )

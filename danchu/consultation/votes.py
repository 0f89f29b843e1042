"""Votes of people on statements, and how few are too few to tell of."""

from typing import Any

AGREE, PASS, DISAGREE = 1, 0, -1
CHOICES = (AGREE, PASS, DISAGREE)
# Nobody is placed by fewer votes, and nothing is told of fewer people.
FEWEST_VOTES = 7
FEWEST_PEOPLE = 5

Vote = tuple[int, int, int]  # person, statement, one of CHOICES


def votes_of(consultation: Any) -> list[Vote]:
    """The votes of a consultation on statements that are not hidden, by the numbers of the voter
    and of the statement, in the order of both: the same votes are the same list.
    """
    rows = consultation.votes.counted().order_by("voter__number", "proposition__number")
    return list(rows.values_list("voter__number", "proposition__number", "choice"))

"""What was voted on each proposition, told so that nobody is known by it."""

from collections import Counter
from dataclasses import dataclass

from danchu.consultation.models import Consultation
from danchu.consultation.proposition_life import PropositionState, words_of
from danchu.consultation.votes import FEWEST_PEOPLE, votes_of


@dataclass(frozen=True)
class VoteResult:
    """One proposition: `voters` is how many voted, rounded down to fives, so that no two days and
    no two pages differ by fewer than five people; 0 where there were fewer. `shares` are (word,
    percent rounded to fives) of each choice.
    """

    number: int
    text: str
    voters: int
    shares: tuple[tuple[str, int], ...]


def results_of(consultation: Consultation) -> list[VoteResult]:
    """The results of all propositions that are shown, in their order."""
    counts: dict[int, Counter[int]] = {}
    for _voter, proposition, choice in votes_of(consultation):
        counts.setdefault(proposition, Counter())[choice] += 1
    rows = consultation.propositions.filter(state=PropositionState.COUNTED).order_by("number")
    return [_result(one, counts.get(one.number, Counter())) for one in rows]


def _result(proposition, counts):
    number = counts.total()
    voters = number // FEWEST_PEOPLE * FEWEST_PEOPLE
    shares = ()
    if voters:
        shares = tuple(
            (str(word), 5 * ((40 * counts[choice] + number) // (2 * number)))
            for choice, word in words_of(proposition.kind).items()
        )
    return VoteResult(proposition.number, proposition.text, voters, shares)

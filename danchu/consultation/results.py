"""What was voted on each proposition, told so that nobody is known by it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, QuerySet, When

from danchu.consultation.models import Consultation, Proposition, Vote
from danchu.consultation.proposition_life import Kind, PropositionState, words_of
from danchu.consultation.votes import FEWEST_PEOPLE
from danchu.subjects.first_rows import first_rows

# On the page of the consultation; the others are on their own page.
FIRST_SHOWN = 20


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


def propositions_voted_on(consultation: Consultation) -> QuerySet[Proposition]:
    """Those that are not hidden: the questions first, then what people stated, by number."""
    counted = consultation.propositions.filter(state=PropositionState.COUNTED)
    asked_first = Case(When(kind=Kind.QUESTION, then=0), default=1)
    return counted.order_by(asked_first, "number")


def first_results(consultation: Consultation) -> dict[str, Any]:
    """The context of the page of the consultation: `results`, and how many there are in all."""
    rows = first_rows(propositions_voted_on(consultation), FIRST_SHOWN)
    return {"results": results_of(rows), "results_in_all": rows.total}


def results_of(propositions: Iterable[Proposition]) -> list[VoteResult]:
    """Their results, in their order. Only their own votes are read."""
    rows = list(propositions)
    counts: dict[int, Counter[int]] = {}
    votes = Vote.objects.filter(proposition__in=[one.pk for one in rows])
    for proposition, choice, number in votes.by_choice():
        counts.setdefault(proposition, Counter())[choice] = number
    return [_result(one, counts.get(one.pk, Counter())) for one in rows]


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

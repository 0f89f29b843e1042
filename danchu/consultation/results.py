"""What was voted on each proposition, told so that nobody is known by it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, QuerySet, When

from danchu.consultation.models import Consultation, Findings, Proposition
from danchu.consultation.proposition_life import Kind, PropositionState, words_of
from danchu.consultation.votes import CHOICES, FEWEST_PEOPLE
from danchu.subjects.first_rows import first_rows

# On the page of the consultation; the others are on their own page.
FIRST_SHOWN = 20


@dataclass(frozen=True)
class VoteResult:
    """One proposition: `voters` is how many voted, rounded down to fives; 0 where there were fewer.
    `shares` are (word, percent rounded to fives) of each choice. Both are those that were told
    last, so that no two days and no two pages differ by fewer than five people.
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
    """Their results, in their order, as they were told last (writes/telling.py)."""
    rows = list(propositions)
    numbers: dict[str, list[int]] = {}
    findings = Findings.objects.filter(pk__in={one.consultation_id for one in rows})
    for results in findings.values_list("results", flat=True):  # not what the next count needs
        numbers |= results
    return [_result(one, numbers.get(str(one.pk), [])) for one in rows]


def _result(proposition, numbers):
    number = sum(numbers)
    voters = number // FEWEST_PEOPLE * FEWEST_PEOPLE
    shares = ()
    if voters:
        counts = dict(zip(CHOICES, numbers, strict=True))
        shares = tuple(
            (str(word), 5 * ((40 * counts[choice] + number) // (2 * number)))
            for choice, word in words_of(proposition.kind).items()
        )
    return VoteResult(proposition.number, proposition.text, voters, shares)

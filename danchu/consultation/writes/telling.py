"""Which numbers of a vote are told: those that were told stay until at least FEWEST_PEOPLE people
changed them. A number that followed each vote would tell who watches what the last one chose.
"""

from collections import defaultdict

from django.db import transaction

from danchu.consultation.models import Findings, Vote
from danchu.consultation.votes import CHOICES, FEWEST_PEOPLE
from danchu.kernel.days import now


@transaction.atomic
def tell_results(consultation: int) -> None:
    """Tell anew, of the consultation with this primary key, what enough people changed."""
    Findings.objects.get_or_create(pk=consultation, defaults={"basis": "", "worked_out_at": now()})
    findings = Findings.objects.select_for_update().get(pk=consultation)
    counts: dict[str, dict[int, int]] = defaultdict(dict)
    votes = Vote.objects.filter(consultation=consultation).counted()
    for proposition, choice, number in votes.by_choice():
        counts[str(proposition)][choice] = number
    results = dict(findings.results)
    for proposition, numbers in counts.items():
        fresh = [numbers.get(choice, 0) for choice in CHOICES]
        if people_between(results.get(proposition, [0] * len(CHOICES)), fresh) >= FEWEST_PEOPLE:
            results[proposition] = fresh
    if results != findings.results:
        Findings.objects.filter(pk=consultation).update(results=results)


def people_between(before: list[int], after: list[int]) -> int:
    """How many people at least make the difference of two counts by choice."""
    differences = [new - old for old, new in zip(before, after, strict=True)]
    more = sum(number for number in differences if number > 0)
    fewer = -sum(number for number in differences if number < 0)
    return max(more, fewer)

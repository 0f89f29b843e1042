"""What was said in a consultation, summed up: how many opinions, of how many people, what became of
them.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from danchu.consultation.models import Consultation, Opinion
from danchu.consultation.voices import Result, Stance

LATEST = 30


@dataclass(frozen=True)
class Tally:
    """`opinions` texts and marks that count; `people` are those of whom somebody knows who they
    are, and only they make the shares of those who agree, disagree and say something else.
    """

    opinions: int
    people: int
    agree: int
    disagree: int
    other: int
    accepted: int
    partly: int
    declined: int
    unanswered: int

    @property
    def shares(self) -> tuple[tuple[str, int, int], ...]:
        """(word, people, percent rounded down) of each stance; () without people."""
        if not self.people:
            return ()
        counts = (self.agree, self.disagree, self.other)
        return tuple(
            (str(stance.label), number, 100 * number // self.people)
            for stance, number in zip(Stance, counts, strict=True)
        )


def tally_of(consultation: Consultation) -> Tally:
    """The sums over the opinions that count."""
    people: Counter[str] = Counter()
    results: Counter[str] = Counter()
    rows = consultation.opinions.opinions().values_list("stance", "result", "people")
    for stance, result, number in rows:
        people[stance] += number
        results[result] += 1
    return Tally(
        opinions=results.total(),
        people=people.total(),
        agree=people[Stance.AGREE],
        disagree=people[Stance.DISAGREE],
        other=people[Stance.OTHER],
        accepted=results[Result.ACCEPTED],
        partly=results[Result.PARTLY],
        declined=results[Result.DECLINED],
        unanswered=results[""],
    )


def said_of(consultation: Consultation) -> dict[str, Any]:
    """The context of the part of a page that shows what was said."""
    rows = Opinion.objects.filter(consultation=consultation).opinions()
    return {
        "tally": tally_of(consultation),
        "opinions": list(rows.order_by("-received_on", "-pk")[:LATEST]),
    }

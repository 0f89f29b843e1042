"""The published file of a poll on line, from which anyone recounts it
(portal/static/portal/kiem-phieu.py does).

After the head come three lists, each sorted by itself, so that no line of one belongs to a line of
another: the receipts (`R`), the choices (`C`: 1 yes, 2 no, 3 another opinion), and who took part,
masked (`P`). A household finds its receipt; nothing in the file says what it chose.
"""

from collections.abc import Sequence

from danchu.decision.models import OnlineChoice, OnlinePoll, Step
from danchu.decision.online_codes import masked
from danchu.decision.rules.outcomes import day_of_law
from danchu.kernel.days import day_of
from danchu.law.book import book
from danchu.law.decision import GENERAL, ONLINE_FORM
from danchu.law.thresholds import judge
from danchu.units.names import name_of
from danchu.vault.signed_file import csv_line, csv_rows, signed_lines

FORMAT = "danchu-household-vote"
# Nobody is named who took part with fewer: their names beside so few choices would say who chose
# what. So they would where all chose alike, and there everybody reads no name either. UNNAMED
# stands in the file for each.
FEWEST_NAMED = 3
UNNAMED = "…"


def file_lines(poll, choices, codes):
    """The lines under the root. `choices` are from 0, `codes` the receipts, both in any order."""
    vote = poll.vote
    counts = [choices.count(place) for place in range(3)]
    rule = book().rule(ONLINE_FORM if poll.step == Step.FORM else GENERAL, day_of_law(vote))
    judgement = judge(counts[0], vote.households, rule)
    rows = [
        (FORMAT, 1),
        ("place", name_of(vote.unit_id, vote.planned_on) or ""),
        ("decision", vote.decision.uid, vote.decision.title),
        ("poll", poll.uid, poll.step),
        ("opened", day_of(poll.opened_at).isoformat()),
        ("until", poll.until.isoformat()),
        ("households", vote.households),
        ("rule", rule.key, rule.number, rule.sense, str(rule.value), rule.unit, rule.source),
        *(("count", place + 1, number) for place, number in enumerate(counts)),
        ("verdict", "passed" if judgement.passed else "not_passed"),
        ("lines", len(codes)),
        *(("R", code) for code in sorted(codes)),
        *(("C", choice + 1) for choice in sorted(choices)),
        *(("P", name) for name in masked_participants(poll, counts) or [UNNAMED] * len(codes)),
    ]
    return csv_rows(rows)


def participants(poll: OnlinePoll) -> list[tuple[int, str]]:
    """[(number, representative)] of the households that took part, by number; [] where there are
    fewer than FEWEST_NAMED.
    """
    choices = OnlineChoice.objects.filter(poll=poll).order_by("entry__household__number", "pk")
    names = "entry__household__number", "entry__household__representative"
    rows = list(choices.values_list(*names))
    return rows if len(rows) >= FEWEST_NAMED else []


def masked_participants(poll: OnlinePoll, counts: Sequence[int]) -> list[str]:
    """Those names as everybody may read them, sorted; [] also where all chose alike, as the
    `counts` of the choices say.
    """
    if are_alike(counts):
        return []
    return sorted(masked(name) for _number, name in participants(poll))


def are_alike(counts: Sequence[int]) -> bool:
    """Whether all chose the same: then who took part tells what they chose."""
    return max(counts) == sum(counts)


def has_receipt(poll: OnlinePoll, code: str) -> bool:
    """Whether the published file has the receipt."""
    return csv_line(("R", code)) in signed_lines(poll.content)

"""Verifies that the numbers of votes that are told are those of the votes, which are proved."""

from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext as _

from danchu.consultation.lives import ENDED
from danchu.consultation.models import Findings, Proposition, Vote
from danchu.consultation.proposition_life import PropositionState
from danchu.consultation.votes import CHOICES, FEWEST_PEOPLE
from danchu.consultation.writes.telling import people_between


def told_problems() -> Iterator[tuple[str, str]]:
    """(place, message) of every proposition of a consultation that was closed whose told numbers
    differ from its votes by as many people as are told anew (writes/telling.py), for
    `danchu verify`. While votes come in, what is told lags behind them.
    """
    for pk in Findings.objects.filter(consultation__state__in=ENDED).values_list("pk", flat=True):
        votes: dict[str, dict[int, int]] = defaultdict(dict)
        for proposition, choice, number in Vote.objects.filter(consultation=pk).by_choice():
            votes[str(proposition)][choice] = number
        results = Findings.objects.values_list("results", flat=True).get(pk=pk)
        rows = Proposition.objects.filter(consultation=pk, state=PropositionState.COUNTED)
        for one in rows.order_by("number"):
            numbers = [votes[str(one.pk)].get(choice, 0) for choice in CHOICES]
            published = results.get(str(one.pk), [0] * len(CHOICES))
            if (
                len(published) != len(CHOICES)
                or people_between(published, numbers) >= FEWEST_PEOPLE
            ):
                place = _("kết quả lấy ý kiến %(consultation)s, câu %(number)s")
                yield (
                    place % {"consultation": pk, "number": one.number},
                    _("số đang nêu không khớp với các lượt chọn"),
                )

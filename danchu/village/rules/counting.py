"""What the candidates of an election got: whether it agrees with the result, and who leads."""

from collections import Counter, defaultdict

from django.utils.translation import gettext as _

from danchu.decision.latest import latest_vote
from danchu.kernel.refusals import Refused
from danchu.village.models import CandidateCount

PEOPLE_AT_BALLOTS = 2


def leading(chosen):
    """(the most that one candidate got, the sum of what the others got) of {candidate: number}."""
    numbers = sorted(chosen.values(), reverse=True)
    return (numbers[0], sum(numbers[1:])) if numbers else (0, 0)


def counts_of(election, vote):
    """{who counted: {id of a candidate: number}} of a vote of the election."""
    counts = defaultdict(dict)
    for one in CandidateCount.objects.filter(vote=vote, candidate__election=election):
        counts[one.made_by][one.candidate_id] = one.chosen
    return dict(counts)


def check_candidate_counts(election, vote):
    """Refused unless what the candidates got, by one person in a meeting and by two of ballots,
    agrees with the result of the vote.
    """
    if not _agreed(election, vote):
        raise Refused(
            _(
                "Số phiếu của từng người ứng cử chưa ghi, hoặc hai người kiểm ghi khác nhau: hãy "
                "ghi ở trang bầu trưởng thôn, tổ trưởng."
            )
        )


def candidates_chosen(election, decision):
    """{id of a candidate: number} of the vote that the decision is at; {} before its result."""
    vote = latest_vote(decision)
    return _agreed(election, vote) if vote is not None and vote.outcome else {}


def chosen_in(election, decision):
    """The candidate whom more than half of all households chose, in a decision that passed."""
    chosen = candidates_chosen(election, decision)
    return election.candidates.get(pk=max(chosen, key=chosen.get))


def _agreed(election, vote):
    """What the candidates got by as many people as the form of the vote asks for; {} without."""
    counts = [
        chosen
        for chosen in counts_of(election, vote).values()
        if leading(chosen)[0] == vote.yes and leading(chosen)[1] <= vote.no
    ]
    alike = Counter(tuple(sorted(chosen.items())) for chosen in counts)
    needed = 1 if vote.is_meeting else PEOPLE_AT_BALLOTS
    return next((dict(items) for items, number in alike.items() if number >= needed), {})

"""A matter led to some step: the roll, the meeting, the ballots, by the acts themselves."""

from datetime import date
from uuid import uuid4

from danchu.decision import actions
from danchu.decision.models import Household, HouseholdVote, RollEntry
from danchu.kernel.days import now

PROPOSED, NOTICED, MEETS = date(2026, 1, 5), date(2026, 1, 6), date(2026, 1, 10)
BALLOT_NOTICED, ISSUED, UNTIL = date(2026, 1, 12), date(2026, 1, 15), date(2026, 1, 20)
SINCE = date(2025, 7, 1)
TITLE = "Làm đường bê tông ngõ 5"
TEAM = "Lê Văn Một\nLê Văn Hai\nLê Văn Ba"
EMPTY = dict.fromkeys(("no", "other", "blank", "unreadable", "double", "foreign", "late"), 0)


def write_roll(village, number, first=1, since=SINCE):
    """So many households with a representative, in one statement."""
    return Household.objects.bulk_create(
        Household(
            uid=uuid4(),
            unit=village,
            number=place,
            representative=f"Người Đại Diện {place}",
            since=since,
            made_by="kiểm thử",
            made_at=now(),
        )
        for place in range(first, first + number)
    )


def propose(village, by, item=1, title=TITLE, **more):
    return actions.propose_decision(
        by=by,
        unit=village,
        item=item,
        title=title,
        content="Rộng ba mét, dài hai trăm mét.",
        **{"proposer": "head", "proposed_on": PROPOSED, **more},
    )


def meet(decision, by, attending):
    """The meeting, opened, with so many representatives."""
    decision = actions.announce_meeting(decision, by=by, on=NOTICED, planned_on=MEETS)
    decision = actions.open_meeting(decision, by=by, chair="Trần Văn Trưởng")
    entries = RollEntry.objects.filter(vote__decision=decision).order_by("pk")
    keys = list(entries.values_list("pk", flat=True)[:attending])
    return actions.attend_meeting(decision, by=by, entries=keys)


def choose(decision, by, way="hands"):
    yes = latest(decision).attending
    return actions.choose_procedure(
        decision,
        by=by,
        secretary="Lê Thị Thư",
        secretary_yes=yes,
        way=way,
        way_yes=yes,
        team=TEAM,
        team_yes=yes,
    )


def vote(decision, by, yes):
    """All others who attend are against."""
    no = latest(decision).attending - yes
    return actions.vote_in_meeting(decision, by=by, yes=yes, no=no, other=0)


def decided_by_meeting(village, by, attending, yes, item=1, **more):
    decision = meet(propose(village, by, item, **more), by, attending)
    return vote(choose(decision, by), by, yes)


def fallen_short(village, by, attending, item=1):
    decision = meet(propose(village, by, item), by, attending)
    return actions.close_short_meeting(decision, by=by)


def ballots_out(decision, by):
    """Ballots noticed and handed out to all."""
    decision = actions.plan_ballot(
        decision, by=by, on=BALLOT_NOTICED, since=ISSUED, until=UNTIL, team=TEAM
    )
    decision = actions.issue_ballots(decision, by=by, on=ISSUED)
    return actions.hand_out_ballots(decision, by=by, entries=entries_of(decision))


def entries_of(decision):
    """The keys of the frozen roll of its latest vote, in the order of the roll."""
    return list(latest(decision).entries.order_by("pk").values_list("pk", flat=True))


def count(decision, by, yes, **more):
    """One person's count; what is not named is against."""
    counts = {**EMPTY, "issued": latest(decision).households, **more, "yes": yes}
    counts.setdefault("returned", counts["issued"])
    kinds = ("other", "blank", "unreadable", "double")
    counts["no"] = counts["returned"] - yes - sum(counts[kind] for kind in kinds)
    return actions.count_ballots(decision, by=by, **counts)


def latest(decision):
    return HouseholdVote.objects.filter(decision=decision).order_by("-number").first()

"""The villages of a ward with their rolls of households, and what is done with a matter that is put
before them: met on, passed, sent, recognised. By the real acts.
"""

from datetime import timedelta

from danchu.decision import actions
from danchu.decision.latest import latest_vote
from danchu.decision.models import Household, RollEntry
from danchu.demo.people import person_name
from danchu.demo.staff import SINCE
from danchu.units.maps import boundaries
from danchu.units.models import Unit
from danchu.village.models import VillageHead

A_DAY = timedelta(days=1)
FEWEST, MOST = 22, 36  # households of a village
COUNTERS = 3
STAND_IN = "Đỗ Thị Hòa"  # who chairs where nobody is head


def own_villages(ward, number):
    """The first villages of the ward, at most so many."""
    chart = boundaries(ward.day(0))
    villages = [one for one in chart.children(ward.unit.pk) if chart.level_of(one) == "village"]
    return list(Unit.objects.filter(pk__in=villages).order_by("pk")[:number])


def roll_of(village, ward):
    """The village, with a roll where it has none."""
    if not Household.objects.on_roll(village.pk, ward.day(0)).exists():
        for number in range(1, ward.chance.randrange(FEWEST, MOST) + 1):
            actions.enter_household(
                by=ward.by,
                unit=village,
                number=number,
                since=SINCE,
                representative=person_name(ward.chance),
                address=f"Ngõ {number % 6 + 1}, số {number}",
            )
    return village


def people(ward, number, beside=()):
    """The names of so many people, all different and none of those `beside`, one a line."""
    names = {}
    while len(names) < number:
        name = person_name(ward.chance)
        if name not in beside:
            names[name] = None
    return "\n".join(names)


def propose(ward, village, item, title, content, ago, **more):
    """The matter put before the households of a village so many days ago."""
    return actions.propose_decision(
        by=ward.by,
        unit=roll_of(village, ward),
        item=item,
        title=title,
        content=content,
        proposed_on=ward.day(ago),
        **{"proposer": "head", **more},
    )


def gather(ward, decision, day, fifths=4):
    """The meeting on a matter, noticed in time, with so many fifths of the households; (the matter,
    how many came).
    """
    decision = actions.announce_meeting(
        decision,
        by=ward.by,
        on=day - 4 * A_DAY,
        planned_on=day,
        papers_on=day - 3 * A_DAY,
    )
    decision = actions.open_meeting(decision, by=ward.by, chair=_chair_of(decision.unit, day))
    keys = entries_of(decision)
    coming = keys[: len(keys) * fifths // 5]
    return actions.attend_meeting(decision, by=ward.by, entries=coming), len(coming)


def meet(ward, decision, day, beside=()):
    """The meeting on a matter, with most households and its procedure; (the matter, how many)."""
    decision, coming = gather(ward, decision, day)
    secretary, *team = people(ward, COUNTERS + 1, beside).splitlines()
    decision = actions.choose_procedure(
        decision,
        by=ward.by,
        secretary=secretary,
        secretary_yes=coming,
        way="hands",
        way_yes=coming,
        team="\n".join(team),
        team_yes=coming - 1,
    )
    return decision, coming


def entries_of(decision):
    """The ids of the entries of the roll that was frozen for the vote on a matter, in its order."""
    entries = RollEntry.objects.filter(vote=latest_vote(decision)).order_by("pk")
    return list(entries.values_list("pk", flat=True))


def pass_matter(ward, decision, day):
    """The matter passed by the meeting."""
    decision, coming = meet(ward, decision, day)
    return actions.vote_in_meeting(decision, by=ward.by, yes=coming - 1, no=1, other=0)


def reject_matter(ward, decision, day):
    """The matter not passed by the meeting."""
    decision, coming = meet(ward, decision, day)
    yes = coming * 2 // 5
    return actions.vote_in_meeting(decision, by=ward.by, yes=yes, no=coming - yes - 2, other=2)


def send(ward, decision):
    """The matter that was passed, posted and sent in time."""
    day = decision.settled_on
    decision = actions.post_result(decision, by=ward.by, on=day + A_DAY)
    return actions.send_decision(decision, by=ward.by, on=day + 2 * A_DAY)


def recognise(ward, decision, document):
    """The matter that was passed, posted, sent and recognised in time."""
    decision = send(ward, decision)
    return actions.recognise_decision(
        decision, by=ward.by, on=decision.settled_on + 5 * A_DAY, document=document
    )


def _chair_of(village, day):
    """Who chairs the meetings of the village on the day: its head, where it has one."""
    head = VillageHead.objects.on(day).filter(unit=village).order_by("-since").first()
    return head.name if head else STAND_IN

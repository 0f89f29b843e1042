"""What households decided that must be disclosed: contributions of the people and what came of
them (article 11 item 5), where they are in force.
"""

from django.db.models import QuerySet

from danchu.decision.models import HouseholdDecision, Works
from danchu.subjects.disclosing import ToDisclose

ITEM = "commune.5"
# The two matters of article 15 on money and works of the people.
CONTRIBUTION_ITEMS = (1, 2)
LEVELS = ("village", "commune")


def contributions() -> QuerySet[HouseholdDecision]:
    """Decisions on contributions that are in force; a matter of a commune once, not in each of its
    villages.
    """
    return HouseholdDecision.objects.counted().filter(
        item__in=CONTRIBUTION_ITEMS, in_force_on__isnull=False, state__in=("in_force", "done")
    )


TO_DISCLOSE = tuple(
    declared
    for level in LEVELS
    for declared in (
        ToDisclose("household_decision", ITEM, contributions, "in_force_on", level),
        ToDisclose("works", ITEM, Works.objects.counted, "finished_on", level),
    )
)

"""The matters of households by which members of the inspection board were elected."""

from danchu.decision.models import HouseholdDecision

BOARD_ITEM = 5
# Whatever came of such a decision since, but a refusal or an annulment.
ELECTED = ("passed", "sent", "in_force", "done")


def decisions_electing(conference):
    """The decisions of the village by which members of boards were elected, in the year of the
    conference and up to its day.
    """
    rows = HouseholdDecision.objects.filter(
        unit=conference.unit_id,
        item=BOARD_ITEM,
        state__in=ELECTED,
        settled_on__year__gte=conference.year,
    )
    return rows.order_by("settled_on", "pk")

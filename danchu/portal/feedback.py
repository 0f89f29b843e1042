"""Feedback that officials made public, at a place: on its map, and those that may be the same as
what somebody is about to tell.
"""

from django.urls import reverse

from danchu.casework.models import Petition
from danchu.casework.moves import RUNNING
from danchu.casework.natures import Nature
from danchu.figures.among import array
from danchu.kernel.days import today
from danchu.kernel.text import fold
from danchu.portal.grounds import country, ground_of, middles, picture_address
from danchu.units.maps import boundaries
from danchu.units.names import names_on

MOST_ALIKE = 3
FEWEST_LETTERS = 6


def feedback_at(unit):
    """The public feedback about places within the Unit on the map of today; of everywhere for None
    and for the nation.
    """
    rows = Petition.objects.shown().filter(nature=Nature.FEEDBACK)
    chart = boundaries(today())
    if unit is None or unit.level == "nation" or unit.pk not in chart:
        return rows
    return rows.filter(place__among=array(chart.sources(unit.pk)))


def map_of(rows, unit):
    """{spots, ground, country} for the map of places: a circle for each commune that the rows are
    about, as large as they are many, which leads to those of it.
    """
    day = today()
    middle, names = middles(day), names_on(day)
    of_place = rows.numbers_of_places()
    here = reverse("petitions")
    return {
        "spots": [
            (names[place].name, *middle[place], number, f"{here}?unit={place}#shown")
            for place, number in sorted(of_place.items(), key=lambda pair: -pair[1])
            if place in middle
        ],
        "ground": ground_of(unit) if unit and unit.level != "nation" else country(),
        "country": country() if unit and unit.level != "nation" else None,
        "picture": picture_address(),
    }


def told_already(unit, title):
    """At most MOST_ALIKE pieces of public feedback at the Unit that are not settled and may be
    about what the title says; none for a few letters.
    """
    if len(fold(title)) < FEWEST_LETTERS:
        return []
    rows = Petition.objects.shown().filter(state__in=RUNNING)
    return list(rows.alike(title, "", unit, Nature.FEEDBACK)[:MOST_ALIKE])

"""The front page: what was done where, in ten seconds."""

from danchu.figures.catalogue import INDICATORS
from danchu.look.pages import page
from danchu.portal import cards
from danchu.portal.grounds import country, middles
from danchu.portal.question import question
from danchu.portal.rows import latest
from danchu.units.models import Unit

# The indicator the map of the front page shows: what is done most, everywhere.
MAPPED = "supervisions_217"


def front(request):
    """Headline figures with their trend, a map of where, the latest records, the report."""
    if not Unit.objects.exists():
        return page(request, "portal/no_country.html")
    asked = question(request)
    mapped = asked.at(indicator=INDICATORS[MAPPED])
    places = cards.places(mapped, "province")
    middle = middles(asked.map_day)
    spots = [
        (name, *middle[unit], f.value, mapped.url_at(unit))
        for unit, name, f in places
        if unit in middle and f.value
    ]
    return page(
        request, "portal/front.html", asked=asked, mapped=mapped, first=cards.card(mapped), cards=cards.headlines(asked, without=MAPPED), spots=spots,
        ground=country(), busy=sum(1 for _unit, _name, f in places if f.value), latest=latest(request.actor, 6),
    )  # fmt: skip

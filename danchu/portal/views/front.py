"""The front page: what was done where, in ten seconds."""

from danchu.figures.catalogue import INDICATORS
from danchu.look.pages import page
from danchu.portal import cards
from danchu.portal.grounds import country
from danchu.portal.question import question
from danchu.portal.rows import latest
from danchu.portal.views.reports import published
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
    return page(
        request,
        "portal/front.html",
        asked=asked,
        mapped=mapped,
        first=cards.card(mapped),
        cards=cards.headlines(asked, without=MAPPED),
        spots=cards.spots(mapped, places),
        ground=country(),
        busy=sum(1 for row in places if row[2]),
        latest=latest(request.actor, 6),
        reports=published(3),
    )

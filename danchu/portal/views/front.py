"""The front page: headline figures, a map, the latest records."""

from danchu.figures.catalogue import INDICATORS
from danchu.look.pages import page
from danchu.portal import cards
from danchu.portal.doors import DOORS
from danchu.portal.grounds import country
from danchu.portal.question import question_in
from danchu.portal.rows import latest
from danchu.portal.views.reports import published
from danchu.units.models import Unit

# The indicator that the map of the front page shows.
MAPPED = "supervisions_217"


def front(request):
    """Headline figures with their trends, a map, the latest records and reports."""
    if not Unit.objects.exists():
        return page(request, "portal/no_country.html")
    question = question_in(request)
    mapped = question.at(indicator=INDICATORS[MAPPED])
    places = cards.places(mapped, "province")
    return page(
        request,
        "portal/front.html",
        question=question,
        mapped=mapped,
        first=cards.card(mapped),
        cards=cards.headlines(question, without=MAPPED),
        spots=cards.spots(mapped, places),
        ground=country(),
        busy=sum(1 for row in places if row[2]),
        latest=latest(request.actor, 6),
        reports=published(3),
        doors=DOORS.values(),
    )

"""The search page; see danchu.portal.searching."""

from danchu.kernel.days import today
from danchu.look.pages import page
from danchu.portal import rows, searching
from danchu.units.find import find_units
from danchu.units.maps import boundaries

MOST = searching.MOST
LONGEST = 80


def search(request):
    """Everything public that has the words. A place at the end or the beginning of the words is
    taken for the place of the records, and can be taken off again (`place=no`).
    """
    query = request.GET.get("q", "").strip()[:LONGEST]
    if not query:
        return page(request, "portal/search.html", searched="")
    place, words = None, query
    if request.GET.get("place") != "no":
        place, words = searching.place_in(query) or (None, query)
    within = boundaries(today()).sources(place.id).keys() if place else None
    return page(
        request,
        "portal/search.html",
        searched=query,
        services=searching.services(query),
        units=find_units(query, limit=MOST) or ([place] if place else []),
        indicators=searching.indicators(words),
        numbers=searching.numbers(query),
        lists=searching.lists(request.actor, words, place),
        records=rows.matching(request.actor, searching.expanded(words), MOST, within),
        place=place,
        words=words,
    )

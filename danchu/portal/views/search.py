"""The search page; see danchu.portal.searching."""

from danchu.kernel.days import today
from danchu.look.pages import page
from danchu.portal import rows, searching
from danchu.subjects.first_rows import first_rows, limit_in, uncounted
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
    place = None
    words = query
    if request.GET.get("place") != "no":
        place, words = searching.place_in(query) or (None, query)
    limit = limit_in(request.GET, MOST)
    within = boundaries(today()).sources(place.id).keys() if place else None
    return page(
        request,
        "portal/search.html",
        searched=query,
        services=searching.services(query),
        units=uncounted(lambda most: find_units(query, limit=most), limit)
        or ([place] if place else []),
        codes=searching.code_links(query),
        rules=first_rows(searching.rules(words), MOST, request.GET),
        indicators=first_rows(searching.indicators(words), MOST, request.GET),
        numbers=uncounted(lambda most: searching.numbers(query, most), limit),
        lists=searching.lists(request.actor, words, place),
        records=uncounted(
            lambda most: rows.matching(request.actor, searching.expanded(words), most, within),
            limit,
        ),
        place=place,
        words=words,
    )

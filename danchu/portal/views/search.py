"""Search that ignores diacritics."""

from danchu.figures.catalogue import INDICATORS
from danchu.kernel.text import fold
from danchu.kernel.words import local_name
from danchu.look.pages import page
from danchu.portal import rows
from danchu.units.find import find_units

MOST = 12


def search(request):
    """Places, indicators and records by any words of their names."""
    query = request.GET.get("q", "").strip()[:80]
    if not query:
        return page(request, "portal/search.html", searched="", units=[], indicators=[], records=[])
    return page(
        request,
        "portal/search.html",
        searched=query,
        units=find_units(query, limit=MOST),
        indicators=[
            (one.key, one.code, local_name(one))
            for one in INDICATORS.values()
            if _matches(one, query)
        ][:MOST],
        records=rows.matching(request.actor, query, MOST),
    )


def _matches(indicator, query):
    return fold(query) in fold(f"{indicator.vi} {indicator.en} {indicator.key} {indicator.code}")

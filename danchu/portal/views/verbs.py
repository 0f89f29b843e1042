"""The pages of the six verbs: what of each subject there is, and the figures of it."""

from django.http import Http404
from django.urls import reverse

from danchu.figures.catalogue import INDICATORS, full_name
from danchu.look.context import pages_of
from danchu.look.my_place import my_place
from danchu.look.pages import page
from danchu.portal.query import query_string
from danchu.subjects.room import public_sections
from danchu.subjects.verbs import VERBS

# Pages that are narrowed to a place by the parameter `unit`, beside lists with that filter.
PLACED = ("petitions", "reception")


def page_of(request, verb):
    """The subjects of one verb, at the reader's own place where they can be narrowed to it, and its
    indicators; parts of an indicator are found on its page.
    """
    if verb not in VERBS:
        raise Http404
    verb = VERBS[verb]
    place = my_place(request)
    indicators = [
        (one.code, full_name(one), _figure_url(one, place))
        for one in INDICATORS.values()
        if "." not in one.key and verb.has_indicator(one.code)
    ]
    return page(
        request,
        "portal/verb.html",
        verb=verb,
        subjects=[
            (word, _list_url(address, None), _list_url(address, place))
            for address, word, _paths in pages_of(verb)
        ],
        place=place,
        indicators=sorted(indicators),
    )


def _list_url(address, place):
    """The address of a list, at a place where one is given and the list can be narrowed to it."""
    url = reverse(address)
    if place is None or address not in {*PLACED, *_with_place_filter()}:
        return url
    return f"{url}?{query_string(unit=place.written)}"


def _with_place_filter():
    return {
        section.listing.name.replace("-", "_")
        for section in public_sections()
        if "unit" in section.listing.filters
    }


def _figure_url(indicator, place):
    return f"{reverse('figure', args=[indicator.key])}?{query_string(unit=place and place.id)}"

"""The way through a list: an official who opened a record from a list goes on to the next one of it
when the record is done. The list stands in the address of the record, as `in=<its query>`.
"""

from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from danchu.kernel.refusals import Refused
from danchu.subjects.keyset import mark_of
from danchu.subjects.narrowing import narrowing

PARAMETER = "in"
# The first act begins with its text: the record has just been read.
BEGIN = "begin"


def way_in(section, request, query):
    """The query of the links from a list to its records; "" where nothing goes on."""
    if not section.goes_on:
        return ""
    return urlencode({PARAMETER: narrowing(section.listing, query).urlencode() or "typed=1"})


def way_query(request):
    """The query of the addresses of acts on a record that was opened from a list, with its "?"."""
    way = request.GET.get(PARAMETER, "")
    return f"?{urlencode({PARAMETER: way})}" if way else ""


def next_address(face, request, act, row):
    """Where an official who came from the list goes after the act on the row: the next record of
    the list, else the list; with a sentence that says so. The record itself where the act leaves
    more to do there. None where they did not come from the list.
    """
    way = request.GET.get(PARAMETER, "")
    section = face.section
    if not way or not section.goes_on:
        return None
    if act.name not in section.goes_on:
        return face.record_url(row) + way_query(request) + f"&{BEGIN}=1", ""
    listing = section.listing
    query = narrowing(listing, QueryDict(way))
    try:
        rows = listing.bound_filters(request.actor, query).qs
        key, _down = listing.order(query)
        query["after"] = mark_of(row, key)
        behind = listing.page(rows.exclude(pk=row.pk), query).rows
    except Refused:
        behind = []
    if behind:
        return face.record_url(behind[0]) + way_query(request), _("Đây là dòng tiếp theo.")
    return f"{reverse(face.list_address)}?{way}", _("Đã hết các dòng phía sau của danh sách.")

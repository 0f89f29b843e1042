"""Tags of what a page cuts: lists that say so, and the map with the table of its places."""

from django import template
from django.http import QueryDict
from django.utils.translation import gettext as _

from danchu.look import map
from danchu.subjects.first_rows import MOST_ON_A_PAGE, PARAMETER, first_rows
from danchu.subjects.one_of import MOST_LISTED, numbered

register = template.Library()


def _query(context):
    """The query of the address; empty where a template is rendered without a request."""
    request = getattr(context, "request", None)
    return request.GET if request else QueryDict()


@register.inclusion_tag("parts/shown_of.html", takes_context=True)
def shown_of(context, rows, *, url="", advice=""):
    """How many rows of a list that was cut (`subjects.first_rows`) are shown, of how many, and
    where the rest is: in the list at `url`, as `advice` says, or on this page with more rows.
    Nothing for a list that is whole.
    """
    total = getattr(rows, "total", len(rows))
    query = _query(context).copy()
    query[PARAMETER] = min(total or 10 * len(rows), MOST_ON_A_PAGE)
    return {
        "is_cut": total is None or total > len(rows),
        "number": len(rows),
        "total": total,
        "advice": advice,
        "address": url or (f"?{query.urlencode()}" if len(rows) < MOST_ON_A_PAGE else ""),
        "word": _("Xem tất cả trong danh sách") if url else _("Hiện thêm"),
    }


@register.inclusion_tag("parts/row_choice.html")
def row_choice(pairs, name, chosen, *numbers):
    """The choice of one row of `pairs` of an id as text and a name: a list, or, where it would be
    long, a text in which a part of the name is typed (`subjects.one_of`). `numbers` tell fields of
    one name apart.
    """
    names = dict(pairs)
    return {
        "pairs": pairs,
        "name": "_".join([name, *(f"{number}" for number in numbers)]),
        "id": "-".join([name, *(f"{number}" for number in numbers)]),
        "chosen": chosen,
        "is_listed": len(pairs) <= MOST_LISTED,
        "total": len(pairs),
        "typed": numbered(chosen, names[chosen]) if chosen in names else chosen,
    }


@register.inclusion_tag("parts/place_map.html", takes_context=True)
def place_map(
    context,
    places,
    *,
    ground=(),
    country=None,
    picture="",
    title="",
    measure="",
    caption="",
    places_shown=60,
):
    """A map with circles for [(label, lat, lon, value, url)] on the points of communes, with their
    table below; how many places have no point to be drawn at is said.

    With `country` (points of the whole country) the map is fitted to `ground` and has an inset map
    of the country with both archipelagos. `picture` is the address of `map.country_picture`, from
    which the dots of the whole country are drawn; without it they stand in the page.
    """
    with_point = [place for place in places if place[1] is not None]
    drawn = map.draw(with_point, ground, country)
    ranked = sorted((p for p in with_point if p[3] is not None), key=lambda p: -p[3])
    return {
        **drawn,
        "rows": first_rows(ranked, places_shown, _query(context)),
        "unplaced": len(places) - len(with_point),
        "picture": picture,
        "title": title,
        "measure": measure,
        "caption": caption,
    }

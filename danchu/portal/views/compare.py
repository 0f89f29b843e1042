"""Units side by side, on the same definitions, periods and map."""

from danchu.figures import answer
from danchu.figures.catalogue import INDICATORS
from danchu.kernel.refusals import Refused
from danchu.kernel.words import local_name
from danchu.look.pages import page
from danchu.portal import cards
from danchu.portal.asked import query
from danchu.portal.question import question, shown
from danchu.units.find import unit_from
from danchu.units.named import unit_named
from danchu.units.names import name_of

# The two cities whose exchange of experience this product grew from: what is compared when nobody
# says.
CITIES = ("01", "79")
MOST = 3


def compare(request):
    """The headline figures of two or three units, and the years of one of them as lines."""
    asked = question(request)
    units = _units(request, asked.map_day)
    chosen = INDICATORS.get(request.GET.get("key", ""), INDICATORS[cards.HEADLINES[0]])
    lines = [
        (name_of(unit, asked.map_day), cards.trend(asked.at(unit=unit, indicator=chosen)))
        for unit in units
    ]
    return page(
        request,
        "portal/compare.html",
        asked=asked,
        units=[(unit, name_of(unit, asked.map_day)) for unit in units],
        rows=[_row(asked, units, INDICATORS[key]) for key in cards.HEADLINES],
        lines=lines,
        chosen=asked.at(indicator=chosen),
        breaks=cards.breaks(asked),
        choices=[
            (key, local_name(INDICATORS[key])) for key in (*cards.HEADLINES, "par_index", "sipas")
        ],
        places=cards.PLACES.get(chosen.kind),
        empty_fields=range(len(units), 2),
    )


def _units(request, day):
    """The units named in the address; the two cities when there is none."""
    texts = [text.strip() for text in request.GET.getlist("unit") if text.strip()][:MOST]
    if texts:
        return [unit_named(text) for text in texts]
    try:
        return [unit_from(f"{code}@{day.isoformat()}") for code in CITIES]
    except Refused:  # an installation of a few units only
        return [question(request).unit]


def _row(asked, units, indicator):
    """The indicator's name and, for each unit, its figure and the address of its page."""
    cells = []
    for unit in units:
        here = asked.at(unit=unit, indicator=indicator)
        figure = answer.figure(*here.arguments)
        cells.append((shown(figure, here.actor), figure.unplaced, here.url(), here.unit_name))
    address = query(
        key=indicator.key, since=asked.period.since, last=asked.period.last, map=asked.map_day
    )
    links = "".join(f"&unit={unit.pk}" for unit in units)
    return {
        "name": local_name(indicator),
        "measure": asked.at(indicator=indicator).measure,
        "cells": cells,
        "is_percent": indicator.kind == "ratio",
        "url": f"?{address}{links}",
        "key": indicator.key,
    }

"""Units side by side, on the same definitions, periods and map."""

from danchu.figures.catalogue import INDICATORS
from danchu.kernel.refusals import Refused
from danchu.kernel.words import local_name
from danchu.look.pages import page
from danchu.portal import cards
from danchu.portal.query import other_place, place_in, query_string
from danchu.portal.question import question_in, value_of
from danchu.units.choices import value_of_unit
from danchu.units.find import unit_from
from danchu.units.names import name_of

# The default comparison: Hà Nội and Thành phố Hồ Chí Minh.
CITIES = ("01", "79")
MOST = 3


def compare(request):
    """The headline figures of up to three units, and one of them as lines over the years."""
    question = question_in(request)
    units = _units(request, question.map_day)
    chosen = INDICATORS.get(request.GET.get("key", ""), INDICATORS[cards.HEADLINES[0]])
    here = [question.at(unit=unit) for unit in units]
    headlines = [INDICATORS[key] for key in cards.HEADLINES]
    cards.read_sums_of(
        [one.at(indicator=indicator) for one in here for indicator in headlines], with_years=False
    )
    cards.read_sums_of([one.at(indicator=chosen) for one in here])
    lines = [
        (name_of(unit, question.map_day), cards.trend(question.at(unit=unit, indicator=chosen)))
        for unit in units
    ]
    return page(
        request,
        "portal/compare.html",
        question=question,
        units=[(unit, name_of(unit, question.map_day)) for unit in units],
        rows=[_row(question, units, indicator) for indicator in headlines],
        lines=lines,
        chosen=question.at(indicator=chosen),
        breaks=cards.breaks(question),
        choices=[
            (key, local_name(INDICATORS[key])) for key in (*cards.HEADLINES, "par_index", "sipas")
        ],
        places=cards.PLACES.get(chosen.kind),
        boxes=_boxes(units, question.map_day),
        empty_boxes=[f"v-{place}" for place in range(len(units) + 1, 3)],
        left_out=_typed_places(request)[MOST:],
        others=_others(request, question, units),
        most=MOST,
    )


def _boxes(units, day):
    """[(id, value)] of the boxes of the form, one a unit."""
    return [
        (f"v-{place}", value_of_unit(unit.pk, day)) for place, unit in enumerate(units, start=1)
    ]


def _others(request, question, units):
    """[(id, its name, code, name of the unit with that code)] of ids that are also a code."""
    others = []
    for text, unit in zip(_typed_places(request), units, strict=False):
        if other := other_place(unit, text):
            day = question.map_day
            others.append((text, name_of(unit, day), other.pk, name_of(other, day)))
    return others


def _typed_places(request):
    """The places that the address names, as typed."""
    return [text.strip() for text in request.GET.getlist("unit") if text.strip()]


def _units(request, day):
    """The units that the address names, by default CITIES."""
    texts = _typed_places(request)[:MOST]
    if texts:
        return [place_in(request, text) for text in texts]
    try:
        return [unit_from(f"{code}@{day.isoformat()}") for code in CITIES]
    except Refused:  # an installation of a few units only
        return [question_in(request).unit]


def _row(question, units, indicator):
    """One row of the comparison: the indicator, and for each unit (value, part that could not be
    placed, address, name of the unit).
    """
    cells = []
    for unit in units:
        here = question.at(unit=unit, indicator=indicator)
        figure = here.figure()
        cells.append((value_of(figure), figure.unplaced, here.url(), here.unit_name))
    address = query_string(
        key=indicator.key,
        since=question.period.since,
        last=question.period.last,
        map=question.map_day,
    )
    links = "".join(f"&unit={unit.pk}" for unit in units)
    return {
        "name": local_name(indicator),
        "measure": question.at(indicator=indicator).measure,
        "cells": cells,
        "is_percent": indicator.kind == "ratio",
        "url": f"?{address}{links}",
        "key": indicator.key,
    }

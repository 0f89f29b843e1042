"""Figures and rows of evidence as JSON: exact values as text, and the text that pages show."""

from fractions import Fraction

from django.utils.translation import gettext as _

from danchu.kernel.numbers import round_half_up, show_number, show_percent
from danchu.units.names_changed import note_of_map


def exact(value):
    """An exact number as text: "24624", "89.58" or, if it has no finite decimal form, "24100/261".
    None for None.
    """
    if value is None:
        return None
    value = Fraction(value)
    rest = value.denominator
    for factor in (2, 5):
        while rest % factor == 0:
            rest //= factor
    if rest != 1:
        return str(value)
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    return str(round_half_up(value, places)) if places else str(value)


def _text(figure):
    """The value as pages show it; the same words for every hidden count."""
    indicator = figure.indicator
    if figure.is_hidden:
        return "–" if indicator.kind == "ratio" else _("không nêu")
    if indicator.measure[0] == "%":
        return show_percent(figure.value, 2 if indicator.kind == "outside" else 1)
    return show_number(figure.value)


def figure_json(figure, link):
    """A figure. `link` is the address of its evidence or None."""
    indicator = figure.indicator
    is_hidden = figure.is_hidden
    return {
        "key": indicator.key,
        "code": indicator.code,
        "name": {"vi": indicator.vi, "en": indicator.en},
        "measure": {"vi": indicator.measure[0], "en": indicator.measure[1]},
        "kind": indicator.kind,
        "unit": figure.unit_id,
        "own": figure.own or None,
        "since": figure.period.since,
        "until": figure.period.until,
        "map": figure.map_day,
        "map_note": note_of_map(figure.map_day),
        "value": exact(figure.value),
        "shown": _text(figure),
        "blurred": is_hidden,
        "released_on": figure.released_on,
        "over": exact(figure.over.value) if figure.over else None,
        "under": exact(figure.under.value) if figure.under else None,
        "rank": figure.rank,
        "statement_share": exact(figure.statement_share),
        "unplaced": None if is_hidden else exact(figure.unplaced),
        "straddling": None if is_hidden else exact(figure.straddling),
        "marks": figure.marks,
        "regimes": [regime.vi for regime in figure.regimes],
        "evidence": link,
    }


def remainder_json(remainder):
    """By how much the rows of a list fall short of the whole, and of which divided units it is."""
    return {
        "value": exact(remainder.value),
        "units": [
            {"unit": unit, "amount": exact(amount)}
            for unit, amount in sorted(remainder.units.items())
        ],
    }


def evidence_json(row):
    """A row of evidence. Reference and title are null if the reader may not see its content."""
    return {
        "row": f"{row.source}:{row.pk}",
        "on": row.day,
        "unit": row.unit_id,
        "amount": exact(row.amount),
        "share": exact(row.share),
        "open": exact(row.open_share),
        "withheld": row.title is None,
        "reference": row.reference if row.title is not None else None,
        "title": row.title,
    }

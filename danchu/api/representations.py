"""Figures and rows of evidence as JSON: exact values as text, and the text that pages show."""

from fractions import Fraction

from django.utils.translation import gettext as _

from danchu.figures.blur import SMALLEST_SHOWN
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


def _masked_text(figure):
    """What is shown instead of a masked value."""
    if figure.over:
        return "–"
    return (
        _("dưới {least}").format(least=SMALLEST_SHOWN)
        if figure.value < SMALLEST_SHOWN
        else _("không nêu")
    )


def figure_json(figure, link, is_masked):
    """A figure. `link` is the address of its evidence or None; `is_masked`: it rests on a count too
    small to be shown to this reader.
    """
    indicator = figure.indicator
    text = (
        show_percent(figure.value, 2 if indicator.kind == "outside" else 1)
        if indicator.measure[0] == "%"
        else show_number(figure.value)
    )
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
        "value": None if is_masked else exact(figure.value),
        "shown": _masked_text(figure) if is_masked else text,
        "blurred": is_masked,
        "over": exact(figure.over.value) if figure.over and not is_masked else None,
        "under": exact(figure.under.value) if figure.under and not is_masked else None,
        "rank": figure.rank,
        "statement_share": exact(figure.statement_share),
        "unplaced": None if is_masked else exact(figure.unplaced),
        "straddling": None if is_masked else exact(figure.straddling),
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

"""What a figure and its evidence look like to a machine: exact text, Vietnamese text, marks."""

from fractions import Fraction

from django.utils.translation import gettext as _

from danchu.figures.blur import SMALLEST_SHOWN
from danchu.kernel.numbers import round_half_up, show_number, show_percent


def exact(value):
    """ "24624", "89.58" or "24100/261"; None stays None."""
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


def _small(figure):
    if figure.over:
        return "–"
    return (
        _("dưới {least}").format(least=SMALLEST_SHOWN)
        if figure.value < SMALLEST_SHOWN
        else _("không nêu")
    )


def of_figure(figure, link, withheld):
    """`withheld`: it rests on a count too small to be shown to this reader."""
    what = figure.indicator
    shown = (
        show_percent(figure.value, 2 if what.kind == "outside" else 1)
        if what.measure[0] == "%"
        else show_number(figure.value)
    )
    return {
        "key": what.key,
        "code": what.code,
        "name": {"vi": what.vi, "en": what.en},
        "measure": {"vi": what.measure[0], "en": what.measure[1]},
        "kind": what.kind,
        "unit": figure.unit_id,
        "since": figure.period.since,
        "until": figure.period.until,
        "map": figure.map_day,
        "value": None if withheld else exact(figure.value),
        "shown": _small(figure) if withheld else shown,
        "blurred": withheld,
        "over": exact(figure.over.value) if figure.over and not withheld else None,
        "under": exact(figure.under.value) if figure.under and not withheld else None,
        "rank": figure.rank,
        "statement_share": exact(figure.statement_share),
        "unplaced": None if withheld else exact(figure.unplaced),
        "straddling": None if withheld else exact(figure.straddling),
        "marks": figure.marks,
        "regimes": [regime.vi for regime in figure.regimes],
        "evidence": link,
    }


def of_row(row):
    """An evidence row; reference and title are null where its content is withheld from the
    reader.
    """
    return {
        "row": f"{row.source}:{row.pk}",
        "on": row.day,
        "unit": row.unit_id,
        "amount": exact(row.amount),
        "share": exact(row.share),
        "withheld": row.title is None,
        "reference": row.reference if row.title is not None else None,
        "title": row.title,
    }

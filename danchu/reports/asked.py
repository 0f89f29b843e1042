"""Which figures a form will ask for, so that the sums behind them are read together."""

from danchu.figures.catalogue import INDICATORS
from danchu.kernel.days import Period
from danchu.reports.template import Reference, days_of


def figures_asked(form, language):
    """The (key, Period) of the figures that the paragraphs and tables of a form show; some may be
    missing, which are then read one by one.
    """
    return {pair for block in form.blocks for pair in _of_block(form, block, language)}


def _of_block(form, block, language):
    if block["kind"] == "table":
        for key in block["keys"]:
            reference = (
                key if isinstance(key, Reference) else Reference(key, False, frozenset(), {})
            )
            period = days_of(reference, form.period)
            yield reference.key, period
            if block.get("compare"):
                yield reference.key, period.year_before
    elif block["kind"] != "chart":
        for piece in block["text"][language]:
            if isinstance(piece, Reference):
                yield from _of_reference(form, piece)


def _of_reference(form, reference):
    if reference.is_change and "from" in reference.options:
        for name in ("year", "from"):
            yield reference.key, Period.year(reference.options[name])
        return
    period = days_of(reference, form.period)
    yield reference.key, period
    if reference.is_change:
        yield reference.key, period.year_before


def questions_of(form, language, unit_id, map_day):
    """[(indicator, unit id, period, day of the map)] of `figures_asked`."""
    return [
        (INDICATORS[key], unit_id, period, map_day)
        for key, period in figures_asked(form, language)
        if key in INDICATORS
    ]

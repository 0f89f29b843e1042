"""Publishes what a report says of persons' matters for periods of its own."""

from danchu.figures.actions import release_periods
from danchu.kernel.actor import Acting
from danchu.reports.document import Document, fill


def publish_totals(document: Document, *, by: Acting) -> int:
    """Publish the totals of persons' matters that the report says for periods of its own, once, as
    far as no small count follows from them. Returns how many are new. Denied without the right to
    seal it.
    """
    document = fill(document.form, document.language, document.map_day)
    totals = [
        (figure.indicator.key, figure.period)
        for figure in document.figures
        if figure.is_hidden and figure.unit_id == document.unit_id and not figure.own
    ]
    return release_periods(totals, document.unit_id, document.map_day, by=by)

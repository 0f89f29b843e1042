"""The rows behind a figure as its reader's page and file want them."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from danchu.figures.evidence import all_evidence, evidence
from danchu.kernel.days import show_day
from danchu.kernel.numbers import show_number, show_percent
from danchu.subjects.room import rooms
from danchu.units.names import names_of


@dataclass(frozen=True)
class Row:
    """A row of evidence with the name its unit bore on the day, and its address."""

    row: object
    where: str

    def __getattr__(self, name):
        return getattr(self.row, name)

    @property
    def url(self):
        address = _public_page(self.row.source)
        return reverse(address, args=[self.row.uid]) if self.row.uid and address else ""


def _public_page(source):
    """The name of the address of a row of this source; empty where it has no public page."""
    return next((room.evidence[source] for room in rooms() if source in room.evidence), "")


def evidence_page(asked, actor, after):
    """What the component of evidence shows, or None for a figure that is no sum of rows."""
    if asked.indicator.kind not in ("flow", "level"):
        return None
    found = evidence(*asked.arguments, actor, after)
    return {
        "rows": _named(found.rows),
        "blurred": found.blurred,
        "records": found.records,
        "withheld": found.withheld,
        "after_url": f"{asked.url()}&after={found.after}#rows" if found.after else "",
        "exports": [("CSV", asked.url("figure_evidence_csv"))],
    }


def evidence_lines(asked, actor):
    """The cells of the file of evidence, row by row."""
    rows = (
        all_evidence(*asked.arguments, actor) if asked.indicator.kind in ("flow", "level") else ()
    )
    names = {}
    for row in rows:
        at = row.unit_id, row.day
        if at not in names:
            names.update(_names([row]))
        yield [
            show_day(row.day),
            row.reference,
            _("Không công khai") if row.title is None else row.title,
            names[at],
            _("không nêu") if row.amount is None else row.amount,
            _("chưa phân được") if row.share is None else show_percent(row.share * 100, 4),
            "" if row.counted is None else show_number(row.counted, 4 if row.share != 1 else 0),
        ]


def _named(rows):
    names = _names(rows)
    return [Row(row, names[row.unit_id, row.day]) for row in rows]


def _names(rows):
    """The name of each row's unit on its day; where a row was recorded is not told of persons'
    matters.
    """
    asked = {(row.unit_id, row.day) for row in rows}
    return names_of({at for at in asked if at[0]}) | {
        at: _("không nêu") for at in asked if not at[0]
    }

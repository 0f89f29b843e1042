"""The rows behind a figure, for its page and for the file of its evidence."""

from dataclasses import dataclass
from secrets import randbelow

from django.urls import reverse
from django.utils.translation import gettext as _

from danchu.figures.evidence import all_evidence, evidence
from danchu.figures.evidence_sample import sample
from danchu.kernel.days import show_day
from danchu.kernel.numbers import show_number, show_percent
from danchu.subjects.proved import kind_on_page, proved_kinds
from danchu.subjects.room import rooms
from danchu.units.names import names_of

# The parameter of an address that names the seed; NEW_SEED asks for one.
SAMPLE = "sample"
NEW_SEED = "new"
SEEDS = 1_000_000


def new_seed():
    """A seed that nobody chose."""
    return str(randbelow(SEEDS))


@dataclass(frozen=True)
class Row:
    """A row of evidence with the name of its unit; other attributes are those of the row."""

    row: object
    where: str

    def __getattr__(self, name):
        return getattr(self.row, name)

    @property
    def url(self):
        """The address of its public page; empty where it has none."""
        address = _public_page(self.row.source)
        return reverse(address, args=[self.row.uid]) if self.row.uid and address else ""

    @property
    def proof_url(self):
        """The address of its proof; empty where the journal does not prove it."""
        kind = kind_on_page(_public_page(self.row.source)) or self.row.source
        if not self.row.uid or kind not in proved_kinds():
            return ""
        return reverse("row_proof", args=[kind, self.row.uid])


def _public_page(source):
    """The name of the address of the public page for rows of this source; empty for none."""
    return next((room.evidence[source] for room in rooms() if source in room.evidence), "")


def evidence_page(question, actor, after, seed=""):
    """{name: value} for the component of evidence: one page of rows from the paging key `after` on,
    or with a seed those that it draws at random; None for a figure that is no sum of rows.
    """
    if question.indicator.kind not in ("flow", "level"):
        return None
    if seed:
        page = sample(*question.arguments, actor, seed, own=question.own)
    else:
        page = evidence(*question.arguments, actor, after, own=question.own)
    return {
        "seed": seed,
        "draw_url": f"{question.url()}&{SAMPLE}={NEW_SEED}#rows",
        "all_url": f"{question.url()}#rows",
        "rows": _with_names(page.rows),
        "blurred": page.blurred,
        "records": page.records,
        "withheld": page.withheld,
        "after_url": f"{question.url()}&after={page.after}#rows" if page.after else "",
        "exports": [("CSV", question.url("figure_evidence_csv"))],
    }


def evidence_lines(question, actor):
    """An iterator of the cells of each row of the file of evidence. Refused before the first."""
    has_rows = question.indicator.kind in ("flow", "level")
    rows = all_evidence(*question.arguments, actor, own=question.own) if has_rows else ()
    return _cells(rows)


def _cells(rows):
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
            row.amount,
            _share_text(row),
            "" if row.counted is None else show_number(row.counted, 4 if row.share != 1 else 0),
        ]


def _share_text(row):
    """The share of a row that counts, and what of it cannot be placed."""
    if row.share is None:
        return _("chưa phân được")
    share = show_percent(row.share * 100, 4)
    if not row.open_share:
        return share
    return _("{share}, còn đến {rest} chưa phân được").format(
        share=share, rest=show_percent(row.open_share * 100, 4)
    )


def _with_names(rows):
    names = _names(rows)
    return [Row(row, names[row.unit_id, row.day]) for row in rows]


def _names(rows):
    """{(unit id, day): name} of the units of the rows."""
    return names_of({(row.unit_id, row.day) for row in rows})

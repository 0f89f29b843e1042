"""The rows behind a figure, for its page and for the file of its evidence."""

from dataclasses import dataclass
from itertools import islice
from secrets import randbelow

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.figures.evidence import all_evidence, evidence
from danchu.figures.evidence_sample import sample
from danchu.kernel.days import show_day
from danchu.kernel.numbers import show_number, show_percent
from danchu.kernel.text import clean
from danchu.portal.query import query_string
from danchu.subjects.proved import kind_on_page, proved_kinds
from danchu.subjects.room import rooms
from danchu.units.names import names_of

# The parameter of an address that names the seed; NEW_SEED asks for one.
SAMPLE = "sample"
NEW_SEED = "new"
SEEDS = 1_000_000
# The parameter that has words which the rows must have, and how long it may be.
WORDS = "words"
LONGEST_WORDS = 100
ROWS_AT_ONCE = 1000  # of a file, whose places are named together
HEAD = (
    gettext_lazy("Ngày"),
    gettext_lazy("Số hồ sơ"),
    gettext_lazy("Nội dung"),
    gettext_lazy("Nơi ghi"),
    gettext_lazy("Số của hồ sơ"),
    gettext_lazy("Tỷ lệ được tính"),
    gettext_lazy("Được tính"),
)


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


def words_in(request):
    """The words of an address that the rows must have; "" for none."""
    return clean(request.GET.get(WORDS, ""))[:LONGEST_WORDS]


def evidence_page(question, actor, after, seed="", words=""):
    """{name: value} for the component of evidence: one page of rows from the paging key `after` on,
    those that have the words where there are any, or with a seed those that it draws at random;
    None for a figure that is no sum of rows.
    """
    if question.indicator.kind not in ("flow", "level"):
        return None
    if seed:
        page = sample(*question.arguments, actor, seed, own=question.own)
    else:
        page = evidence(*question.arguments, actor, after, own=question.own, words=words)
    narrowed = f"&{query_string(**{WORDS: words})}" if words else ""
    exports = [
        (ending, f"{question.url(address)}{narrowed}")
        for ending, address in (("CSV", "figure_evidence_csv"), ("XLSX", "figure_evidence_xlsx"))
    ]
    return {
        "words": words,
        "seed": seed,
        "draw_url": f"{question.url()}&{SAMPLE}={NEW_SEED}#rows",
        "all_url": f"{question.url()}#rows",
        "rows": _with_names(page.rows),
        "blurred": page.blurred,
        "records": page.records,
        "withheld": page.withheld,
        "after_url": f"{question.url()}{narrowed}&after={page.after}#rows" if page.after else "",
        "exports": exports,
    }


def evidence_lines(question, actor, words=""):
    """An iterator of the cells of each row of the file of evidence, under HEAD. Refused before the
    first.
    """
    has_rows = question.indicator.kind in ("flow", "level")
    rows = ()
    if has_rows:
        rows = all_evidence(*question.arguments, actor, own=question.own, words=words)
    return _cells(rows)


def _cells(rows):
    rows = iter(rows)
    while lines := list(islice(rows, ROWS_AT_ONCE)):
        names = _names(lines)
        for row in lines:
            yield [
                show_day(row.day),
                row.reference,
                _("Không công khai") if row.title is None else row.title,
                names[row.unit_id, row.day],
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

"""The parts of a filled report: numbers with the figures behind them, blocks, the document."""

from dataclasses import dataclass

from danchu.reports.template import Form

# In place of figures of persons' matters that are not published for the period of the report.
HIDDEN = {"vi": "(không nêu)", "en": "(not stated)"}


@dataclass(frozen=True)
class Number:
    """A number in a text: how it is written, and the figures it is computed from."""

    text: str
    figures: tuple

    @property
    def figure(self):
        """The first of its figures."""
        return self.figures[0]


@dataclass(frozen=True)
class Block:
    """`kind`; `spans` of a heading or paragraph; `rows` (label, Number, …) of a table, `head` the
    heads of its columns after the first, whose head is `stub`; `points` of a chart.
    """

    kind: str
    spans: tuple = ()
    title: str = ""
    rows: tuple = ()
    points: tuple = ()
    head: tuple = ()
    stub: str = ""


@dataclass(frozen=True)
class Document:
    """A filled form in one language."""

    form: Form
    language: str
    unit_id: int
    unit_name: str
    map_day: object
    blocks: tuple

    @property
    def title(self):
        return self.form.title[self.language]

    @property
    def numbers(self):
        """Every number of the document: those of the sentences, then those of the tables."""
        numbers = [
            span for block in self.blocks for span in block.spans if isinstance(span, Number)
        ]
        return numbers + [cell for block in self.blocks for row in block.rows for cell in row[1:]]

    @property
    def figures(self):
        """Every figure the document shows, each once, in order."""
        seen = {}
        for number in self.numbers:
            for one in number.figures:
                seen.setdefault((one.indicator.key, one.unit_id, one.period, one.own), one)
        return list(seen.values())

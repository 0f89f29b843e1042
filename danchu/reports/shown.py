"""A filled report as plain values for a page: each number with the address of its figure."""

from urllib.parse import urlencode

from django.urls import reverse

from danchu.figures.answer import Figure
from danchu.reports.blocks import HIDDEN, Block, Document, Number
from danchu.reports.sentences import UNKNOWN

# (text, address of the figure or "", whether the value is not known)
Cell = tuple[str, str, bool]


def shown_blocks(document: Document) -> list[dict]:
    """The blocks of a Document for the template `reports/blocks.html`."""
    return [_shown_block(block) for block in document.blocks]


def _shown_block(block: Block) -> dict:
    lines = [
        (name, [(label, figure.value, figure_url(figure)) for label, figure in points])
        for name, points in block.points
    ]
    return {
        "kind": block.kind,
        "title": block.title,
        "stub": block.stub,
        "head": block.head,
        "lines": lines,
        "pieces": [
            _cell(span) if isinstance(span, Number) else (span, "", False) for span in block.spans
        ],
        "rows": [(row[0], [_cell(cell) for cell in row[1:]]) for row in block.rows],
    }


def _cell(number: Number) -> Cell:
    if not number.figures:
        return number.text, "", False
    is_missing = number.text in (*UNKNOWN.values(), *HIDDEN.values())
    return number.text, figure_url(number.figure), is_missing


def figure_url(figure: Figure) -> str:
    """The address of the public page of a Figure."""
    words = {
        "unit": figure.unit_id,
        "since": figure.period.since.isoformat(),
        "last": figure.period.last.isoformat(),
        "map": figure.map_day.isoformat(),
    }
    if figure.own:
        words["own"] = figure.own
    return f"{reverse('figure', args=[figure.indicator.key])}?{urlencode(words)}"

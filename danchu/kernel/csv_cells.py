"""Cells of the CSV files that the product writes: all quoted, and no text that a spreadsheet would
evaluate as a formula (OWASP, “CSV Injection”), whichever separator it assumes.
"""

import csv
import re
from collections.abc import Iterable, Iterator

from danchu.kernel.text import normal

# A cell that begins like this is evaluated; by some programs also in full width or behind blanks.
_FORMULA = re.compile(r"[\s\"]*[=＝]|\"*[+\-@＋－＠\t\r]")
# The same behind what separates cells elsewhere: Excel in Vietnamese takes the semicolon.
_INSIDE = re.compile(r"[;\t\r\n][\s\"]*(?=[=＝])|[;\t\r\n]\"*(?=[+\-@＋－＠])")
_GUARDED_INSIDE = re.compile(r"([;\t\r\n][\s\"]*)'(?=[=＝])|([;\t\r\n]\"*)'(?=[+\-@＋－＠])")


def safe_cell(value: object) -> object:
    """The value for a cell: an apostrophe before text that looks like a formula, at its beginning
    and behind whatever else may separate cells; None as "".
    """
    if value is None:
        return ""
    if isinstance(value, str):
        value = _INSIDE.sub(r"\g<0>'", normal(value))
        return "'" + value if _FORMULA.match(value) else value
    return value


def unguarded(text: str) -> str:
    """The text of a cell without the apostrophes of `safe_cell`."""
    if text.startswith("'") and _FORMULA.match(text[1:]):
        text = text[1:]
    return _GUARDED_INSIDE.sub(lambda match: match[1] or match[2], text)


def csv_lines(
    rows: Iterable[Iterable[object]], delimiter: str = ",", end: str = "\r\n"
) -> Iterator[str]:
    """Each row as a line of safe cells, all quoted."""
    writer = csv.writer(Echo(), delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator=end)
    for row in rows:
        yield writer.writerow([safe_cell(cell) for cell in row])


class Echo:
    """A file for csv.writer whose `write` returns the line."""

    def write(self, text: str) -> str:
        return text

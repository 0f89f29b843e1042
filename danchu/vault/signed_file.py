"""The form of a published file from which anyone can recount a vote: UTF-8, lines ended by a line
feed, fields as in CSV, quoted only where necessary. All lines are the leaves of a tree
(merkle.py); two more carry its root and the signature under it (signatures.py).
"""

import csv
import io

from danchu.kernel.csv_cells import safe_cell
from danchu.vault import merkle


def csv_line(row):
    """A row as one line of CSV, without a line end. Text that a spreadsheet would evaluate is
    marked as in every CSV; the quoting stays that of the signed format.
    """
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow([safe_cell(cell) for cell in row])
    return text.getvalue()


def csv_fields(line):
    """The fields of a line."""
    return next(csv.reader([line]))


def file_text(lines, public_key, signature):
    """The whole file, from its lines and the signature under their root."""
    closing = [
        csv_line(("root", len(lines), merkle.root(lines))),
        csv_line(("signed", public_key, signature)),
    ]
    return "\n".join([*lines, *closing]) + "\n"


def signed_lines(content):
    """The lines under the root, of a published file."""
    return content.split("\n")[:-3]

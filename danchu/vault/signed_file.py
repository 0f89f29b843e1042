"""The form of a published file from which anyone can recount a vote: UTF-8, lines ended by a line
feed, fields as in CSV, quoted only where necessary. All lines are the leaves of a tree
(merkle.py); two more carry its root and the signature under it (signatures.py).
"""

import csv

from danchu.kernel.csv_cells import Echo, safe_cell


def csv_rows(rows):
    """Each row as one line of CSV, without a line end. Text that a spreadsheet would evaluate is
    marked as in every CSV; the quoting stays that of the signed format.
    """
    writer = csv.writer(Echo(), lineterminator="")
    return [writer.writerow([safe_cell(cell) for cell in row]) for row in rows]


def csv_line(row):
    """One such line."""
    return csv_rows([row])[0]


def csv_fields(line):
    """The fields of a line."""
    return next(csv.reader([line]))


def file_text(lines, root, public_key, signature):
    """The whole file, from its lines, their root (merkle.root) and the signature under that."""
    closing = csv_rows([("root", len(lines), root), ("signed", public_key, signature)])
    return "\n".join([*lines, *closing]) + "\n"


def signed_lines(content):
    """The lines under the root, of a published file."""
    return content.split("\n")[:-3]

"""Tables to download: CSV that spreadsheets open rightly and cannot be tricked by."""

import csv
from itertools import chain

from django.http import StreamingHttpResponse

# A cell that begins so would be run as a formula by a spreadsheet.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value):
    """The value as a cell: text that looks like a formula is marked as text, None is empty."""
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(FORMULA):
        return "'" + value
    return value


def csv_answer(name, head, rows):
    """`name`.csv streamed row by row, UTF-8 with the mark spreadsheets look for."""
    answer = StreamingHttpResponse(_lines(head, rows), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def _lines(head, rows):
    writer = csv.writer(_Echo())
    yield "\ufeff"
    for row in chain([head], rows):
        yield writer.writerow([safe_cell(cell) for cell in row])


class _Echo:
    """Hands each written line back to the writer's caller."""

    def write(self, text):
        return text

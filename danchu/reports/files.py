"""A report as a file: DOCX, PDF, XLSX, self-contained HTML, CSV, JSON. Written atomically."""

import html
import json
import os
import re
import tempfile
from functools import partial
from pathlib import Path

from django.utils.translation import gettext as _

from danchu.kernel.csv_cells import csv_lines
from danchu.kernel.refusals import Refused
from danchu.kernel.text import fold
from danchu.papers.official import official_file
from danchu.reports.document import Number
from danchu.reports.official import official_report
from danchu.reports.sealing import text_of
from danchu.reports.template import form_files

MEDIA = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".html": "text/html; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
}
LONGEST_NAME = 80
STYLE = (
    "body{max-width:45rem;margin:2rem auto;font:18px/1.6 'Times New Roman',serif;padding:0 "
    "1rem}table{border-collapse:collapse}td,th{border:1px solid;padding:.2em "
    ".6em;text-align:left}"
)


def report_content(document, ending):
    """The document as bytes in the format of the extension, one of MEDIA. Refused, on "out", for
    any other, and where the PDF cannot draw a letter of it.
    """
    makers = {
        ".docx": partial(_official, "docx"),
        ".pdf": partial(_official, "pdf"),
        ".xlsx": _xlsx,
        ".html": _html,
        ".csv": _csv,
        ".json": _json,
    }
    if ending not in makers:
        raise Refused(
            _("Không ghi được dạng “{ending}”. Hãy dùng {endings}.").format(
                ending=ending, endings=", ".join(makers)
            ),
            "out",
        )
    return makers[ending](document)


def file_name(document, ending):
    """What to call the file of a document: an office's report by its title, in plain letters, one
    of a form file by the name of that file.
    """
    words = re.sub(r"[^a-z0-9]+", "-", fold(document.title)).strip("-")[:LONGEST_NAME].strip("-")
    is_form = document.form.name in form_files()
    return f"{document.form.name if is_form or not words else words}{ending}"


def write_report(document, path):
    """Write the document to `path` in the format of its extension and return the Path, through a
    temporary file in the same folder. Refused, on "out", for an unknown format or folder.
    """
    path = Path(path)
    if not path.parent.is_dir():
        raise Refused(_("Không có thư mục “{folder}”.").format(folder=path.parent), "out")
    content = report_content(document, path.suffix)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".report-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return path


def _official(ending, document):
    return official_file(official_report(document), ending)


def _xlsx(document):
    from danchu.reports.xlsx_file import xlsx_file  # noqa: PLC0415  late: slow

    return xlsx_file(document)


def _json(document):
    figures = [
        {
            "key": f.indicator.key,
            "unit": f.unit_id,
            "since": f"{f.period.since}",
            "until": f"{f.period.until}",
            "map": f"{f.map_day}",
            "own": f.own,
            "value": None if f.value is None else str(f.value),
        }
        for f in document.figures
    ]
    whole = {
        "title": document.title,
        "unit": document.unit_name,
        "blocks": text_of(document),
        "figures": figures,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def _csv(document):
    """The exact figures, one a line."""
    rows = [["key", "unit", "since", "until", "map", "own", "value"]]
    for f in document.figures:
        value = "" if f.value is None else str(f.value)
        days = (f.period.since, f.period.until, f.map_day)
        rows.append([f.indicator.key, f.unit_id, *days, f.own, value])
    return "\ufeff".encode() + "".join(csv_lines(rows)).encode()


def _html(document):
    parts = [
        f"<!doctype html><html lang='{document.language}'><meta "
        f"charset='utf-8'><title>{html.escape(document.title)}</title>"
    ]
    parts.append(f"<style>{STYLE}</style><h1>{html.escape(document.title)}</h1>")
    for block in document.blocks:
        words = html.escape("".join(s.text if isinstance(s, Number) else s for s in block.spans))
        if block.kind == "heading":
            parts.append(f"<h2>{words}</h2>")
        elif block.kind == "paragraph":
            parts.append(f"<p>{words}</p>")
        elif block.kind == "table":
            parts.append(_html_table(block))
    return "\n".join(parts).encode()


def _html_row(row):
    cells = "".join(f"<td>{html.escape(cell.text)}</td>" for cell in row[1:])
    return f"<tr><th>{html.escape(row[0])}</th>{cells}</tr>"


def _html_table(block):
    head = "".join(f"<th>{html.escape(name)}</th>" for name in (block.stub, *block.head))
    rows = "".join(_html_row(row) for row in block.rows)
    return f"<h2>{html.escape(block.title)}</h2><table><tr>{head}</tr>{rows}</table>"

"""The one style sheet of a page: the sheets of `SHEETS` in one file and without what only people
read, so that a first visit waits for one answer before it shows something. The sources stay apart;
a finder of static files offers what they come to, here and to who collects.
"""

import os
import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

NAME = "look/sheet.css"
# In this order, since of equal rules the last wins. `print.css` is for paper only.
SHEETS = ("fonts", "tokens", "page", "parts")
ON_PAPER = "print"
# A text in quotes stays as it is; a comment goes; blanks become one, none beside a mark.
PARTS = re.compile(r"""("[^"]*"|'[^']*')|/\*.*?\*/|\s*([{};,])\s*|(\s+)""", re.DOTALL)


def tight(css):
    """The same rules in fewer bytes."""
    return PARTS.sub(_shorter, css).replace(";}", "}").strip()


def _shorter(part):
    quoted, mark, blank = part.groups()
    return quoted or mark or (" " if blank else "")


def merged():
    """The text of the one sheet."""
    rules = [tight(_source(name)) for name in SHEETS]
    return "\n".join([*rules, f"@media print{{{tight(_source(ON_PAPER))}}}", ""])


def _source(name):
    return (Path(__file__).parent / "static" / "look" / f"{name}.css").read_text(encoding="utf-8")


class OneSheetFinder(BaseFinder):
    """Finds the one sheet, and writes it anew when a source has changed."""

    def __init__(self, app_names=None, *args, **kwargs):
        self.storage = FileSystemStorage(location=settings.VAR / "sheet")
        super().__init__(*args, **kwargs)

    def find(self, path, find_all=False, **_options):
        if path != NAME:
            return []
        whole = self._written()
        return [whole] if find_all else whole

    def list(self, ignore_patterns):
        self._written()
        yield NAME, self.storage

    def _written(self):
        path = Path(self.storage.path(NAME))
        text = merged().encode()
        if not path.exists() or path.read_bytes() != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh = path.with_suffix(f".{os.getpid()}")  # two processes may start at once
            fresh.write_bytes(text)
            fresh.replace(path)
        return str(path)

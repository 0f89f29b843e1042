"""Reads a workbook in a process of its own: `python -I sheet_process.py BYTES SECONDS < IN > OUT`.

A few bytes of a workbook can ask for gigabytes: two cells at opposite corners of a sheet are read
as everything between them. Here the memory and the processor time are limited by the kernel, so
that such a file ends this process and nothing else. It runs without Django and without the product.

The first sheet that a person sees is read; a hidden one may be an old copy. Each line of the
output is one row as JSON, [number, cells]; what JSON lacks is written as `{"date": …}`,
`{"datetime": …}`, `{"time": …}`, `{"seconds": …}` or, for the error of a formula, `{"error": …}`.
The exit code is 0 when all rows were written, UNREADABLE for no workbook, NOTHING_SEEN where every
sheet is hidden, PARTLY_HIDDEN where rows or columns of it are; any other means that a limit was
reached.
"""

import json
import re
import resource
import sys
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

UNREADABLE, NOTHING_SEEN, PARTLY_HIDDEN = 3, 4, 5
PIECE = 1024 * 1024
# Start tags of Office Open XML (ECMA-376 part 1, 18.3.1.4, 18.3.1.13, 18.3.1.73), with any prefix.
_ERROR_CELL = re.compile(rb"<(?:[\w.-]+:)?c\s(?=[^>]*\bt\s*=\s*[\"']e[\"'])([^>]*)>")
_ERROR = re.compile(
    rb"<(?:[\w.-]+:)?c\s(?=[^>]*\bt\s*=\s*[\"']e[\"'])[^>]*\br\s*=\s*[\"']([A-Z]{1,3})"
    rb"([0-9]{1,7})[\"'][^>]*>(?:(?!</(?:[\w.-]+:)?c>).)*?<(?:[\w.-]+:)?v[^>]*>([^<]{1,20})<",
    re.DOTALL,
)
_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s/>]")
# A formula without a value: programs that write workbooks do not calculate. The text "" has a type.
_NOT_CALCULATED = re.compile(
    rb"<(?:[\w.-]+:)?c\s(?![^>]*\bt\s*=\s*[\"']str[\"'])([^>]*)>\s*"
    rb"<(?:[\w.-]+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:[\w.-]+:)?f>)\s*"
    rb"(?:<(?:[\w.-]+:)?v(?:\s[^>]*)?(?:/>|></(?:[\w.-]+:)?v>)\s*)?</(?:[\w.-]+:)?c>"
)
_PLACE = re.compile(rb"\br\s*=\s*[\"']([A-Z]{1,3})([0-9]{1,7})[\"']")
NOT_CALCULATED = "#CALC!"
# A row or column is hidden by its mark, or by a height or width of 0.
_IS_HIDDEN = rb"hidden\s*=\s*[\"']\s*(?:1|true)\s*[\"']"
_IS_0 = rb"\s*=\s*[\"']\s*0+(?:\.0*)?\s*[\"']"
_HIDDEN_COLUMN = re.compile(
    rb"<(?:[\w.-]+:)?col\s(?=[^>]*\s(?:" + _IS_HIDDEN + rb"|width" + _IS_0 + rb"))"
    rb"(?=[^>]*\bmin\s*=\s*[\"']([0-9]{1,5})[\"'])"
)
_HIDDEN_ROW = re.compile(
    rb"<(?:[\w.-]+:)?row\s(?:[^>]*\s)?(?:" + _IS_HIDDEN + rb"|ht" + _IS_0 + rb")"
)
_HIDING = re.compile(rb"hidden|(?:ht|width)" + _IS_0)


@dataclass(frozen=True)
class FormulaError:
    """A cell whose formula failed: `name` is what it shows, such as #DIV/0!."""

    name: str

    def __str__(self):
        return self.name


def plain(cell):
    """The cell as JSON can hold it."""
    if isinstance(cell, datetime):
        return {"datetime": cell.isoformat()}
    if isinstance(cell, date):
        return {"date": cell.isoformat()}
    if isinstance(cell, time):
        return {"time": cell.isoformat()}
    if isinstance(cell, timedelta):
        return {"seconds": cell.total_seconds()}
    if isinstance(cell, FormulaError):
        return {"error": cell.name}
    return cell


def restored(cell):
    """The cell as it was before `plain`."""
    if not isinstance(cell, dict):
        return cell
    [(kind, value)] = cell.items()
    if kind == "seconds":
        return timedelta(seconds=value)
    if kind == "error":
        return FormulaError(value)
    return {"date": date, "datetime": datetime, "time": time}[kind].fromisoformat(value)


def own_bytes():
    """The address space of this process so far."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[0]) * resource.getpagesize()
    except FileNotFoundError:  # no Linux
        return 512 * 1024 * 1024


def be_killed_first():
    """Let the kernel end this process before others where memory runs out."""
    try:
        with open("/proc/self/oom_score_adj", "w", encoding="ascii") as file:
            file.write("1000")
    except OSError:  # no Linux, or a sandbox
        return


def main(most_bytes, most_seconds):
    # The library first: what it takes itself does not depend on the file.
    import python_calamine  # noqa: PLC0415  late: before Django

    resource.setrlimit(resource.RLIMIT_AS, (own_bytes() + most_bytes,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (most_seconds, most_seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # A long text may stand in many cells: what is written has the limit of what is held.
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
    be_killed_first()
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(sys.stdin.buffer)
        name = first_seen(book, python_calamine)
        if name is None:
            return NOTHING_SEEN
        sheet = book.get_sheet_by_name(name)
        first_column = sheet.start[1] if sheet.start else 0
        width = sheet.end[1] + 1 if sheet.end else 0
        errors, is_hidden = marks_of(sys.stdin.buffer, name, width)
    except (
        python_calamine.CalamineError,
        ElementTree.ParseError,
        BadZipFile,
        KeyError,
        OSError,
        ValueError,
    ):
        return UNREADABLE
    if is_hidden:
        return PARTLY_HIDDEN
    for number, cells in enumerate(sheet.iter_rows(), 1):
        for column, error in errors.get(number, {}).items():
            if first_column <= column < first_column + len(cells):
                cells[column - first_column] = FormulaError(error)
        if any(cell != "" for cell in cells):
            print(json.dumps([number, [plain(cell) for cell in cells]]))
    return 0


def first_seen(book, calamine):
    """The name of the first sheet of cells that is not hidden; None when there is none."""
    for sheet in book.sheets_metadata:
        is_seen = sheet.visible == calamine.SheetVisibleEnum.Visible
        if is_seen and sheet.typ == calamine.SheetTypeEnum.WorkSheet:
            return sheet.name
    return None


def marks_of(file, name, width):
    """({row from 1: {column from 0: error}}, whether a row or one of the first `width` columns is
    hidden) of a sheet. The library reads errors and formulas without a value as empty cells.
    """
    errors = {}
    is_hidden = False
    file.seek(0)
    with ZipFile(file) as package, package.open(part_of(package, name)) as sheet:
        rest = b""
        while piece := sheet.read(PIECE):
            rest += piece
            cut = rest.rfind(b"row>") + 1  # rows are looked at whole
            whole = rest[:cut]
            rest = rest[cut:]
            is_hidden |= hides(whole, width)
            add_errors(errors, whole)
    add_errors(errors, rest)
    return errors, is_hidden or hides(rest, width)


def hides(rows, width):
    """Whether the XML hides a row or one of the first `width` columns."""
    return _HIDING.search(rows) is not None and (
        _HIDDEN_ROW.search(rows) is not None
        or any(int(first) <= width for first in _HIDDEN_COLUMN.findall(rows))
    )


def add_errors(errors, rows):
    """Add the errors in the XML, and formulas that nobody has calculated, to `errors` as `marks_of`
    returns them. ValueError for one that does not say in which cell it stands, as the format
    allows: saved again, it does.
    """
    if _FORMULA.search(rows):
        for attributes in _NOT_CALCULATED.findall(rows):
            place = _PLACE.search(attributes)
            if not place:
                raise ValueError("a formula without a place")
            errors.setdefault(int(place[2]), {})[place_of(place[1])] = NOT_CALCULATED
    number = len(_ERROR_CELL.findall(rows))
    if not number:
        return
    places = _ERROR.findall(rows)
    if len(places) < number:
        raise ValueError("an error without a place")
    for column, row, error in places:
        errors.setdefault(int(row), {})[place_of(column)] = error.decode("utf-8", "replace")


def part_of(package, name):
    """The path in the package of the sheet with this name; KeyError when there is none."""
    book = ElementTree.fromstring(package.read("xl/workbook.xml"))
    links = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    target_of = {link.get("Id"): link.get("Target") for link in links}
    for sheet in book.iter():
        if sheet.tag.endswith("}sheet") and sheet.get("name") == name:
            link = next(value for key, value in sheet.items() if key.endswith("}id"))
            target = target_of[link]
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    raise KeyError(name)


def place_of(letters):
    """The index from 0 of a column: A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))

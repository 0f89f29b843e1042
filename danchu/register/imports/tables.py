"""A table (CSV, XLSX) read as a whole, with every bad cell named, and previewed under a token."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from danchu.kernel.numbers import show_number
from danchu.kernel.refusals import Refused
from danchu.kernel.text import fold
from danchu.register.imports.headings import MissingColumns
from danchu.register.imports.reading import read_rows
from danchu.register.imports.typed_cells import check_headed, shown, unnamed_columns

MOST_ROWS = 20_000
MOST_PROBLEMS = 1000
MOST_VALUE = 80


@dataclass(frozen=True)
class Column:
    """`label` is the heading, `help` how to fill it in."""

    key: str
    label: object
    help: object
    example: object = ""
    needed: bool = False


def unit_columns(code_help, code, name):
    """The columns of a place, which `unit_of_row` reads; `code` and `name` are the example."""
    return (
        Column("unit_code", gettext_lazy("Mã đơn vị"), code_help, code, True),
        Column(
            "unit_name",
            gettext_lazy("Nơi"),
            gettext_lazy("Tên đơn vị, để đối chiếu với mã; có thể để trống."),
            name,
        ),
    )


def since_column(label):
    """The column of the first day of what a row is about."""
    how_to_write = gettext_lazy("Viết 01/07/2025 hoặc 2025-07-01.")
    return Column("since", label, how_to_write, "01/07/2025", True)


def decision_columns(example):
    """The columns of the decision by which something was founded; `example` is its number."""
    return (
        Column(
            "decision",
            gettext_lazy("Số văn bản"),
            gettext_lazy("Văn bản thành lập; có thể để trống."),
            example,
        ),
        Column(
            "decided_on",
            gettext_lazy("Ngày ban hành"),
            gettext_lazy("Của văn bản ấy; có thể để trống."),
            "30/06/2025",
        ),
    )


def by_name(things, name_of, key_of):
    """{folded name of a thing in Vietnamese or the active language, or its key: the thing}"""
    named = {}
    for thing in things:
        with override("vi"):
            named[fold(str(name_of(thing)))] = thing
        named[fold(str(name_of(thing)))] = thing
        named[fold(key_of(thing).replace("_", " "))] = thing
    return named


def new_values(rows, existing):
    """([values] of the good rows that can be written, number of those that are there already).
    `rows` are pairs of a Row and its values; `existing` is asked for each whether the values are
    there already, and whether they can stand beside the earlier ones.
    """
    new = []
    same = 0
    for row, values in rows:
        if not row.is_good:
            continue
        if existing.is_there(values):
            same += 1
        elif existing.accepts(row, values):
            new.append(values)
    return new, same


@dataclass(frozen=True)
class Problem:
    """A cell to change: the row as the file counts them, the heading of its column."""

    row: int
    column: str
    value: str
    message: str


@dataclass(frozen=True)
class Outcome:
    """What a file would do: `rows` read, `new` ones to write in the order of the file, `same` there
    already; `places` are [(name, number of new rows)], `column_places` {heading of a problem: index
    of the column}. `token` identifies this outcome. `unread` are the headings of columns that were
    left unread, `there` the names of the rows that are there already, where a table tells them.
    """

    rows: int
    new: tuple
    same: int
    problems: tuple
    problem_count: int
    places: tuple
    column_places: dict
    token: str
    unread: tuple = ()
    there: tuple = ()


def check_outcome(outcome, token):
    """Refused unless the outcome is good and the one that the token was given for."""
    if outcome.problem_count:
        raise Refused(_("Tệp có ô chưa đúng: chưa ghi gì."), "file")
    if token != outcome.token:
        raise Refused(
            _("Tệp hoặc danh sách đã thay đổi từ lần xem trước. Hãy xem lại rồi xác nhận."), "token"
        )


class Row:
    """One row {column key: cell}; a cell that cannot be read becomes a Problem of the table."""

    def __init__(self, table, number, cells):
        self.table = table
        self.number = number
        self.cells = cells
        self.is_good = True

    def read(self, key, reader, instead=None):
        """What `reader` makes of the cell; `instead`, and a Problem, where it refuses."""
        try:
            return reader(self.cells.get(key, ""))
        except Refused as refusal:
            self.report(key, refusal.message)
            return instead

    def check(self, act, *values, column="", **more):
        """What `act` returns; None, and a Problem in the column of each refusal, where it refuses;
        in `column` where its field is none of the table.
        """
        try:
            return act(*values, **more)
        except Refused as refusal:
            for one in refusal.every:
                field = one.field if one.field in self.table.columns else column
                self.report(field, one.message)
            return None

    def report(self, key, message):
        self.is_good = False
        label = str(self.table.columns[key].label) if key in self.table.columns else ""
        value = shown(self.cells.get(key, ""))[:MOST_VALUE]
        self.table.add(Problem(self.number, label, value, message))


class Table:
    """Reads the rows of a file under a heading of `columns`; collects the first problems and counts
    all. Refused, on "file", where the file cannot be read at all.

    `heads` is for a file that another program wrote: {column key: its other headings}; columns with
    any other heading are left unread. `most` is how many rows are read.
    """

    def __init__(self, file, name, columns, heads=None, most=MOST_ROWS):
        self.columns = {column.key: column for column in columns}
        self.heads = heads
        self.most = most
        self.unread = []
        self.problems = []
        self.problem_count = 0
        self.number_of_rows = 0
        self.lines = read_rows(file, name)
        heading = next(self.lines, None)
        if heading is None:
            raise Refused(_("Tệp không có dòng nào."), "file")
        self.width = len(heading[1])
        self.unnamed = unnamed_columns(heading[1])
        self.places = self._places(*heading)

    def add(self, problem):
        self.problem_count += 1
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem)

    def rows(self):
        """Yields each Row whose cells all stand under a heading."""
        for number, cells in self.lines:
            self.number_of_rows += 1
            if self.number_of_rows > self.most:
                raise Refused(
                    _("Tệp có hơn %s dòng. Hãy chia thành nhiều tệp.") % show_number(self.most),
                    "file",
                )
            try:
                check_headed(cells, self.width, self.unnamed)
            except Refused as refusal:
                self.add(Problem(number, "", "", refusal.message))
                continue
            by_key = {
                key: cells[place] if place < len(cells) else ""
                for key, place in self.places.items()
            }
            yield Row(self, number, by_key)
        if not self.number_of_rows:
            raise Refused(_("Tệp không có dòng nào dưới hàng tiêu đề."), "file")

    def outcome(self, new, same, place_of):
        """The Outcome; `new` are dicts, `place_of(row)` names the place of one."""
        problems = sorted(self.problems, key=lambda problem: problem.row)
        text = json.dumps([[str(value) for value in row.values()] for row in new])
        return Outcome(
            self.number_of_rows,
            tuple(new),
            same,
            tuple(problems),
            self.problem_count,
            tuple(Counter(map(place_of, new)).most_common()),
            {str(self.columns[key].label): place for key, place in self.places.items()},
            hashlib.sha256(f"{text} {same}".encode()).hexdigest(),
            tuple(self.unread),
        )

    def _places(self, number, cells):
        """{column key: index}; a heading matches by its words, with or without marks, in Vietnamese
        or the active language, or by its key.
        """
        keys = by_name(self.columns, lambda key: self.columns[key].label, str)
        for key, heads in (self.heads or {}).items():
            keys |= {fold(head): key for head in heads}
        places = {}
        unread = {}
        for place, cell in enumerate(cells):
            words = fold(shown(cell))
            key = keys.get(words)
            if key is None and words and self.heads is not None:
                unread[place] = shown(cell)[:60]
                continue
            if key is None and words:
                raise Refused(
                    _("Không rõ cột “%(column)s”. Các cột là: %(columns)s.")
                    % {"column": shown(cell)[:60], "columns": self._labels(self.columns)},
                    "file",
                )
            if key in places:
                raise self._twice(cells[places[key]], cell)
            if key:
                places[key] = place
        self.unread = list(unread.values())
        missing = [key for key, one in self.columns.items() if one.needed and key not in places]
        if missing and self.unread:
            message = _(
                "Thiếu cột: %(missing)s. Các cột chưa rõ là: %(unread)s. Hãy chọn cột nào là cột "
                "nào, hoặc đổi tên cột rồi gửi."
            ) % {"missing": self._labels(missing), "unread": "; ".join(self.unread)}
            columns = [self.columns[key] for key in missing]
            raise MissingColumns(message, columns, unread, number)
        if missing:
            raise Refused(_("Thiếu cột: %s. Hãy dùng tệp mẫu.") % self._labels(missing), "file")
        return places

    def _twice(self, first, second):
        heads = shown(first)[:60], shown(second)[:60]
        if fold(heads[0]) == fold(heads[1]):
            return Refused(_("Cột “%s” có hai lần.") % heads[1], "file")
        return Refused(
            _("Cột “%(first)s” và cột “%(second)s” có cùng ý nghĩa. Hãy xóa một cột rồi gửi lại.")
            % {"first": heads[0], "second": heads[1]},
            "file",
        )

    def _labels(self, keys):
        return "; ".join(str(self.columns[key].label) for key in keys)

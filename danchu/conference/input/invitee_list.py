"""A list of delegates from a table (CSV, XLSX): checked as a whole with every bad cell named, and
previewed under a token.
"""

import hashlib
import json
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.conference.input.fields import clean_delegate
from danchu.conference.models import Delegate
from danchu.kernel.refusals import Refused
from danchu.kernel.telephones import contact_key
from danchu.kernel.text import fold, has_marks, identity_key, sort_key
from danchu.register.imports.reading import read_rows
from danchu.register.imports.tables import Problem, by_name
from danchu.register.imports.typed_cells import (
    check_headed,
    contact_of_cell,
    shown,
    text_of_cell,
    unnamed_columns,
)

MOST_ROWS = 50_000
MOST_SHOWN = 1000
# {column: (heading, how to fill it in, example)}
COLUMNS = {
    "name": (gettext_lazy("Họ và tên"), gettext_lazy("Bắt buộc."), gettext_lazy("Trần Văn An")),
    "office": (
        gettext_lazy("Chức vụ, nơi công tác"),
        gettext_lazy("Để trống được."),
        gettext_lazy("Trưởng Ban Công tác Mặt trận khu phố 3"),
    ),
    "contact": (
        gettext_lazy("Điện thoại hoặc thư điện tử"),
        gettext_lazy("Để trống được; chỉ người chuẩn bị hội nghị đọc được."),
        "0912345678",
    ),
    "point": (
        gettext_lazy("Điểm cầu"),
        gettext_lazy("Tên điểm cầu của hội nghị này; để trống là dự từ xa."),
        "",
    ),
    "entitled": (
        gettext_lazy("Được biểu quyết"),
        gettext_lazy("có hoặc không; để trống là có."),
        gettext_lazy("có"),
    ),
}
_YES = {"", "co", "x", "1", "yes", "duoc"}
_NO = {"khong", "0", "no"}


@dataclass(frozen=True)
class Invitees:
    """What a file would do: `new` delegates as validated fields with `point`, `same` the number of
    lines already on the list; `column_places` are {heading of a problem: index of the column},
    `token` identifies this outcome.
    """

    rows: int
    new: tuple
    same: int
    problems: tuple
    problem_count: int
    column_places: dict
    token: str


def read_invitees(conference, file, name):
    """The Invitees of an open binary file. Nothing is written. Refused where the file cannot be
    read at all.
    """
    lines = read_rows(file, name)
    heading = next(lines, None)
    if heading is None:
        raise Refused(_("Tệp không có dòng nào."), "file")
    places = _columns(heading[1])
    unnamed = unnamed_columns(heading[1])
    points = {identity_key(point.name): point for point in conference.points.select_related("unit")}
    rows_on_list = Delegate.objects.filter(conference=conference)
    existing = {_person_key(*row) for row in rows_on_list.values_list("name", "office", "contact")}
    new_rows = []
    problems = []
    first_line = {}
    same_count = 0
    rows = 0
    for number, cells in lines:
        rows += 1
        if rows > MOST_ROWS:
            raise Refused(
                _("Tệp có quá nhiều dòng: tối đa %s đại biểu mỗi lần.") % MOST_ROWS, "file"
            )
        try:
            check_headed(cells, len(heading[1]), unnamed)
        except Refused as refusal:
            problems.append(Problem(number, "", "", refusal.message))
            continue
        cells_by_key = {
            key: cells[place] if place < len(cells) else "" for key, place in places.items()
        }
        values = _clean_row(number, cells_by_key, points, problems)
        if values is None:
            continue
        key = _person_key(values["name"], values["office"], values["contact"])
        if key in first_line:
            problems.append(
                Problem(
                    number,
                    str(COLUMNS["name"][0]),
                    values["name"][:80],
                    _("Trùng với dòng %s của tệp.") % first_line[key],
                )
            )
        elif key in existing:
            same_count += 1
        else:
            new_rows.append(values)
        first_line.setdefault(key, number)
    return Invitees(
        rows,
        tuple(new_rows),
        same_count,
        tuple(problems[:MOST_SHOWN]),
        len(problems),
        {str(COLUMNS[key][0]): place for key, place in places.items()},
        _token(new_rows, same_count),
    )


def _person_key(name, office, contact):
    """What makes two lines the same person: marks count, "Dũng" is not "Dụng"."""
    return identity_key(name), identity_key(office), contact_key(contact)


def _columns(cells):
    """{column key: index}; a heading matches by its words, with or without diacritics, in
    Vietnamese or the active language, or by its key.
    """
    key_by_heading = by_name(COLUMNS, lambda key: COLUMNS[key][0], str)
    columns = {}
    for place, cell in enumerate(cells):
        key = key_by_heading.get(fold(shown(cell)))
        if key is None and str(cell).strip():
            raise Refused(
                _("Không rõ cột “%(column)s”. Các cột là: %(known)s.")
                % {
                    "column": str(cell)[:60],
                    "known": "; ".join(str(title) for title, _h, _e in COLUMNS.values()),
                },
                "file",
            )
        if key in columns:
            raise Refused(_("Cột “%s” có hai lần.") % str(cell)[:60], "file")
        if key:
            columns[key] = place
    if "name" not in columns:
        raise Refused(_("Tệp thiếu cột “%s”.") % COLUMNS["name"][0], "file")
    return columns


def _clean_row(number, cells, points, problems):
    """The fields as they are stored, or None with a Problem added for every bad cell of the row."""
    problems_before = len(problems)

    def add_problem(key, message):
        value = shown(cells.get(key, ""))[:80]
        problems.append(Problem(number, str(COLUMNS[key][0]), value, message))

    usable = {}
    for key, cell in cells.items():
        try:
            usable[key] = _READERS.get(key, text_of_cell)(cell)
        except Refused as refusal:
            add_problem(key, refusal.message)
            usable[key] = "x" if key == "name" else ""
    point = None
    try:
        point = _point_of(usable.pop("point", ""), points)
    except Refused as refusal:
        add_problem("point", refusal.message)
    answer = fold(usable.pop("entitled", ""))
    if answer not in _YES | _NO:
        add_problem("entitled", _("Hãy ghi có hoặc không."))
    values = None
    for _try in range(len(COLUMNS)):
        try:
            values = clean_delegate(**usable, entitled=answer not in _NO)
            break
        except Refused as refusal:
            for one in refusal.every:
                add_problem(one.field, one.message)
                usable[one.field] = "x" if one.field == "name" else ""
    return {**values, "point": point} if len(problems) == problems_before else None


def _point_of(text, points):
    """The bridge point with this name, marks included unless none were typed; None for "". Refused
    where the conference has none or several, with those that differ only in their marks.
    """
    if not text:
        return None
    point = points.get(identity_key(text))
    if point is not None:
        return point
    alike = [one for one in points.values() if fold(one.name) == fold(text)]
    if len(alike) == 1 and not has_marks(text):
        return alike[0]
    if alike:
        names = "; ".join(sorted((one.name for one in alike), key=sort_key))
        raise Refused(_("Hội nghị không có điểm cầu tên này. Có phải là: %s?") % names)
    raise Refused(_("Hội nghị không có điểm cầu tên này."))


def _answer_of_cell(cell):
    """What stands in the column of the right to vote; spreadsheets make numbers and TRUE of it."""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    return shown(cell) if isinstance(cell, int | float) else text_of_cell(cell)


_READERS = {"contact": contact_of_cell, "entitled": _answer_of_cell}


def _token(new_rows, same_count):
    """A digest of this outcome: who would be written, in this order."""
    text = json.dumps(
        [
            [
                *(str(value) for key, value in row.items() if key != "point"),
                row["point"].pk if row["point"] else 0,
            ]
            for row in new_rows
        ]
        + [same_count]
    )
    return hashlib.sha256(text.encode()).hexdigest()

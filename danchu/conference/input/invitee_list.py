"""A list of delegates from a table (CSV, XLSX): looked through whole, every bad cell named;
what it would write is known by a token.
"""

import hashlib
import json
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from danchu.conference.input.fields import checked_delegate
from danchu.conference.models import Delegate
from danchu.kernel.refusals import Refused
from danchu.kernel.text import clean, fold
from danchu.register.imports.reading import read_rows

MOST_ROWS = 50_000
MOST_TOLD = 1000
# Each column: how it is headed, how it is filled in, an example.
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
class Problem:
    """A bad cell: `row` as the file counts them, `column` its heading."""

    row: int
    column: str
    value: str
    message: str


@dataclass(frozen=True)
class Invitees:
    """What a file would do: `new` delegates as checked fields with `point`, `same` lines that
    are on the list already.
    """

    rows: int
    new: tuple
    same: int
    problems: tuple
    problem_count: int
    token: str


def read_invitees(conference, file, name):
    """The Invitees of an open binary file; Refused where it cannot be read at all. Nothing is
    written.
    """
    lines = read_rows(file, name)
    heading = next(lines, None)
    if heading is None:
        raise Refused(_("Tệp không có dòng nào."), "file")
    places = _columns(heading[1])
    points = {fold(point.name): point for point in conference.points.select_related("unit")}
    known = set(Delegate.objects.filter(conference=conference).values_list("search", "contact"))
    new = []
    problems = []
    seen = {}
    same = 0
    rows = 0
    for number, cells in lines:
        rows += 1
        if rows > MOST_ROWS:
            raise Refused(
                _("Tệp có quá nhiều dòng: tối đa %s đại biểu mỗi lần.") % MOST_ROWS, "file"
            )
        typed = {
            key: _text(cells[place]) if place < len(cells) else "" for key, place in places.items()
        }
        kept = _checked(number, typed, points, problems)
        if kept is None:
            continue
        key = kept["search"], kept["contact"]
        if key in seen:
            problems.append(
                Problem(
                    number,
                    str(COLUMNS["name"][0]),
                    typed["name"][:80],
                    _("Trùng với dòng %s của tệp.") % seen[key],
                )
            )
        elif key in known:
            same += 1
        else:
            new.append(kept)
        seen.setdefault(key, number)
    return Invitees(
        rows, tuple(new), same, tuple(problems[:MOST_TOLD]), len(problems), _token(new, same)
    )


def _text(cell):
    """A cell as text: a spreadsheet keeps a telephone number as 912345678.0."""
    return clean(str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell))


def _columns(cells):
    """{column: place}; the heading is known by its words, with or without marks, or by its key."""
    named = {key: key for key in COLUMNS} | {
        fold(str(title)): key for key, (title, _how, _example) in COLUMNS.items()
    }
    with override("vi"):  # a list made in one language is read in the other too
        named |= {fold(str(title)): key for key, (title, _how, _example) in COLUMNS.items()}
    found = {}
    for place, cell in enumerate(cells):
        key = named.get(fold(cell))
        if key is None and str(cell).strip():
            raise Refused(
                _("Không rõ cột “%(column)s”. Các cột là: %(known)s.")
                % {
                    "column": str(cell)[:60],
                    "known": "; ".join(str(title) for title, _h, _e in COLUMNS.values()),
                },
                "file",
            )
        if key in found:
            raise Refused(_("Cột “%s” có hai lần.") % str(cell)[:60], "file")
        if key:
            found[key] = place
    if "name" not in found:
        raise Refused(_("Tệp thiếu cột “%s”.") % COLUMNS["name"][0], "file")
    return found


def _checked(number, typed, points, problems):
    """The fields as they are kept, or None with what is wrong added to the problems: every bad
    cell of the row, not only the first.
    """
    wrong = len(problems)
    good = dict(typed)

    def bad(key, message):
        problems.append(Problem(number, str(COLUMNS[key][0]), typed.get(key, "")[:80], message))

    point = points.get(fold(good.pop("point", "")))
    answer = fold(good.pop("entitled", ""))
    if typed.get("point") and point is None:
        bad("point", _("Hội nghị không có điểm cầu tên này."))
    if answer not in _YES | _NO:
        bad("entitled", _("Hãy ghi có hoặc không."))
    kept = None
    for _try in range(len(COLUMNS)):
        try:
            kept = checked_delegate(**good, entitled=answer not in _NO)
            break
        except Refused as refusal:
            bad(refusal.field, refusal.message)
            good[refusal.field] = "x" if refusal.field == "name" else ""
    return {**kept, "point": point} if len(problems) == wrong else None


def _token(new, same):
    """Stands for just this outcome: who would be written, in this order."""
    told = json.dumps(
        [
            [
                *(str(value) for key, value in row.items() if key != "point"),
                row["point"].pk if row["point"] else 0,
            ]
            for row in new
        ]
        + [same]
    )
    return hashlib.sha256(told.encode()).hexdigest()

"""What a cell of a table says, where text, a number or a day is meant; the same for every import.

Spreadsheets change what was typed: 00082 becomes 82, 1/3 a day, a telephone number 9.12E+08. What
is no longer there cannot be guessed, so such a cell is refused and the person told what to type.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from django.utils.translation import gettext as _

from danchu.kernel.csv_cells import unguarded
from danchu.kernel.days import VIETNAM, day_of, now, parse_day, parse_instant, show_day
from danchu.kernel.numbers import parse_count
from danchu.kernel.refusals import Refused
from danchu.kernel.telephones import telephone
from danchu.kernel.text import clean
from danchu.register.imports.sheet_process import FormulaError

# What a spreadsheet writes into a CSV for an error, a column too narrow, a number in scientific
# notation, and a day that it made of a fraction.
_ERROR = re.compile(
    r"#(DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!|FIELD!|GETTING_DATA)", re.IGNORECASE
)
_TOO_NARROW = re.compile(r"#{3,}")
_SCIENTIFIC = re.compile(r"-?[0-9](?:[.,][0-9]+)?E[+-][0-9]{1,3}", re.IGNORECASE)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|thg ?[0-9]{1,2})"
_DAY_MADE = re.compile(
    rf"[0-9]{{1,2}}-{_MONTH}(-[0-9]{{2,4}})?|{_MONTH}-[0-9]{{2,4}}|[0-9/-]{{8,10}} 0?0:00(:00)?",
    re.IGNORECASE,
)

MOST_DIGITS = 15
# Texts of at most this length are kept after they were read once.
LONGEST_KEPT = 40


@dataclass(frozen=True)
class ControlLetter:
    """A cell with a letter that nobody sees and that cannot be stored: the `text` without it, its
    `place` in the cell, counted from 1, and its `name` such as U+0001.
    """

    text: str
    place: int
    name: str

    def __str__(self):
        return self.text

    @property
    def message(self):
        return _(
            "Ô này có ký tự điều khiển %(name)s, mắt thường không thấy, ở vị trí thứ %(place)s. "
            "Hãy xóa ký tự ấy hoặc gõ lại ô."
        ) % {"name": self.name, "place": self.place}


def is_empty(cell):
    """Whether there is nothing in the cell but blanks."""
    return not isinstance(cell, FormulaError | ControlLetter) and not str(cell).strip()


def unnamed_columns(heading):
    """[index] of the columns of a table that have no name in its heading."""
    return [place for place, cell in enumerate(heading) if is_empty(cell)]


def check_headed(cells, width, unnamed):
    """Refused where a cell of a row stands behind the `width` columns of the heading, or in one of
    its `unnamed` columns: a separator within a cell moves what follows it there.
    """
    rest = [*cells[width:], *(cells[place] for place in unnamed if place < len(cells))]
    if not all(map(is_empty, rest)):
        raise Refused(_("Dòng này có nhiều ô hơn hàng tiêu đề. Hãy kiểm tra dấu phân cách."))


def shown(cell):
    """The cell as it is repeated to the person who sent it."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return clean(cell)


def text_of_cell(cell):
    """The text of a cell, in the form for storage of one line. Refused where the spreadsheet made
    something else of it.
    """
    if not isinstance(cell, str):
        raise _not_text(cell)
    return _short_text(cell) if len(cell) <= LONGEST_KEPT else _plain_text(cell)


def _plain_text(cell):
    text = clean(unguarded(clean(cell)))
    _check_unchanged(text)
    return text


# Codes, kinds and names of places stand in thousands of rows.
_short_text = lru_cache(maxsize=20_000)(_plain_text)


def count_of_cell(cell):
    """The whole number of a cell; 0 for an empty one. Refused for any other."""
    if isinstance(cell, FormulaError | ControlLetter):
        raise _not_text(cell)
    if isinstance(cell, bool | date | time | timedelta):
        raise Refused(_("Ô này phải là số nguyên."))
    if isinstance(cell, float):
        if not cell.is_integer():
            raise Refused(
                _(
                    "Ô này là số thập phân %s trong bảng tính, không phải số nguyên. Nếu là số "
                    "nghìn, hãy gõ liền các chữ số, ví dụ 12567."
                )
                % repr(cell)
            )
        cell = int(cell)
    if isinstance(cell, str) and cell.isascii() and cell.isdigit() and len(cell) <= MOST_DIGITS:
        return int(cell)
    text = clean(cell)
    if not text:
        return 0
    if _ERROR.fullmatch(text) or _TOO_NARROW.fullmatch(text) or _SCIENTIFIC.fullmatch(text):
        _check_unchanged(text)
    return parse_count(text)


def day_of_cell(cell):
    """The day of a cell: a day of the spreadsheet, or one as people type it. Refused otherwise."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, FormulaError | ControlLetter):
        raise _not_text(cell)
    if is_empty(cell):
        raise Refused(_("Hãy ghi ngày, ví dụ 12/12/2023."))
    return _typed_day(shown(cell))


# The days of a year stand in thousands of rows.
_typed_day = lru_cache(maxsize=4_000)(parse_day)
# What programs write: the hour before the day, seconds, milliseconds.
_HOUR_FIRST = re.compile(r"(\d{1,2}[:hH]\d{2})(?::\d{2})?[ ,]+(\S+)")
_SECONDS = re.compile(r"(\d{1,2}:\d{2}):\d{2}(?:[.,]\d{1,6})?")


def moment_of_cell(cell):
    """(day, instant) of a cell with a day and an hour; the instant is None where only a day was
    written. Refused otherwise, and in the future.
    """
    if isinstance(cell, datetime):
        instant = cell.replace(tzinfo=cell.tzinfo or VIETNAM)
    elif isinstance(cell, str) and re.search(r"\d[:hH]|gi\w", cell):
        text = _SECONDS.sub(r"\1", shown(cell))
        instant = parse_instant(_HOUR_FIRST.sub(r"\2 \1", text))
    else:
        return day_of_cell(cell), None
    if instant > now():
        raise Refused(_("Thời điểm này ở tương lai. Chỉ ghi việc đã diễn ra."))
    return day_of(instant), instant


def telephone_of_cell(cell):
    """The telephone number of a cell, "" for an empty one; a 0 that the spreadsheet took away is
    put back. Refused where that is not possible.
    """
    if isinstance(cell, int | float) and not isinstance(cell, bool) and float(cell).is_integer():
        return telephone(int(cell))
    return telephone(text_of_cell(cell))


def contact_of_cell(cell):
    """The text of a cell with a telephone number, also one that became a number, or an address of
    electronic mail.
    """
    is_number = isinstance(cell, int | float) and not isinstance(cell, bool)
    is_whole = is_number and float(cell).is_integer()
    return str(int(cell)) if is_whole else text_of_cell(cell)


def _check_unchanged(text):
    """Refused where a spreadsheet wrote something else than what was typed."""
    if _ERROR.fullmatch(text):
        raise _formula_refusal(text.upper())
    if _TOO_NARROW.fullmatch(text) or _SCIENTIFIC.fullmatch(text):
        raise Refused(
            _(
                "Bảng tính đã rút gọn ô này thành “%s”. Hãy định dạng ô là chữ (Text) rồi gõ lại "
                "đủ các chữ số."
            )
            % text[:20]
        )
    if _DAY_MADE.fullmatch(text):
        raise _made_day(text)


def _not_text(cell):
    if isinstance(cell, FormulaError):
        return _formula_refusal(cell)
    if isinstance(cell, ControlLetter):
        return Refused(cell.message)
    if isinstance(cell, bool):
        return Refused(
            _(
                "Ô này là giá trị đúng/sai (TRUE, FALSE) của bảng tính. Hãy định dạng ô là chữ "
                "(Text) rồi gõ lại."
            )
        )
    if isinstance(cell, date):
        return _made_day(show_day(cell))
    if isinstance(cell, time | timedelta):
        return _made_day(str(cell))
    return Refused(number_for_text())


def number_for_text():
    """The sentence for a number where text is meant: nobody knows whether zeros stood before it."""
    return _(
        "Ô này là số, nên số 0 đứng đầu có thể đã mất. Hãy định dạng ô là chữ (Text) rồi gõ lại."
    )


def _made_day(text):
    return Refused(
        _("Bảng tính đã đổi ô này thành ngày, giờ (%s). Hãy định dạng ô là chữ (Text) rồi gõ lại.")
        % text
    )


def _formula_refusal(error):
    return Refused(_("Ô này có lỗi công thức %s. Hãy sửa công thức hoặc gõ giá trị.") % error)

"""The form of a year's calendar: days off, exchanged days and days that make up, one a row, or
loaded from a CSV file.
"""

import csv
from dataclasses import dataclass
from datetime import date
from io import StringIO

from django.utils.translation import gettext as _

from danchu.kernel.addresses import number_in
from danchu.kernel.days import parse_day, show_day
from danchu.kernel.refusals import Refused
from danchu.kernel.text import clean, fold
from danchu.law.calendar import FIXED
from danchu.law.rule import MARKS
from danchu.law.words import DAY_WORDS

BLANK = 6
MOST_ROWS = 80
LONGEST_NAME = 120
MOST_BYTES = 100_000
COLUMNS = ("day", "kind", "name")


@dataclass
class Row:
    """A day as typed, and its error."""

    day: str = ""
    kind: str = "holiday"
    name: str = ""
    fault: str = ""

    @property
    def is_blank(self):
        return not self.day.strip() and not self.name.strip()


class YearForm:
    """The rows of a year and their legal basis; `days()` parses them and marks each invalid one."""

    def __init__(self, rows, basis="", mark="operator", seen=0):
        self.rows = rows
        self.basis = basis
        self.mark = mark
        self.seen = seen
        self.faults = {}

    @classmethod
    def of_version(cls, year, version, seen):
        """The days of a version; the holidays of fixed date where the year has none."""
        if version is None:
            fixed = [
                Row(show_day(date(year, month, day)), "holiday", str(name))
                for (month, day), name in FIXED.items()
            ]
            return cls([*fixed, *_blanks()])
        rows = [Row(show_day(day.day), day.kind, day.name) for day in version.days.order_by("day")]
        return cls([*rows, *_blanks()], version.basis, version.mark, seen)

    @classmethod
    def typed(cls, post):
        """The rows as typed, not parsed."""
        lists = [post.getlist(name) for name in COLUMNS]
        rows = [Row(*line) for line in zip(*lists, strict=False)]
        return cls(
            rows or _blanks(),
            post.get("basis", ""),
            post.get("mark", ""),
            number_in(post.get("seen"), 9) or 0,
        )

    def more(self):
        """Append BLANK empty rows."""
        self.rows = [row for row in self.rows if not row.is_blank] + _blanks()

    def load(self, file):
        """Replace the typed rows by those of a CSV file; Refused at `file` where it is invalid."""
        text = file.read(MOST_BYTES + 1)
        if len(text) > MOST_BYTES:
            raise Refused(_("Tệp lịch quá lớn. Một năm có vài chục dòng."), "file")
        try:
            lines = csv.DictReader(StringIO(text.decode("utf-8-sig"), newline=""))
            missing = [name for name in COLUMNS if name not in (lines.fieldnames or ())]
            rows = (
                []
                if missing
                else [Row(*((line[name] or "").strip() for name in COLUMNS)) for line in lines]
            )
        except (UnicodeDecodeError, csv.Error):
            raise Refused(_("Tệp không đọc được. Hãy lưu dạng CSV, mã UTF-8."), "file") from None
        if missing:
            raise Refused(_("Tệp thiếu cột: %s.") % ", ".join(missing), "file")
        if len(rows) > MOST_ROWS:
            raise Refused(_("Tệp có nhiều hơn %s dòng.") % MOST_ROWS, "file")
        words = {fold(word): kind for kind, word in DAY_WORDS.items()}
        for row in rows:
            row.kind = words.get(fold(row.kind), row.kind)
        self.rows = rows + _blanks()

    def days(self):
        """[(day, kind, name)] of the rows that are not blank; Refused where one is invalid, whose
        row then has its error.
        """
        days = []
        number = sum(not row.is_blank for row in self.rows)
        if number > MOST_ROWS:
            raise Refused(
                _("Một năm có nhiều nhất %(most)s dòng, ở đây có %(number)s.")
                % {"most": MOST_ROWS, "number": number},
                "days",
            )
        for row in self.rows:
            if row.is_blank:
                continue
            faults = []
            try:
                days.append((parse_day(row.day), row.kind, row.name))
            except Refused as refusal:
                faults.append(str(refusal.message))
            if row.kind not in DAY_WORDS:
                faults.append(_("Hãy chọn loại ngày."))
            if not clean(row.name):
                faults.append(_("Hãy ghi tên ngày."))
            if len(clean(row.name)) > LONGEST_NAME:
                faults.append(_("Tên dài quá %s ký tự. Hãy rút gọn.") % LONGEST_NAME)
            row.fault = " ".join(faults)
        if any(row.fault for row in self.rows):
            raise Refused(
                _(
                    "Có dòng chưa đúng: hãy sửa các dòng được đánh dấu. Những gì đã gõ "
                    "vẫn còn nguyên."
                ),
                "days",
            )
        return days

    def refuse(self, refusal):
        """Store a refusal, and those that came with it, by the field each names."""
        for one in refusal.every:
            self.faults[one.field or "days"] = one.message

    @property
    def fault(self):
        """The error of the form as a whole."""
        return next(
            (text for field, text in self.faults.items() if field not in ("basis", "file")), ""
        )

    @property
    def marks(self):
        return MARKS


def _blanks():
    return [Row() for _number in range(BLANK)]

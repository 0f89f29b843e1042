"""Parses a reorganisation file (docs/reorganise.md) and checks its format, without the database."""

import re
import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal, overload

from django.utils.translation import gettext as _

from danchu.kernel.chronicle import LEVELS
from danchu.kernel.lines import line_refusals
from danchu.kernel.refusals import Refused, all_refusals
from danchu.kernel.text import clean
from danchu.units.kinds import KINDS_OF, BodyKind
from danchu.units.plan_entries import (
    Beginning,
    Ending,
    Line,
    NewBody,
    Plan,
    StandingChange,
    SuccessionEntry,
)

LARGEST = 20 * 1024 * 1024  # bytes
EARLIEST = 1945  # the earliest year accepted
LONGEST = {"number": 60, "name": 200}  # characters
LONGEST_OTHERS = 2000
CODE_LENGTH = {"province": 2, "district": 3, "commune": 5}
ALLOWED = {
    "decree": {"number", "title", "issued_on", "source"},
    "ends": {"unit"},
    "begins": {"key", "level", "kind", "name", "code", "parent"},
    "standings": {"unit", "kind", "name", "code", "parent"},
    "successions": {"before", "after", "share", "basis"},
    "bodies": {"unit", "kind", "name", "from"},
}


def read_plan(path: str | Path) -> Plan:
    """The plan in the file. Refused, naming the line or the entry, when the file cannot be read or
    is not in the format of a plan.
    """
    try:
        if Path(path).stat().st_size > LARGEST:
            raise Refused(_("Tệp lớn hơn 20 MB."))
        raw = Path(path).read_bytes()
    except OSError as error:
        raise Refused(
            _("Không đọc được tệp {path}: {why}.").format(path=path, why=error.strerror or error)
        ) from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise Refused(_("Dòng {line}: tệp không phải là UTF-8.").format(line=line)) from None
    return parse_plan(text)


def parse_plan(text: str) -> Plan:
    """The plan in the text of a file. Refused as `read_plan`."""
    try:
        tables = tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        position = re.search(r"line (\d+)", str(error))
        line = position.group(1) if position else "?"
        raise Refused(
            _("Dòng {line}: tệp sai cú pháp TOML ({why}).").format(line=line, why=error)
        ) from None
    return _Reader(text, tables).plan()


class _Reader:
    """Turns the tables of a file into a Plan. `lines` holds the line numbers of each table's
    entries, for messages.
    """

    def __init__(self, text: str, tables: dict[str, Any]) -> None:
        self.text = text
        self.tables = tables
        self.lines: dict[str, list[int]] = {}
        for number, row in enumerate(text.splitlines(), start=1):
            head = re.match(r"\s*\[\[\s*([\w-]+)\s*\]\]", row)
            if head:
                self.lines.setdefault(head.group(1), []).append(number)

    def plan(self) -> Plan:
        unknown = self.tables.keys() - ALLOWED.keys() - {"on"}
        if unknown:
            raise Refused(_("Tệp có mục lạ: {names}.").format(names=", ".join(sorted(unknown))))
        decree = self.tables.get("decree")
        if not isinstance(decree, dict) or decree.keys() - ALLOWED["decree"]:
            raise Refused(
                _("Mục [decree] thiếu, hoặc có tên khác number, title, issued_on, source.")
            )
        readers: dict[str, Callable[[Line, dict[str, Any]], Any]] = {
            "ends": lambda line, row: Ending(line, self.text_of(row, "unit", line)),
            "begins": self.beginning,
            "standings": self.standing_change,
            "successions": self.succession,
            "bodies": self.body,
        }
        values: dict[str, Any] = {}
        with all_refusals() as rule:
            with rule():
                values |= self.head(decree)
            for table, read in readers.items():
                with rule():
                    values[table] = self.entries(table, read)
        plan = Plan(**values, text=self.text)
        if not (plan.ends or plan.begins or plan.standings or plan.bodies):
            raise Refused(
                _(
                    "Tệp không có thay đổi nào: cần ít nhất một mục [[ends]], [[begins]], "
                    "[[standings]] hoặc [[bodies]]."
                )
            )
        return plan

    def head(self, decree: Mapping[str, Any]) -> dict[str, Any]:
        """The decree and the day of the map, by the names of Plan."""
        return {
            "number": self.text_of(decree, "number", "[decree]"),
            "title": self.text_of(decree, "title", "[decree]", required=False),
            "issued_on": self.day(decree, "issued_on", "[decree]", required=False),
            "source": self.text_of(decree, "source", "[decree]", required=False),
            "on": self.day(self.tables, "on", _("đầu tệp")),
        }

    def entries(self, table: str, read: Callable[[Line, dict[str, Any]], Any]) -> list[Any]:
        """What `read` makes of each entry of a table. Refused with every entry that is wrong, whose
        sentence names its line.
        """
        entries = []
        with line_refusals("%(why)s") as entry:
            for line, row in self.rows(table):
                with entry(line.number):
                    unknown = row.keys() - ALLOWED[table]
                    if unknown:
                        raise Refused(
                            _("{line}: có tên lạ {names}.").format(
                                line=line, names=", ".join(sorted(unknown))
                            )
                        )
                    entries.append(read(line, row))
        return entries

    def rows(self, table: str) -> Iterator[tuple[Line, dict[str, Any]]]:
        """(place, entry) of each entry of a table. Refused where that is no table."""
        rows = self.tables.get(table, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise Refused(
                _("Mục {table} phải viết là [[{table}]], mỗi mục một lần.").format(table=table)
            )
        numbers = self.lines.get(table, [])
        for at, row in enumerate(rows, start=1):
            yield Line(numbers[at - 1] if at <= len(numbers) else 1, table, at), row

    def text_of(
        self, row: Mapping[str, Any], name: str, place: object, required: bool = True
    ) -> str:
        """A text of an entry, cleaned; the id of a unit may be written as a number. Refused where
        it is not a text, missing though required, or too long.
        """
        value = row.get(name, "")
        is_reference = name in ("unit", "before", "after", "parent")
        if is_reference and isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str):
            raise Refused(
                _("{place}: {name} phải đặt trong dấu nháy.").format(place=place, name=name)
            )
        value = clean(value)
        if required and not value:
            raise Refused(_("{place}: thiếu {name}.").format(place=place, name=name))
        if len(value) > LONGEST.get(name, LONGEST_OTHERS):
            raise Refused(_("{place}: {name} quá dài.").format(place=place, name=name))
        return value

    @overload
    def day(self, row: Mapping[str, Any], name: str, place: object) -> date: ...

    @overload
    def day(
        self, row: Mapping[str, Any], name: str, place: object, required: Literal[False]
    ) -> date | None: ...

    def day(
        self, row: Mapping[str, Any], name: str, place: object, required: bool = True
    ) -> date | None:
        """A day of an entry; None only where it is not required. Refused where it is no day."""
        value = row.get(name)
        if value is None and not required:
            return None
        if not isinstance(value, date) or isinstance(value, datetime):
            raise Refused(
                _("{place}: {name} phải là một ngày, viết 2027-04-01 không có dấu nháy.").format(
                    place=place, name=name
                )
            )
        if value.year < EARLIEST:
            raise Refused(
                _("{place}: {name} phải từ năm 1945 trở đi.").format(place=place, name=name)
            )
        return value

    def choice(
        self, row: Mapping[str, Any], name: str, place: object, choices: Collection[str]
    ) -> str:
        """A text of an entry. Refused where it is not one of the choices."""
        value = self.text_of(row, name, place)
        if value not in choices:
            raise Refused(
                _("{place}: {name} “{value}” không có trong danh mục: {choices}.").format(
                    place=place, name=name, value=value, choices=", ".join(sorted(choices))
                )
            )
        return value

    def beginning(self, line: Line, row: Mapping[str, Any]) -> Beginning:
        level = self.choice(row, "level", line, set(LEVELS[1:]))
        key = self.text_of(row, "key", line)
        code = self.code(row, line, level)
        if key.isdecimal() or "@" in key:
            raise Refused(
                _("{line}: key “{key}” phải có chữ và không có @.").format(line=line, key=key)
            )
        return Beginning(
            line,
            key,
            level,
            self.choice(row, "kind", line, KINDS_OF[level]),
            self.text_of(row, "name", line),
            code,
            self.text_of(row, "parent", line),
        )

    def code(self, row: Mapping[str, Any], line: Line, level: str) -> str:
        """The code of a unit that begins; a village may have none. Refused where it does not have
        as many digits as the level requires.
        """
        code = self.text_of(row, "code", line, required=level in CODE_LENGTH)
        length = CODE_LENGTH.get(level)
        if length and not re.fullmatch(rf"[0-9]{{{length}}}", code):
            raise Refused(
                _("{line}: mã “{code}” phải có đúng {length} chữ số.").format(
                    line=line, code=code, length=length
                )
            )
        return code

    def standing_change(self, line: Line, row: Mapping[str, Any]) -> StandingChange:
        changes = {
            name: self.text_of(row, name, line, required=False)
            for name in ("kind", "name", "code", "parent")
        }
        if not any(changes.values()):
            raise Refused(
                _("{line}: cần ít nhất một trong name, code, kind, parent.").format(line=line)
            )
        return StandingChange(line, self.text_of(row, "unit", line), **changes)

    def succession(self, line: Line, row: Mapping[str, Any]) -> SuccessionEntry:
        share_text = self.text_of(row, "share", line, required=False)
        if share_text and not re.fullmatch(r"[1-9]\d{0,17}/[1-9]\d{0,17}|1", share_text):
            raise Refused(
                _(
                    "{line}: tỷ lệ “{share}” phải viết dạng phân số như 1/2, hoặc bỏ "
                    "trống khi chưa thống nhất."
                ).format(line=line, share=share_text)
            )
        share = Fraction(share_text) if share_text else None
        if share is not None and share > 1:
            raise Refused(_("{line}: tỷ lệ lớn hơn 1.").format(line=line))
        return SuccessionEntry(
            line,
            self.text_of(row, "before", line),
            self.text_of(row, "after", line),
            share,
            self.text_of(row, "basis", line, required=False),
        )

    def body(self, line: Line, row: Mapping[str, Any]) -> NewBody:
        origins = row.get("from")
        if origins is not None and not (
            isinstance(origins, list) and all(isinstance(origin, str) for origin in origins)
        ):
            raise Refused(
                _("{line}: from phải là danh sách đơn vị trong dấu nháy.").format(line=line)
            )
        return NewBody(
            line,
            self.text_of(row, "unit", line),
            self.choice(row, "kind", line, set(BodyKind.values)),
            self.text_of(row, "name", line),
            None if origins is None else tuple(origins),
        )

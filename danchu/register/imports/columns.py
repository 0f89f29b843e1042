"""The columns of a table of events: their keys, headings and explanations."""

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noted

from danchu.kernel.refusals import Refused
from danchu.kernel.text import fold
from danchu.register.kinds import KINDS
from danchu.register.models import NUMBERS
from danchu.register.words import FORM_WORDS, NUMBER_WORDS


@dataclass(frozen=True)
class Column:
    """`vi` is the heading people may write instead of the key; `help` says what to write in it."""

    key: str
    vi: str
    help: str
    example: str = ""
    needed: bool = False


def in_vietnamese(word):
    """The word in Vietnamese, whatever language is active."""
    with translation.override("vi"):
        return str(word)


_NUMBER_HELP = noted("Số nguyên từ 0, viết 12567 hoặc 12.567; để trống là 0.")
COLUMNS = {
    column.key: column
    for column in (
        Column(
            "reference",
            noted("Số hiệu"),
            noted(
                "Số của việc trong sổ của đơn vị, không trùng; nhập lại cùng số thì không ghi thêm."
            ),
            "GS-01/2026",
            True,
        ),
        Column(
            "kind",
            noted("Loại việc"),
            noted("Mã hoặc tên loại việc, xem bảng các loại việc."),
            "Giám sát theo Quyết định 217",
            True,
        ),
        Column(
            "form",
            noted("Hình thức"),
            noted("Mã hoặc tên hình thức của loại việc; có thể để trống."),
            "Đoàn giám sát",
        ),
        Column(
            "held_on",
            noted("Ngày"),
            noted("Ngày tổ chức, viết 12/12/2023 hoặc 2023-12-12."),
            "03/03/2026",
            True,
        ),
        Column(
            "unit_code",
            noted("Mã đơn vị"),
            noted("Mã đơn vị hành chính có hiệu lực vào ngày tổ chức, đủ số 0 đứng đầu."),
            "00070",
            True,
        ),
        Column(
            "unit_name",
            noted("Nơi"),
            noted("Tên đơn vị, để đối chiếu với mã; cần ghi khi mã có thể đã mất số 0 đứng đầu."),
            "",
        ),
        Column(
            "body",
            noted("Cơ quan thực hiện"),
            noted("Mã loại cơ quan hoặc tên cơ quan của đơn vị; có thể để trống."),
            "",
        ),
        Column(
            "title",
            noted("Nội dung"),
            noted("Tên việc, tối đa 300 ký tự; không ghi thông tin cá nhân."),
            "Giám sát thu, chi các quỹ",
            True,
        ),
        Column("place", noted("Địa điểm"), noted("Nơi tổ chức; có thể để trống."), "Nhà văn hóa"),
        *(
            Column(
                name,
                in_vietnamese(NUMBER_WORDS[name]),
                _NUMBER_HELP,
                "45" if name == "participants" else "",
            )
            for name in NUMBERS
        ),
        Column("note", noted("Ghi chú"), noted("Chỉ cán bộ có quyền đọc được."), ""),
    )
}
# Columns of the desk's exported list that repeat others.
IGNORED_COLUMNS = {"trang thai"}
_BY_NAME = {
    fold(name): column.key
    for column in COLUMNS.values()
    for name in (column.key.replace("_", " "), column.vi)
}
_BY_NAME["ngay to chuc"] = "held_on"
KIND_NAMES = {
    fold(name): kind.key for kind in KINDS.values() for name in (kind.key, kind.vi, kind.en)
}
FORM_NAMES = {
    kind.key: {
        fold(name): form for form in kind.forms for name in (form, in_vietnamese(FORM_WORDS[form]))
    }
    for kind in KINDS.values()
}


def read_heading(cells):
    """[column key, or None to skip] of a heading row; Refused, on `file`, when a column is unknown,
    repeated or missing.
    """
    keys = [_key(cell, number) for number, cell in enumerate(cells, 1)]
    known_keys = [key for key in keys if key]
    twice = next((key for key in known_keys if known_keys.count(key) > 1), None)
    if twice:
        raise Refused(_("Cột “%s” có hai lần. Hãy bỏ một cột.") % twice, "file")
    missing = [
        f"{c.key} ({_(c.vi)})" for c in COLUMNS.values() if c.needed and c.key not in known_keys
    ]
    if missing:
        raise Refused(_("Thiếu cột: %s. Hãy dùng tệp mẫu.") % ", ".join(missing), "file")
    return keys


def _key(cell, number):
    name = fold(str(cell))
    if not name or name in IGNORED_COLUMNS:
        return None
    if name not in _BY_NAME:
        message = _(
            "Cột thứ %(number)s “%(name)s” không có trong mẫu. Hãy bỏ cột này hoặc sửa tên cột."
        )
        raise Refused(message % {"number": number, "name": str(cell)[:40]}, "file")
    return _BY_NAME[name]

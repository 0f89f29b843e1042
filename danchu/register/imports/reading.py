"""Reads a CSV or XLSX file as numbered rows of cells, one after another."""

import codecs
import csv
import io
import re

import python_calamine
from django.utils.translation import gettext as _

from danchu.kernel.refusals import Refused
from danchu.papers.media import XLSX, media_of
from danchu.papers.names import clean_name

csv.field_size_limit(1_000_000)
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f]")


def read_rows(file, name):
    """Yields (number in the file, cells) of each row that is not empty, the heading first; Refused,
    on `file`, when the file cannot be read.
    """
    file.seek(0)
    head = file.read(65536)
    file.seek(0)
    packed = head.startswith(b"PK\x03\x04")
    if packed and media_of(file, clean_name(name)) is not XLSX:
        raise Refused(_("Chỉ nhận tệp CSV hoặc XLSX."), "file")
    if not packed and (name.lower().endswith((".xlsx", ".xls")) or not _may_be_text(head)):
        raise Refused(
            _(
                "Tệp này không phải là CSV hay XLSX. Hãy mở bằng phần mềm bảng tính và "
                "lưu lại dạng XLSX."
            ),
            "file",
        )
    file.seek(0)
    for number, cells in _sheet(file) if packed else _text(file, head):
        if any(str(cell).strip() for cell in cells):
            yield number, cells


def _may_be_text(head):
    return head.startswith(UTF_16) or not (
        _CONTROL.search(head) or head.startswith((b"%PDF", b"MZ"))
    )


def _sheet(file):
    try:
        sheet = python_calamine.CalamineWorkbook.from_filelike(file).get_sheet_by_index(0)
    except (python_calamine.CalamineError, OSError, ValueError, IndexError):
        raise Refused(
            _("Không mở được bảng tính. Hãy bỏ mật khẩu, lưu lại dạng XLSX rồi gửi."), "file"
        ) from None
    first = sheet.start[0] if sheet.start else 0
    yield from enumerate(sheet.iter_rows(), first + 1)


def _text(file, head):
    encoding = _encoding(head)
    stream = io.TextIOWrapper(file, encoding=encoding, newline="")
    try:
        yield from _lines(stream, _delimiter(head.decode(encoding, "ignore")))
    finally:
        if not file.closed:
            stream.detach()


def _encoding(head):
    return "utf-16" if head.startswith(UTF_16) else "utf-8-sig"


def _delimiter(head):
    line = head.splitlines()[0] if head.splitlines() else ""
    return max(",;\t", key=line.count)


def _lines(stream, delimiter):
    reader = csv.reader(stream, delimiter=delimiter, strict=True)
    number = 1
    try:
        for cells in reader:
            yield number, cells
            number = reader.line_num + 1
    except UnicodeDecodeError:
        message = _(
            "Từ dòng %s tệp không viết bằng Unicode (UTF-8). Hãy lưu lại bằng lựa chọn "
            "“CSV UTF-8” rồi gửi."
        )
        raise Refused(message % number, "file") from None
    except csv.Error:
        raise Refused(
            _("Dòng %s có dấu nháy kép không đóng hoặc ô quá dài. Hãy sửa dòng này.") % number,
            "file",
        ) from None

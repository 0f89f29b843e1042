"""Reads a CSV or XLSX file as numbered rows of cells, one after another."""

import codecs
import csv
import io
import json
import re
import shutil
import subprocess
import sys
import tempfile

from django.utils.translation import gettext as _

from danchu.kernel.numbers import show_number
from danchu.kernel.refusals import Refused
from danchu.kernel.text import normal, unstorable_letter
from danchu.papers.names import clean_name
from danchu.register.imports import sheet_process
from danchu.register.imports.typed_cells import ControlLetter
from danchu.register.imports.workbook import check_workbook

csv.field_size_limit(1_000_000)
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# What reading a workbook may take. 100,000 rows of 12 cells may take 398 MiB, and take under 160.
LEAST_MEMORY = 128 * 1024 * 1024
MEMORY_PER_BYTE = 64
# Seconds of processor time; a MiB of packed cells takes about one.
LEAST_SECONDS = 30
SECONDS_PER_MIB = 3
MOST_COLUMNS = 1_000
LONGEST_LINE = 1_000_000
# How an archive begins whose first part is the type of an OpenDocument (ODF 1.3, part 2, 3.3),
# but for one that says there that it is a text or a book.
_OPEN_DOCUMENT = re.compile(
    rb"PK\x03\x04.{26}mimetype(?!.{0,40}(?:opendocument\.text|epub))", re.DOTALL
)
# The first line by which a CSV tells Excel what parts its cells; it is no row.
_SEPARATOR = re.compile(r'"?sep=([,;|\t])"?[,;|\t ]*', re.I)
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f]")
# A text may hold some letters that nobody sees; a file with more, and more than one in so many
# bytes, is no text.
MOST_CONTROLS = 8
BYTES_FOR_EACH_CONTROL = 20
# How files begin that are no text: PDF, programs, pictures, archives, documents of older programs.
_NO_TEXT = (
    *(b"%PDF", b"MZ", b"\x7fELF", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b", b"Rar!"),
    *(b"7z\xbc\xaf", b"\xd0\xcf\x11\xe0"),
)


def read_rows(file, name):
    """Yields (number in the file, cells) of each row that is not empty, the heading first; texts in
    the form of `kernel.text.normal`, formula errors as FormulaError, texts with a letter that
    cannot be stored as ControlLetter. Refused, on `file`, when the file cannot be read, and for
    such a letter in the heading.
    """
    file.seek(0)
    head = file.read(65536)
    file.seek(0)
    packed = head.startswith(b"PK\x03\x04")
    if _OPEN_DOCUMENT.match(head) or name.lower().endswith(".fods"):
        raise Refused(
            _(
                "Tệp “%(name)s” là bảng tính OpenDocument (ODS), loại LibreOffice ghi; chỗ này "
                "đọc XLSX và CSV. Hãy mở tệp bằng LibreOffice, chọn Lưu thành (Save As), chọn "
                "loại “Excel 2007–365 (.xlsx)” rồi gửi tệp vừa lưu."
            )
            % {"name": clean_name(name)},
            "file",
        )
    if packed:
        check_workbook(file, clean_name(name))
    if not packed and (name.lower().endswith((".xlsx", ".xls")) or not _may_be_text(head)):
        raise Refused(
            _(
                "Tệp này không phải là CSV hay XLSX. Hãy mở bằng phần mềm bảng tính và "
                "lưu lại dạng XLSX."
            ),
            "file",
        )
    file.seek(0)
    is_heading = True
    for number, cells in _sheet(file) if packed else _text(file, head):
        if any(str(cell).strip() for cell in cells):
            stored = [_storable(cell) for cell in cells]
            if is_heading:
                _check_heading(number, stored)
            is_heading = False
            yield number, stored


def _storable(cell):
    """The cell as it may be stored; a ControlLetter where a letter of its text may not."""
    if not isinstance(cell, str):
        return cell
    if cell.isprintable():
        return normal(cell)
    letter = unstorable_letter(cell)
    return ControlLetter(normal(cell), *letter) if letter else normal(cell)


def _check_heading(number, cells):
    for place, cell in enumerate(cells, 1):
        if isinstance(cell, ControlLetter):
            raise Refused(
                _("Hàng tiêu đề, dòng %(row)s, cột thứ %(column)s: %(message)s")
                % {"row": number, "column": place, "message": cell.message},
                "file",
            )


def _may_be_text(head):
    if head.startswith(UTF_16):
        return True
    controls = len(_CONTROL.findall(head))
    is_binary = controls > MOST_CONTROLS and controls * BYTES_FOR_EACH_CONTROL > len(head)
    return not (is_binary or head.startswith(_NO_TEXT))


def _sheet(file):
    """The rows of the first sheet that is not hidden, read in a process of its own under limits of
    memory and time.
    """
    with tempfile.TemporaryFile() as copy, tempfile.TemporaryFile() as output:
        shutil.copyfileobj(file, copy)
        length = copy.tell()
        most_bytes = LEAST_MEMORY + MEMORY_PER_BYTE * length
        most_seconds = LEAST_SECONDS + SECONDS_PER_MIB * (length >> 20)
        copy.seek(0)
        done = subprocess.run(
            [sys.executable, "-I", sheet_process.__file__, str(most_bytes), str(most_seconds)],
            stdin=copy,
            stdout=output,
            stderr=subprocess.DEVNULL,
        )
        if done.returncode == sheet_process.UNREADABLE:
            raise Refused(
                _("Không mở được bảng tính. Hãy bỏ mật khẩu, lưu lại dạng XLSX rồi gửi."), "file"
            )
        if done.returncode == sheet_process.NOTHING_SEEN:
            raise Refused(
                _("Mọi trang tính của tệp đều bị ẩn. Hãy bỏ ẩn trang cần nhập rồi gửi."), "file"
            )
        if done.returncode == sheet_process.PARTLY_HIDDEN:
            raise Refused(
                _(
                    "Trang tính đầu tiên có dòng hoặc cột bị ẩn (có thể do đang lọc). Hãy bỏ lọc, "
                    "bỏ ẩn, hoặc chép riêng phần cần nhập sang một tệp mới rồi gửi."
                ),
                "file",
            )
        if done.returncode:
            raise Refused(
                _(
                    "Bảng tính trải rộng quá nhiều ô, có thể vì một ô ở rất xa bị gõ nhầm. "
                    "Hãy chép riêng phần có dữ liệu sang một tệp mới rồi gửi, hoặc lưu dạng "
                    "CSV UTF-8."
                ),
                "file",
            )
        output.seek(0)
        for line in output:
            number, cells = json.loads(line)
            yield number, [sheet_process.restored(cell) for cell in cells]


def _text(file, head):
    encoding = _encoding(head)
    stream = io.TextIOWrapper(file, encoding=encoding, newline="")
    line = re.split(r"[\r\n]", head.decode(encoding, "ignore"), maxsplit=1)[0]
    declared = _SEPARATOR.fullmatch(line)
    try:
        if declared:
            stream.readline(LONGEST_LINE)
        yield from _lines(stream, declared[1] if declared else _delimiter(line), bool(declared))
    finally:
        if not file.closed:
            stream.detach()


def _encoding(head):
    return "utf-16" if head.startswith(UTF_16) else "utf-8-sig"


def _delimiter(line):
    return max(",;\t", key=line.count)


def _lines(stream, delimiter, lines_before):
    reader = csv.reader(_bounded_lines(stream), delimiter=delimiter, strict=True)
    number = 1 + lines_before
    try:
        for cells in reader:
            if len(cells) > MOST_COLUMNS:
                raise _too_wide(number)
            yield number, cells
            number = reader.line_num + 1 + lines_before
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


def _bounded_lines(stream):
    """The lines of a stream; Refused at one so long that its cells would fill the memory."""
    number = 1
    while line := stream.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            raise _too_wide(number)
        yield line
        number += 1


def _too_wide(number):
    return Refused(
        _("Dòng %(number)s dài quá hoặc có hơn %(most)s cột. Hãy xóa các cột trống rồi gửi lại.")
        % {"number": number, "most": show_number(MOST_COLUMNS)},
        "file",
    )

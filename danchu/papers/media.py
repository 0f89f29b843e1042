"""Detects the media type of a file from its content; its name must not contradict it.

Only passive types that look the same to every reader are accepted: no HTML, SVG, scripts, programs
or macros.
"""

import codecs
import re
import zipfile
from dataclasses import dataclass
from enum import Enum
from typing import BinaryIO

import puremagic
from django.utils.translation import gettext as _

from danchu.kernel.refusals import Refused
from danchu.papers.store import chunks

HEAD = 4096
# The directory of an archive is read whole; that of an office document takes some kilobytes.
DIRECTORY_MOST = 1024 * 1024
LONGEST_END = 22 + 65_535  # the end record of an archive with the longest comment
# Entries of a directory are counted where they stand: its end record, of which there may be two,
# says any number. An office document has some dozens.
ENTRY = b"PK\x01\x02"
MOST_ENTRIES = 10_000
OFFICE = "application/vnd.openxmlformats-officedocument."


class Other(Enum):
    """Why a file is not accepted, beside the Reasons of the cleaner."""

    CUT = "cut"  # its end is missing
    KIND = "kind"  # not one of the types, or not readable as one
    ENDING = "ending"  # its name says another type


class NotAccepted(Refused):
    """A file that is not accepted, on "file". `reason` is an Other or the exit code of the cleaner:
    whoever takes only some types has other advice to give.
    """

    def __init__(self, message: object, reason: Other | int) -> None:
        super().__init__(message, "file")
        self.reason = reason


@dataclass(frozen=True)
class Media:
    """A media type: its `name`, the file name extensions it may have, and the `word` for it."""

    name: str
    endings: tuple[str, ...]
    word: str


PDF = Media("application/pdf", ("pdf",), "PDF")
PNG = Media("image/png", ("png",), "PNG")
JPEG = Media("image/jpeg", ("jpg", "jpeg", "jpe", "jfif"), "JPEG")
DOCX = Media(f"{OFFICE}wordprocessingml.document", ("docx",), "DOCX")
XLSX = Media(f"{OFFICE}spreadsheetml.sheet", ("xlsx",), "XLSX")
ODT = Media("application/vnd.oasis.opendocument.text", ("odt",), "ODT")
ODS = Media("application/vnd.oasis.opendocument.spreadsheet", ("ods",), "ODS")
TEXT = Media("text/plain", ("txt", "csv", "tsv", "md"), "TXT, CSV")
CUT = Media("", (), "")
ALLOWED = (PDF, PNG, JPEG, DOCX, XLSX, ODT, ODS, TEXT)

_MAGIC = {media.name: media for media in (PDF, PNG, JPEG)}
_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
_OPEN_DOCUMENT = {media.name.encode(): media for media in (ODT, ODS)}
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f]")
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Prefixes of text that a reader's computer would execute or render instead of display.
_RUN = (b"<", b"#!", b"%!", b"{\\rtf", b"MZ", b"From ", b"@echo")


def media_of(file, name):
    """The Media of an open file. Refused, on "file", when its content is truncated or of a type
    that is not accepted, or when the extension of `name` belongs to another type.
    """
    detected = _by_content(file)
    if detected is CUT:
        raise NotAccepted(
            _(
                "Tệp “%(name)s” bị cắt giữa chừng, không có phần cuối. Hãy lưu hoặc quét "
                "lại rồi gửi."
            )
            % {"name": name},
            Other.CUT,
        )
    if detected is None:
        allowed = ", ".join(media.word for media in ALLOWED)
        raise NotAccepted(
            _("Nội dung tệp “%(name)s” không thuộc loại được nhận. Hãy gửi tệp %(allowed)s.")
            % {"name": name, "allowed": allowed},
            Other.CUT if is_cut_archive(file) else Other.KIND,
        )
    ending = name.rpartition(".")[2].lower()
    if ending not in detected.endings:
        raise NotAccepted(
            _("Tệp “%(name)s” thực ra là %(word)s. Hãy lưu lại đúng loại rồi gửi.")
            % {"name": name, "word": detected.word},
            Other.ENDING,
        )
    return detected


def _by_content(file):
    """The detected Media, CUT for a truncated file, None for a type that is not accepted."""
    file.seek(0)
    head = file.read(HEAD)
    if head.startswith(b"PK\x03\x04"):
        return _media_of_archive(file)
    try:
        matches = {match.mime_type for match in puremagic.magic_string(head)}
    except (puremagic.PureError, ValueError):  # ValueError: an empty file
        matches = set()
    for name, media in _MAGIC.items():
        if name in matches:
            return media if _whole(file, media) else CUT
    return TEXT if _is_text(file, head) else None


def _whole(file, media):
    """Whether a PDF or PNG has its end marker: a truncated scan is no evidence."""
    if media is JPEG:
        return True
    file.seek(0, 2)
    file.seek(max(0, file.tell() - 4096))
    return (b"%%EOF" if media is PDF else b"IEND") in file.read()


def _media_of_archive(file):
    """The Media of an office document, by its parts; None for any other archive, one with macros or
    programs, and one whose directory exceeds DIRECTORY_MOST. What its parts unpack to is seen where
    they are read (cleaning/archive.py); the sizes that it declares are not believed.
    """
    if _is_too_large(file):
        return None
    try:
        with zipfile.ZipFile(file) as pack:
            entries = {entry.filename: entry for entry in pack.infolist()}
            if any(
                name.lower().endswith(("vbaproject.bin", ".exe", ".js", ".vbs")) for name in entries
            ):
                return None
            if "[Content_Types].xml" in entries:
                return next((media for part, media in _PARTS.items() if part in entries), None)
            if "mimetype" in entries and entries["mimetype"].file_size < 100:
                return _OPEN_DOCUMENT.get(pack.read("mimetype"))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError):
        return None  # ValueError: names that are not text
    return None


def is_cut_archive(file: BinaryIO) -> bool:
    """Whether the file begins as an archive whose directory, which stands at its end, cannot be
    read.
    """
    file.seek(0)
    if file.read(4) != b"PK\x03\x04" or _is_too_large(file):
        return False
    try:
        with zipfile.ZipFile(file):
            return False
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError):
        return True


def _is_too_large(file):
    """Whether listing the directory of an archive would take more than an office document needs."""
    return _directory_size(file) > DIRECTORY_MOST or _number_of_entries(file) > MOST_ENTRIES


def _number_of_entries(file):
    """How often an entry of a directory begins in the file; packed bytes hardly ever do so."""
    number = 0
    rest = b""
    for chunk in chunks(file):
        piece = rest + chunk
        number += piece.count(ENTRY)
        rest = piece[1 - len(ENTRY) :]
    return number


def _directory_size(file):
    """The bytes between the first entry of an archive's directory and the end of the file, at most;
    0 where it has none.
    """
    length = file.seek(0, 2)
    file.seek(max(0, length - LONGEST_END))
    end = file.read()
    place = end.rfind(b"PK\x05\x06")
    if place < 0 or len(end) < place + 22:
        return 0
    return int.from_bytes(end[place + 12 : place + 16], "little")


def _is_text(file, head):
    """Whether the whole file is passive text in UTF-8, or in UTF-16 with a byte order mark as
    spreadsheets write it.
    """
    encoding = "utf-16" if head.startswith(_UTF_16) else "utf-8"
    decoder = codecs.getincrementaldecoder(encoding)()
    if (
        head.decode(encoding, "ignore")
        .encode()
        .removeprefix(b"\xef\xbb\xbf")
        .lstrip()
        .startswith(_RUN)
    ):
        return False
    try:
        for chunk in chunks(file):
            if _CONTROL.search(decoder.decode(chunk).encode("utf-8", "replace")):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True

"""What a file is, told by its content; what it is called must not say otherwise.

Only kinds that show the same to every reader and run nothing are kept: no HTML, SVG, scripts,
programs or macros.
"""

import codecs
import re
import zipfile
from dataclasses import dataclass

import puremagic
from django.utils.translation import gettext as _

from danchu.kernel.refusals import Refused
from danchu.papers.store import chunks

HEAD = 4096
# A table or minutes unpacked beyond this is not what an office makes.
UNPACKED_MOST = 512 * 1024 * 1024
OFFICE = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True)
class Media:
    name: str
    endings: tuple
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
ENDINGS = tuple(ending for media in ALLOWED for ending in media.endings)

_MAGIC = {media.name: media for media in (PDF, PNG, JPEG)}
_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
_OPEN_DOCUMENT = {media.name.encode(): media for media in (ODT, ODS)}
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f]")
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# How text begins that a reader's machine would run or draw rather than show.
_RUN = (b"<", b"#!", b"%!", b"{\\rtf", b"MZ", b"From ", b"@echo")


def media_of(file, name):
    """The Media of an open file; Refused when its content is none of ours or its name says
    another.
    """
    found = _by_content(file)
    if found is CUT:
        raise Refused(
            _(
                "Tệp “%(name)s” bị cắt giữa chừng, không có phần cuối. Hãy lưu hoặc quét "
                "lại rồi gửi."
            )
            % {"name": name},
            "file",
        )
    if found is None:
        allowed = ", ".join(media.word for media in ALLOWED)
        raise Refused(
            _("Nội dung tệp “%(name)s” không thuộc loại được nhận. Hãy gửi tệp %(allowed)s.")
            % {"name": name, "allowed": allowed},
            "file",
        )
    ending = name.rpartition(".")[2].lower()
    if ending not in found.endings:
        raise Refused(
            _("Tệp “%(name)s” thực ra là %(word)s. Hãy lưu lại đúng loại rồi gửi.")
            % {"name": name, "word": found.word},
            "file",
        )
    return found


def _by_content(file):
    file.seek(0)
    head = file.read(HEAD)
    if head.startswith(b"PK\x03\x04"):
        return _packed(file)
    try:
        said = {match.mime_type for match in puremagic.magic_string(head)}
    except puremagic.PureError:
        said = set()
    for name, media in _MAGIC.items():
        if name in said:
            return media if _whole(file, media) else CUT
    return TEXT if _is_text(file, head) else None


def _whole(file, media):
    """Whether a PDF or picture has its end: a scan cut off on the way is no evidence."""
    if media is JPEG:
        return True
    file.seek(0, 2)
    file.seek(max(0, file.tell() - 4096))
    return (b"%%EOF" if media is PDF else b"IEND") in file.read()


def _packed(file):
    """The kind of an office file, by its parts; None for any other archive, one with macros or
    one that swells up.
    """
    try:
        with zipfile.ZipFile(file) as pack:
            entries = {entry.filename: entry for entry in pack.infolist()}
            if sum(entry.file_size for entry in entries.values()) > UNPACKED_MOST:
                return None
            if any(
                name.lower().endswith(("vbaproject.bin", ".exe", ".js", ".vbs")) for name in entries
            ):
                return None
            if "[Content_Types].xml" in entries:
                return next((media for part, media in _PARTS.items() if part in entries), None)
            if "mimetype" in entries and entries["mimetype"].file_size < 100:
                return _OPEN_DOCUMENT.get(pack.read("mimetype"))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError):
        return None
    return None


def _is_text(file, head):
    """Whether all of it is text that nothing runs or draws: UTF-8, or UTF-16 that says so, as
    spreadsheets save it.
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

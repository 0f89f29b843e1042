"""Screens an incoming file: its type, active content, pixels, and, for what is published or comes
from a denouncer, who made it.

The reading is done by a process of its own (cleaning/process.py): a file that takes too much ends
that process and nothing else.
"""

import io
import shutil
import subprocess
import sys
import tempfile
from typing import BinaryIO

from django.utils.translation import gettext_lazy

from danchu.papers.cleaning import process
from danchu.papers.cleaning.reasons import Reason
from danchu.papers.media import DOCX, JPEG, ODS, ODT, PDF, PNG, XLSX, Media, NotAccepted, media_of

# A picture of 50 million pixels takes 200 MiB, the parts of a document that are parsed at most
# 160 MiB and their trees. Cells, and the text of an OpenDocument, are read in pieces.
MOST_BYTES = 768 * 1024 * 1024
# Seconds of processor time; writing a MiB of packed cells again takes about one and a half.
MOST_SECONDS = 20
SECONDS_PER_MIB = 3
KINDS = {
    PDF: "pdf",
    PNG: "picture",
    JPEG: "picture",
    DOCX: "open_xml",
    XLSX: "open_xml",
    ODT: "open_document",
    ODS: "open_document",
}
_SENTENCES = {
    Reason.BROKEN: gettext_lazy(
        "Tệp “%(name)s” bị hỏng hoặc bị cắt giữa chừng. Hãy mở tệp, lưu lại hoặc quét lại rồi gửi."
    ),
    Reason.ACTIVE: gettext_lazy(
        "Tệp “%(name)s” có phần tự chạy hoặc lấy dữ liệu từ nơi khác (macro, đối tượng nhúng, liên "
        "kết tới tệp khác, tệp đính trong tệp). Hãy bỏ phần ấy, hoặc in ra tệp PDF mới rồi gửi."
    ),
    Reason.PIXELS: gettext_lazy(
        "Ảnh “%(name)s” có quá 50 triệu điểm ảnh. Hãy giảm độ phân giải rồi gửi."
    ),
    Reason.UNCLEAN: gettext_lazy(
        "Không xóa được thông tin về người soạn trong tệp “%(name)s”. Hãy chụp màn hình hoặc chụp "
        "ảnh trang giấy và gửi ảnh JPEG hoặc PNG; ảnh chèn trong tài liệu cũng cần là JPEG hoặc "
        "PNG."
    ),
    Reason.LARGE: gettext_lazy(
        "Tệp “%(name)s” mở ra quá lớn. Hãy tách thành nhiều tệp nhỏ hơn rồi gửi."
    ),
    Reason.LOCKED: gettext_lazy(
        "Tệp “%(name)s” có mật khẩu hoặc bị khóa. Hãy bỏ mật khẩu, lưu lại rồi gửi."
    ),
}


def screen_file(
    file: BinaryIO, name: str, *, is_anonymous: bool = False
) -> tuple[Media, BinaryIO | None]:
    """(Media, an open file with the content to store instead, or None where the file may be stored
    as it is).

    Pictures are always decoded and written anew. With `is_anonymous` nothing that says who made the
    file, where and with what stays in it. Refused, on "file", with a sentence that says what to do.
    """
    media = media_of(file, name)
    kind = KINDS.get(media)
    if kind is None:
        return media, None
    content = _read_apart(file, kind, "clean" if is_anonymous else "check", name)
    return media, io.BytesIO(content) if content else None


def tells_its_author(file: BinaryIO, media_name: str) -> bool:
    """Whether cleaning would take something away from a stored file of this media type. Refused, on
    "file", where it cannot be read.
    """
    kind = next((kind for media, kind in KINDS.items() if media.name == media_name), None)
    if kind is None:
        return False
    try:
        _read_apart(file, kind, "look", media_name)
    except NotAccepted as refusal:
        if refusal.reason == Reason.UNCLEAN:
            return True
        raise
    return False


def _read_apart(file, kind, mode, name):
    """The output of the process that reads the file; Refused where it refuses or dies."""
    with tempfile.TemporaryFile() as copy, tempfile.TemporaryFile() as output:
        file.seek(0)
        shutil.copyfileobj(file, copy)
        most_seconds = MOST_SECONDS + SECONDS_PER_MIB * (copy.tell() >> 20)
        copy.seek(0)
        code = subprocess.run(
            [
                *(sys.executable, "-I", process.__file__, kind),
                *(mode, str(MOST_BYTES), str(most_seconds)),
            ],
            stdin=copy,
            stdout=output,
            stderr=subprocess.DEVNULL,
        ).returncode
        if code:
            sentence = _SENTENCES.get(code, _SENTENCES[Reason.LARGE])
            raise NotAccepted(sentence % {"name": name}, code)
        return content_of(output)


def content_of(file: BinaryIO) -> bytes:
    """All bytes of an open file."""
    file.seek(0)
    return file.read()

"""A file that is published with masks over personal data, which are really gone from it."""

import io
import json
import re
import subprocess
import sys
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from danchu.kernel.refusals import Refused
from danchu.papers.cleaning import masking
from danchu.papers.media import JPEG, PDF, PNG, media_of
from danchu.papers.names import clean_name

MOST_BYTES = 3 * 1024 * 1024 * 1024
MOST_SECONDS = 60
KINDS = {PDF: "pdf", PNG: "picture", JPEG: "picture"}
AREA = re.compile(r"\s*(\d{1,3})\s*:\s*" + r"\s+".join([r"(\d{1,3}(?:[.,]\d+)?)"] * 4) + r"\s*")


@dataclass(frozen=True)
class Masks:
    """What is masked: words, numbers of identity papers, telephones and addresses of mail, and
    areas as (page from 1, left, top, right, bottom) in percent of the page.
    """

    words: tuple[str, ...] = ()
    hides_numbers: bool = False
    areas: tuple[tuple[float, ...], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.hides_numbers or self.areas)


def words_typed(text: str) -> tuple[str, ...]:
    """One word or name a line."""
    return tuple(
        dict.fromkeys(" ".join(line.split()) for line in text.splitlines() if line.strip())
    )


def areas_typed(text: str, field: str) -> tuple[tuple[float, ...], ...]:
    """One area a line, as “page: left top right bottom”; Refused, on `field`, where one does not
    read.
    """
    areas = []
    for line in filter(str.strip, text.splitlines()):
        match = AREA.fullmatch(line)
        numbers = [float(one.replace(",", ".")) for one in match.groups()] if match else []
        if not numbers or numbers[0] < 1 or max(numbers[1:]) > 100 or not _is_area(numbers):
            raise Refused(_("Hãy ghi mỗi dòng một vùng, ví dụ 1: 10 20 60 25."), field)
        areas.append((int(numbers[0]), *numbers[1:]))
    return tuple(areas)


def _is_area(numbers):
    _page, left, top, right, bottom = numbers
    return left < right and top < bottom


def masked_file(file: BinaryIO, name: str, masks: Masks) -> tuple[BinaryIO, str]:
    """(an open PDF of pictures in which the masks are black, its name). Refused, on "file", for
    another type or one that cannot be read, on "masked_words" where a word was not found, on
    "masked_areas" where a page has no text to look in and no area, and for an area of no page: then
    nothing says that it is gone.
    """
    media = media_of(file, clean_name(name))
    if media not in KINDS:
        raise Refused(_("Chỉ che được tệp PDF hoặc ảnh. Hãy lưu văn bản thành PDF."), "file")
    file.seek(0)
    answer = subprocess.run(
        [sys.executable, "-I", masking.__file__, KINDS[media], str(MOST_BYTES), str(MOST_SECONDS)],
        input=json.dumps(_wish(masks)).encode() + b"\n" + file.read(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    if answer.returncode:
        raise Refused(_("Không che được tệp này: tệp bị hỏng, bị khóa hoặc quá dài."), "file")
    head, _newline, content = answer.stdout.partition(b"\n")
    _check(json.loads(head), masks)
    return io.BytesIO(content), f"{clean_name(name).rpartition('.')[0] or 'tep'}.pdf"


def _check(done, masks):
    """Refused where something that was to be masked may still be there."""
    missing = [word for word, number in done["words"].items() if word and not number]
    if missing:
        raise Refused(
            _("Không tìm thấy trong phần chữ của tệp: %s. Hãy che bằng vùng.") % ", ".join(missing),
            "masked_words",
        )
    last = max((int(page) for page, *_corners in masks.areas), default=0)
    if last > done["pages"]:
        raise Refused(
            _("Tệp không có trang %(page)s: tệp có %(pages)s trang.")
            % {"page": last, "pages": done["pages"]},
            "masked_areas",
        )
    if done["unread"]:
        raise Refused(
            _(
                "Không tìm được chữ, số ở trang %s vì trang là ảnh, bản quét. Hãy che bằng vùng; "
                "nếu trang ấy không có gì phải che, hãy che một góc trống."
            )
            % ", ".join(map(str, done["unread"])),
            "masked_areas",
        )


def _wish(masks: Masks) -> dict[str, Any]:
    return {
        "words": list(masks.words),
        "hides_numbers": masks.hides_numbers,
        "areas": [list(area) for area in masks.areas],
    }

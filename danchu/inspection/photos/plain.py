"""A photo without what the camera wrote into it: no maker, no owner, no thumbnail, no second
picture.

How to turn it stays; the day and the point stay where the board wants them kept. Pixels are never
touched: the segments around them are copied or left out. Anything that does not read as a whole
JPEG or PNG is refused.
"""

import re

from django.utils.translation import gettext as _

from danchu.inspection.photos.tags import read_tags, written_tags
from danchu.kernel.refusals import Refused

JPEG = b"\xff\xd8"
PNG = b"\x89PNG\r\n\x1a\n"
# Application segments a picture is drawn by: JFIF, colour profile, Adobe's colour transform.
_DRAWN = ((0xE0, b"JFIF\0"), (0xE2, b"ICC_PROFILE\0"), (0xEE, b"Adobe"))
_CHUNKS = {
    b"IHDR",
    b"PLTE",
    b"IDAT",
    b"IEND",
    b"tRNS",
    b"cHRM",
    b"gAMA",
    b"iCCP",
    b"sBIT",
    b"sRGB",
    b"pHYs",
    b"bKGD",
}
# After the start of a scan the next true marker: 0xFF followed by neither a stuffed nought nor a
# restart. One 0xFF, not a run of them: a run would be tried anew from each of its bytes.
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
# A camera writes some dozens of segments, a screenshot of 20 MB some thousands of chunks.
MOST_SEGMENTS = 20_000


def plain_photo(content, keeps_trace):
    """(bytes, ending) of the photo without its metadata; Refused when it is no whole JPEG or
    PNG.
    """
    try:
        if content.startswith(JPEG):
            return _plain_jpeg(content, keeps_trace), "jpg"
        if content.startswith(PNG):
            return _plain_png(content), "png"
    except (IndexError, ValueError):
        raise Refused(
            _("Ảnh bị hỏng hoặc bị cắt giữa chừng. Hãy chụp hoặc chọn lại."), "photos"
        ) from None
    raise Refused(_("Chỉ nhận ảnh JPEG hoặc PNG."), "photos")


def _plain_jpeg(content, keeps_trace):
    kept = []
    tags = {}
    at = 2
    for _number in range(MOST_SEGMENTS):
        marker, at = _marker(content, at)
        if marker == 0xD9:
            return b"".join([JPEG, *_with_tags(kept, written_tags(tags, keeps_trace)), b"\xff\xd9"])
        segment = content[at : at + int.from_bytes(content[at : at + 2], "big")]
        if len(segment) < 2 or at + 2 > len(content):
            raise ValueError("cut")
        at += len(segment)
        if marker == 0xE1 and segment[2:8] == b"Exif\0\0":
            tags = tags or read_tags(segment[8:])
        elif marker == 0xDA:
            end = _end_of_scan(content, at)
            kept.append((marker, segment + content[at:end]))
            at = end
        elif (
            not 0xE0 <= marker <= 0xEF
            and marker != 0xFE
            or any(marker == of and segment[2:].startswith(word) for of, word in _DRAWN)
        ):
            kept.append((marker, segment))
    raise ValueError("too many segments")


def _end_of_scan(content, at):
    """The place of the next marker, with the bytes that fill up before it, or the end."""
    marker = _NEXT_MARKER.search(content, at)
    if marker is None:
        return len(content)
    end = marker.start()
    while end > at and content[end - 1] == 0xFF:
        end -= 1
    return end


def _marker(content, at):
    """(the marker at this place, the place behind it)"""
    if content[at] != 0xFF:
        raise ValueError("no marker")
    while content[at] == 0xFF:
        at += 1
    return content[at], at + 1


def _with_tags(kept, tags):
    """The segments, our own few tags behind JFIF's, which must come first."""
    first = next((n for n, (marker, _segment) in enumerate(kept) if marker != 0xE0), len(kept))
    written = [b"\xff" + bytes([marker]) + segment for marker, segment in kept]
    return [*written[:first], tags, *written[first:]]


def _plain_png(content):
    kept = [PNG]
    at = len(PNG)
    for _number in range(MOST_SEGMENTS):
        length = int.from_bytes(content[at : at + 4], "big")
        kind = content[at + 4 : at + 8]
        chunk = content[at : at + 12 + length]
        if len(chunk) != 12 + length:
            raise ValueError("cut")
        if kind in _CHUNKS:
            kept.append(chunk)
        if kind == b"IEND":
            return b"".join(kept)
        at += len(chunk)
    raise ValueError("too many chunks")

"""Removes the metadata of a photo: maker, owner, thumbnail, embedded pictures.

The orientation stays; day and coordinates stay where the board asks for it. The image data are
copied byte by byte, other segments are copied or left out. Anything that is not a complete JPEG or
PNG is Refused.
"""

import re

from django.utils.translation import gettext as _

from danchu.inspection.photos.tags import exif_segment, read_tags
from danchu.kernel.refusals import Refused

JPEG = b"\xff\xd8"
PNG = b"\x89PNG\r\n\x1a\n"
# Application segments that decoders need: JFIF, colour profile, Adobe's colour transform.
_NEEDED = ((0xE0, b"JFIF\0"), (0xE2, b"ICC_PROFILE\0"), (0xEE, b"Adobe"))
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
# The marker behind the data of a scan: 0xFF, but neither a stuffed 0xFF00 nor a restart marker. One
# 0xFF, not a run of them: the search would begin again at each byte of a run.
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
# A camera writes some dozens of segments, a screenshot of 20 MB some thousands of chunks.
MOST_SEGMENTS = 20_000


def plain_photo(content, keeps_trace):
    """(bytes, "jpg" or "png") of the photo without its metadata; Refused on "photos" unless it is a
    complete JPEG or PNG.
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
    segments = []
    tags = {}
    at = 2
    for _number in range(MOST_SEGMENTS):
        marker, at = _marker(content, at)
        if marker == 0xD9:
            return b"".join(
                [JPEG, *_with_tags(segments, exif_segment(tags, keeps_trace)), b"\xff\xd9"]
            )
        segment = content[at : at + int.from_bytes(content[at : at + 2], "big")]
        if len(segment) < 2 or at + 2 > len(content):
            raise ValueError("cut")
        at += len(segment)
        if marker == 0xE1 and segment[2:8] == b"Exif\0\0":
            tags = tags or read_tags(segment[8:])
        elif marker == 0xDA:
            end = _end_of_scan(content, at)
            segments.append((marker, segment + content[at:end]))
            at = end
        elif (
            not 0xE0 <= marker <= 0xEF
            and marker != 0xFE
            or any(marker == code and segment[2:].startswith(name) for code, name in _NEEDED)
        ):
            segments.append((marker, segment))
    raise ValueError("too many segments")


def _end_of_scan(content, at):
    """The offset of the fill bytes before the next marker, or of the end of the content."""
    marker = _NEXT_MARKER.search(content, at)
    if marker is None:
        return len(content)
    end = marker.start()
    while end > at and content[end - 1] == 0xFF:
        end -= 1
    return end


def _marker(content, at):
    """(the marker at the offset, the offset behind it)"""
    if content[at] != 0xFF:
        raise ValueError("no marker")
    while content[at] == 0xFF:
        at += 1
    return content[at], at + 1


def _with_tags(segments, tags):
    """[bytes of each segment] with the Exif segment `tags` behind JFIF, which must come first."""
    first = next(
        (number for number, (marker, _segment) in enumerate(segments) if marker != 0xE0),
        len(segments),
    )
    parts = [b"\xff" + bytes([marker]) + segment for marker, segment in segments]
    return [*parts[:first], tags, *parts[first:]]


def _plain_png(content):
    chunks = [PNG]
    at = len(PNG)
    for _number in range(MOST_SEGMENTS):
        length = int.from_bytes(content[at : at + 4], "big")
        kind = content[at + 4 : at + 8]
        chunk = content[at : at + 12 + length]
        if len(chunk) != 12 + length:
            raise ValueError("cut")
        if kind in _CHUNKS:
            chunks.append(chunk)
        if kind == b"IEND":
            return b"".join(chunks)
        at += len(chunk)
    raise ValueError("too many chunks")

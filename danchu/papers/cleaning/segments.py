"""The metadata of JPEG, PNG and JPEG 2000 left out without decoding the picture: image data are
copied byte by byte, other segments are copied or left out, and what follows the end is dropped.

ValueError or IndexError for data that are cut short or damaged.
"""

import re

from danchu.papers.cleaning.reasons import Reason, Unfit
from danchu.papers.cleaning.tags import exif_segment, read_tags

JPEG = b"\xff\xd8"
PNG = b"\x89PNG\r\n\x1a\n"
JPEG_2000 = b"\x00\x00\x00\x0cjP  \r\n\x87\n"
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
_BOXES = {b"jP  ", b"ftyp", b"jp2h", b"jp2c"}
# The marker behind the data of a scan: 0xFF, but neither a stuffed 0xFF00 nor a restart marker. One
# 0xFF, not a run of them: the search would begin again at each byte of a run.
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
# A camera writes some dozens of segments, a screenshot of 20 MB some thousands of chunks.
MOST_SEGMENTS = 20_000
# Each scan of a progressive JPEG is decoded over the whole picture. Programs write a dozen; the
# standard allows some hundreds, which a file of some kilobytes reaches too.
MOST_SCANS = 64


def plain_jpeg(content, keeps_trace=False):
    """The bytes of the JPEG with its orientation, and with day and coordinates if `keeps_trace`, as
    its only tags.
    """
    segments = []
    tags = {}
    scans = 0
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
            scans += 1
            if scans > MOST_SCANS:
                raise ValueError("too many scans")
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


def plain_png(content):
    """The bytes of the PNG with the chunks that decoders need."""
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


def plain_jpeg_2000(content):
    """The bytes of the JPEG 2000 with the boxes that decoders need (ISO/IEC 15444-1, annex I); a
    bare code stream has no boxes and is refused.
    """
    boxes = []
    at = 0
    while at < len(content):
        length = int.from_bytes(content[at : at + 4], "big")
        kind = content[at + 4 : at + 8]
        end = len(content) if length == 0 else at + length
        if length == 1 or end < at + 8 or end > len(content) or len(boxes) > MOST_SEGMENTS:
            raise ValueError("boxes")
        if kind in _BOXES:
            boxes.append(content[at:end])
        at = end
    if not boxes or not boxes[0].startswith(JPEG_2000):
        raise ValueError("no JPEG 2000")
    return b"".join(boxes)


def plain_picture(content):
    """The bytes of a JPEG or PNG without its metadata; ValueError for any other content."""
    if content.startswith(JPEG):
        return plain_jpeg(content)
    if content.startswith(PNG):
        return plain_png(content)
    raise ValueError("neither JPEG nor PNG")


def picture_of_part(name, part):
    """`plain_picture` of a part of a document; Unfit, with the name of the part, where it fails."""
    try:
        return plain_picture(part)
    except (IndexError, ValueError):
        raise Unfit(Reason.UNCLEAN, name) from None

"""The few tags of a photo that may stay: how to turn it, the day it was taken, the point. Read
from Exif, written anew.
"""

import struct

ORIENTATION = 0x0112
EXIF = 0x8769
GPS = 0x8825
TAKEN = 0x9003
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8}
MOST_ENTRIES = 200


def read_tags(block):
    """{tag: value bytes in big-endian order} of the tags that may stay; nothing where the block
    does not read.
    """
    try:
        return _Reader(block).tags()
    except (struct.error, IndexError, KeyError, ValueError):
        return {}


class _Reader:
    def __init__(self, block):
        self.block = block
        self.order = {b"II": "<", b"MM": ">"}[block[:2]]

    def tags(self):
        first = self._entries(self._long(4))
        found = {}
        if ORIENTATION in first:
            turn = struct.unpack(f"{self.order}H", first[ORIENTATION][2][:2])[0]
            found[ORIENTATION] = turn if 1 <= turn <= 8 else 1
        if EXIF in first:
            taken = self._entries(self._pointer(first[EXIF])).get(TAKEN)
            if taken and taken[1] == 20:
                found[TAKEN] = taken[2][:19].decode("ascii")
        if GPS in first:
            point = self._entries(self._pointer(first[GPS]))
            if {1, 2, 3, 4} <= point.keys():
                found[GPS] = [
                    (point[ref][2][:1], self._parts(point[of][2])) for ref, of in ((1, 2), (3, 4))
                ]
        return found

    def _parts(self, value):
        """Three fractions: degrees, minutes, seconds."""
        return struct.unpack(f"{self.order}6I", value[:24])

    def _pointer(self, entry):
        return struct.unpack(f"{self.order}I", entry[2][:4])[0]

    def _long(self, at):
        return struct.unpack_from(f"{self.order}I", self.block, at)[0]

    def _entries(self, at):
        """{tag: (type, count, value)} of the directory at this place."""
        [number] = struct.unpack_from(f"{self.order}H", self.block, at)
        if number > MOST_ENTRIES:
            raise ValueError(number)
        found = {}
        for n in range(number):
            tag, kind, count = struct.unpack_from(f"{self.order}HHI", self.block, at + 2 + 12 * n)
            size = _SIZES.get(kind, 1) * count
            here = at + 10 + 12 * n
            found[tag] = (
                kind,
                count,
                self.block[here : here + 4] if size <= 4 else self.block[self._long(here) :][:size],
            )
        return found


def written_tags(tags, keeps_trace):
    """An Exif segment with the tags, or nothing where none has to stay."""
    entries = (
        [(ORIENTATION, 3, 1, struct.pack(">HH", tags[ORIENTATION], 0))]
        if tags.get(ORIENTATION, 1) != 1
        else []
    )
    below = []
    if keeps_trace and TAKEN in tags:
        below.append((EXIF, [(TAKEN, 2, 20, tags[TAKEN].encode() + b"\0")]))
    if keeps_trace and GPS in tags:
        (north, lat), (east, lon) = tags[GPS]
        below.append(
            (
                GPS,
                [
                    (1, 2, 2, north + b"\0"),
                    (2, 5, 3, struct.pack(">6I", *lat)),
                    (3, 2, 2, east + b"\0"),
                    (4, 5, 3, struct.pack(">6I", *lon)),
                ],
            )
        )
    if not entries and not below:
        return b""
    end = 8 + 2 + 12 * (len(entries) + len(below)) + 4
    tail = b""
    for tag, inner in below:
        entries.append((tag, 4, 1, struct.pack(">I", end + len(tail))))
        tail += _directory(inner, end + len(tail))
    block = b"MM\0*" + struct.pack(">I", 8) + _directory(entries, 8) + tail
    return b"\xff\xe1" + struct.pack(">H", len(block) + 8) + b"Exif\0\0" + block


def _directory(entries, at):
    """A directory at this place of the block, longer values behind it."""
    behind = at + 2 + 12 * len(entries) + 4
    said = b""
    values = b""
    for tag, kind, count, value in sorted(entries):
        if len(value) <= 4:
            said += struct.pack(">HHI", tag, kind, count) + value.ljust(4, b"\0")
        else:
            said += struct.pack(">HHII", tag, kind, count, behind + len(values))
            values += value
    return struct.pack(">H", len(entries)) + said + b"\0\0\0\0" + values

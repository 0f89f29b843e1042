"""The Exif tags of a photo that may stay, read and written anew: orientation, day, coordinates."""

import struct

ORIENTATION = 0x0112
EXIF = 0x8769
GPS = 0x8825
TAKEN = 0x9003
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8}
MOST_ENTRIES = 200


def read_tags(block):
    """{tag: value} of the tags that may stay: ORIENTATION a number from 1 to 8, TAKEN a text, GPS
    [(reference, six numbers)]. Empty where the block cannot be read.
    """
    try:
        return _Reader(block).tags()
    except (struct.error, IndexError, KeyError, ValueError):
        return {}


class _Reader:
    """Reads the directories of one TIFF block; struct.error and others where it is damaged."""

    def __init__(self, block):
        self.block = block
        self.order = {b"II": "<", b"MM": ">"}[block[:2]]

    def tags(self):
        first = self._entries(self._long(4))
        tags = {}
        if ORIENTATION in first:
            orientation = struct.unpack(f"{self.order}H", first[ORIENTATION][2][:2])[0]
            tags[ORIENTATION] = orientation if 1 <= orientation <= 8 else 1
        if EXIF in first:
            entry = self._entries(self._pointer(first[EXIF])).get(TAKEN)
            if entry and entry[1] == 20:
                tags[TAKEN] = entry[2][:19].decode("ascii")
        if GPS in first:
            point = self._entries(self._pointer(first[GPS]))
            if {1, 2, 3, 4} <= point.keys():
                tags[GPS] = [
                    (point[reference][2][:1], self._parts(point[degrees][2]))
                    for reference, degrees in ((1, 2), (3, 4))
                ]
        return tags

    def _parts(self, value):
        """The six numbers of three fractions: degrees, minutes, seconds."""
        return struct.unpack(f"{self.order}6I", value[:24])

    def _pointer(self, entry):
        return struct.unpack(f"{self.order}I", entry[2][:4])[0]

    def _long(self, at):
        return struct.unpack_from(f"{self.order}I", self.block, at)[0]

    def _entries(self, at):
        """{tag: (type, count, value)} of the directory at the offset."""
        [number] = struct.unpack_from(f"{self.order}H", self.block, at)
        if number > MOST_ENTRIES:
            raise ValueError(number)
        entries = {}
        for entry in range(at + 2, at + 2 + 12 * number, 12):
            tag, kind, count = struct.unpack_from(f"{self.order}HHI", self.block, entry)
            size = _SIZES.get(kind, 1) * count
            start = entry + 8 if size <= 4 else self._long(entry + 8)
            entries[tag] = (kind, count, self.block[start : start + max(size, 4)])
        return entries


def exif_segment(tags, keeps_trace):
    """The bytes of an Exif segment with the tags, as `read_tags` gives them; day and coordinates
    only with `keeps_trace`. Empty where no tag stays.
    """
    entries = (
        [(ORIENTATION, 3, 1, struct.pack(">HH", tags[ORIENTATION], 0))]
        if tags.get(ORIENTATION, 1) != 1
        else []
    )
    directories = []
    if keeps_trace and TAKEN in tags:
        directories.append((EXIF, [(TAKEN, 2, 20, tags[TAKEN].encode() + b"\0")]))
    if keeps_trace and GPS in tags:
        (north, lat), (east, lon) = tags[GPS]
        directories.append(
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
    if not entries and not directories:
        return b""
    end = 8 + 2 + 12 * (len(entries) + len(directories)) + 4
    tail = b""
    for tag, inner in directories:
        entries.append((tag, 4, 1, struct.pack(">I", end + len(tail))))
        tail += _directory(inner, end + len(tail))
    block = b"MM\0*" + struct.pack(">I", 8) + _directory(entries, 8) + tail
    return b"\xff\xe1" + struct.pack(">H", len(block) + 8) + b"Exif\0\0" + block


def _directory(entries, at):
    """The bytes of a directory at the offset in the block, with its longer values behind it."""
    values_at = at + 2 + 12 * len(entries) + 4
    rows = b""
    values = b""
    for tag, kind, count, value in sorted(entries):
        if len(value) <= 4:
            rows += struct.pack(">HHI", tag, kind, count) + value.ljust(4, b"\0")
        else:
            rows += struct.pack(">HHII", tag, kind, count, values_at + len(values))
            values += value
    return struct.pack(">H", len(entries)) + rows + b"\0\0\0\0" + values

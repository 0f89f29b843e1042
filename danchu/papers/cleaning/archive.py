"""The parts of an office document (a ZIP archive), read once under limits, and written anew.

Only archives that every program reads alike are accepted: no bytes before the first part or behind
the directory, no part twice, no part encrypted, every checksum right.

Limits are of what is really read, never of the sizes that the archive declares. A part that is
parsed is in memory as a whole. A part that a caller reads in pieces, such as the cells of a sheet,
may be of any length that its own packed bytes account for: text that people and programs write is
packed to a twentieth or a fortieth, a decompression bomb to a thousandth.
"""

import hashlib
import io
import re
import zipfile
import zlib
from contextlib import contextmanager

from danchu.papers.cleaning.reasons import Reason, Unfit

MOST_PARTS = 5_000
# What the parts in memory unpack to, together.
MOST_UNPACKED = 160 * 1024 * 1024
# What a part read in pieces unpacks to for each packed byte, beyond the first FREE bytes; and all
# such parts together.
MOST_RATIO = 100
FREE = 16 * 1024 * 1024
MOST_STREAMED = 2 * 1024 * 1024 * 1024
MOST_NAME = 200
CHUNK = 256 * 1024
END_RECORD = b"PK\x05\x06"
# Programs, compound documents (OLE) and archives, under whatever name.
PROGRAMS = (b"MZ", b"\x7fELF", b"\xd0\xcf\x11\xe0", b"PK\x03\x04", b"#!", b"\xca\xfe\xba\xbe")
LONGEST_MAGIC = max(map(len, PROGRAMS))
_PLAIN_NAME = re.compile(r"[^\x00-\x1f\\:]+")


class PackedPart:
    """A part that is read in pieces, and unpacked anew each time."""

    def __init__(self, content, entry):
        self.content = content
        self.entry = entry

    def pieces(self):
        """Yields the bytes of the part in blocks of CHUNK; Unfit where they are damaged or more
        than the packed bytes account for.
        """
        left = min(MOST_STREAMED, FREE + MOST_RATIO * self.entry.compress_size)
        with _as_unfit(), zipfile.ZipFile(io.BytesIO(self.content)) as pack:
            yield from _unpack(pack, self.entry, left)

    def whole(self):
        """The bytes of the part, for a caller that has to parse them; Unfit above MOST_UNPACKED."""
        return _join(self.entry, self.pieces(), MOST_UNPACKED)


def pieces_of(part):
    """The bytes of a part in blocks, whether it is in memory or not."""
    return part.pieces() if isinstance(part, PackedPart) else [part]


def parts_of(content, is_streamed=lambda name: False):
    """{name: bytes, or PackedPart where `is_streamed(name)`} of the parts of the archive, folders
    left out; Unfit for one that is damaged, ambiguous, encrypted, or unpacks to too much.
    """
    end = content.rfind(END_RECORD)
    if end < 0 or end + 22 + int.from_bytes(content[end + 20 : end + 22], "little") != len(content):
        raise Unfit(Reason.BROKEN, "bytes behind the directory")
    parts = {}
    left = MOST_UNPACKED
    with _as_unfit(), zipfile.ZipFile(io.BytesIO(content)) as pack:
        entries = pack.infolist()
        _check_directory(entries, len(content))
        for entry in entries:
            if is_streamed(entry.filename):
                parts[entry.filename] = PackedPart(content, entry)
                continue
            part = _join(entry, _unpack(pack, entry, left), left)
            left -= len(part)
            if not entry.is_dir():
                parts[entry.filename] = part
    return parts


@contextmanager
def _as_unfit():
    """Around reading with `zipfile`: what it raises for a damaged archive becomes Unfit."""
    try:
        yield
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        RuntimeError,
        EOFError,
        ValueError,
        OSError,
    ) as error:
        raise Unfit(Reason.BROKEN, str(error)) from None


def _check_directory(entries, length):
    """Unfit for parts that are too many, have one name, overlap or do not begin with the file."""
    if len(entries) > MOST_PARTS:
        raise Unfit(Reason.LARGE, "parts")
    if min((entry.header_offset for entry in entries), default=0):
        raise Unfit(Reason.BROKEN, "bytes before the first part")
    # Parts that share packed bytes would each be allowed what those account for.
    if sum(entry.compress_size for entry in entries) > length:
        raise Unfit(Reason.BROKEN, "parts that overlap")
    names = set()
    for entry in entries:
        _check_entry(entry, names)
        names.add(entry.filename.lower())


def _check_entry(entry, names):
    name = entry.filename
    if entry.flag_bits & 0x1:
        raise Unfit(Reason.LOCKED, name)
    if (
        name.lower() in names
        or len(name) > MOST_NAME
        or not _PLAIN_NAME.fullmatch(name)
        or name.startswith("/")
        or ".." in name.split("/")
    ):
        raise Unfit(Reason.BROKEN, name)


def _unpack(pack, entry, left):
    """Yields the bytes of a part in blocks, at most `left`: what its header says of its size is not
    believed.
    """
    with pack.open(entry) as stream:
        while chunk := stream.read(CHUNK):
            left -= len(chunk)
            if left < 0:
                raise Unfit(Reason.LARGE, entry.filename)
            yield chunk


def _join(entry, pieces, most):
    chunks = []
    for piece in pieces:
        most -= len(piece)
        if most < 0:
            raise Unfit(Reason.LARGE, entry.filename)
        chunks.append(piece)
    return b"".join(chunks)


def check_programs(parts):
    """Unfit where a part begins like a program, a compound document or an archive."""
    for name, part in parts.items():
        head = next(part.pieces(), b"") if isinstance(part, PackedPart) else part[:LONGEST_MAGIC]
        if head.startswith(PROGRAMS):
            raise Unfit(Reason.ACTIVE, name)


def digests_of(content):
    """{name: SHA-256} of the parts of an archive, read in pieces."""
    digests = {}
    for name, part in parts_of(content, is_streamed=lambda name: not name.endswith("/")).items():
        digest = hashlib.sha256()
        for piece in part.pieces():
            digest.update(piece)
        digests[name] = digest.digest()
    return digests


def packed(parts, stored=()):
    """The bytes of an archive of the parts, in their order, without days, comments or names of
    systems; those named in `stored` are not compressed. A part is bytes or blocks of bytes.
    """
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, part in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system = 0
            entry.external_attr = 0
            entry.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            with pack.open(entry, "w") as target:
                for piece in [part] if isinstance(part, bytes) else part:
                    target.write(piece)
    return output.getvalue()

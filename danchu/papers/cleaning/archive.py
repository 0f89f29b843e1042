"""The parts of an office document (a ZIP archive), read once under limits, and written anew.

Only archives that every program reads alike are accepted: no bytes before the first part or behind
the directory, no part twice, no part encrypted, every checksum right.
"""

import io
import re
import zipfile
import zlib

from danchu.papers.cleaning.reasons import Reason, Unfit

MOST_PARTS = 5_000
# What the parts really unpack to. 100,000 rows of 12 cells take 60 MiB.
MOST_UNPACKED = 160 * 1024 * 1024
MOST_NAME = 200
CHUNK = 256 * 1024
END_RECORD = b"PK\x05\x06"
# Programs, compound documents (OLE) and archives, under whatever name.
PROGRAMS = (b"MZ", b"\x7fELF", b"\xd0\xcf\x11\xe0", b"PK\x03\x04", b"#!", b"\xca\xfe\xba\xbe")
_PLAIN_NAME = re.compile(r"[^\x00-\x1f\\:]+")


def parts_of(content):
    """{name: bytes} of the parts of the archive, folders left out; Unfit for one that is damaged,
    ambiguous, encrypted, or unpacks to more than MOST_UNPACKED bytes.
    """
    end = content.rfind(END_RECORD)
    if end < 0 or end + 22 + int.from_bytes(content[end + 20 : end + 22], "little") != len(content):
        raise Unfit(Reason.BROKEN, "bytes behind the directory")
    parts = {}
    names = set()
    left = MOST_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as pack:
            entries = pack.infolist()
            if len(entries) > MOST_PARTS:
                raise Unfit(Reason.LARGE, "parts")
            if min((entry.header_offset for entry in entries), default=0):
                raise Unfit(Reason.BROKEN, "bytes before the first part")
            for entry in entries:
                _check_entry(entry, names)
                names.add(entry.filename.lower())
                part = _unpacked(pack, entry, left)
                left -= len(part)
                if not entry.is_dir():
                    parts[entry.filename] = part
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
    return parts


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


def _unpacked(pack, entry, left):
    """The bytes of a part, read in chunks: what its header says of its size is not believed."""
    chunks = []
    with pack.open(entry) as stream:
        while chunk := stream.read(CHUNK):
            left -= len(chunk)
            if left < 0:
                raise Unfit(Reason.LARGE, entry.filename)
            chunks.append(chunk)
    return b"".join(chunks)


def check_programs(parts):
    """Unfit where a part begins like a program, a compound document or an archive."""
    for name, part in parts.items():
        if part.startswith(PROGRAMS):
            raise Unfit(Reason.ACTIVE, name)


def packed(parts, stored=()):
    """The bytes of an archive of the parts, in their order, without days, comments or names of
    systems; those named in `stored` are not compressed.
    """
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, part in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system = 0
            entry.external_attr = 0
            method = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            pack.writestr(entry, part, compress_type=method)
    return output.getvalue()

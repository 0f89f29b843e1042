"""One kept page: what it depends on, and its answer to a request."""

import random
import re
import sys
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from struct import pack
from typing import Any, NamedTuple

from danchu.copies.changes import Changed
from danchu.kernel.dependence import EVERY, Kinds, Notes, Right, Units, ids_of

# Headers that belong to one request or are worked out anew for each.
PASSING = {"content-length", "content-encoding", "set-cookie", "etag", "x-request-id", "vary"}
LEVEL = 6
NEAR = 4000  # bytes between parts that are compressed together
MOST_RANDOM_BYTES = 100  # as danchu.look.compression: Django's Heal the Breach
Dependence = dict[str, list[tuple[Kinds, Units]]]


class Part(NamedTuple):
    """A part of a page that is each reader's own: the name of its template, where it begins and
    ends.
    """

    template: str
    begin: int
    end: int


class Cut(NamedTuple):
    """Where a deflated page can be cut, around the parts from number `first` to `last`."""

    begin: int
    end: int
    first: int
    last: int


def marked(template: str, text: str, mark: str) -> str:
    """The text of a part of a page that is the reader's own, for `parted`."""
    return f"<!--{mark} {template}-->{text}<!--{mark}-->"


def parted(content: bytes, mark: str) -> tuple[bytes, tuple[Part, ...]]:
    """(the page without marks, the Part of each part that was marked, not deflated yet)."""
    page = b""
    parts = []
    template = ""
    began_at = 0
    for piece in re.split(rf"(<!--{mark}[^>]*-->)".encode(), content):
        if not piece.startswith(f"<!--{mark}".encode()):
            page += piece
        elif name := piece[len(mark) + 5 : -3].decode():
            template = name
            began_at = len(page)
        else:
            parts.append(Part(template, began_at, len(page)))
    return page, tuple(parts)


def deflated(content: bytes, parts: tuple[Part, ...] = ()) -> tuple[bytes, tuple[Cut, ...]]:
    """(the page deflated, where it can be cut): nothing behind a cut refers to what stands before
    its end.
    """
    deflater = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = b""
    position = 0
    cuts = []
    for first, last in _groups(parts):
        body += deflater.compress(content[position : parts[first].begin])
        body += deflater.flush(zlib.Z_SYNC_FLUSH)
        begin = len(body)
        position = parts[last].end
        body += deflater.compress(content[parts[first].begin : position])
        body += deflater.flush(zlib.Z_FULL_FLUSH)
        cuts.append(Cut(begin, len(body), first, last))
    return body + deflater.compress(content[position:]) + deflater.flush(), tuple(cuts)


def _groups(parts: tuple[Part, ...]) -> list[tuple[int, int]]:
    """(first, last) of the parts that stand near each other: a cut costs more than the text between
    them.
    """
    groups: list[tuple[int, int]] = []
    for number, part in enumerate(parts):
        if groups and part.begin - parts[number - 1].end < NEAR:
            groups[-1] = groups[-1][0], number
        else:
            groups.append((number, number))
    return groups


def piece_of(text: bytes) -> bytes:
    """The text as it stands in a deflated page between two cuts."""
    deflater = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return deflater.compress(text) + deflater.flush(zlib.Z_FULL_FLUSH)


def gzip_of(body: bytes, check: int, length: int) -> bytes:
    """A deflated page as gzip (RFC 1952), a random number of bytes longer, against BREACH."""
    name = b"a" * random.randint(1, MOST_RANDOM_BYTES)  # noqa: S311  # a length, no secret
    head = b"\x1f\x8b\x08\x08\x00\x00\x00\x00\x02\xff" + name + b"\x00"
    return head + body + pack("<LL", check, length & 0xFFFFFFFF)


def shared_texts(texts: Mapping[str, str]) -> dict[str, str]:
    """The same texts, each in memory once however many pages have it."""
    return {sys.intern(name): sys.intern(text) for name, text in texts.items()}


def dependence_of(notes: Notes) -> Dependence:
    """`{table: [(kinds, units)]}` of what was noted."""
    rows: Dependence = {}
    for (table, units), kinds in notes.rows.items():
        rows.setdefault(table, []).append((kinds, units and sys.intern(units)))
    return rows


def dependence_as_json(rows: Dependence) -> list[Any]:
    return [
        [table, None if kinds is EVERY else sorted(kinds), units]
        for table, places in rows.items()
        for kinds, units in places
    ]


def dependence_from_json(lines: Iterable[Any]) -> Dependence:
    rows: Dependence = {}
    for table, kinds, units in lines:
        some = EVERY if kinds is None else frozenset(kinds)
        rows.setdefault(sys.intern(table), []).append((some, units and sys.intern(units)))
    return rows


def is_touched(rows: Dependence, changes: Iterable[Changed]) -> bool:
    """Whether one of the changes is a change of rows that an answer depends on."""
    return any(
        (kinds is EVERY or not change.kind or change.kind in kinds)
        and (units is EVERY or not change.unit or change.unit in ids_of(units))
        for change in changes
        for kinds, units in rows.get(change.table, ())
    )


@dataclass
class Copy:
    """A page without anything of one reader. `body` is deflated (raw, RFC 1951) and `check` its
    CRC-32 and length, as gzip ends; `number` is that of the last change it is known to contain.
    Whoever has one of the `rights` may have to see more; `parts` are what on the page is each
    reader's own.
    """

    rows: Dependence
    facts: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    check: tuple[int, int]
    etag: str
    number: int
    rights: tuple[Right, ...] = ()
    parts: tuple[Part, ...] = ()
    cuts: tuple[Cut, ...] = ()

    @classmethod
    def of(
        cls,
        notes: Notes,
        headers: Mapping[str, str],
        content: bytes,
        number: int,
        parts: tuple[Part, ...] = (),
    ) -> "Copy":
        """The copy of a page with this content, worked out after the change `number` was read."""
        body, cuts = deflated(content, parts)
        shared_headers = shared_texts(
            {name: value for name, value in headers.items() if name.lower() not in PASSING}
        )
        etag = f'W/"{sha256(content).hexdigest()[:24]}"'
        check = zlib.crc32(content), len(content)
        rights = tuple(sorted(notes.rights, key=str))
        rows = dependence_of(notes)
        return cls(
            rows, notes.facts, shared_headers, body, check, etag, number, rights, parts, cuts
        )

    @property
    def content(self) -> bytes:
        """The page as it was."""
        return zlib.decompress(self.body, -zlib.MAX_WBITS)

    @property
    def size(self) -> int:
        """About the bytes that it takes in memory."""
        return len(self.body) + 2000

    def with_own(self, texts: Mapping[str, bytes]) -> bytes:
        """The page with the text of each of its parts by the name of its template."""
        return _with_own(self.content, 0, None, self.parts, texts)

    def gzipped_with_own(self, texts: Mapping[str, bytes]) -> bytes:
        """As `with_own`, as gzip: what stands outside the cuts is as it was compressed."""
        content = self.content
        pieces = []
        position = 0
        for cut in self.cuts:
            parts = self.parts[cut.first : cut.last + 1]
            own = _with_own(content, parts[0].begin, parts[-1].end, parts, texts)
            pieces += [self.body[position : cut.begin], piece_of(own)]
            position = cut.end
        page = _with_own(content, 0, None, self.parts, texts)
        body = b"".join([*pieces, self.body[position:]])
        return gzip_of(body, zlib.crc32(page), len(page))

    def gzipped(self) -> bytes:
        """The page as gzip."""
        return gzip_of(self.body, *self.check)


def _with_own(
    content: bytes, begin: int, end: int | None, parts: Iterable[Part], texts: Mapping[str, bytes]
) -> bytes:
    """A stretch of a page with these parts in it anew."""
    pieces = []
    for part in parts:
        pieces += [content[begin : part.begin], texts[part.template]]
        begin = part.end
    return b"".join([*pieces, content[begin:end]])

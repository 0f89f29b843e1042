"""One kept page: what it depends on, and its answer to a request."""

import random
import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from struct import pack
from typing import Any

from danchu.copies.changes import Changed
from danchu.kernel.dependence import EVERY, Kinds, Notes, Right, Units, ids_of

# Headers that belong to one request or are worked out anew for each.
PASSING = {"content-length", "content-encoding", "set-cookie", "etag", "x-request-id", "vary"}
LEVEL = 6
MOST_RANDOM_BYTES = 100  # as danchu.look.compression: Django's Heal the Breach
Dependence = dict[str, list[tuple[Kinds, Units]]]
Part = tuple[str, int, int]


def marked(template: str, text: str, mark: str) -> str:
    """The text of a part of a page that is the reader's own, for `parted`."""
    return f"<!--{mark} {template}-->{text}<!--{mark}-->"


def parted(content: bytes, mark: str) -> tuple[bytes, tuple[Part, ...]]:
    """(the page without marks, (template, begin, end) of each part that was marked)."""
    page = b""
    parts = []
    template = ""
    began_at = 0
    for piece in re.split(rf"(<!--{mark}[^>]*-->)".encode(), content):
        if not piece.startswith(f"<!--{mark}".encode()):
            page += piece
        elif name := piece[len(mark) + 5 : -3].decode():
            template, began_at = name, len(page)
        else:
            parts.append((template, began_at, len(page)))
    return page, tuple(parts)


def dependence_of(notes: Notes) -> Dependence:
    """`{table: [(kinds, units)]}` of what was noted."""
    rows: Dependence = {}
    for (table, units), kinds in notes.rows.items():
        rows.setdefault(table, []).append((kinds, units))
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
        rows.setdefault(table, []).append((EVERY if kinds is None else frozenset(kinds), units))
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
    Whoever has one of the `rights` may have to see more; `parts` are (template, begin, end) of
    what on the page is each reader's own.
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
        deflater = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        body = deflater.compress(content) + deflater.flush()
        shared_headers = {
            name: value for name, value in headers.items() if name.lower() not in PASSING
        }
        etag = f'W/"{sha256(content).hexdigest()[:24]}"'
        check = zlib.crc32(content), len(content)
        rights = tuple(sorted(notes.rights, key=str))
        rows = dependence_of(notes)
        return cls(rows, notes.facts, shared_headers, body, check, etag, number, rights, parts)

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
        page = self.content
        pieces = []
        position = 0
        for template, begin, end in self.parts:
            pieces += [page[position:begin], texts[template]]
            position = end
        return b"".join([*pieces, page[position:]])

    def gzipped(self) -> bytes:
        """The page as gzip (RFC 1952), a random number of bytes longer, against BREACH."""
        name = b"a" * random.randint(1, MOST_RANDOM_BYTES)  # noqa: S311  # a length, no secret
        head = b"\x1f\x8b\x08\x08\x00\x00\x00\x00\x02\xff" + name + b"\x00"
        return head + self.body + pack("<LL", self.check[0], self.check[1] & 0xFFFFFFFF)

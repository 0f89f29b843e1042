"""Reads and writes the objects of a PDF (ISO 32000-1, 7.2 to 7.5).

The file is read from its start to its end, without its tables of offsets: of objects with one
number the last one counts, as after an incremental update. Values are None for null, `bytes` as
written for numbers, strings and keywords, Name, Ref, list, dict {name: value}, or Stream.
"""

import re
import zlib
from dataclasses import dataclass

from danchu.papers.cleaning.reasons import Reason, Unfit

_BLANK = re.compile(rb"(?:[\x00\t\n\x0c\r ]+|%[^\r\n]*)*")
_WORD = re.compile(rb"[^\x00\t\n\x0c\r ()<>\[\]{}/%]+")
_NAME = re.compile(rb"/[^\x00\t\n\x0c\r ()<>\[\]{}/%]*")
_HEX = re.compile(rb"<[0-9A-Fa-f\x00\t\n\x0c\r ]*>")
_REF = re.compile(
    rb"(\d{1,10})[\x00\t\n\x0c\r ]+\d{1,5}[\x00\t\n\x0c\r ]+R(?![^\x00\t\n\x0c\r ()<>\[\]{}/%])"
)
_OBJECT = re.compile(rb"(?<![0-9])(\d{1,10})[\x00\t\n\x0c\r ]+\d{1,5}[\x00\t\n\x0c\r ]+obj")
_TRAILER = re.compile(rb"trailer(?=[\x00\t\n\x0c\r ]*<<)")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_PAREN = re.compile(rb"[\\()]")
DEEPEST = 100
MOST_UNPACKED = 200 * 1024 * 1024


class Name(bytes):
    """A name without its slash, its #xx escapes resolved."""


@dataclass(frozen=True)
class Ref:
    """A reference to the object with the number."""

    number: int


@dataclass
class Stream:
    """A stream: its dictionary and its bytes as they are stored."""

    entries: dict
    content: bytes

    @property
    def filters(self):
        """The names of the filters, the first to be decoded first."""
        value = self.entries.get(b"Filter")
        if value is None:
            return []
        return value if isinstance(value, list) else [value]


class Reader:
    """Reads one value after another from `content`, from the offset `at`."""

    def __init__(self, content, at=0):
        self.content = content
        self.at = at

    def value(self, depth=0):
        """The value at the offset, which moves behind it; Unfit where there is none."""
        if depth > DEEPEST:
            raise Unfit(Reason.BROKEN, "too deep")
        content = self.content
        self.at = _BLANK.match(content, self.at).end()
        head = content[self.at : self.at + 2]
        if head == b"<<":
            return self._dictionary(depth)
        if head[:1] == b"[":
            return self._array(depth)
        if head[:1] == b"(":
            return self._string()
        for pattern in (_NAME, _REF, _HEX, _WORD):
            match = pattern.match(content, self.at)
            if match:
                self.at = match.end()
                return _simple(pattern, match)
        raise Unfit(Reason.BROKEN, f"no value at {self.at}")

    def skip(self, token):
        """Whether the token comes next; if so, the offset moves behind it."""
        self.at = _BLANK.match(self.content, self.at).end()
        if self.content.startswith(token, self.at):
            self.at += len(token)
            return True
        return False

    def _dictionary(self, depth):
        self.at += 2
        entries = {}
        while not self.skip(b">>"):
            name = self.value(depth + 1)
            if not isinstance(name, Name):
                raise Unfit(Reason.BROKEN, f"no name at {self.at}")
            entries[name] = self.value(depth + 1)
        return entries

    def _array(self, depth):
        self.at += 1
        items = []
        while not self.skip(b"]"):
            items.append(self.value(depth + 1))
        return items

    def _string(self):
        start = self.at
        depth = 0
        at = start
        while match := _PAREN.search(self.content, at):
            at = match.end()
            if match[0] == b"\\":
                at += 1
                continue
            depth += 1 if match[0] == b"(" else -1
            if depth == 0:
                self.at = at
                return self.content[start:at]
        raise Unfit(Reason.BROKEN, "a string without end")


def _simple(pattern, match):
    if pattern is _NAME:
        return Name(_ESCAPE.sub(lambda escape: bytes([int(escape[1], 16)]), match[0][1:]))
    if pattern is _REF:
        return Ref(int(match[1]))
    return None if match[0] == b"null" else match[0]


def objects_of(content):
    """({number: value}, [trailer dictionary]) of a whole PDF, with the objects in object streams;
    the last trailer last. Unfit where it is damaged or encrypted.
    """
    objects = {}
    trailers = []
    at = 0
    left = MOST_UNPACKED
    while match := _next(content, at):
        reader = Reader(content, match.end())
        value = reader.value()
        if match.re is _TRAILER:
            trailers.append(value)
        elif isinstance(value, dict) and reader.skip(b"stream"):
            value, reader.at = _stream(content, reader.at, value)
            if value.entries.get(b"Type") == b"ObjStm":
                plain = unpacked(value, left)
                left -= len(plain)
                objects |= _objects_inside(value, plain)
            elif value.entries.get(b"Type") == b"XRef":
                trailers.append(value.entries)
        if match.re is not _TRAILER:
            objects[int(match[1])] = value
        at = reader.at
    if any(b"Encrypt" in trailer for trailer in trailers if isinstance(trailer, dict)):
        raise Unfit(Reason.LOCKED)
    return objects, trailers


def _next(content, at):
    """The match of the next object or trailer from the offset, whichever is first."""
    item = _OBJECT.search(content, at)
    trailer = _TRAILER.search(content, at, item.start() if item else len(content))
    return trailer or item


def _stream(content, at, entries):
    """(Stream, the offset behind it). A length that is not right is not believed."""
    at += 2 if content[at : at + 2] == b"\r\n" else 1
    length = entries.get(b"Length")
    if isinstance(length, bytes) and length.isdigit():
        end = at + int(length)
        close = _BLANK.match(content, end).end() if end <= len(content) else -1
        if content.startswith(b"endstream", close):
            return Stream(entries, content[at:end]), close + len(b"endstream")
    end = content.find(b"endstream", at)
    if end < 0:
        raise Unfit(Reason.BROKEN, "a stream without end")
    data = content[at:end]
    return (
        Stream(entries, data.removesuffix(b"\n").removesuffix(b"\r")),
        end + len(b"endstream"),
    )


def unpacked(stream, most=MOST_UNPACKED):
    """The bytes of a stream without filters or with Flate alone; Unfit for any other, or for more
    than `most` bytes.
    """
    content = stream.content
    for name in stream.filters:
        if name not in (b"FlateDecode", b"Fl") or stream.entries.get(b"DecodeParms"):
            raise Unfit(Reason.BROKEN, f"filter {name}")
        content = inflated(content, most)
    return content


def inflated(content, most=MOST_UNPACKED):
    """Decompressed by zlib, at most `most` bytes; an end that is missing is passed over, as readers
    do.
    """
    inflater = zlib.decompressobj()
    try:
        plain = inflater.decompress(content, max(1, most))
    except zlib.error as error:
        raise Unfit(Reason.BROKEN, str(error)) from None
    if inflater.unconsumed_tail:
        raise Unfit(Reason.LARGE, "stream")
    return plain


def _objects_inside(stream, plain):
    """{number: value} of the objects in an object stream (7.5.7)."""
    try:
        number = int(stream.entries[b"N"])
        first = int(stream.entries[b"First"])
        head = [int(word) for word in plain[:first].split()[: 2 * number]]
    except (KeyError, ValueError, TypeError):
        raise Unfit(Reason.BROKEN, "object stream") from None
    places = zip(head[::2], head[1::2], strict=False)
    return {item: Reader(plain, first + offset).value() for item, offset in places}


def written(value):
    """The value as bytes of a PDF."""
    if value is None:
        return b"null"
    if isinstance(value, Name):
        return b"/" + b"".join(_written_letter(letter) for letter in value)
    if isinstance(value, Ref):
        return b"%d 0 R" % value.number
    if isinstance(value, dict):
        return b"<<" + b" ".join(written(k) + b" " + written(v) for k, v in value.items()) + b">>"
    if isinstance(value, list):
        return b"[" + b" ".join(written(item) for item in value) + b"]"
    if isinstance(value, Stream):
        entries = {**value.entries, Name(b"Length"): b"%d" % len(value.content)}
        return written(entries) + b"\nstream\n" + value.content + b"\nendstream"
    return value


def _written_letter(letter):
    is_regular = 0x21 <= letter <= 0x7E and letter not in b"()<>[]{}/%#"
    return bytes([letter]) if is_regular else b"#%02X" % letter

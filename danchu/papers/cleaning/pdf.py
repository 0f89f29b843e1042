"""PDF: refused with anything active; written anew with what its pages need and nothing else."""

from collections import deque

from danchu.papers.cleaning.pdf_syntax import (
    MOST_UNPACKED,
    Name,
    Ref,
    Stream,
    inflated,
    objects_of,
    written,
)
from danchu.papers.cleaning.reasons import Reason, Unfit
from danchu.papers.cleaning.segments import plain_jpeg, plain_jpeg_2000

# Kinds of actions and entries that run, fetch, send or hold other files (12.6.4, 7.11.4, 12.7).
_ACTIVE_ENTRIES = {
    *(b"JavaScript", b"JS", b"EmbeddedFiles", b"EF", b"RichMediaContent", b"RichMediaSettings"),
    *(b"XFA", b"Launch", b"AF"),
}
_ACTIVE_KINDS = {
    *(b"JavaScript", b"Launch", b"SubmitForm", b"ImportData", b"GoToE", b"GoToR", b"Movie"),
    *(
        b"Sound",
        b"Rendition",
        b"RichMedia",
        b"RichMediaExecute",
        b"EmbeddedFile",
        b"FileAttachment",
    ),
    *(b"Screen", b"3D", b"Trans3D"),
}
# Long enough that no compressed picture holds them by chance.
_ACTIVE_WORDS = (b"/JavaScript", b"/EmbeddedFile", b"/RichMedia", b"/SubmitForm", b"/ImportData")
_CATALOG = {
    *(b"Type", b"Pages", b"PageLabels", b"PageMode", b"PageLayout", b"Lang", b"MarkInfo"),
    *(b"OCProperties", b"AcroForm", b"Dests", b"Outlines", b"ViewerPreferences"),
}
_DROPPED = {
    *(b"Metadata", b"PieceInfo", b"LastModified", b"AA", b"Thumb", b"StructParents"),
    *(b"StructParent", b"CreatorInfo", b"Measure", b"PtData", b"ID", b"WebCaptureInfo"),
    *(b"SeparationInfo", b"OPI", b"Alternates", b"GPTS"),
}
_OF_COMMENTS = {b"T", b"M", b"CreationDate", b"NM", b"RC", b"Subj"}
_FORM_FIELDS = {b"Widget", b"Link"}
_TAGS = (b"Exif\0\0", b"http://ns.adobe.com/xap", b"Photoshop 3.0")


def checked_objects(content):
    """(objects, trailers) as objects_of gives them; Unfit where anything is active."""
    objects, trailers = objects_of(content)
    for value in [*objects.values(), *trailers]:
        _check_value(value)
    for word in _ACTIVE_WORDS:
        if word in content:
            raise Unfit(Reason.ACTIVE, word.decode())
    return objects, trailers


def _check_value(value):
    rest = [value]
    while rest:
        value = rest.pop()
        if isinstance(value, Stream):
            value = value.entries
        if isinstance(value, dict):
            names = _ACTIVE_ENTRIES & value.keys()
            kinds = _ACTIVE_KINDS & {
                kind for key in (b"S", b"Subtype", b"Type") if (kind := _name(value.get(key)))
            }
            if names or kinds:
                raise Unfit(Reason.ACTIVE, repr(names | kinds))
            rest.extend(value.values())
        elif isinstance(value, list):
            rest.extend(value)


def _name(value):
    return value if isinstance(value, Name) else None


def without_authors(objects, trailers):
    """The bytes of a PDF of the pages: without properties, earlier versions, authors of comments,
    signatures, and the metadata of its pictures. Unfit where something cannot be cleaned.
    """
    root = next(
        (
            trailer[b"Root"]
            for trailer in reversed(trailers)
            if isinstance(trailer, dict) and isinstance(trailer.get(b"Root"), Ref)
        ),
        None,
    )
    catalog = objects.get(root.number) if root else None
    if not isinstance(catalog, dict) or b"Pages" not in catalog:
        raise Unfit(Reason.UNCLEAN, "no catalog")
    objects = {
        **objects,
        root.number: {key: value for key, value in catalog.items() if key in _CATALOG},
    }
    numbers = {root.number: 1}
    waiting = deque([root.number])
    rows = []
    left = MOST_UNPACKED
    while waiting:
        value = _clean_value(objects.get(waiting.popleft()))
        if isinstance(value, Stream):
            value, size = _clean_stream(value, objects, left)
            left -= size
        rows.append(_renumber(value, numbers, waiting))
    return _file_of(rows)


def _clean_value(value):
    """The value without entries that identify, its containers copied."""
    if isinstance(value, Stream):
        return Stream(_clean_value(value.entries), value.content)
    if isinstance(value, list):
        return [_clean_value(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.get(b"Type") in (b"Sig", b"DocTimeStamp", b"Metadata") or b"ByteRange" in value:
        return None
    dropped = _DROPPED
    if b"Rect" in value and value.get(b"Subtype") not in _FORM_FIELDS:
        dropped = _DROPPED | _OF_COMMENTS
    return {key: _clean_value(item) for key, item in value.items() if key not in dropped}


def _clean_stream(stream, objects, left):
    """(Stream without the metadata of a picture, bytes it unpacks to)"""
    filters = [_resolve(item, objects) for item in _as_list(stream.entries.get(b"Filter"), objects)]
    content = stream.content
    size = 0
    while filters and filters[0] in (b"FlateDecode", b"Fl"):
        content = inflated(content, left)
        size += len(content)
        filters = filters[1:]
    if filters and filters[-1] in (b"DCTDecode", b"DCT", b"JPXDecode"):
        return _clean_image(stream, content, filters), size
    if any(tag in content for tag in _TAGS):
        raise Unfit(Reason.UNCLEAN, "a picture in a page")
    return stream, size


def _clean_image(stream, content, filters):
    if len(filters) > 1:
        raise Unfit(Reason.UNCLEAN, repr(filters))
    clean = plain_jpeg_2000 if filters[0] == b"JPXDecode" else plain_jpeg
    try:
        content = clean(content)
    except (IndexError, ValueError) as error:
        raise Unfit(Reason.UNCLEAN, str(error)) from None
    entries = {key: value for key, value in stream.entries.items() if key != b"DecodeParms"}
    parameters = _as_list(stream.entries.get(b"DecodeParms"), {})
    if parameters and isinstance(parameters[-1], dict):
        entries[Name(b"DecodeParms")] = parameters[-1]
    entries[Name(b"Filter")] = filters[0]
    return Stream(entries, content)


def _resolve(value, objects):
    return objects.get(value.number) if isinstance(value, Ref) else value


def _as_list(value, objects):
    value = _resolve(value, objects)
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _renumber(value, numbers, waiting):
    """The value with new numbers in its references; those not met before are put in `waiting`."""
    if isinstance(value, Stream):
        return Stream(_renumber(value.entries, numbers, waiting), value.content)
    if isinstance(value, dict):
        return {key: _renumber(item, numbers, waiting) for key, item in value.items()}
    if isinstance(value, list):
        return [_renumber(item, numbers, waiting) for item in value]
    if isinstance(value, Ref):
        if value.number not in numbers:
            numbers[value.number] = len(numbers) + 1
            waiting.append(value.number)
        return Ref(numbers[value.number])
    return value


def _file_of(rows):
    """A PDF of the objects, numbered from 1, the first being the catalog."""
    output = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, value in enumerate(rows, 1):
        offsets.append(len(output))
        output += b"%d 0 obj\n" % number + written(value) + b"\nendobj\n"
    table = len(output)
    output += b"xref\n0 %d\n0000000000 65535 f \n" % (len(rows) + 1)
    output += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    output += b"trailer\n<</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(rows) + 1,
        table,
    )
    return bytes(output)

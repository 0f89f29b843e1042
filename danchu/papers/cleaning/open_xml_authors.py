"""Removes from a DOCX or XLSX who wrote it, where and with what: the properties, the authors of
comments and changes, the numbers that link documents of one machine, paths, and the metadata of
its pictures.
"""

import re

from danchu.papers.cleaning.archive import PackedPart, packed
from danchu.papers.cleaning.markup import bytes_of, is_path, local, remove, tree_of
from danchu.papers.cleaning.open_xml import CONTENT_TYPES, RELS
from danchu.papers.cleaning.segments import picture_of_part

NOBODY = "Author"
_DROPPED = re.compile(
    r"(docProps|customXml|_xmlsignatures|xl/printerSettings)/.*|word(/glossary)?/people\.xml", re.I
)
_DROPPED_RELATIONSHIPS = {
    *("core-properties", "extended-properties", "custom-properties", "thumbnail", "customXml"),
    *("customXmlProps", "origin", "signature", "printerSettings", "people"),
}
# Elements that say who, when, where or on which machine.
_DROPPED_ELEMENTS = {
    *("rsids", "docId", "docVars", "attachedTemplate", "mailMerge", "absPath", "revisionPtr"),
    *("fileSharing", "writeProtection", "writeReservation", "customWorkbookViews"),
    *("customSheetViews", "dataBinding", "saveThroughXslt", "people", "presenceInfo"),
}
_NAMES = {"author", "displayName", "refreshedBy", "userName", "lastModifiedBy", "lastEditedBy"}
_EMPTIED = {"initials", "userId"}
_DAYS = {"date", "dateUtc"}  # of changes and comments only: w:date of a content control is text
_CHANGES = {
    *("ins", "del", "moveFrom", "moveTo", "comment", "rPrChange", "pPrChange", "tblPrChange"),
    *("trPrChange", "tcPrChange", "sectPrChange", "numberingChange", "cellIns", "cellDel"),
    *("cellMerge", "tblGridChange", "tblPrExChange", "moveFromRangeStart", "moveToRangeStart"),
    *("customXmlInsRangeStart", "customXmlDelRangeStart", "commentExtensible"),
}
_PRINTER = re.compile(rb"(<(?:\w+:)?pageSetup\b[^>]*?)\s\w+:id=\"[^\"]*\"")
_VIEWS = b"customSheetViews"
_PICTURES = {"docPr", "cNvPr", "imagedata", "shape"}
_DESCRIPTIONS = {"descr", "title", "name", "alt"}


def without_authors(parts):
    """The bytes of the document without those who made it; Unfit where a picture in it has a format
    whose metadata cannot be removed.
    """
    parts = {name: part for name, part in parts.items() if not _DROPPED.fullmatch(name)}
    names = _author_names(parts)
    clean = {}
    for name, part in parts.items():
        path = name.lower()
        if "/media/" in path:
            clean[name] = picture_of_part(name, part)
        elif name == CONTENT_TYPES:
            clean[name] = _without_elements(
                part, lambda element: _DROPPED.fullmatch(element.get("PartName", "").lstrip("/"))
            )
        elif path.endswith(RELS):
            clean[name] = _without_elements(
                part,
                lambda element: (
                    element.get("Type", "").rpartition("/")[2] in _DROPPED_RELATIONSHIPS
                ),
            )
        elif isinstance(part, PackedPart):
            clean[name] = _clean_cells(name, part, names)
        elif path.endswith((".xml", ".vml")):
            clean[name] = _clean_markup(name, part, names)
        else:
            clean[name] = part
    return packed(clean)


def _clean_cells(name, part, names):
    """A part that holds cells, as bytes or blocks of bytes. A long one is not parsed: texts name
    nobody, and of a sheet the settings of the printer are left out.
    """
    if name.lower() == "xl/sharedstrings.xml":
        return part.pieces()
    if any(_VIEWS in tag for tag in tags_of(part)):
        return _clean_markup(name, part.whole(), names)
    return (_PRINTER.sub(rb"\1", tags) for tags in tags_of(part))


def tags_of(part):
    """Yields the markup of a PackedPart in blocks in which every tag is whole."""
    rest = b""
    for piece in part.pieces():
        rest += piece
        cut = max(rest.rfind(b"<"), 0)
        yield rest[:cut]
        rest = rest[cut:]
    yield rest


def _without_elements(part, is_dropped):
    root = tree_of(part)
    for element in list(root):
        if is_dropped(element):
            remove(element)
    return bytes_of(root)


def _author_names(parts):
    """The names of the authors of notes on cells, which the text of a note begins with."""
    return {
        element.text.strip()
        for name, part in parts.items()
        if re.fullmatch(r"xl/comments\d*\.xml|xl/comments/[\w-]+\.xml", name, re.I)
        for element in tree_of(part).iter()
        if local(element.tag) == "author" and (element.text or "").strip()
    }


def _clean_markup(name, part, names):
    root = tree_of(part)
    is_comments = "comments" in name.lower()
    for element in list(root.iter()):
        kind = local(element.tag)
        if not kind or kind in _DROPPED_ELEMENTS and element.getparent() is not None:
            remove(element)  # a comment of the XML, or an element that identifies
            continue
        if is_comments and kind == "author":
            element.text = NOBODY
        elif is_comments and element.text:
            for author in names:
                element.text = element.text.replace(author, NOBODY)
        for key, value in list(element.attrib.items()):
            _clean_attribute(element, kind, key, value)
    return bytes_of(root)


def _clean_attribute(element, kind, key, value):
    name = local(key)
    if name in _NAMES:
        element.set(key, NOBODY)
    elif name in _EMPTIED:
        element.set(key, "")
    elif name == "dT":  # the instant of a comment, which must be there
        element.set(key, "2000-01-01T00:00:00.00")
    elif name == "providerId":
        element.set(key, "None")
    elif name.startswith(("rsid", "refreshedDate")) or name in _DAYS and kind in _CHANGES:
        del element.attrib[key]
    elif name in _DESCRIPTIONS and kind in _PICTURES and is_path(value):
        element.set(key, "")

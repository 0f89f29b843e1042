"""ODT and ODS (OASIS OpenDocument 1.3): refused with anything active, and without who wrote them.

Left out are scripts, event listeners, embedded programs and objects, and links by which a document
is filled from another place.
"""

import re

from danchu.papers.cleaning.archive import check_programs, packed, parts_of, pieces_of
from danchu.papers.cleaning.markup import bytes_of, is_path, local, remove, tree_of
from danchu.papers.cleaning.pictures import check_pixels
from danchu.papers.cleaning.reasons import Reason, Unfit
from danchu.papers.cleaning.rewriting import Rules, check_tags, rewritten
from danchu.papers.cleaning.segments import picture_of_part

MANIFEST = "META-INF/manifest.xml"
CONTENT = "content.xml"  # the text, or the cells: as long as the document
_OBJECT = r"(Object \d+/)?"
_PARTS = re.compile(
    rf"mimetype|{_OBJECT}(content|styles|meta|settings)\.xml|manifest\.rdf|layout-cache"
    rf"|META-INF/(manifest|documentsignatures)\.xml|Thumbnails/thumbnail\.(png|pdf)"
    rf"|{_OBJECT}(Pictures|ObjectReplacements)/[\w. -]+|ObjectReplacements/Object \d+"
    rf"|Fonts/[\w. -]+\.(ttf|otf)|Configurations2/accelerator/current\.xml"
)
_ACTIVE = {
    *("script", "event-listener", "applet", "plugin", "floating-frame", "object-ole"),
    *("dde-source", "dde-link", "dde-links", "dde-connection-decl", "dde-connection"),
    *("dde-connection-decls", "table-source", "section-source", "database-source-sql"),
    *("database-source-table", "database-source-query", "connection-resource", "server-map"),
    *("cell-range-source", "external-data", "execute-macro"),
}
_LINKED = {"a", "hyperlink", "area-rectangle", "area-circle", "area-polygon"}
_LINKS = re.compile(r"(https?://|mailto:|tel:|#)[^\\]*|[^:\\/][^:\\]*", re.I)
_INSIDE = re.compile(r"(\./)?(Pictures|Object \d+|ObjectReplacements)(/[\w. -]+)?|#.*|")
_CALLS = re.compile(r"\b(DDE|WEBSERVICE|FILTERXML|RTD|CALL)\s*\(|'file:|'https?:", re.I)
_DROPPED = re.compile(
    rf"{_OBJECT}(meta|settings)\.xml|manifest\.rdf|layout-cache|Configurations2/.*|Thumbnails/.*"
    rf"|META-INF/documentsignatures\.xml"
)
_WHO = {"creator", "creator-initials", "sender-initials", "initial-creator", "printed-by"}
_DAY = {"date", "date-string"}


class _WithoutAuthors(Rules):
    """Leaves out who wrote a text, a note or a change, and when; forms with their data sources; and
    the paths of pictures.
    """

    def drops(self, kind, parent):
        return (
            kind == "forms"
            and bool(parent)
            or kind in _DAY
            and parent in ("annotation", "change-info")
        )

    def drops_text(self, kind, text):
        return kind in _WHO or kind in ("desc", "title") and is_path(text)

    def attribute(self, kind, name, value):
        if name.endswith("rsid") or name == "printed-by":
            return None
        if name == "name" and kind in ("frame", "image") and is_path(value):
            return ""
        return value


_WITHOUT_AUTHORS = _WithoutAuthors()


def checked_parts(content):
    """{name: bytes, or PackedPart for its text or cells} of the parts of an ODT or ODS; Unfit where
    anything is active.
    """
    parts = parts_of(content, lambda name: name == CONTENT)
    for name, part in parts.items():
        if not _PARTS.fullmatch(name):
            raise Unfit(Reason.ACTIVE, name)
        if name.endswith(("content.xml", "styles.xml")):
            _check_markup(name, part)
        elif not name.endswith(".xml"):
            check_pixels(part, name)
    check_programs(parts)
    if MANIFEST not in parts:
        raise Unfit(Reason.BROKEN, MANIFEST)
    for element in tree_of(parts[MANIFEST]).iter():
        if local(element.tag) == "encryption-data":
            raise Unfit(Reason.LOCKED)
    return parts


def _check_markup(name, part):
    def check(kind, attributes):
        if kind in _ACTIVE:
            raise Unfit(Reason.ACTIVE, f"{name}: {kind}")
        for attribute, value in attributes:
            allowed = _LINKS if kind in _LINKED else _INSIDE
            if attribute == "href" and not allowed.fullmatch(value):
                raise Unfit(Reason.ACTIVE, f"{name}: {kind} at another place")
            if attribute in ("formula", "condition", "expression") and _CALLS.search(value):
                raise Unfit(Reason.ACTIVE, f"{name}: {value[:40]}")

    check_tags(pieces_of(part), check)


def without_authors(parts):
    """The bytes of the document without those who made it; Unfit where a picture in it has a format
    whose metadata cannot be removed.
    """
    clean = {}
    for name, part in parts.items():
        if _DROPPED.fullmatch(name):
            continue
        if "Pictures/" in name:
            clean[name] = picture_of_part(name, part)
        elif name == MANIFEST:
            clean[name] = _clean_manifest(part)
        elif name.endswith(".xml"):
            clean[name] = rewritten(pieces_of(part), _WITHOUT_AUTHORS)
        elif not name.startswith("ObjectReplacements/"):
            clean[name] = part
    return packed(clean, stored=("mimetype",))


def _clean_manifest(part):
    root = tree_of(part)
    for element in list(root):
        path = next((value for key, value in element.attrib.items() if "full-path" in key), "")
        if _DROPPED.fullmatch(path) or path.startswith("ObjectReplacements/"):
            remove(element)
    return bytes_of(root)

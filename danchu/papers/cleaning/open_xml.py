"""Which parts and relationships a DOCX or XLSX may have (ECMA-376): lists of what is allowed.

Left out are macros, embedded and linked objects, controls, data connections, links to other
workbooks, templates and pictures at other places: what runs, or what fetches, when it is opened.
"""

import html
import re

from danchu.papers.cleaning.archive import check_programs, parts_of, pieces_of
from danchu.papers.cleaning.markup import local, tree_of
from danchu.papers.cleaning.pictures import check_pixels
from danchu.papers.cleaning.reasons import Reason, Unfit

CONTENT_TYPES = "[Content_Types].xml"
RELS = ".rels"
MEDIA_ENDINGS = r"jpe?g|png|gif|bmp|tiff?|emf|wmf|svg|webp|heic"
_FOLDERS = (
    r"word(/glossary)?(/theme|/charts|/diagrams|/ink)?"
    r"|xl(/worksheets|/chartsheets|/theme|/drawings|/charts|/diagrams|/tables|/pivotTables"
    r"|/pivotCache|/threadedComments|/persons|/richData|/slicers|/slicerCaches|/timelines"
    r"|/timelineCaches|/featurePropertyBag)?"
)
_PARTS = re.compile(
    rf"\[Content_Types\]\.xml|_rels/\.rels"
    rf"|docProps/[\w.-]+\.(xml|jpe?g|png|emf|wmf)"
    rf"|customXml/(_rels/)?[\w.-]+\.(xml|rels)|_xmlsignatures/(_rels/)?[\w.-]+\.(xml|sigs|rels)"
    rf"|({_FOLDERS})/[\w. -]+\.(xml|vml)|({_FOLDERS})/_rels/[\w. -]+\.rels"
    rf"|(word|xl)(/glossary)?/media/[\w. -]+\.({MEDIA_ENDINGS})"
    rf"|word(/glossary)?/fonts/[\w. -]+\.(odttf|ttf)"
    rf"|xl/printerSettings/printerSettings\d*\.bin",
    re.I,
)
# The last word of the type of each relationship that is allowed.
RELATIONSHIPS = {
    *("officeDocument", "core-properties", "extended-properties", "custom-properties"),
    *("thumbnail", "origin", "signature", "styles", "stylesWithEffects", "settings"),
    *("webSettings", "fontTable", "font", "numbering", "theme", "themeOverride", "header"),
    *("footer", "footnotes", "endnotes", "comments", "commentsExtended", "commentsIds"),
    *("commentsExtensible", "people", "image", "hyperlink", "chart", "chartEx"),
    *("chartUserShapes", "chartStyle", "chartColorStyle", "diagramData", "diagramLayout"),
    *("diagramQuickStyle", "diagramColors", "diagramDrawing", "customXml", "customXmlProps"),
    *("glossaryDocument", "ink", "worksheet", "chartsheet", "sharedStrings", "calcChain"),
    *("sheetMetadata", "drawing", "vmlDrawing", "legacyDrawing", "table", "tableSingleCells"),
    *("pivotTable", "pivotCacheDefinition", "pivotCacheRecords", "printerSettings"),
    *("threadedComment", "person", "slicer", "slicerCache", "timeline", "timelineCache"),
    *("rdRichValue", "rdRichValueStructure", "rdRichValueTypes", "richStyles"),
    *("rdSupportingPropertyBag", "rdSupportingPropertyBagStructure", "richValueRel"),
    *("FeaturePropertyBag", "metadata"),
}
_TYPES = re.compile(
    r"macro|vba|oleobject|activex|controlproperties|externallink|connections|querytable"
    r"|dialogsheet|sheet\.binary|msword|html|script|x-msdownload",
    re.I,
)
_LINKS = re.compile(r"(https?://|mailto:|tel:|#)[^\\]*|[^:\\/][^:\\]*", re.I)
# Fields of Word that fetch or start something; `{ =… }` and all others only compute.
_FIELDS = re.compile(
    r"\s*(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|EMBED|DATABASE|RD|AUTOTEXT"
    r"|CONTROL|HTMLCONTROL)\b",
    re.I,
)
# A formula: its attributes, its text, and the first byte of the markup behind that text, which may
# begin the next formula.
_FORMULA_START = (
    rb"<(?:[^\s<>/:]+:)?(?:f|definedName|formula[12]?|calculatedColumnFormula|totalsRowFormula)"
    rb"(?=[\s/>])"
)
_FORMULA = re.compile(
    _FORMULA_START + rb"((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>([^<]*)(?=<(.))", re.DOTALL
)
_STARTS = re.compile(_FORMULA_START)
# Parts that hold the cells of a workbook: as long as its table, and read in pieces.
_CELLS = re.compile(r"xl/(worksheets/[\w. -]+|sharedStrings)\.xml", re.I)
_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([\w.-]+)")
_CALLS = re.compile(r"\b(WEBSERVICE|RTD|REGISTER(\.ID)?|CALL|EXEC|IMAGE)\s*\(|^=?\s*\w+\s*\|", re.I)


def checked_parts(content):
    """{name: bytes, or PackedPart for one that holds cells} of the parts of a DOCX or XLSX; Unfit
    where anything is active.
    """
    parts = parts_of(content, lambda name: _CELLS.fullmatch(name) is not None)
    for name, part in parts.items():
        if not _PARTS.fullmatch(name):
            raise Unfit(Reason.ACTIVE, name)
        path = name.lower()  # names of parts that differ in case only are one (part 2, 6.2.2.3)
        if path.endswith(RELS):
            _check_relationships(name, part)
        elif path.startswith("xl/") and path.endswith(".xml"):
            _check_formulas(part)
        elif path.startswith("word/") and path.endswith(".xml"):
            _check_fields(name, tree_of(part))
        elif not path.endswith((".xml", ".vml")):
            check_pixels(part, name)
    check_programs(parts)
    _check_types(parts)
    return parts


def _check_types(parts):
    if CONTENT_TYPES not in parts:
        raise Unfit(Reason.BROKEN, CONTENT_TYPES)
    for element in tree_of(parts[CONTENT_TYPES]):
        media = element.get("ContentType", "")
        if _TYPES.search(media):
            raise Unfit(Reason.ACTIVE, media)


def _check_relationships(name, part):
    for element in tree_of(part):
        kind = element.get("Type", "").rpartition("/")[2]
        if kind not in RELATIONSHIPS:
            raise Unfit(Reason.ACTIVE, f"{name}: {kind}")
        if element.get("TargetMode", "").lower() == "external" and (
            kind != "hyperlink" or not _LINKS.fullmatch(element.get("Target", ""))
        ):
            raise Unfit(Reason.ACTIVE, f"{name}: {kind} at another place")


def _check_fields(name, root):
    """Unfit for a field that fetches or starts something, also where its code is cut into runs or
    begins with another field that would write the code.
    """
    code = ""
    is_open = False
    for element in root.iter():
        kind = local(element.tag)
        if kind == "instrText" or kind == "delInstrText":
            code += element.text or ""
        elif kind == "fldChar":
            if is_open and not code.strip() and local_value(element, "fldCharType") == "begin":
                raise Unfit(Reason.ACTIVE, f"{name}: a field in place of a code")
            _check_code(name, code)
            is_open = local_value(element, "fldCharType") == "begin"
            code = ""
        elif kind == "fldSimple":
            _check_code(name, local_value(element, "instr"))
        elif kind in ("OLEObject", "control", "altChunk", "subDoc", "objectEmbed", "objectLink"):
            raise Unfit(Reason.ACTIVE, f"{name}: {kind}")
    _check_code(name, code)


def local_value(element, name):
    """The value of the attribute with the local name; "" without one."""
    return next((value for key, value in element.attrib.items() if local(key) == name), "")


def _check_code(name, code):
    if _FIELDS.match(code):
        raise Unfit(Reason.ACTIVE, f"{name}: {code[:40]}")


def _check_formulas(part):
    """Unfit for a formula that calls a program, a server or another workbook's data, and for one
    that is cut by markup, in which such a call could hide. Large sheets are not parsed.
    """
    rest = None
    for piece in pieces_of(part):
        if rest is None:
            _check_encoding(piece)
            rest = b""
        rest += piece
        # A formula ends with the byte behind the next "<": those that begin before the last but
        # one are whole.
        cut = max(rest.rfind(b"<", 0, max(0, rest.rfind(b"<"))), 0)
        _check_whole_formulas(rest[: cut + 2])
        rest = rest[cut:]
    _check_whole_formulas(rest or b"")


def _check_encoding(head):
    encoding = _ENCODING.match(head.removeprefix(b"\xef\xbb\xbf"))
    if b"\0" in head[:100] or encoding and encoding[1].lower() not in (b"utf-8", b"us-ascii"):
        raise Unfit(Reason.BROKEN, "not in UTF-8")


def _check_whole_formulas(markup):
    formulas = _FORMULA.findall(markup)
    if len(formulas) != len(_STARTS.findall(markup)):
        raise Unfit(Reason.BROKEN, "a formula without end")
    for attributes, text, behind in formulas:
        formula = html.unescape(text.decode("utf-8", "replace"))
        if _CALLS.search(formula) or behind != b"/" and not attributes.endswith(b"/"):
            raise Unfit(Reason.ACTIVE, formula[:40])

"""XML of office documents: parsed without entities, files or network, and written again."""

import re

from lxml import etree

from danchu.papers.cleaning.reasons import Reason, Unfit

# A path of a file or the name of a picture, as programs write it into the description of a picture.
_PATH = re.compile(r"[\\/]|\.(jpe?g|png|gif|bmp|tiff?|heic|webp|emf|wmf)\s*$", re.I)

_LIMITS = {etree.ErrorTypes.ERR_NO_MEMORY}

_SAFE = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_pis": True,
}


def tree_of(part):
    """The root element of a part; Unfit where it is no XML or declares a document type."""
    parser = etree.XMLParser(**_SAFE)
    try:
        root = etree.fromstring(part, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _unfit(error) from None
    if root is None or root.getroottree().docinfo.internalDTD is not None:
        raise Unfit(Reason.BROKEN, "document type")
    return root


def _unfit(error):
    """What is not read for a limit of the parser, or because memory ends, is large, not broken."""
    is_limit = getattr(error, "code", None) in _LIMITS or "XML_PARSE_HUGE" in str(error)
    return Unfit(Reason.LARGE if is_limit else Reason.BROKEN, str(error))


def bytes_of(root):
    """The part as XML in UTF-8 with its declaration."""
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def local(name):
    """The name of an element or attribute without its namespace; "" of a comment."""
    return name.rpartition("}")[2] if isinstance(name, str) else ""


def remove(element):
    """Remove an element with all it contains; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        raise Unfit(Reason.BROKEN, "root")
    previous = element.getprevious()
    if element.tail:
        if previous is not None:
            previous.tail = (previous.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def is_path(text):
    """Whether a description looks like the path or the name of a file."""
    return bool(_PATH.search(text or ""))

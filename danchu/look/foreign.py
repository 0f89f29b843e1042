"""Marks what is Vietnamese on an English page, the names and what people wrote, as such: a reader
aloud then speaks it rightly (WCAG 3.1.2), and a translating browser leaves names alone.

The words of pages are translated and those of records are not, so a piece of text with Vietnamese
letters is Vietnamese; beside English words only the run of it is marked.
"""

import re

from django.utils.translation import get_language

MARK = ' lang="vi" translate="no"'
_LETTER = "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ"
_VIETNAMESE = re.compile(f"[{_LETTER}]")
_TAG = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"</?\s*([a-zA-Z0-9]+)")
# Between pieces that are in one language each.
_BETWEEN = re.compile(r"(\s*[·,:;()–“”|]\s*|\s+(?:and|or|-)\s+|\.\s+)")
# In elements of these no other element may stand, or their text is not read.
_CLOSED = {"script", "style", "svg", "title", "textarea"}
# Words that show a piece to be English with a name in it.
_ENGLISH = re.compile(
    r"\b(?:of|the|in|to|from|by|at|on|for|with|is|are|was|under|into|law|article|clause|point|"
    r"decree|resolution|circular|decision|rule|named|part|whole|record|records|where|place|no|"
    r"received|merged|search|map|day|year|report|version|page|choose|open|all)\b",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\s(?:and|or)\s")
_RUN = re.compile(rf"\S*[{_LETTER}]\S*(?:\s+\S*[{_LETTER}]\S*)*")


def foreign_middleware(get_response):
    """Mark the pages that are read in English."""

    def middleware(request):
        answer = get_response(request)
        is_page = answer.headers.get("Content-Type", "").startswith("text/html")
        if is_page and not answer.streaming and get_language() == "en":
            answer.content = marked(answer.content.decode(answer.charset))
        return answer

    return middleware


def marked(page):
    """The page with its Vietnamese marked; what has a `lang` of its own stays as it is."""
    if not _VIETNAMESE.search(page):
        return page
    parts = _TAG.split(page)  # text, tag, text, tag, …, text
    closed = ""
    for place in range(0, len(parts), 2):
        tag = parts[place - 1] if place else ""
        name = _name(tag)
        if closed:
            closed = "" if tag.startswith(f"</{closed}") else closed
        elif name in _CLOSED and not tag.startswith("</") and not tag.endswith("/>"):
            closed = name
        text = parts[place]
        if closed or not _VIETNAMESE.search(text) or "lang=" in tag:
            continue
        after = parts[place + 1] if place + 1 < len(parts) else ""
        if name and after.startswith(f"</{name}") and _is_whole(text) and not tag.startswith("</"):
            parts[place - 1] = f"{tag[:-1]}{MARK}>"
        elif name != "option":
            parts[place] = _marked_text(text)
    return "".join(parts)


def _name(tag):
    name = _NAME.match(tag)
    return name[1].lower() if name else ""


def _is_whole(text):
    """Whether the text is in Vietnamese from its beginning to its end."""
    pieces = [piece for piece in _BETWEEN.split(text.strip())[::2] if piece]
    return not _JOINED.search(text) and all(
        _VIETNAMESE.search(piece) and not _ENGLISH.search(piece) for piece in pieces
    )


def _marked_text(text):
    return "".join(
        _marked_piece(piece) if place % 2 == 0 else piece
        for place, piece in enumerate(_BETWEEN.split(text))
    )


def _marked_piece(piece):
    if not _VIETNAMESE.search(piece):
        return piece
    if _ENGLISH.search(piece):
        return _RUN.sub(lambda run: f"<span{MARK}>{run[0]}</span>", piece)
    bare = piece.strip()
    return piece.replace(bare, f"<span{MARK}>{bare}</span>", 1)

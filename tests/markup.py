"""A page as its tags and words, whatever lines its templates are written in."""

import re


def tight(page):
    """The HTML with one blank between words and attributes and none beside tags."""
    page = re.sub(r"[ \t\r\n]+", " ", page)  # a no-break space stays
    return re.sub(r" ?(<[a-zA-Z/!][^>]*?) ?(>) ?", r"\1\2", page)

"""Normalises the white space of a page, so that tests do not depend on the lines of templates."""

import re


def tight(page):
    """The HTML with one blank between words and attributes and none beside tags."""
    page = re.sub(r"[ \t\r\n]+", " ", page)  # a no-break space stays
    return re.sub(r" ?(<[a-zA-Z/!][^>]*?) ?(>) ?", r"\1\2", page)

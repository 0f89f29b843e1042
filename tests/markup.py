"""A page as its tags and words, whatever lines its templates are written in."""

import re


def tight(page):
    """The HTML without white space beside its tags and with one blank between attributes."""
    page = re.sub(r"<[a-zA-Z/!][^>]*>", lambda tag: re.sub(r"\s+", " ", tag[0]), page)
    return re.sub(r"\s*(<[^>]*?) ?(>)\s*", r"\1\2", page)

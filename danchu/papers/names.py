"""Sanitised file names, for display and download; never used as a path on disk."""

import re

from danchu.kernel.text import clean

LONGEST = 120


def clean_name(name):
    """The last component of the name in NFC, without bidi controls and without characters that are
    invalid in file systems or headers; "tep" when nothing is left. At most LONGEST characters.
    """
    last = re.split(r"[/\\]", clean(name).replace("\u202e", ""))[-1]
    plain = re.sub(r'[<>:"|?*\x00-\x1f\u200b-\u200f\u202a-\u202e\u2066-\u2069]', "", last).strip(
        " ."
    )
    stem, dot, ending = plain.rpartition(".")
    if not stem:
        stem = ending or "tep"
        dot = ""
        ending = ""
    return f"{stem[: LONGEST - len(ending) - 1]}{dot}{ending[:10]}"

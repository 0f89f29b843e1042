"""The name a file is shown and handed out under; never a path."""

import re

from danchu.kernel.text import clean

LONGEST = 120


def clean_name(name):
    """The last part of the name in NFC, without what a file system or a header would trip over;
    "tep" when nothing is left.
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

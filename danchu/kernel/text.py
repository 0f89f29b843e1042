"""Vietnamese text: one form for storing (NFC), one for searching (no marks), one for sorting."""

import re
import unicodedata

# Bidirectional controls can disguise a name, and zero-width joiners alone make one that looks
# empty. Categories of such characters: controls, format characters, surrogates.
UNSEEN = ("Cc", "Cf", "Cs")
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# Tone order of Vietnamese dictionaries: ngang, huyền, hỏi, ngã, sắc, nặng.
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_RANK = {
    letter: chr(0x61 + i) if i < 26 else chr(0x7B + i - 26) for i, letter in enumerate(_LETTERS)
}


def clean(text: object) -> str:
    """The text as it is stored: NFC, single spaces, no invisible characters, trimmed."""
    written = str(text)
    if not written.isprintable():  # rare; letter by letter is half the cost of an import
        written = "".join(
            " " if c.isspace() else c
            for c in written
            if c.isspace() or unicodedata.category(c) not in UNSEEN
        )
    return re.sub(r" {2,}", " ", unicodedata.normalize("NFC", written)).strip()


def fold(text: object) -> str:
    """Lower case without marks, đ as d: the form that search compares. "Đống Đa" → "dong da"."""
    plain = unicodedata.normalize("NFD", str(text).lower().replace("đ", "d"))
    plain = "".join(c for c in plain if unicodedata.category(c) != "Mn").replace("đ", "d")
    return re.sub(r"[^0-9a-z]+", " ", plain).strip()


def sort_key(text: object) -> str:
    """A string whose plain (C) order is the Vietnamese dictionary order of `text`.

    Letters first (a ă â b … đ e ê …), then tones; digits sort by value up to 9 digits.
    """
    letters: list[str] = []
    tones: list[str] = []
    lowered = re.sub(r"\d+", lambda m: m.group().zfill(9), str(text).lower())
    for cluster in unicodedata.normalize("NFC", lowered):
        parts = unicodedata.normalize("NFD", cluster)
        tone = next((_TONES[c] for c in parts if c in _TONES), 0)
        base = unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES))
        if base in _RANK:
            letters.append(_RANK[base])
            tones.append(str(tone))
        elif base.isdecimal():
            letters.append(base)
        else:
            letters.append(" ")
    return "".join(letters) + "!" + "".join(tones)


def initials(text: object) -> str:
    """The first letters of the folded words: "Hà Nội" → "hn"."""
    return "".join(word[0] for word in fold(text).split())

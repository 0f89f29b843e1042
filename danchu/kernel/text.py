"""Vietnamese text: the forms for storage (NFC), for search (no diacritics) and for sorting."""

import re
import unicodedata

# Bidirectional controls can disguise a name, and zero-width joiners alone make one that looks
# empty. Categories of such characters: controls, format characters, surrogates.
INVISIBLE = ("Cc", "Cf", "Cs")
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# Tone order of Vietnamese dictionaries: ngang, huyền, hỏi, ngã, sắc, nặng.
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_RANK = {
    letter: chr(0x61 + i) if i < 26 else chr(0x7B + i - 26) for i, letter in enumerate(_LETTERS)
}


def clean(text: object) -> str:
    """The form for storage: NFC, single spaces, no invisible characters, trimmed."""
    visible = str(text)
    # Rare: doing this for every text would take half the time of an import.
    if not visible.isprintable():
        visible = "".join(
            " " if letter.isspace() else letter
            for letter in visible
            if letter.isspace() or unicodedata.category(letter) not in INVISIBLE
        )
    return re.sub(r" {2,}", " ", unicodedata.normalize("NFC", visible)).strip()


def fold(text: object) -> str:
    """The form for search: lower case without diacritics, đ as d. "Đống Đa" → "dong da"."""
    plain = unicodedata.normalize("NFD", str(text).lower().replace("đ", "d"))
    plain = "".join(letter for letter in plain if unicodedata.category(letter) != "Mn").replace(
        "đ", "d"
    )
    return re.sub(r"[^0-9a-z]+", " ", plain).strip()


def sort_key(text: object) -> str:
    """A string whose byte order is the Vietnamese dictionary order of `text`.

    Compares letters first (a ă â b … đ e ê …), then tones; numbers of up to 9 digits by value.
    """
    letters: list[str] = []
    tones: list[str] = []
    lowered = re.sub(r"\d+", lambda match: match.group().zfill(9), str(text).lower())
    for cluster in unicodedata.normalize("NFC", lowered):
        parts = unicodedata.normalize("NFD", cluster)
        tone = next((_TONES[letter] for letter in parts if letter in _TONES), 0)
        base = unicodedata.normalize(
            "NFC", "".join(letter for letter in parts if letter not in _TONES)
        )
        if base in _RANK:
            letters.append(_RANK[base])
            tones.append(str(tone))
        elif base.isdecimal():
            letters.append(base)
        else:
            letters.append(" ")
    return "".join(letters) + "!" + "".join(tones)


def initials(text: object) -> str:
    """The initials of the folded words: "Hà Nội" → "hn"."""
    return "".join(word[0] for word in fold(text).split())

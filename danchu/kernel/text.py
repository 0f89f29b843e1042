"""Vietnamese text: the forms for storage (NFC), for search (no diacritics), for telling persons and
places apart, and for sorting.
"""

import re
import unicodedata
from collections.abc import Callable

# Bidirectional controls can disguise a name, and zero-width joiners alone make one that looks
# empty. Categories of such characters: controls, format characters, surrogates.
INVISIBLE = ("Cc", "Cf", "Cs")
# Letters and marks that nobody sees either (Unicode, Default_Ignorable_Code_Point): joiners,
# fillers of Hangul, variation selectors; and the blank of Braille.
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\ufff0-\ufff8\U000e0000-\U000e0fff]"
)
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# Tone order of Vietnamese dictionaries: ngang, huyền, hỏi, ngã, sắc, nặng.
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_RANK = {
    letter: chr(0x61 + i) if i < 26 else chr(0x7B + i - 26) for i, letter in enumerate(_LETTERS)
}
# Line breaks other than the line feed: Word's (vertical tab), a new page, Unicode's own.
_BREAKS = re.compile("\r\n|[\x0b\x0c\r\x1c-\x1e\x85\u2028\u2029]")
_NONCHARACTERS = "".join(
    chr(plane + last) for plane in range(0x10000, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF)
)
# What XML 1.0 cannot hold (section 2.2), further controls, and the noncharacters of Unicode.
_UNSTORABLE = re.compile(
    f"[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff{_NONCHARACTERS}]"
)
# Letters that look like Đ (U+0110) and that NFC leaves alone: eth, African D, D with an overlay.
_LIKE_D = str.maketrans("ÐƉðɖ", "ĐĐđđ")
# Marks that NFC may leave apart from their letter.
_LOOSE_MARKS = re.compile("[\u0302\u0306\u0335\u0336]")
_STRUCK_D = re.compile("([Dd])[\u0335\u0336]")
# A tone typed before the circumflex or the breve of its vowel; NFC joins them only the other way.
_TONE_FIRST = re.compile("([AEOaeo])([\u0300\u0301\u0303\u0309])([\u0302\u0306])")
_FOLDED_D = str.maketrans("đðɖ", "ddd")
# Letters that are stored as typed: of Vietnamese in their one form, and printable ASCII.
_STORED_AS_TYPED = re.compile("[ -~ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ]*")
# Typographic variants of one mark of punctuation.
_PLAIN_MARKS = str.maketrans("‘’ʼ`´“”„–—‐‑", "'''''\"\"\"----")


def _is_stored_as_typed(text: str) -> bool:
    """Whether no rule for storage but those of blanks would change the text, as with most texts."""
    if text.isascii():
        return text.isprintable()
    return _STORED_AS_TYPED.fullmatch(text) is not None


def normal(text: object) -> str:
    """The text in the one form that enters the system: NFC, look-alikes of Đ as Đ, nothing that XML
    cannot hold; breaks of lines and pages other than CR and LF as LF. Blanks stay as typed.
    """
    entered = str(text)
    if _is_stored_as_typed(entered):
        return entered
    # Rare: doing this for every text would take half the time of an import.
    if not entered.isprintable():
        entered = re.sub("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", "\n", entered)
        entered = _UNSTORABLE.sub("", entered)
    if entered.isascii():
        return entered
    entered = unicodedata.normalize("NFC", entered.translate(_LIKE_D))
    if _LOOSE_MARKS.search(entered):
        struck = _STRUCK_D.sub(
            lambda match: "Đ" if match[1] == "D" else "đ", unicodedata.normalize("NFD", entered)
        )
        entered = unicodedata.normalize("NFC", _TONE_FIRST.sub(r"\1\3\2", struck))
    return entered


def unstorable_letter(text: str) -> tuple[int, str] | None:
    """(place from 1, name such as U+0001) of the first letter that `normal` would leave out; None
    where it keeps all.
    """
    if text.isprintable() or not (letter := _UNSTORABLE.search(text)):
        return None
    return letter.start() + 1, f"U+{ord(letter[0]):04X}"


def clean(text: object) -> str:
    """The form for storage of one line: `normal`, single spaces, no invisible characters,
    trimmed.
    """
    entered = str(text)
    if "  " not in entered and _is_stored_as_typed(entered):
        return entered.strip()
    visible = _UNSEEN.sub("", entered)
    if not visible.isprintable():
        visible = "".join(
            " " if letter.isspace() else letter
            for letter in visible
            if letter.isspace() or unicodedata.category(letter) not in INVISIBLE
        )
    return re.sub(r" {2,}", " ", normal(visible)).strip()


def paragraphs(text: object) -> str:
    """The form for storage of several lines: `normal`, lines ended by LF, no invisible characters
    but tabs, without blanks at the ends.
    """
    lines = _UNSEEN.sub("", _BREAKS.sub("\n", str(text)))
    if not lines.isprintable():
        lines = "".join(
            letter
            for letter in lines
            if letter in "\n\t" or unicodedata.category(letter) not in INVISIBLE
        )
    return normal(lines).strip()


def fold(text: object) -> str:
    """The form for search: lower case without diacritics, đ as d. "Đống Đa" → "dong da"."""
    plain = unicodedata.normalize("NFD", str(text).lower().translate(_FOLDED_D))
    plain = "".join(letter for letter in plain if unicodedata.category(letter) != "Mn").replace(
        "đ", "d"
    )
    return re.sub(r"[^0-9a-z]+", " ", plain).strip()


def identity_key(text: object) -> str:
    """The form in which two names or addresses of persons and places are compared: marks count,
    "Hải" is not "Hài"; case, blanks and the forms of quotes and hyphens do not, and neither does
    the letter of a syllable that carries its tone: "hòa" is "hoà".
    """
    marks = clean(text).casefold().translate(_PLAIN_MARKS)
    marks = re.sub(r" ?([^\w\s\u0300-\u036f]) ?", r"\1", unicodedata.normalize("NFC", marks))
    return re.sub(r"\w+", lambda match: _tone_last(match[0]), marks)


def _tone_last(word: str) -> str:
    """A syllable with its tone behind its letters, where it has exactly one."""
    letters = unicodedata.normalize("NFD", word)
    tones = [letter for letter in letters if letter in _TONES]
    if len(tones) != 1:
        return word
    return unicodedata.normalize("NFC", letters.replace(tones[0], "")) + tones[0]


def has_marks(text: object) -> bool:
    """Whether the text is written with Vietnamese letters or tones: "Đống Đa", not "Dong Da"."""
    return not clean(text).isascii()


def typed_form(text: object) -> Callable[[object], str]:
    """The form in which names are compared with one that somebody typed: marks count where any
    were typed, so that "Đồng" never means "Đông".
    """
    return identity_key if has_marks(text) else fold


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

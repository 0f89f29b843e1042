"""Whether a text says who its author is: names, addresses and numbers as people write them, also to
be read by a person and not by a program.
"""

import itertools
import re

from django.utils.translation import gettext as _

from danchu.kernel.text import fold, has_marks, identity_key

_SPOKEN = ("khong", "mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin")
_DIGITS = {word: str(digit) for digit, word in enumerate(_SPOKEN)} | {"tu": "4", "lam": "5"}
_OPEN, _CLOSED = r"\s*[\[({<]?\s*", r"\s*[\])}>]?\s*"
_AT = re.compile(rf"{_OPEN}(?:@|\bat\b|\ba[ -]?(?:còng|cong|móc|moc)\b){_CLOSED}")
_DOT = re.compile(rf"{_OPEN}(?:\.|\bdot\b|\bchấm\b|\bcham\b){_CLOSED}")


def identifying_detail(text, persons):
    """Which detail of the persons the text contains, in words for its author; "" without any.

    A name of one word and an address without a number identify nobody.
    """
    words = f" {fold(text)} "
    mail = _DOT.sub(".", _AT.sub("@", text.lower()))
    numbers = [re.sub(r"[^0-9]", "", text), spoken_digits(words)]
    for person in persons:
        address = fold(person["address"])
        phone = re.sub(r"[^0-9]", "", person["phone"])
        identity = person["identity"].lower()
        if _has_name(text, person["name"]):
            return _("họ tên người gửi")
        if (
            len(address) >= 8
            and any(letter.isdigit() for letter in address)
            and f" {address} " in words
        ):
            return _("địa chỉ người gửi")
        if (
            phone
            and any(phone[-9:] in digits for digits in numbers)
            or identity
            and (identity in text.lower().replace(" ", "") or identity in numbers[1])
            or person["email"]
            and person["email"].lower() in mail
        ):
            return _("điện thoại, thư điện tử hoặc số giấy tờ của người gửi")
    return ""


def spoken_digits(folded_words):
    """The digits of folded words that follow each other, written or spoken, other words as a blank:
    "goi khong chin mot 2" is " 0912".
    """
    return "".join(
        word if word.isdecimal() else _DIGITS.get(word, " ") for word in folded_words.split()
    )


def _has_name(text, name):
    """Whether the text has the words of the name one after another; of a name of three words and
    more also in any order, or what people call each other: its last two words, its last and first.
    """
    folded = fold(name)
    if " " in folded and f" {folded} " in f" {fold(text)} ":
        return True
    parts = _words(name, fold)
    if len(parts) < 3:
        return False
    words = _words(text, fold)
    pieces = (words[at : at + len(parts)] for at in range(len(words)))
    if any(sorted(piece) == sorted(parts) for piece in pieces):
        return True
    # Two words without their marks may be any two words, unless the author types without marks.
    form = identity_key if has_marks(text) else fold
    first, *_middle, before_last, last = _words(name, form)
    pairs = {(before_last, last), (last, first), (first, last)}
    return not pairs.isdisjoint(itertools.pairwise(_words(text, form)))


def _words(text, form):
    """The words of the text in one form."""
    return re.sub(r"[^\w\u0300-\u036f]+", " ", form(text)).split()

"""Telephone numbers in one form, so that one person's number is one text."""

import re
import unicodedata

from danchu.kernel.refusals import Refused
from danchu.kernel.text import clean
from danchu.kernel.words import gettext as _

_SIGNS = re.compile(r"[\s./()\-‐‑–—]")
# A number as programs write one that they took for a fraction.
_WITH_FRACTION = re.compile(r"(\+?[0-9]{8,15})\.0+")
# Numbers in Vietnam are dialled with a 0, behind which stand 9 digits (mobile) or 10 (02…). Without
# the 0 they come from spreadsheets, which take it away, and from the international form.
_WITHOUT_ZERO = re.compile(r"[2-9][0-9]{8}|2[0-9]{9}")
_INTERNATIONAL = re.compile(r"(?:\+84|0084)0?([0-9]{8,11})|84([2-9][0-9]{8}|2[0-9]{9})")


def telephone(text: object, message: str = "") -> str:
    """The number as it is dialled in Vietnam, "0912345678", or "+" and digits for another country;
    "" for "". Refused, with `message` if there is one, where it is no telephone number.
    """
    number = unicodedata.normalize("NFKC", clean(text))
    number = _SIGNS.sub("", _WITH_FRACTION.sub(r"\1", number))
    international = _INTERNATIONAL.fullmatch(number)
    if international:
        number = "0" + (international[1] or international[2])
    elif _WITHOUT_ZERO.fullmatch(number):
        number = "0" + number
    if number and not re.fullmatch(r"\+?[0-9]{8,15}", number):
        raise Refused(message or _("Số điện thoại chỉ gồm 8 đến 15 chữ số."))
    return number


def contact_key(contact: object) -> str:
    """The form in which two telephone numbers or addresses of electronic mail are compared."""
    try:
        return telephone(contact)
    except Refused:
        return clean(contact).casefold()

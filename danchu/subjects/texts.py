"""Texts given to an act: cleaned, not empty where required, not too long."""

from typing import Any

from django.utils.translation import gettext as _

from danchu.kernel.numbers import show_number
from danchu.kernel.refusals import Refused
from danchu.kernel.text import clean, paragraphs

LONGEST_TEXT = 10_000
LONGEST_REASON = 500


def line_of(text: Any, field: str, most: int, required: str = "") -> str:
    """One line without blanks at its ends. `required` is the sentence with which an empty one is
    refused; Refused by field also when longer than `most` characters.
    """
    return _check_text(clean(text), field, most, required)


def text_of(text: Any, field: str, most: int = LONGEST_TEXT, required: str = "") -> str:
    """Lines and paragraphs as typed, without blanks at the ends; Refused as `line_of`."""
    return _check_text(paragraphs(text or ""), field, most, required)


def reason_of(text: Any, field: str = "reason", most: int = LONGEST_REASON) -> str:
    """Why something is done, in one line of at most `most` characters; Refused when empty."""
    return line_of(text, field, most, _("Hãy ghi lý do."))


def content_of(text: Any, field: str, most: int = LONGEST_TEXT) -> str:
    """What was said or decided; Refused when empty."""
    return text_of(text, field, most, _("Hãy ghi nội dung."))


def check_length(text: str, field: str, most: int) -> None:
    """Refused by field when longer than `most` characters."""
    if len(text) > most:
        raise too_long(field, most)


def too_long(field: str, most: int) -> Refused:
    """The refusal of a text that is longer than `most` characters."""
    return Refused(_("Dài quá %s ký tự. Hãy rút gọn.") % show_number(most), field)


def _check_text(text: str, field: str, most: int, required: str) -> str:
    if required and not clean(text):
        raise Refused(required, field)
    check_length(text, field, most)
    return text

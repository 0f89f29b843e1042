"""A form field for one row of a table that may have any number of rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.kernel.addresses import number_in
from danchu.kernel.numbers import show_number
from danchu.kernel.refusals import Refused
from danchu.kernel.text import clean, typed_form

MOST_LISTED = 200
MOST_NAMED = 5
# "12" or "… (#12)", as a name is shown where many are alike.
_NUMBERED = re.compile(r"(?:.*\(#)?([0-9]{1,18})\)?", re.DOTALL)

Names = Callable[[list[Any]], Iterable[tuple[str, str]]]


class OneOf(forms.ChoiceField):
    """One row, cleaned to its id as text, "" for none.

    All rows are in a list as long as there are at most MOST_LISTED. Where there are more a part of
    the name is typed, which is searched for when the form is sent: no row is out of reach, and the
    page needs no script.
    """

    default_error_messages = {"invalid_choice": gettext_lazy("Không có lựa chọn “%(value)s”.")}

    def __init__(self, *, blank: Any = "–", **more: Any) -> None:
        super().__init__(**more)
        self.blank = blank
        self.is_typed = False

    def offer(self, rows: QuerySet[Any], names: Names) -> None:
        """Offer these rows in their order; `names(rows)` are pairs of an id as text and a name."""
        self.rows = rows
        self.names = names
        first = list(rows[: MOST_LISTED + 1])
        self.is_typed = len(first) > MOST_LISTED
        if not self.is_typed:
            none = [] if self.required else [("", self.blank)]
            self.choices = [*none, *names(first)]
            return
        self.widget = forms.TextInput(attrs={"autocomplete": "off"})
        self.widget.is_required = self.required
        self.help_text = _("Có %s: hãy gõ một phần tên, không cần dấu.") % show_number(rows.count())

    def row(self, key: str) -> Any:
        """The row with the cleaned id; None for ""."""
        number = number_in(key)
        return None if number is None else self.rows.filter(pk=number).first()

    def clean(self, value: Any) -> str:
        if not self.is_typed:
            return str(super().clean(value))
        text = clean(value or "")
        if not text and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if not text or self.row(text) is not None:
            return text
        try:
            return chosen_key(list(self.names(list(self.rows))), text)
        except Refused as refusal:
            raise forms.ValidationError(str(refusal.message)) from None

    def prepare_value(self, value: Any) -> Any:
        """An id is shown as the name with the id, which is read again as the id."""
        row = self.row(str(value or "")) if self.is_typed else None
        return value if row is None else numbered(*next(iter(self.names([row]))))


def chosen_key(pairs: Sequence[tuple[str, str]], text: str) -> str:
    """The id among pairs of an id as text and a name that is typed as the id, as the name with the
    id, or as a part of one name, marks included unless none were typed. Refused where none is
    meant, or several.
    """
    match = _NUMBERED.fullmatch(text)
    form = typed_form(text)
    words = form(text)
    letters = clean(text).casefold()
    # A number is an id and nothing else: that of a row that is gone is no part of a name.
    like = [
        (key, name)
        for key, name in pairs
        if (
            match[1] == key
            if match
            else words in form(name) or letters in clean(name).casefold()  # a part of a syllable
        )
    ]
    same = [pair for pair in like if form(pair[1]) == words]
    if len(same) == 1 or len(like) == 1:
        return (same or like)[0][0]
    if not like:
        raise Refused(_("Không có lựa chọn “%s”.") % text[:60])
    rest = len(like) - MOST_NAMED
    raise Refused(
        _("Có %(number)s tên như vậy: %(names)s%(rest)s. Hãy chép đủ một tên, cả số.")
        % {
            "number": show_number(len(like)),
            "names": "; ".join(numbered(*pair) for pair in like[:MOST_NAMED]),
            "rest": _(" và %s tên nữa") % show_number(rest) if rest > 0 else "",
        }
    )


def numbered(key: str, name: str) -> str:
    """A name with its id, which `chosen_key` reads as the id."""
    return f"{name} (#{key})"

"""Rows ticked in a list, for an act on all of them together."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.kernel.addresses import uid_in
from danchu.subjects.forms import RefusingForm
from danchu.subjects.listing import PAGE


class UidsField(forms.Field):
    """The rows that were ticked, as a list of UUIDs; refused where they are more than a page."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[Any]:
        uids = [uid for text in super().clean(value) or () if (uid := uid_in(text))]
        if len(uids) > PAGE:
            raise forms.ValidationError(_("Mỗi lần làm với nhiều nhất %s dòng.") % PAGE)
        return uids


class TickedForm(RefusingForm):
    """An act on the rows ticked in a list. A form adds `uid`, with its own words for nothing
    ticked; `address` names the address that it is sent to.
    """

    address = ""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **{"auto_id": "batch-%s", **more})

    @property
    def ticked(self) -> frozenset[Any]:
        """The uids to tick again, so that a refused form keeps what was chosen."""
        typed = (self["uid"].data or ()) if self.is_bound else ()
        return frozenset(uid for text in typed if (uid := uid_in(text)))

"""Forms of acts and of new records: real forms whose refusals stand on their field."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.kernel.days import show_day, today
from danchu.kernel.refusals import Refused, raise_all
from danchu.subjects.fields import DayField
from danchu.subjects.places import offer, offered_at


class RefusingForm(forms.Form):
    """A form that shows a refusal of an act on the field it belongs to.

    `wide` are the fields that take a line of their own; `above` and `below` are templates shown
    before and after the fields; `lead` stands under the title where the form has a page of its own.
    `shown_on` maps fields of a refusal to those of the form that have another name. With a
    `preview_template` the form can be shown again with what it would say, before anything is
    written; `scripts` are the static files of its page.
    """

    wide: tuple[str, ...] = ()
    above = ""
    below = ""
    lead: Any = ""
    shown_on: Mapping[str, str] = {}
    preview_template = ""
    scripts: tuple[str, ...] = ()

    def refuse(self, refusal: Refused) -> None:
        """Put the refusal, and the others that came with it, each on its field, or above the form
        when it has none here.
        """
        for one in refusal.every:
            name = self.shown_on.get(one.field, one.field)
            field = self.fields.get(name)
            is_shown = field is not None and not field.widget.is_hidden
            self.add_error(name if is_shown else None, str(one.message))
            if is_shown and one.choices:
                offer(field, one.choices)

    def check(self, rules: Callable[..., Any], *arguments: Any) -> Any:
        """What `rules(*arguments)` returns; None where it refuses, which is told beside the errors
        that the form has already, so that all are read at once.
        """
        try:
            return rules(*arguments)
        except Refused as refusal:
            self.refuse(refusal)
            return None

    def values(self) -> dict[str, Any]:
        """What the act is given, by the names of its parameters."""
        return dict(self.cleaned_data)


class ActForm(RefusingForm):
    """What one act asks for. `row` is the record it acts on, `actor` who fills it in."""

    def __init__(self, row: Any, actor: Any, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.row = row
        self.actor = actor
        self.prepare()

    def prepare(self) -> None:
        """Fill in choices and what the form begins with."""


class DayForm(ActForm):
    """An act that asks for its day, today unless something else is typed."""

    on = DayField(label=_("Ngày"))

    def prepare(self) -> None:
        self.initial["on"] = show_day(today())


class ReasonForm(ActForm):
    """An act that asks for its reason."""

    wide = ("reason",)
    reason = forms.CharField(label=_("Lý do"), max_length=500)


class RecordForm(RefusingForm):
    """A new record. `query` is what the address says the form begins with."""

    def __init__(self, actor: Any, query: Any, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.actor = actor
        self.query = query
        self.prepare()

    def prepare(self) -> None:
        """Fill in choices and what the form begins with."""


def refuse_errors(form: Any) -> None:
    """Refused by field with every error of a form that does not read, with what a box offers."""
    raise_all(
        Refused(error, name, choices=offered_at(form, name))
        for name, errors in form.errors.items()
        for error in errors
    )

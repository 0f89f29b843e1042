"""Fields a clerk types into (a day, a whole number, a place), and which place or body was meant by
what was typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from danchu.kernel.days import parse_day, parse_instant
from danchu.kernel.numbers import parse_count, show_number
from danchu.kernel.refusals import Refused
from danchu.people.actor import reaches
from danchu.units.body_choices import body_meant
from danchu.units.choices import PlaceChoice, place_choices, unit_of_value
from danchu.units.find import find_units
from danchu.units.maps import existed_on
from danchu.units.meant import is_named, unit_meant, units_meant
from danchu.units.models import Unit


class DayField(forms.CharField):
    """A day such as 12/12/2026, cleaned to a date; None where nothing was typed."""

    def __init__(self, **more: Any) -> None:
        attributes = {"inputmode": "numeric", "autocomplete": "off"}
        more.setdefault("widget", forms.TextInput(attrs=attributes))
        super().__init__(max_length=20, **more)

    def clean(self, value: Any) -> date | None:
        text = super().clean(value)
        try:
            return parse_day(text) if text else None
        except Refused as refusal:
            raise forms.ValidationError(str(refusal.message)) from None


class InstantField(forms.CharField):
    """A day and an hour in Vietnam such as 12/12/2026 08:00; None where nothing was typed."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            max_length=30, widget=forms.TextInput(attrs={"autocomplete": "off"}), **more
        )

    def clean(self, value: Any) -> datetime | None:
        text = super().clean(value)
        try:
            return parse_instant(text) if text else None
        except Refused as refusal:
            raise forms.ValidationError(str(refusal.message)) from None


class CountField(forms.CharField):
    """A whole number from 0 such as 1.205, with or without marks of thousands; 0 where nothing was
    typed, which is refused with `required`.
    """

    def __init__(self, **more: Any) -> None:
        more.setdefault("required", False)
        super().__init__(
            max_length=20,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            **more,
        )

    def prepare_value(self, value: Any) -> Any:
        """A stored number as it is written in Vietnamese; what was typed stays as it was typed."""
        return show_number(value, language="vi") if isinstance(value, int) else value

    def clean(self, value: Any) -> int:
        text = super().clean(value)
        try:
            return parse_count(text) if text else 0
        except Refused as refusal:
            raise forms.ValidationError(str(refusal.message)) from None


class YearField(CountField):
    """A year, written without a mark of thousands."""

    def prepare_value(self, value: Any) -> Any:
        """The year as it is."""
        return value


class ManyFiles(forms.FileInput):
    """An input for several files."""

    allow_multiple_selected = True


class FilesField(forms.Field):
    """Any number of files, as [(file, name)]; the act that stores them says which it takes."""

    widget = ManyFiles

    def clean(self, value: Any) -> list[tuple[Any, str]]:
        return [(file, file.name) for file in super().clean(value) or ()]


def lines_of_text(label: Any, rows: int = 4, **more: Any) -> forms.CharField:
    """A field for several lines."""
    return forms.CharField(
        label=label, max_length=10_000, widget=forms.Textarea(attrs={"rows": rows}), **more
    )


def unit_at(text: str, day: date, scope: Any, field: str = "unit") -> Unit:
    """The unit that a name, a code or the value of a choice means on a day, among those of `scope`
    (None: everywhere).

    Refused at `field` where none or several match, with those that may be meant.
    """
    chosen = unit_of_value(text, day)
    if chosen is not None and existed_on(chosen, day) and reaches(scope, chosen):
        return Unit.objects.get(pk=chosen)
    units = [unit for unit in find_units(text, day=day, limit=60) if reaches(scope, unit.id)]
    former = _former_choices(text, day, scope) if not units_meant(units, text) else []
    if not units and not former:
        raise Refused(
            _(
                "Không tìm thấy đơn vị “%s” trong phạm vi của ông/bà vào ngày đó. Hãy "
                "ghi tên hoặc mã."
            )
            % text[:60],
            field,
            choices=[row for row in place_choices(text, day) if reaches(scope, row.unit)],
            typed=text,
        )
    return Unit.objects.get(pk=unit_meant(units, text, field, former).id)


def _former_choices(text: str, day: date, scope: Any) -> list[PlaceChoice]:
    """The units of `scope` on the day that a unit of exactly this name has become."""
    return [
        choice
        for choice in place_choices(text, day)
        if choice.former and is_named(choice.former, text) and reaches(scope, choice.unit)
    ]


def set_body(form: Any, field: str, unit: Unit, day: date) -> None:
    """Replace what was typed in a cleaned BodyField of the form by the body at the unit that it
    means on the day, None where nothing was typed. A refusal stands on the field.
    """
    text = form.cleaned_data.get(field)
    form.cleaned_data[field] = None
    if not text:
        return
    try:
        form.cleaned_data[field] = body_meant(text, unit, day, form.fields[field].kinds)
    except Refused as refusal:
        refusal.field = field
        form.refuse(refusal)


def with_place_and_body(form: Any, cleaned: dict[str, Any], day: date) -> Mapping[str, Any]:
    """The cleaned values with `unit` and `body` (or None) replaced by the rows that were meant on
    the day; a refusal stands on its field.
    """
    cleaned["unit"] = form.check(unit_at, cleaned["unit"], day, form.scope)
    if cleaned["unit"] is not None:
        set_body(form, "body", cleaned["unit"], day)
    return cleaned

"""Fields a clerk types into (a day, a whole number, a place), and which place or body was meant by
what was typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from danchu.kernel.days import parse_day, parse_instant
from danchu.kernel.numbers import parse_count
from danchu.kernel.refusals import Refused
from danchu.kernel.text import typed_form
from danchu.people.actor import reaches
from danchu.units.choices import place_choices, unit_of_value
from danchu.units.find import find_units
from danchu.units.maps import existed_on
from danchu.units.meant import unit_meant
from danchu.units.models import Body, Unit

# How many places and bodies are named in a refusal that asks which of them was meant.
MOST_NAMED = 5
MOST_OFFERED = 12


@dataclass(frozen=True)
class NamedChoice:
    """A body that may be chosen, by its name."""

    value: str

    @property
    def label(self) -> str:
        """What a person reads."""
        return self.value

    def as_json(self) -> dict[str, Any]:
        """The choice for programs."""
        return {"name": self.value, "value": self.value}


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

    def clean(self, value: Any) -> int:
        text = super().clean(value)
        try:
            return parse_count(text) if text else 0
        except Refused as refusal:
            raise forms.ValidationError(str(refusal.message)) from None


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
    if not units:
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
    return Unit.objects.get(pk=unit_meant(units, text, field).id)


def body_at(unit: Unit, kind: str, day: date, name: str = "") -> Body:
    """The body of a kind at a unit on a day, by a part of its name where there are several.

    Refused at `body` where there is none, at `body_name` where several match.
    """
    rows = Body.objects.on(day).filter(unit=unit, kind=kind).order_by("pk")
    bodies = [(body, body.name_on(day)) for body in rows]
    if name.strip():
        bodies = _bodies_named(bodies, name)
    if not bodies:
        raise Refused(
            _(
                "Đơn vị chưa có cơ quan này vào ngày đó. Hãy lập ở mục Cơ quan, tổ chức; ô không "
                "bắt buộc thì có thể để trống."
            ),
            "body",
        )
    if len(bodies) > 1:
        names = "; ".join(str(name_on_day) for _body, name_on_day in bodies[:MOST_NAMED])
        raise Refused(
            _("Đơn vị có nhiều cơ quan loại này: %s. Hãy ghi rõ tên.") % names,
            "body_name",
            choices=[NamedChoice(str(name_on_day)) for _body, name_on_day in bodies[:MOST_OFFERED]],
            typed=name,
        )
    return bodies[0][0]


def _bodies_named(bodies: list[tuple[Body, str]], name: str) -> list[tuple[Body, str]]:
    """The bodies with the words of `name` in theirs, marks included unless none were typed; where
    one has just this name, it alone.
    """
    form = typed_form(name)
    words = form(name)
    exact = [pair for pair in bodies if form(pair[1]) == words]
    return exact or [pair for pair in bodies if words in form(pair[1])]


def set_body(form: Any, field: str, unit: Unit, day: date, name_field: str = "") -> None:
    """Replace the kind of body in a cleaned field of the form by the body of that kind at the unit,
    None where no kind was chosen.

    A refusal stands on the field; on `name_field` where the name typed there must tell several
    bodies apart.
    """
    kind = form.cleaned_data.get(field)
    form.cleaned_data[field] = None
    if not kind:
        return
    try:
        name = form.cleaned_data.get(name_field, "")
        form.cleaned_data[field] = body_at(unit, kind, day, name)
    except Refused as refusal:
        refusal.field = name_field if name_field and refusal.field == "body_name" else field
        form.refuse(refusal)


def with_place_and_body(form: Any, cleaned: dict[str, Any], day: date) -> Mapping[str, Any]:
    """The cleaned values with `unit` and `body` (or None) replaced by the rows that were meant on
    the day; a refusal stands on its field.
    """
    cleaned["unit"] = form.check(unit_at, cleaned["unit"], day, form.scope)
    if cleaned["unit"] is not None:
        set_body(form, "body", cleaned["unit"], day)
    return cleaned

"""The field of a place, the same in every form: a place is chosen while its name is typed, and
where what was typed is not certain, the form that comes back asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.units.choices import LONGEST_VALUE

# The name of the radio buttons by which a form that came back asks, behind that of the field.
CHOICE = "-choice"
PLACE_HELP = gettext_lazy("Gõ vài chữ rồi chọn; tên cũ cũng được, không cần gõ dấu.")


class OfferingInput(forms.TextInput):
    """A box with the choices of a refusal below it (`offered`), as radio buttons."""

    offered: tuple[Any, ...] = ()

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """The radio button that was chosen, else what was typed."""
        return data.get(f"{name}{CHOICE}") or super().value_from_datadict(data, files, name)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        box = super().render(name, value, attrs, renderer)
        if not self.offered:
            return box
        number = (attrs or {}).get("id", name)
        buttons = format_html_join(
            "",
            '<div class="choice"><input type="radio" name="{}" id="{}" value="{}">'
            '<label for="{}">{}</label></div>',
            (
                (f"{name}{CHOICE}", f"{number}-{place}", row.value, f"{number}-{place}", row.label)
                for place, row in enumerate(self.offered)
            ),
        )
        return format_html(
            '{}<fieldset class="offered"><legend>{}</legend>{}</fieldset>',
            box,
            _("Chọn một dòng, hoặc gõ lại ở trên"),
            buttons,
        )


class PlaceInput(OfferingInput):
    """A box in which a place is typed. A script (`look/js/choices.js`) offers places meanwhile, by
    the combobox pattern of the ARIA Authoring Practices; without it the box takes a name or a code.

    `day_field` names the field of the form whose day decides which places there are (else today),
    `level` the only level that is offered, `near`: the places near the device may be asked for.
    """

    def __init__(
        self, *, day_field: str = "", level: str = "", near: bool = False, attrs: Any = None
    ) -> None:
        super().__init__({"autocomplete": "off", "spellcheck": "false", **(attrs or {})})
        self.day_field = day_field
        self.level = level
        self.near = near

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["attrs"] |= self._for_script()
        return context

    def _for_script(self) -> dict[str, Any]:
        """What the script reads: addresses, and words in the reader's language."""
        data = {
            "data-choices": reverse("unit_choices"),
            "data-choices-former": _("trước là {former}"),
            "data-choices-none": _("Không có nơi nào tên như vậy."),
            "data-choices-number": _("{n} nơi: dùng mũi tên lên, xuống để chọn."),
        }
        if self.day_field:
            data["data-choices-day"] = self.day_field
        if self.level:
            data["data-choices-level"] = self.level
        if self.near:
            data["data-near"] = reverse("units_near")
            data["data-near-word"] = _("Các nơi gần tôi")
            data["data-near-failed"] = _("Máy không cho biết vị trí: hãy gõ tên nơi.")
        return data


class UnitField(forms.CharField):
    """A place as typed or chosen; the form says on which day and within which scope it is meant
    (`subjects.fields.unit_at`, `units.named.unit_typed`). `day_field`, `level` and `near` as for
    PlaceInput.
    """

    widget = PlaceInput

    def __init__(
        self, *, day_field: str = "", level: str = "", near: bool = False, **more: Any
    ) -> None:
        more.setdefault("label", gettext_lazy("Nơi"))
        more.setdefault("max_length", LONGEST_VALUE)
        more.setdefault("help_text", PLACE_HELP)
        more.setdefault("widget", PlaceInput(day_field=day_field, level=level, near=near))
        super().__init__(**more)


class BodyNameField(forms.CharField):
    """A part of the name of a body, needed where a place has several bodies of the chosen kind."""

    widget = OfferingInput

    def __init__(self, **more: Any) -> None:
        more.setdefault("label", gettext_lazy("Tên cơ quan"))
        more.setdefault("max_length", 200)
        more.setdefault("help_text", gettext_lazy("Chỉ cần khi nơi đó có nhiều cơ quan cùng loại."))
        super().__init__(required=False, **more)


def offer(field: Any, choices: tuple[Any, ...]) -> None:
    """Show the choices of a refusal below the box; other kinds of fields show their message."""
    if isinstance(field.widget, OfferingInput):
        field.widget.offered = choices


def offered_at(form: Any, name: str) -> tuple[Any, ...]:
    """What the box of this field offers; () for another kind of field and for the whole form."""
    field = form.fields.get(name)
    return getattr(field.widget, "offered", ()) if field else ()

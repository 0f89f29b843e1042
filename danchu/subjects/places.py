"""The fields of a place and of a body, the same in every form: they are chosen while their name is
typed, and where what was typed is not certain, the form that comes back asks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.units.choices import LONGEST_VALUE
from danchu.units.kinds import BodyKind

# The name of the radio buttons by which a form that came back asks, behind that of the field.
CHOICE = "-choice"
PLACE_HELP = gettext_lazy("Gõ vài chữ rồi chọn; tên cũ cũng được, không cần gõ dấu.")

BODY_HELP = gettext_lazy("Gõ vài chữ rồi chọn; tên cũ cũng được, không cần gõ dấu.")


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


class BodyInput(OfferingInput):
    """A box in which a body of a place is typed; the same script offers those that the form takes.
    `unit_field` and `day_field` name the fields of the form that say where and on which day.
    """

    def __init__(self, *, unit_field: str, day_field: str, attrs: Any = None) -> None:
        super().__init__({"autocomplete": "off", "spellcheck": "false", **(attrs or {})})
        self.unit_field = unit_field
        self.day_field = day_field
        self.kinds: tuple[str, ...] = ()

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["attrs"] |= {
            "data-choices": reverse("desk_body_choices"),
            "data-choices-fewest": "0",
            "data-choices-kinds": ",".join(self.kinds),
            "data-choices-unit": self.unit_field,
            "data-choices-day": self.day_field,
            "data-choices-former": _("trước là {former}"),
            "data-choices-none": _("Nơi này không có cơ quan nào tên như vậy."),
            "data-choices-number": _("{n} cơ quan: dùng mũi tên lên, xuống để chọn."),
        }
        return context


class BodyField(forms.CharField):
    """A body as typed or chosen, of one of `kinds` (all where none are given); the form says at
    which unit and on which day it is meant (`subjects.fields.set_body`). A kind stands for the body
    of that kind, so that an address or the last record may begin the form with it.
    """

    widget: type[BodyInput] = BodyInput

    def __init__(
        self,
        *,
        kinds: Sequence[str] = (),
        unit_field: str = "unit",
        day_field: str = "",
        **more: Any,
    ) -> None:
        more.setdefault("max_length", LONGEST_VALUE)
        more.setdefault("help_text", BODY_HELP)
        more.setdefault("widget", BodyInput(unit_field=unit_field, day_field=day_field))
        super().__init__(**more)
        self.take(kinds)

    def take(self, kinds: Sequence[str]) -> None:
        """Take bodies of these kinds alone."""
        self.kinds = tuple(kinds)
        self.widget.kinds = self.kinds

    def prepare_value(self, value: Any) -> Any:
        """A kind is shown in words, which are read again as the kind."""
        return BodyKind(value).label if value in BodyKind.values else value


def offer(field: Any, choices: tuple[Any, ...]) -> None:
    """Show the choices of a refusal below the box; other kinds of fields show their message."""
    if isinstance(field.widget, OfferingInput):
        field.widget.offered = choices


def offered_at(form: Any, name: str) -> tuple[Any, ...]:
    """What the box of this field offers; () for another kind of field and for the whole form."""
    field = form.fields.get(name)
    return getattr(field.widget, "offered", ()) if field else ()

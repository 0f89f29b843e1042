"""Fields a clerk types into: a day, a whole number, a place; and how a place or body is told
from what was typed.
"""

from django import forms
from django.utils.translation import gettext as _

from danchu.kernel.days import parse_day, parse_instant
from danchu.kernel.numbers import parse_count
from danchu.kernel.refusals import Refused
from danchu.kernel.text import fold
from danchu.people.actor import reaches
from danchu.units.find import find_units
from danchu.units.models import Body, Unit


class DayField(forms.CharField):
    def __init__(self, **more):
        super().__init__(
            max_length=20,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            **more,
        )

    def clean(self, value):
        text = super().clean(value)
        try:
            return parse_day(text) if text else None
        except Refused as refusal:
            raise forms.ValidationError(refusal.message) from None


class InstantField(forms.CharField):
    """A day and an hour in Vietnam: 12/12/2026 08:00."""

    def __init__(self, **more):
        super().__init__(
            max_length=30, widget=forms.TextInput(attrs={"autocomplete": "off"}), **more
        )

    def clean(self, value):
        text = super().clean(value)
        try:
            return parse_instant(text) if text else None
        except Refused as refusal:
            raise forms.ValidationError(refusal.message) from None


class CountField(forms.CharField):
    def __init__(self, **more):
        super().__init__(
            required=False,
            max_length=20,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            **more,
        )

    def clean(self, value):
        text = super().clean(value)
        try:
            return parse_count(text) if text else 0
        except Refused as refusal:
            raise forms.ValidationError(refusal.message) from None


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.Field):
    """Any number of files, as [(file, name)]; the act that keeps them says which it takes."""

    widget = ManyFiles

    def clean(self, value):
        return [(file, file.name) for file in super().clean(value) or ()]


def lines_of_text(label, rows=4, **more):
    """A field for several lines."""
    return forms.CharField(
        label=label, max_length=10_000, widget=forms.Textarea(attrs={"rows": rows}), **more
    )


def unit_at(text, day, scope):
    """The one unit a clerk means by a name or code on a day, among those of `scope` (None:
    all); Refused otherwise.
    """
    found = [f for f in find_units(text, day=day, limit=40) if reaches(scope, f.id)]
    exact = [
        f for f in found if text.strip() in (f.code, str(f.name)) or fold(f.name) == fold(text)
    ]
    chosen = exact or found
    if not chosen:
        raise Refused(
            _(
                "Không tìm thấy đơn vị “%s” trong phạm vi của ông/bà vào ngày đó. Hãy "
                "ghi tên hoặc mã."
            )
            % text[:60],
            "unit",
        )
    if len(chosen) > 1:
        several = "; ".join(f"{f.name} – {f.under} ({f.code})" for f in chosen[:5])
        raise Refused(_("Có nhiều nơi tên này: %s. Hãy ghi mã của nơi cần chọn.") % several, "unit")
    return Unit.objects.get(pk=chosen[0].id)


def body_at(unit, kind, day, name=""):
    """The body of a kind at a unit on a day; by name where there are several; Refused when it
    cannot be told.
    """
    found = [
        (body, body.name_on(day))
        for body in Body.objects.on(day).filter(unit=unit, kind=kind).order_by("pk")[:200]
    ]
    if name.strip():
        found = [(body, called) for body, called in found if fold(name) in fold(called or "")]
    if not found:
        raise Refused(
            _("Đơn vị chưa có cơ quan này vào ngày đó. Hãy để trống hoặc nhờ người vận hành lập."),
            "body",
        )
    if len(found) > 1:
        several = "; ".join(str(called) for _body, called in found[:5])
        raise Refused(
            _("Đơn vị có nhiều cơ quan loại này: %s. Hãy ghi rõ tên.") % several, "body_name"
        )
    return found[0][0]


def with_place_and_body(form, cleaned, day):
    """The cleaned values with the unit and the body (or None) that were meant on the day; a
    refusal stands on its field.
    """
    try:
        cleaned["unit"] = unit_at(cleaned["unit"], day, form.scope)
        cleaned["body"] = (
            body_at(cleaned["unit"], cleaned["body"], day) if cleaned.get("body") else None
        )
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else "body", refusal.message)
    return cleaned

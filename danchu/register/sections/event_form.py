"""The form of an event: what a clerk types, read into the arguments of the register's acts."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.kernel.days import show_day, today
from danchu.kernel.numbers import parse_count
from danchu.kernel.refusals import Refused, all_refusals
from danchu.kernel.text import normal
from danchu.register.checking import FIELDS, broken_rules
from danchu.register.kinds import KINDS
from danchu.register.likeness import alike_events
from danchu.register.models import Event
from danchu.register.needed_by import figures_of_field
from danchu.register.querysets import REFERENCE_USED
from danchu.register.words import FORM_WORDS, NUMBER_WORDS
from danchu.subjects.editing import EditingForm
from danchu.subjects.fields import CountField, DayField, set_body, unit_at
from danchu.subjects.forms import ActForm, RefusingForm
from danchu.subjects.places import BodyField, UnitField
from danchu.units.choices import typed_of_unit, value_of_unit
from danchu.units.models import Body
from danchu.units.names import name_of

SPARE_PARTS = 4


class EventForm(RefusingForm):
    """One event of a kind. Parts are fields part_unit_N and part_amount_N, numbered from 0."""

    wide = ("title", "note", "reason")
    below = "register/event_parts.html"
    uid = forms.UUIDField(widget=forms.HiddenInput)
    held_on = DayField(label=_("Ngày tổ chức"), help_text=_("Ví dụ 12/12/2023."))
    unit = UnitField(day_field="held_on")
    body = BodyField(label=_("Cơ quan thực hiện"), required=False, day_field="held_on")
    form = forms.ChoiceField(label=_("Hình thức"), required=False)
    title = forms.CharField(label=_("Nội dung"), max_length=300)
    reference = forms.CharField(label=_("Số hiệu trong sổ"), max_length=60, required=False)

    def __init__(self, kind, actor, verb, *arguments, **more):
        super().__init__(*arguments, **more)
        self.kind = KINDS[kind]
        self.lead = _(self.kind.law)
        self.scope = actor.scope(verb, kind)
        self.fields["body"].take(self.kind.bodies)
        if self.kind.forms:
            self.fields["form"].choices = [
                ("", "–"),
                *((key, FORM_WORDS[key]) for key in self.kind.forms),
            ]
        else:
            del self.fields["form"]
        for name in self.kind.numbers:
            self.fields[name] = CountField(label=NUMBER_WORDS[name])
        for name in ("form", *self.kind.numbers):
            figures = figures_of_field(kind, name) if name in self.fields else []
            if figures:
                self.fields[name].help_text = _("Dùng cho số liệu: %s.") % "; ".join(figures)
        self.fields["note"] = forms.CharField(
            label=_("Ghi chú"),
            required=False,
            max_length=5000,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        if verb == "correct":
            self.fields["reason"] = forms.CharField(label=_("Lý do đính chính"), max_length=500)

    def part_rows(self):
        """[(number, unit, amount, error)] of the rows of parts, with SPARE_PARTS empty ones."""
        values = self._rows_of_parts() if self.is_bound else self.initial.get("parts", [])
        errors = getattr(self, "part_errors", {})
        rows = [(i, unit, amount, errors.get(i, "")) for i, (unit, amount) in enumerate(values)]
        return rows + [(len(rows) + i, "", "", "") for i in range(SPARE_PARTS)]

    def _rows_of_parts(self):
        rows = []
        for i in range(2000):
            if f"part_unit_{i}" not in self.data:
                break
            row = self.data[f"part_unit_{i}"].strip(), self.data.get(f"part_amount_{i}", "").strip()
            if any(row):
                rows.append(row)
        return rows

    def clean(self):
        """Everything that is wrong with what was typed is told at once."""
        cleaned = super().clean()
        day = cleaned.get("held_on")
        if day and cleaned.get("unit"):
            cleaned["unit"] = self.check(unit_at, cleaned["unit"], day, self.scope)
        unit = cleaned.get("unit") if day else None
        if unit and cleaned.get("body"):
            set_body(self, "body", unit, day)
        if self.kind.parts:
            cleaned["parts"] = self._parts(day)
        self._check_rules(cleaned, unit)
        return cleaned

    def _check_rules(self, cleaned, unit):
        """Judge the fields that could be read by the rules of the register."""
        fields = {
            name: cleaned[name] for name in FIELDS if name in cleaned and name not in self.errors
        }
        body = cleaned.get("body") if unit and "body" not in self.errors else None
        for refusal in broken_rules(self.kind.key, unit, body or None, fields):
            self.refuse(refusal)
        reference = fields.get("reference")
        others = Event.objects.of_reference(unit, reference).exclude(uid=cleaned.get("uid"))
        own = getattr(self, "row", None)  # of the event that is edited or corrected
        if unit and reference and others.exclude(pk=own and own.pk).exists():
            self.add_error("reference", REFERENCE_USED)

    def _parts(self, day):
        """[(role, unit, name, amount)]; without a day, which a place needs, only the amounts are
        judged.
        """
        parts = []
        self.part_errors = {}
        for i, (unit, amount) in enumerate(self._rows_of_parts()):
            try:
                with all_refusals() as rule:
                    with rule():
                        number = parse_count(amount or "1")
                    with rule():
                        place = unit_at(unit, day, None) if day else None
                if place:
                    parts.append((self.kind.parts[0], place, name_of(place.pk, day), number))
            except Refused as refusal:
                self.part_errors[i] = " ".join(str(one.message) for one in refusal.every)
        if self.part_errors:
            self.add_error(None, _("Có dòng nơi tham gia chưa đúng: hãy sửa dòng được đánh dấu."))
        return parts

    def values(self):
        """The arguments of the acts: fields, unit, body, parts."""
        values = {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in ("uid", "reason", "seen")
        }
        values["body"] = values.get("body") or None
        return values


class NewEventForm(EventForm):
    """A new event; where the register has one like it, that is told once before it is recorded."""

    seen = forms.BooleanField(required=False, widget=forms.HiddenInput)
    alike = ()

    def clean(self):
        cleaned = super().clean()
        is_first = not cleaned.get("seen") and not self.errors
        if is_first and not Event.objects.filter(uid=cleaned["uid"]).exists():
            self.alike = alike_events(self.kind.key, cleaned["unit"], cleaned)
            if self.alike:
                self.add_error(None, _("Sổ đã có việc giống việc này, xem ở dưới. Chưa ghi gì."))
        return cleaned


class EditEventForm(EditingForm, EventForm, ActForm):
    """The form of an act on an event that is recorded already."""

    verb = "draft"

    def __init__(self, row, actor, *arguments, **more):
        more["initial"] = initial_of(row) | (more.get("initial") or {})
        super().__init__(row.kind, actor, self.verb, row, actor, *arguments, **more)


class CorrectEventForm(EditEventForm):
    """The event that replaces a confirmed one, and the reason."""

    verb = "correct"

    def values(self):
        return {**super().values(), "reason": self.cleaned_data["reason"]}


def initial_of_new(kind, previous=None):
    """Initial values of a new form: today's date, and `previous`, taken over from the last one."""
    return {"uid": uuid4(), "held_on": show_day(today()), **(previous or {})}


def usual_body(kind, unit_id):
    """The kind of body with which a new event at the unit begins: the most usual one that it has
    today; "" where it has none of them, since the field may stay empty.
    """
    usual = KINDS[kind].bodies
    if unit_id is None:
        return usual[0]
    kinds = Body.objects.on(today()).filter(unit=unit_id, kind__in=usual)
    present = set(kinds.values_list("kind", flat=True))
    return next((kind for kind in usual if kind in present), "")


def initial_of(event):
    """Initial values of the form that edits or corrects an event."""
    kind = KINDS[event.kind]
    values = {
        name: getattr(event, name) or ""
        for name in ("title", "reference", "note", "form", *kind.numbers)
    }
    parts = [
        (typed_of_unit(p.unit_id, event.held_on), p.amount) for p in event.parts.order_by("pk")
    ]
    return {
        **values,
        "uid": event.uid,
        "held_on": show_day(event.held_on),
        "unit": value_of_unit(event.unit_id, event.held_on),
        "body": event.body.name_on(event.held_on) if event.body else "",
        "parts": parts,
    }


def is_typed_otherwise(event, values):
    """Whether the values of a form, as its `values` returns them, are others than the event has."""
    if values["body"] != event.body or values["unit"] != event.unit:
        return True
    parts = sorted((place.pk, amount) for _role, place, _name, amount in values.get("parts", ()))
    if parts != sorted(event.parts.values_list("unit", "amount")):
        return True
    names = set(values) - {"body", "unit", "parts"}
    return any(_plain(values[name]) != _plain(getattr(event, name)) for name in names)


def _plain(value):
    return " ".join(normal(str(value or "")).split())

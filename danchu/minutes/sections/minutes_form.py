"""The form of the head of minutes, and the bodies that may be named in a commitment."""

from uuid import uuid4

from django import forms
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy

from danchu.kernel.addresses import uid_in
from danchu.kernel.days import show_day, today
from danchu.minutes.models.texts import MINUTES
from danchu.people.offices_held import place_of
from danchu.register.models import Event
from danchu.subjects.fields import DayField, with_place_and_body
from danchu.subjects.forms import RecordForm, RefusingForm
from danchu.subjects.places import BodyField, UnitField
from danchu.units.maps import boundaries
from danchu.units.models import Body
from danchu.units.names import names_of

TEXTS = ("title", "number", "hours", "place", "attendance", "chair", "secretary")


class HeadForm(RefusingForm):
    """The fields above the paragraphs."""

    wide = ("title", "attendance")
    title = forms.CharField(label=gettext_lazy("Tên cuộc họp, hội nghị"), max_length=200)
    held_on = DayField(label=gettext_lazy("Ngày họp"))
    number = forms.CharField(label=gettext_lazy("Số biên bản"), max_length=60, required=False)
    hours = forms.CharField(
        label=gettext_lazy("Thời gian"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Ví dụ: 14 giờ – 16 giờ 30."),
    )
    place = forms.CharField(label=gettext_lazy("Địa điểm"), max_length=200, required=False)
    chair = forms.CharField(label=gettext_lazy("Chủ trì"), max_length=120, required=False)
    secretary = forms.CharField(label=gettext_lazy("Thư ký"), max_length=120, required=False)
    attendance = forms.CharField(
        label=gettext_lazy("Thành phần"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def values(self):
        """The fields of the head among the arguments of edit_minutes."""
        return {name: self.cleaned_data[name] for name in (*TEXTS, "held_on")}


class NewMinutesForm(RecordForm, HeadForm):
    """New minutes. `event` in the address names an event of the register, which then gives the day,
    the unit and the body; without it they are typed.
    """

    uid = forms.UUIDField(widget=forms.HiddenInput)
    unit = UnitField(day_field="held_on")
    body = BodyField(label=gettext_lazy("Cơ quan chủ trì"), required=False, day_field="held_on")
    field_order = ("title", "held_on", "unit", "body")

    def prepare(self):
        self.scope = self.actor.scope("draft", MINUTES)
        self.event = event_of_address(self.actor, self.query.get("event", ""))
        self.initial |= {
            "uid": uuid4(),
            "held_on": show_day(today()),
            "unit": place_of(self.actor, self.scope),
        }
        if self.event is not None:
            self.initial |= {"title": self.event.title[:200], "place": self.event.place}
            for name in ("held_on", "unit", "body"):
                del self.fields[name]

    def clean(self):
        cleaned = super().clean()
        if self.event is not None:
            return {
                **cleaned,
                "held_on": self.event.held_on,
                "unit": self.event.unit,
                "body": self.event.body,
                "event": self.event,
            }
        if not cleaned.get("held_on") or not cleaned.get("unit"):
            return cleaned
        return with_place_and_body(self, cleaned, min(cleaned["held_on"], today()))

    def values(self):
        """The arguments of draft_minutes."""
        return dict(self.cleaned_data)


def event_of_address(actor, text):
    """The event of the register whose uid an address names as `text`; None where it is empty, 404
    where the actor may not see it.
    """
    if not text:
        return None
    uid = uid_in(text)
    if uid is None:
        raise Http404
    return get_object_or_404(
        Event.objects.visible_to(actor).select_related("unit", "body"), uid=uid
    )


def head_of(minutes):
    """Initial values of HeadForm for these minutes."""
    return {
        **{name: getattr(minutes, name) for name in TEXTS},
        "held_on": show_day(minutes.held_on),
    }


def bodies_near(minutes):
    """{id as text: Body} of the bodies at the unit and above it on the day, those of the unit
    first: they can promise or have asked. Each has its name and unit as `label`.
    """
    map_of_day = boundaries(minutes.held_on)
    day = minutes.held_on
    units = [
        minutes.unit_id,
        *(map_of_day.ancestors(minutes.unit_id) if minutes.unit_id in map_of_day else ()),
    ]
    condition = Q(unit__in=units) | Q(
        pk__in=[pk for pair in minutes.passages.values_list("owner", "asker") for pk in pair if pk]
    )
    bodies = list(Body.objects.on(day).filter(condition).prefetch_related("standings"))
    places = names_of({(body.unit_id, day) for body in bodies})
    bodies.sort(
        key=lambda body: (
            units.index(body.unit_id) if body.unit_id in units else len(units),
            body.pk,
        )
    )
    for body in bodies:
        name = body.name_on(day)
        place = places[body.unit_id, day]
        body.label = name if place in name else f"{name}, {place}"
    return {str(body.pk): body for body in bodies}

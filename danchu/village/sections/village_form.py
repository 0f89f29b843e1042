"""What the forms that begin a record of this room share."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.kernel.days import show_day, today
from danchu.people.offices_held import place_of
from danchu.subjects.fields import unit_at
from danchu.subjects.forms import RecordForm
from danchu.subjects.places import UnitField

NAMES_HELP = _("Mỗi người một dòng.")


def village_field(day_field):
    """The village of a new record, as it stood on the day in the field."""
    return UnitField(label=_("Thôn, tổ dân phố"), day_field=day_field, level="village")


class VillageForm(RecordForm):
    """A new record of a village: whose right of `verb` and `kind` reaches there may begin it, on
    the day in the field `day`, today unless something else is typed.
    """

    verb = "draft"
    kind = ""
    day = ""
    uid = forms.UUIDField(widget=forms.HiddenInput)

    def prepare(self):
        self.scope = self.actor.scope(self.verb, self.kind)
        self.initial |= {
            "uid": uuid4(),
            "unit": self.query.get("unit") or place_of(self.actor, self.scope, "village"),
            self.day: show_day(today()),
        }

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("unit") and cleaned.get(self.day):
            typed = cleaned["unit"]
            day = cleaned[self.day]
            cleaned["unit"] = self.check(unit_at, typed, day, self.scope)
        return cleaned

"""The form of a new obligation: what is owed, by which rule, from which day, where."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.kernel.days import show_day, today
from danchu.kernel.text import sort_key
from danchu.law.book import book
from danchu.law.rule import OWED, unit_words
from danchu.people.offices_held import place_of
from danchu.subjects.fields import DayField, unit_at
from danchu.subjects.forms import RecordForm
from danchu.subjects.places import UnitField


class ObligationForm(RecordForm):
    """An answer, a posting or a meeting that is owed; its due day follows from the rule."""

    wide = ("title", "rule")
    shown_on = {"event": "event_on", "key": "rule"}  # the names of the book of the law
    uid = forms.UUIDField(widget=forms.HiddenInput)
    title = forms.CharField(
        label=_("Việc phải làm"),
        max_length=200,
        help_text=_("Không ghi tên, địa chỉ của công dân."),
    )
    rule = forms.ChoiceField(label=_("Theo quy tắc"))
    event_on = DayField(
        label=_("Ngày phát sinh"),
        help_text=_("Ngày nhận, ngày ban hành hoặc ngày họp; hạn tính từ ngày này."),
    )
    unit = UnitField(day_field="event_on")
    owed_to = forms.CharField(label=_("Nơi được trả lời"), max_length=120, required=False)

    def prepare(self):
        self.scope = self.actor.scope("draft", "obligation")
        self.fields["rule"].choices = [("", "–"), *_rules()]
        self.initial["uid"] = uuid4()
        self.initial["event_on"] = show_day(today())
        self.initial["unit"] = place_of(self.actor, self.scope)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("event_on") and cleaned.get("unit"):
            day = min(cleaned["event_on"], today())
            cleaned["unit"] = self.check(unit_at, cleaned["unit"], day, self.scope)
        return cleaned

    def values(self):
        values = dict(self.cleaned_data)
        values["rule_key"] = values.pop("rule")
        return values


def _rules():
    """[(key, name with its length)] of the rules in force today by which something is owed."""
    law = book()
    day = today()
    rules = [
        (rule.key, f"{rule.name} ({unit_words(rule)})")
        for key in law.rule_keys()
        for rule in law.versions(key)
        if rule.sense in OWED and rule.in_force(day)
    ]
    return sorted(rules, key=lambda rule: sort_key(rule[1]))

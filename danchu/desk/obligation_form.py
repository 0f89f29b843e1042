"""What a clerk types of an obligation: what, where, by which rule, from which day; and that it
was done.
"""

from django import forms
from django.utils.translation import gettext_lazy

from danchu.kernel.days import today
from danchu.kernel.refusals import Refused
from danchu.law.book import book
from danchu.law.rule import OWED, unit_words
from danchu.subjects.fields import DayField, unit_at


class ObligationForm(forms.Form):
    """An answer owed, a posting due, a meeting to be held."""

    uid = forms.UUIDField(widget=forms.HiddenInput)
    title = forms.CharField(
        label=gettext_lazy("Việc phải làm"),
        max_length=200,
        help_text=gettext_lazy("Không ghi tên, địa chỉ của công dân."),
    )
    rule = forms.ChoiceField(label=gettext_lazy("Theo quy tắc"))
    event_on = DayField(
        label=gettext_lazy("Ngày phát sinh"),
        help_text=gettext_lazy("Ngày nhận, ngày ban hành hoặc ngày họp; hạn tính từ ngày này."),
    )
    unit = forms.CharField(
        label=gettext_lazy("Nơi"),
        max_length=120,
        help_text=gettext_lazy("Tên hoặc mã đơn vị vào ngày đó; không cần gõ dấu."),
    )
    owed_to = forms.CharField(
        label=gettext_lazy("Nơi được trả lời"), max_length=120, required=False
    )

    def __init__(self, actor, *arguments, **more):
        super().__init__(*arguments, **more)
        self.scope = actor.scope("draft", "obligation")
        now, day = book(), today()
        rules = [
            rule
            for key in now.names()
            for rule in now.versions(key)
            if rule.sense in OWED and rule.in_force(day)
        ]
        self.fields["rule"].choices = [
            ("", "–"),
            *sorted(
                ((rule.key, f"{rule.name} ({unit_words(rule)})") for rule in rules),
                key=lambda x: x[1],
            ),
        ]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("event_on") and cleaned.get("unit"):
            try:
                cleaned["unit"] = unit_at(
                    cleaned["unit"], min(cleaned["event_on"], today()), self.scope
                )
            except Refused as refusal:
                self.add_error(refusal.field, refusal.message)
        return cleaned

    def values(self):
        values = {
            name: self.cleaned_data[name]
            for name in ("uid", "title", "event_on", "unit", "owed_to")
        }
        return {**values, "rule_key": self.cleaned_data["rule"]}

    def refuse(self, refusal):
        """Show a refusal of the act on the field it names."""
        name = {"event": "event_on", "key": "rule"}.get(refusal.field, refusal.field)
        self.add_error(name if name in self.fields else None, refusal.message)

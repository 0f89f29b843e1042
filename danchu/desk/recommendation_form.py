"""What a board types of a recommendation."""

from django import forms
from django.utils.translation import gettext_lazy

from danchu.desk.fields import DayField, body_at, unit_at
from danchu.inspection.actions import ANSWER_RULES
from danchu.kernel.refusals import Refused
from danchu.units.kinds import BodyKind


class RecommendationForm(forms.Form):
    """A recommendation of one board to one body of the same place."""

    uid = forms.UUIDField(widget=forms.HiddenInput)
    unit = forms.CharField(label=gettext_lazy("Nơi"), max_length=120, help_text=gettext_lazy("Tên hoặc mã đơn vị vào ngày đó; không cần gõ dấu."))
    board = forms.ChoiceField(label=gettext_lazy("Ban kiến nghị"))
    answerer = forms.ChoiceField(label=gettext_lazy("Cơ quan phải trả lời"))
    answerer_name = forms.CharField(
        label=gettext_lazy("Tên cơ quan"), max_length=200, required=False, help_text=gettext_lazy("Chỉ cần khi nơi đó có nhiều cơ quan cùng loại.")
    )
    number = forms.CharField(label=gettext_lazy("Số văn bản"), max_length=60, required=False)
    found_on = DayField(label=gettext_lazy("Ngày phát hiện"))
    title = forms.CharField(label=gettext_lazy("Kiến nghị về việc"), max_length=180, help_text=gettext_lazy("Sẽ công khai khi gửi: không ghi tên, địa chỉ của công dân."))
    finding = forms.CharField(label=gettext_lazy("Nội dung vi phạm và kiến nghị"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 6}))

    def __init__(self, actor, *arguments, **more):
        super().__init__(*arguments, **more)
        self.scope = actor.scope("draft", "recommendation")
        self.fields["board"].choices = [(key, name) for key, name in BodyKind.choices if key in ANSWER_RULES]
        self.fields["answerer"].choices = [(key, name) for key, name in BodyKind.choices if key not in ANSWER_RULES]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("found_on") and cleaned.get("unit"):
            try:
                unit = unit_at(cleaned["unit"], cleaned["found_on"], self.scope)
                for field, name in (("board", ""), ("answerer", cleaned.get("answerer_name", ""))):
                    if cleaned.get(field):
                        self._body(cleaned, field, unit, name)
            except Refused as refusal:
                self.add_error(refusal.field, refusal.message)
        return cleaned

    def _body(self, cleaned, field, unit, name):
        try:
            cleaned[field] = body_at(unit, cleaned[field], cleaned["found_on"], name)
        except Refused as refusal:
            self.add_error("answerer_name" if refusal.field == "body_name" and field == "answerer" else field, refusal.message)

    def values(self):
        return {name: self.cleaned_data[name] for name in ("uid", "board", "answerer", "number", "found_on", "title", "finding")}

    def refuse(self, refusal):
        """Show a refusal of the act on the field it names."""
        self.add_error(refusal.field if refusal.field in self.fields else None, refusal.message)

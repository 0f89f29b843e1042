"""What a board types of a recommendation."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.desk.fields import DayField, body_at, unit_at
from danchu.inspection.actions import ANSWER_RULES
from danchu.inspection.models import Project
from danchu.inspection.moves import Asks
from danchu.kernel.refusals import Refused
from danchu.units.kinds import BodyKind


class RecommendationForm(forms.Form):
    """A recommendation of one board to one body of the same place; `about` a violation or a
    project names its board.
    """

    uid = forms.UUIDField(widget=forms.HiddenInput)
    unit = forms.CharField(
        label=gettext_lazy("Nơi"),
        max_length=120,
        help_text=gettext_lazy("Tên hoặc mã đơn vị vào ngày đó; không cần gõ dấu."),
    )
    board = forms.ChoiceField(label=gettext_lazy("Ban kiến nghị"))
    answerer = forms.ChoiceField(label=gettext_lazy("Cơ quan phải trả lời"))
    answerer_name = forms.CharField(
        label=gettext_lazy("Tên cơ quan"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Chỉ cần khi nơi đó có nhiều cơ quan cùng loại."),
    )
    asks = forms.ChoiceField(label=gettext_lazy("Đề nghị"), choices=Asks.choices)
    number = forms.CharField(label=gettext_lazy("Số văn bản"), max_length=60, required=False)
    found_on = DayField(label=gettext_lazy("Ngày phát hiện"))
    title = forms.CharField(
        label=gettext_lazy("Kiến nghị về việc"),
        max_length=180,
        help_text=gettext_lazy("Sẽ công khai khi gửi: không ghi tên, địa chỉ của công dân."),
    )
    finding = forms.CharField(
        label=gettext_lazy("Nội dung vi phạm và kiến nghị"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, actor, *arguments, about=None, **more):
        super().__init__(*arguments, **more)
        self.scope, self.about = actor.scope("draft", "recommendation"), about
        self.project = about if isinstance(about, Project) else getattr(about, "project", None)
        if about is not None:
            del self.fields["board"]
        if self.project is None:
            del self.fields["asks"]
        else:
            self.fields["asks"].initial = Asks.REMEDY
        if about is None:
            self.fields["board"].choices = [
                (key, name) for key, name in BodyKind.choices if key in ANSWER_RULES
            ]
        self.fields["answerer"].choices = [
            (key, name) for key, name in BodyKind.choices if key not in ANSWER_RULES
        ]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("found_on") and cleaned.get("unit"):
            try:
                unit = unit_at(cleaned["unit"], cleaned["found_on"], self.scope)
                if self.about is not None and unit.pk != self.about.unit_id:
                    raise Refused(_("Nơi phải là nơi của vụ việc hoặc dự án này."), "unit")
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
            self.add_error(
                "answerer_name" if refusal.field == "body_name" and field == "answerer" else field,
                refusal.message,
            )

    def values(self):
        """What the act is given; of a violation or a project its own board."""
        given = {
            name: self.cleaned_data[name]
            for name in (
                "uid",
                "board",
                "asks",
                "answerer",
                "number",
                "found_on",
                "title",
                "finding",
            )
            if name in self.cleaned_data
        }
        if self.about is not None:
            given |= {
                "board": self.about.board,
                "project": self.project,
                "violation": None if self.about is self.project else self.about,
            }
        return given

    def refuse(self, refusal):
        """Show a refusal of the act on the field it names."""
        self.add_error(refusal.field if refusal.field in self.fields else None, refusal.message)

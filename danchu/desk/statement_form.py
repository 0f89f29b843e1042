"""What a clerk types of a statement: which body, which indicator, from when to when, how many."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.kernel.days import show_day
from danchu.kernel.refusals import Refused
from danchu.kernel.words import local_name
from danchu.register.counted_once import statable
from danchu.subjects.fields import CountField, DayField, body_at, unit_at
from danchu.units.kinds import BodyKind
from danchu.units.names import name_of

FIXED = ("unit", "body", "body_name")


class StatementForm(forms.Form):
    """A statement of one body; of one already written (`fixed`) the body stays what it is."""

    unit = forms.CharField(
        label=gettext_lazy("Nơi"),
        max_length=120,
        help_text=gettext_lazy("Tên hoặc mã đơn vị vào ngày đầu kỳ."),
    )
    body = forms.ChoiceField(label=gettext_lazy("Cơ quan báo cáo"))
    body_name = forms.CharField(
        label=gettext_lazy("Tên cơ quan"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Chỉ cần khi nơi đó có nhiều cơ quan cùng loại."),
    )
    indicator = forms.ChoiceField(label=gettext_lazy("Chỉ tiêu"))
    since = DayField(label=gettext_lazy("Từ ngày"))
    last = DayField(label=gettext_lazy("Đến hết ngày"))
    amount = CountField(label=gettext_lazy("Số liệu"))
    note = forms.CharField(
        label=gettext_lazy("Ghi chú"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    file = forms.FileField(
        label=gettext_lazy("Văn bản có ký"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Bản quét PDF hoặc ảnh. Phải có trước khi xác nhận."),
    )

    def __init__(self, actor, *arguments, fixed=False, correcting=False, **more):
        super().__init__(*arguments, **more)
        self.scope = actor.scope("state", "statement")
        self.fields["amount"].required = True
        self.fields["body"].choices = [("", "–"), *BodyKind.choices]
        self.fields["indicator"].choices = [
            ("", "–"),
            *sorted(
                ((key, local_name(what)) for key, what in statable().items()), key=lambda x: x[1]
            ),
        ]
        if fixed:
            for name in (*FIXED, "file"):
                del self.fields[name]
        if correcting:
            self.fields["reason"] = forms.CharField(
                label=gettext_lazy("Lý do đính chính"), max_length=500
            )

    def clean(self):
        cleaned = super().clean()
        since, last = cleaned.get("since"), cleaned.get("last")
        if since and last and last < since:
            self.add_error("last", _("Ngày cuối kỳ phải từ ngày đầu kỳ trở đi."))
        if since and cleaned.get("unit") and cleaned.get("body"):
            try:
                unit = unit_at(cleaned["unit"], since, self.scope)
                cleaned["body"] = body_at(
                    unit, cleaned["body"], since, cleaned.get("body_name", "")
                )
            except Refused as refusal:
                self.add_error(refusal.field, refusal.message)
        return cleaned

    def values(self):
        """indicator, since, until (exclusive), amount, note."""
        values = {
            name: self.cleaned_data[name] for name in ("indicator", "since", "amount", "note")
        }
        return {**values, "until": self.cleaned_data["last"] + timedelta(days=1)}

    def refuse(self, refusal):
        """Show a refusal of the act on the field it names."""
        name = {"until": "last"}.get(refusal.field, refusal.field)
        self.add_error(name if name in self.fields else None, refusal.message)


def initial_of(statement):
    """What a form shows of a statement to edit or correct."""
    return {
        "unit": name_of(statement.unit_id, statement.since),
        "body": statement.body.kind,
        "indicator": statement.indicator,
        "since": show_day(statement.since),
        "last": show_day(statement.until - timedelta(days=1)),
        "amount": statement.amount,
        "note": statement.note,
    }

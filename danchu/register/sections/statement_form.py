"""The forms of a statement: body, indicator, period, amount."""

from datetime import timedelta
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.kernel.days import show_day
from danchu.people.offices_held import place_of
from danchu.register.counted_once import statable_names
from danchu.register.statement_rules import broken_rules
from danchu.subjects.editing import EditingForm
from danchu.subjects.fields import CountField, DayField, set_body, unit_at
from danchu.subjects.forms import ActForm, RecordForm, RefusingForm
from danchu.subjects.places import BodyField, UnitField


class AmountForm(RefusingForm):
    """An indicator, the first and last day (both inclusive), and the amount."""

    wide = ("indicator", "note", "reason", "file")
    shown_on = {"until": "last"}
    indicator = forms.ChoiceField(label=_("Chỉ tiêu"))
    since = DayField(label=_("Từ ngày"))
    last = DayField(label=_("Đến hết ngày"))
    amount = CountField(label=_("Số liệu"))
    note = forms.CharField(
        label=_("Ghi chú"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    is_apart = forms.BooleanField(
        label=_("Sổ giấy riêng"),
        required=False,
        help_text=_("Phần này có sổ giấy riêng: hồ sơ đã ghi của tổ chức không gồm số này."),
    )

    def prepare(self):
        self.fields["amount"].required = True
        self.fields["indicator"].choices = [("", "–"), *statable_names()]

    def clean(self):
        cleaned = super().clean()
        since = cleaned.get("since")
        last = cleaned.get("last")
        if since and last and last < since:
            self.add_error("last", _("Ngày cuối kỳ phải từ ngày đầu kỳ trở đi."))
        self._check_rules(self.cleaned_data, self._body(cleaned))
        return cleaned

    def _body(self, cleaned):
        """The body of the statement; None where it is not known."""
        return self.row.body

    def _check_rules(self, cleaned, body):
        """Judge the fields that could be read, so that all that is wrong is told at once."""
        fields = {name: cleaned[name] for name in ("indicator", "amount") if name in cleaned}
        if "since" in cleaned and "last" in cleaned:
            fields["since"] = cleaned["since"]
            fields["until"] = cleaned["last"] + timedelta(days=1)
        for refusal in broken_rules(body, fields):
            self.refuse(refusal)

    def values(self):
        """The arguments of the acts, with the exclusive `until` for `last`."""
        values = dict(self.cleaned_data)
        values["until"] = values.pop("last") + timedelta(days=1)
        return values


class StatementForm(AmountForm, RecordForm):
    """A new statement of one body, with its signed paper when it is at hand."""

    field_order = ("unit", "body")
    uid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    unit = UnitField()
    body = BodyField(label=_("Cơ quan báo cáo"), day_field="since")
    file = forms.FileField(
        label=_("Văn bản có ký"),
        required=False,
        max_length=200,
        help_text=_("Bản quét PDF hoặc ảnh. Phải có trước khi xác nhận."),
    )

    def prepare(self):
        super().prepare()
        self.scope = self.actor.scope("state", "statement")
        self.initial["uid"] = uuid4()
        self.initial["unit"] = place_of(self.actor, self.scope)

    def _body(self, cleaned):
        since = cleaned.get("since")
        if not (since and cleaned.get("body") and cleaned.get("unit")):
            return None
        unit = self.check(unit_at, cleaned["unit"], since, self.scope)
        if unit is None:
            return None
        set_body(self, "body", unit, since)
        return cleaned.get("body")

    def values(self):
        values = super().values()
        del values["unit"]
        return values


class EditForm(EditingForm, AmountForm, ActForm):
    """An existing statement; its body cannot be changed."""

    def prepare(self):
        super().prepare()
        self.initial |= {
            "indicator": self.row.indicator,
            "since": show_day(self.row.since),
            "last": show_day(self.row.until - timedelta(days=1)),
            "amount": self.row.amount,
            "note": self.row.note,
            "is_apart": bool(self.row.is_apart),
        }


class CorrectForm(EditForm):
    reason = forms.CharField(label=_("Lý do đính chính"), max_length=500)

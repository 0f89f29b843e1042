"""Forms for the law at the operator's desk: a version of a rule, a row of the table of reminders
and escalations.
"""

from functools import partial

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.kernel.days import DAWN, show_day
from danchu.kernel.numbers import parse_count
from danchu.kernel.refusals import Refused
from danchu.kernel.text import sort_key
from danchu.kernel.words import language, local_name
from danchu.law.actions import add_text, correct_rule, enact_rule
from danchu.law.models import LegalText
from danchu.law.rule import MARKS, SENSES, TRANSITIONS, UNITS, mark_words, sense_words
from danchu.law.words import TRANSITION_WORDS, UNIT_WORDS
from danchu.obligations.models import Escalation
from danchu.people.models import OfficeKind
from danchu.subjects.editing import EditingForm
from danchu.subjects.fields import DayField
from danchu.subjects.forms import RefusingForm
from danchu.subjects.order import VietnameseOrder

FREE = ("vi", "en", "sense", "value", "unit", "article", "until", "mark", "transition", "note")


class RuleForm(RefusingForm):
    """A new version of a rule, the first version of a new rule, or the correction of a version."""

    wide = ("vi", "en", "reason", "note", "text", "text_vi", "text_en")
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    key = forms.CharField(
        label=gettext_lazy("Khóa"),
        max_length=60,
        help_text=gettext_lazy("Chữ thường không dấu, dấu chấm, gạch dưới; ví dụ pib.answer."),
    )
    reason = forms.CharField(label=gettext_lazy("Lý do đính chính"), max_length=300)
    since = DayField(label=gettext_lazy("Có hiệu lực từ ngày"))
    until = DayField(
        label=gettext_lazy("Đến trước ngày"),
        required=False,
        help_text=gettext_lazy("Để trống khi chưa biết ngày hết hiệu lực."),
    )
    vi = forms.CharField(label=gettext_lazy("Tên quy tắc, tiếng Việt"), max_length=200)
    en = forms.CharField(label=gettext_lazy("Tên quy tắc, tiếng Anh"), max_length=200)
    sense = forms.ChoiceField(label=gettext_lazy("Cách tính"))
    value = forms.CharField(
        label=gettext_lazy("Giá trị"),
        max_length=20,
        help_text=gettext_lazy("Số nguyên; tỷ lệ viết như 2/3; các việc viết như 1,2."),
    )
    unit = forms.ChoiceField(label=gettext_lazy("Đơn vị tính"))
    text = forms.ChoiceField(
        label=gettext_lazy("Văn bản quy định"),
        required=False,
        help_text=gettext_lazy("Không có trong danh mục thì để trống và ghi ba ô dưới."),
    )
    text_vi = forms.CharField(
        label=gettext_lazy("Văn bản mới: số hiệu, tên"), max_length=200, required=False
    )
    text_en = forms.CharField(
        label=gettext_lazy("Tên văn bản mới bằng tiếng Anh"), max_length=200, required=False
    )
    text_since = DayField(label=gettext_lazy("Văn bản mới có hiệu lực từ ngày"), required=False)
    article = forms.CharField(label=gettext_lazy("Điều, khoản"), max_length=120, required=False)
    mark = forms.ChoiceField(label=gettext_lazy("Đối chiếu"))
    transition = forms.ChoiceField(label=gettext_lazy("Chuyển tiếp"))
    note = forms.CharField(
        label=gettext_lazy("Ghi chú"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *arguments, version=None, correct=False, **more):
        """`version` is the newest one, or the one to correct; None for a new rule."""
        super().__init__(*arguments, **more)
        self.version = version
        self.correct = correct
        choices = {
            "sense": [(one, sense_words(one)) for one in SENSES],
            "unit": [(one, UNIT_WORDS[one]) for one in UNITS],
            "mark": [(one, mark_words(one)) for one in MARKS],
            "transition": [(one, TRANSITION_WORDS[one]) for one in TRANSITIONS],
            "text": [
                ("", "–"),
                *(
                    (one.key, local_name(one))
                    for one in LegalText.objects.order_by(VietnameseOrder("vi"))
                ),
            ],
        }
        for name, name_choices in choices.items():
            self.fields[name].choices = _distinct(name_choices)
        for name in (["key"] if version else []) + ([] if correct else ["reason"]):
            del self.fields[name]

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("text") and not cleaned.get("text_vi") and "text" not in self.errors:
            self.add_error(
                "text", _("Hãy chọn văn bản quy định, hoặc ghi văn bản mới ở các ô dưới.")
            )
        return cleaned

    def change(self, by):
        """The act with the typed values as a function without arguments, to preview or do."""
        return partial(self._enact, by)

    def _enact(self, by):
        values = self.cleaned_data
        if values["text"]:
            text = LegalText.objects.get(pk=values["text"])
        else:
            text = add_text(
                by=by, vi=values["text_vi"], en=values["text_en"], since=values["text_since"]
            )
        fields = {name: values[name] for name in FREE}
        if self.correct:
            return correct_rule(
                self.version,
                by=by,
                reason=values["reason"],
                since=values["since"],
                text=text,
                **fields,
            )
        return enact_rule(
            self.version.key if self.version else values["key"],
            by=by,
            since=values["since"],
            newest=values["seen"],
            text=text,
            **fields,
        )


def typed_of(version, correct):
    """Initial values of the form: for a correction everything, for a new version all but the days
    and the mark of verification.
    """
    initial = {
        name: getattr(version, name)
        for name in ("vi", "en", "sense", "value", "unit", "article", "note", "transition")
    }
    if not correct:
        return {
            **initial,
            "text": version.text_id,
            "mark": "operator",
            "transition": "new",
            "note": "",
        }
    days = {
        "since": show_day(version.since) if version.since > DAWN else "01/01/0001",
        "until": show_day(version.until) if version.until else "",
    }
    return {**initial, **days, "text": version.text_id, "mark": version.mark}


def _distinct(choices):
    """Add the key to choices that have the same words."""
    words = [str(word) for _key, word in choices]
    return [
        (key, f"{word} ({key})" if words.count(str(word)) > 1 else word) for key, word in choices
    ]


class EscalationForm(RefusingForm):
    """Who is notified, when, of which rules."""

    when = forms.ChoiceField(
        label=gettext_lazy("Lúc nào"),
        choices=[
            ("before", gettext_lazy("trước hạn, số ngày làm việc")),
            ("after", gettext_lazy("sau hạn, số ngày")),
        ],
    )
    days = forms.CharField(
        label=gettext_lazy("Số ngày"),
        max_length=3,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    office = forms.ChoiceField(label=gettext_lazy("Báo cho"))
    above = forms.ChoiceField(
        label=gettext_lazy("Ở đơn vị"),
        choices=[
            ("0", gettext_lazy("của việc phải làm")),
            ("1", gettext_lazy("cao hơn một cấp")),
            ("2", gettext_lazy("cao hơn hai cấp")),
            ("3", gettext_lazy("cao hơn ba cấp")),
        ],
    )
    rule_prefix = forms.CharField(
        label=gettext_lazy("Chỉ quy tắc có khóa bắt đầu bằng"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Để trống: mọi quy tắc. Ví dụ: complaint."),
    )

    def __init__(self, *arguments, row=None, **more):
        super().__init__(*arguments, **more)
        self.fields["office"].choices = sorted(
            office_names().items(), key=lambda pair: sort_key(pair[1])
        )
        if row is not None:
            self.initial = {
                "when": "before" if row.before else "after",
                "days": row.days,
                "office": row.office,
                "above": str(row.above),
                "rule_prefix": row.rule_prefix,
            }

    def clean_days(self):
        try:
            return parse_count(self.cleaned_data["days"])
        except Refused as refusal:
            raise forms.ValidationError(refusal.message) from None

    def values(self):
        typed = self.cleaned_data
        return {
            "before": typed["when"] == "before",
            "days": typed["days"],
            "office": typed["office"],
            "above": int(typed["above"]),
            "rule_prefix": typed["rule_prefix"],
        }


class EditEscalationForm(EditingForm, EscalationForm):
    """A row of the table."""


def escalations():
    """[(row, name of the office)] in the order of time: reminders before the due day, the earliest
    first, then escalations after it.
    """
    names = office_names()
    rows = sorted(
        Escalation.objects.all(),
        key=lambda row: (
            not row.before,
            -row.days if row.before else row.days,
            row.rule_prefix,
            row.pk,
        ),
    )
    return [(row, names.get(row.office, row.office)) for row in rows]


def office_names():
    """{key: name in the reader's language}"""
    return dict(OfficeKind.objects.values_list("key", f"name_{language()}"))

"""The forms of questions, keys, votes on paper and of how many there are."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from danchu.consultation.actions.votes import LONGEST_PROPOSITION, MOST_KEYS
from danchu.consultation.numbered import numbers_in
from danchu.consultation.participation import KINDS
from danchu.consultation.profiles import Age, Means, Sex, blank_choices
from danchu.kernel.days import today
from danchu.kernel.refusals import Refused
from danchu.subjects.editing import EditingForm
from danchu.subjects.fields import CountField, DayField, unit_at
from danchu.subjects.forms import ActForm, DayForm
from danchu.subjects.places import UnitField

CHOICES = {"agree": 1, "disagree": -1, "other": 0}


class AskForm(ActForm):
    wide = ("text",)
    uid = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Câu hỏi: đồng ý, không đồng ý hay ý kiến khác"), max_length=LONGEST_PROPOSITION
    )

    def prepare(self):
        self.initial["uid"] = uuid4()


class KeysForm(ActForm):
    number = CountField(
        label=_("Phát bao nhiêu mã"),
        required=True,
        help_text=_("Mỗi người một mã, nhiều nhất %s mã mỗi lần.") % MOST_KEYS,
    )
    village = UnitField(label=_("Cho người của thôn, tổ dân phố"), level="village", required=False)

    def clean(self):
        cleaned = super().clean()
        cleaned["village"] = _village(self, cleaned.get("village"), today())
        return cleaned


class PaperVotesForm(DayForm):
    """One paper: the numbers of the propositions by what was chosen."""

    wide = ("person", "agree", "disagree", "other")
    on = DayField(label=_("Ngày nhận"))
    key = forms.CharField(label=_("Mã trên phiếu"), max_length=40, required=False)
    person = forms.CharField(
        label=_("Hoặc họ tên, năm sinh, địa chỉ"),
        max_length=300,
        required=False,
        help_text=_("Chỉ để một người không tính hai lần; không lưu lại."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    agree = forms.CharField(label=_("Đồng ý các câu số"), max_length=2000, required=False)
    disagree = forms.CharField(label=_("Không đồng ý các câu số"), max_length=2000, required=False)
    other = forms.CharField(
        label=_("Ý kiến khác, bỏ qua các câu số"), max_length=2000, required=False
    )
    village = UnitField(label=_("Thôn, tổ dân phố"), level="village", required=False)
    sex = forms.ChoiceField(label=_("Giới"), choices=blank_choices(Sex), required=False)
    age = forms.ChoiceField(label=_("Tuổi"), choices=blank_choices(Age), required=False)
    means = forms.ChoiceField(label=_("Hộ"), choices=blank_choices(Means), required=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("on"):
            cleaned["village"] = _village(self, cleaned.get("village"), cleaned["on"])
        cleaned["choices"] = self.check(_choices, cleaned)
        return cleaned

    def values(self):
        """The keyword arguments of `enter_paper_votes`."""
        return {name: value for name, value in self.cleaned_data.items() if name not in CHOICES}


class AskedForm(EditingForm, ActForm):
    """How many there are of each group; 0 where nobody knows."""

    def __init__(self, *arguments, **more):
        super().__init__(*arguments, **more)
        for words in KINDS.values():
            for key, word in words.choices:
                self.fields[key] = CountField(label=word)
                self.initial.setdefault(key, str(self.row.asked.get(key, 0)))


def _village(form, typed, day):
    return form.check(unit_at, typed, day, None, "village") if typed else None


def _choices(cleaned):
    """{number of a proposition: choice}. Refused where one stands twice."""
    choices: dict[int, int] = {}
    for name, choice in CHOICES.items():
        if not cleaned.get(name):
            continue
        for number in numbers_in(cleaned[name], name):
            if number in choices:
                raise Refused(gettext("Câu số %s được chọn hai lần.") % number, name)
            choices[number] = choice
    return choices

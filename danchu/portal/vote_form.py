"""The form by which whoever has a key votes on the questions and propositions of a consultation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.consultation.actions.votes import LONGEST_PROPOSITION
from danchu.consultation.profiles import Age, Means, Sex, blank_choices
from danchu.consultation.proposition_life import words_of
from danchu.portal.contact_form import HoneypotForm


class VoteForm(HoneypotForm):
    """One choice for each proposition, any of which may be left out; and one's own proposition."""

    uid = forms.UUIDField(widget=forms.HiddenInput)
    key = forms.CharField(
        label=_("Mã tham gia"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        help_text=_(
            "Mã in trên giấy mời. Gửi lại bằng mã này thì lựa chọn sau thay lựa chọn trước."
        ),
    )
    text = forms.CharField(
        label=_("Nêu thêm một phát biểu để mọi người biểu quyết"),
        max_length=LONGEST_PROPOSITION,
        required=False,
        help_text=_("Một câu, ai cũng đọc được khi đã duyệt: không ghi tên, địa chỉ của ai."),
    )
    sex = forms.ChoiceField(label=_("Giới"), choices=blank_choices(Sex), required=False)
    age = forms.ChoiceField(label=_("Tuổi"), choices=blank_choices(Age), required=False)
    means = forms.ChoiceField(label=_("Hộ"), choices=blank_choices(Means), required=False)

    def __init__(self, *arguments, propositions, **more):
        super().__init__(*arguments, **more)
        self.names = [f"choice-{one.number}" for one in propositions]
        for name, one in zip(self.names, propositions, strict=True):
            self.fields[name] = forms.ChoiceField(
                label=f"{one.number}. {one.text}",
                choices=[(str(key), word) for key, word in words_of(one.kind).items()],
                widget=forms.RadioSelect,
                required=False,
            )

    @property
    def votes(self):
        """The bound fields of the propositions."""
        return [self[name] for name in self.names]

    def choices(self):
        """{number of a proposition: choice} of what was chosen."""
        return {
            int(name.removeprefix("choice-")): int(self.cleaned_data[name])
            for name in self.names
            if self.cleaned_data[name]
        }

    def profile(self):
        """What was said of oneself."""
        return {name: self.cleaned_data[name] for name in ("sex", "age", "means")}

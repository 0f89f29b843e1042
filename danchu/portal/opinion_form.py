"""The form by which anyone says something in a consultation: no account, no name."""

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.consultation.receiving import LONGEST_OPINION
from danchu.consultation.voices import Stance
from danchu.portal.contact_form import HoneypotForm


class SayForm(HoneypotForm):
    """An opinion on the content, or on one paragraph."""

    wide = ("text",)
    uid = forms.UUIDField(widget=forms.HiddenInput)
    passage = forms.TypedChoiceField(label=_("Về phần nào"), coerce=int)
    stance = forms.ChoiceField(
        label=_("Ông (bà) đồng ý không"), choices=Stance.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("Ý kiến"),
        max_length=LONGEST_OPINION,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Ai cũng đọc được khi đã duyệt: không ghi tên, địa chỉ của ai."),
    )

    def __init__(self, *arguments, paragraphs, **more):
        super().__init__(*arguments, **more)
        self.fields["passage"].choices = [
            (0, _("Cả nội dung")),
            *((number, f"{number}. {text[:80]}") for number, text in enumerate(paragraphs, 1)),
        ]

    def values(self):
        """The keyword arguments of `send_opinion`."""
        cleaned = self.cleaned_data
        return {
            "once": self.once,
            **{name: cleaned[name] for name in ("passage", "stance", "text")},
        }


class ReplyForm(HoneypotForm):
    """What is said about an opinion of somebody else."""

    wide = ("text",)
    uid = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Trao đổi"),
        max_length=LONGEST_OPINION,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Ai cũng đọc được khi đã duyệt: không ghi tên, địa chỉ của ai."),
    )

    def values(self):
        """The keyword arguments of `send_opinion`, without the opinion that is replied to."""
        return {
            "once": self.once,
            "stance": Stance.OTHER,
            "text": self.cleaned_data["text"],
        }

"""The form by which anyone says that a posting is not where it is said to be."""

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.disclosure.actions.contests import LONGEST_TEXT
from danchu.disclosure.sections.shared import choice_of_posting
from danchu.kernel.days import show_day, today
from danchu.portal.contact_form import HoneypotForm
from danchu.subjects.fields import DayField


class ContestForm(HoneypotForm):
    """Where something was not seen, when, with a photo or in words; nothing about who saw it."""

    uid = forms.UUIDField(widget=forms.HiddenInput)
    posting = forms.ChoiceField(label=_("Không thấy ở đâu"))
    seen_on = DayField(label=_("Ngày ông (bà) đến xem"))
    file = forms.FileField(
        label=_("Ảnh"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "image/*"}),
        help_text=_("Ảnh bảng tin lúc ấy. Nơi chụp, máy chụp được xóa khỏi ảnh; không công khai."),
    )
    text = forms.CharField(
        label=_("Ông (bà) thấy gì"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Không cần ghi tên. Không công khai."),
    )

    def __init__(self, content, *arguments, **more):
        super().__init__(*arguments, **more)
        rows = content.postings.on_boards().select_related("place")
        self.postings = {str(one.uid): one for one in rows}
        self.fields["posting"].choices = [
            (uid, choice_of_posting(one)) for uid, one in self.postings.items()
        ]
        self.initial.setdefault("seen_on", show_day(today()))

    def values(self):
        """The keyword arguments of `contest_posting`."""
        cleaned = self.cleaned_data
        file = cleaned["file"]
        return {
            "posting": self.postings.get(cleaned["posting"]),
            "seen_on": cleaned["seen_on"],
            "text": cleaned["text"],
            "file": file,
            "file_name": file.name if file else "",
            "uid": self.once,
        }

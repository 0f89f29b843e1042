"""The photos of an answer: what was mended, as the sender sees it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.subjects.fields import FilesField, ManyFiles


class AnswerPhotos(forms.Form):
    """Photos beside the text of an answer; the act says how many, and refuses other files."""

    photos = FilesField(
        label=_("Ảnh sau khi xử lý, người gửi xem được"),
        required=False,
        widget=ManyFiles(attrs={"accept": "image/jpeg, image/png"}),
    )
    shown_on = {"file": "photos"}

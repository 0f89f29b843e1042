"""The fields of a form by which personal data in a file are masked before it is published."""

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.papers.masks import Masks, areas_typed, words_typed


class MaskFields(forms.Form):
    """A file and what is masked in it. With any mask the pages become pictures: what is masked is
    gone from the file.
    """

    file = forms.FileField(label=_("Tệp văn bản"), required=False)
    masked_words = forms.CharField(
        label=_("Che các chữ này trong tệp"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Mỗi dòng một họ tên, địa chỉ. Phần che bị xóa hẳn khỏi tệp."),
    )
    hides_numbers = forms.BooleanField(
        label=_("Che số định danh, số điện thoại, thư điện tử"), required=False
    )
    masked_areas = forms.CharField(
        label=_("Che các vùng này"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "Với bản quét: mỗi dòng “trang: trái trên phải dưới” theo phần trăm của trang, ví dụ "
            "1: 10 20 60 25."
        ),
    )

    def clean_masked_areas(self):
        """The areas as numbers."""
        return self.check(areas_typed, self.cleaned_data["masked_areas"], "masked_areas") or ()

    def values(self):
        values = super().values()
        file = values["file"]
        words = words_typed(values.pop("masked_words"))
        areas = values.pop("masked_areas")
        masks = Masks(words, bool(values.pop("hides_numbers")), tuple(areas))
        return {**values, "file_name": file.name if file else "", "masks": masks or None}

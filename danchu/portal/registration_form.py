"""The form by which anyone registers for a conference with its shared code."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.kernel.numbers import show_number
from danchu.subjects.forms import RefusingForm


class RegistrationForm(RefusingForm):
    """Who comes, how they are told when a place is free, and at which bridge point they sit."""

    uid = forms.UUIDField(widget=forms.HiddenInput)
    code = forms.CharField(
        label=gettext_lazy("Mã hội nghị"),
        max_length=40,
        help_text=gettext_lazy("Mã chung trên giấy mời chung hoặc áp phích, ví dụ HN-7QK4-M2ZD."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    name = forms.CharField(
        label=gettext_lazy("Họ và tên"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    office = forms.CharField(
        label=gettext_lazy("Chức vụ, nơi công tác"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    contact = forms.CharField(
        label=gettext_lazy("Điện thoại hoặc thư điện tử"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Để được báo khi có chỗ; chỉ người chuẩn bị hội nghị đọc được."),
    )
    point = forms.ChoiceField(label=gettext_lazy("Ngồi ở"), required=False)

    def __init__(self, conference, *arguments, **more):
        super().__init__(*arguments, **more)
        self.points = {
            str(point.pk): point for point in conference.points.order_by("position", "pk")
        }
        if self.points:
            self.fields["point"].choices = [
                ("", _("Dự từ xa")),
                *((key, _point_words(point)) for key, point in self.points.items()),
            ]
        else:
            del self.fields["point"]

    def values(self):
        """The keyword arguments of the registration; `point` is a BridgePoint or None."""
        cleaned = {**self.cleaned_data}
        return {**cleaned, "point": self.points.get(cleaned.pop("point", ""))}


def _point_words(point):
    """The name of a bridge point with the number of free places."""
    if not point.capacity:
        return point.name
    left = point.capacity - point.taken
    return (
        _("%(name)s (còn %(left)s chỗ)") % {"name": point.name, "left": show_number(left)}
        if left > 0
        else _("%s (hết chỗ)") % point.name
    )

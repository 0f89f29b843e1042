"""The forms of the set-up page at the desk."""

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.subjects.forms import RefusingForm
from danchu.subjects.places import UnitField
from danchu.units.named import unit_of_today


class PlaceForm(RefusingForm):
    """What the installation is called, and the place it is for."""

    title = forms.CharField(label=_("Tên bản cài đặt"), max_length=200)
    place = UnitField(
        label=_("Nơi sử dụng"),
        help_text=_("Tên hoặc mã của tỉnh, thành phố, xã, phường; hoặc Việt Nam."),
    )

    def clean_place(self):
        return self.check(unit_of_today, self.cleaned_data["place"], "place")


class FolderForm(RefusingForm):
    """Where backups are kept."""

    folder = forms.CharField(
        label=_("Thư mục cất bản sao lưu"),
        max_length=400,
        help_text=_("Trên máy chủ, ở ổ đĩa khác với dữ liệu, ví dụ /srv/saoluu."),
    )


class PhoneForm(RefusingForm):
    """The telephone that a test message is sent to."""

    phone = forms.CharField(
        label=_("Số điện thoại nhận tin thử"),
        max_length=20,
        help_text=_("Không được giữ lại."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )


class CodeForm(RefusingForm):
    """The code of the letter that arrived."""

    code = forms.CharField(
        label=_("Mã trong thư thử"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class MessageCodeForm(CodeForm):
    """The code of the message that arrived."""

    prefix = "sms"

    def __init__(self, *arguments, **more):
        super().__init__(*arguments, **more)
        self.fields["code"].label = _("Mã trong tin thử")

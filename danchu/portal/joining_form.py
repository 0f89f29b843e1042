"""The forms to take an office, to set an installation up, to replace a second factor."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.subjects.forms import RefusingForm
from danchu.subjects.places import UnitField
from danchu.units.named import unit_of_today

PASSWORD_HELP = gettext_lazy(
    "Ít nhất 10 ký tự, không chỉ toàn chữ số, không giống tên hay địa chỉ thư. Một câu "
    "dài dễ nhớ là tốt nhất."
)
LONGEST_PASSWORD = 1000


def _password(label, help_text="", autocomplete="new-password"):
    return forms.CharField(
        label=label,
        strip=False,
        max_length=LONGEST_PASSWORD,
        help_text=help_text,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
    )


class PasswordForm(RefusingForm):
    """A new password, typed twice."""

    password = _password(gettext_lazy("Mật khẩu mới"), PASSWORD_HELP)
    again = _password(gettext_lazy("Nhập lại mật khẩu mới"))

    def clean(self):
        cleaned = super().clean()
        if "again" in cleaned and cleaned.get("password") != cleaned["again"]:
            self.add_error("again", _("Hai lần nhập mật khẩu không giống nhau."))
        return cleaned

    def values(self):
        return {name: value for name, value in super().values().items() if name != "again"}


class NewcomerForm(PasswordForm):
    """For somebody invited by telephone: also the address by which they will log in."""

    field_order = ("email", "password", "again")
    email = forms.CharField(
        label=gettext_lazy("Địa chỉ thư điện tử để đăng nhập"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        help_text=gettext_lazy("Mỗi người một địa chỉ; thư đặt lại mật khẩu sẽ tới đây."),
    )


class BeginForm(PasswordForm):
    """The first operator, the name of the installation and the place it is for."""

    field_order = ("title", "place", "name", "email", "password", "again")
    title = forms.CharField(
        label=gettext_lazy("Tên bản cài đặt"),
        max_length=200,
        help_text=gettext_lazy("Ví dụ: Dân chủ ở cơ sở thành phố Hà Nội."),
    )
    place = UnitField(
        label=gettext_lazy("Nơi sử dụng"),
        help_text=gettext_lazy("Tên hoặc mã của tỉnh, thành phố, xã, phường; hoặc Việt Nam."),
    )
    name = forms.CharField(
        label=gettext_lazy("Họ và tên người quản trị"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.CharField(
        label=gettext_lazy("Địa chỉ thư điện tử"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )

    def clean_place(self):
        return self.check(unit_of_today, self.cleaned_data["place"], "place")


class RecoverForm(RefusingForm):
    """A sole operator who lost the second factor, with the printed code."""

    email = forms.CharField(
        label=gettext_lazy("Địa chỉ thư điện tử"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    password = _password(gettext_lazy("Mật khẩu"), autocomplete="current-password")
    code = forms.CharField(
        label=gettext_lazy("Mã khôi phục đã in"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )

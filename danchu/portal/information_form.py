"""The form by which anyone asks for information, with no more personal data than the law wants."""

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.disclosure.actions.requests import LONGEST_ASKED
from danchu.disclosure.sections.requests import request_values
from danchu.portal.contact_form import TEL, HoneypotForm
from danchu.subjects.places import UnitField
from danchu.units.named import unit_of_today


class InformationForm(HoneypotForm):
    """What is asked of which unit, by whom."""

    uid = forms.UUIDField(widget=forms.HiddenInput)
    unit = UnitField(label=_("Hỏi xã, phường nào"))
    question = forms.CharField(
        label=_("Thông tin cần cung cấp"),
        max_length=LONGEST_ASKED,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    name = forms.CharField(
        label=_("Họ và tên"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    address = forms.CharField(
        label=_("Địa chỉ"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    phone = forms.CharField(
        label=_("Điện thoại"), max_length=20, required=False, widget=forms.TextInput(attrs=TEL)
    )
    email = forms.CharField(
        label=_("Thư điện tử"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    person_fields_names = ("name", "address", "phone", "email")

    def clean_unit(self):
        return self.check(unit_of_today, self.cleaned_data["unit"], "unit")

    @property
    def person_fields(self):
        return [self[name] for name in self.person_fields_names]

    def values(self):
        """The keyword arguments of `ask_information`."""
        return {**request_values(self.cleaned_data), "once": self.once}

"""The form by which anyone books a place at a reception day: no more than is needed to keep it and
to tell of a change.
"""

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.casework.actions.bookings import MOST_MATTER
from danchu.portal.contact_form import ContactForm

PERSON = ("name", "phone", "email", "notify_by", "matter")


class BookingForm(ContactForm):
    """A booking."""

    wide = ("matter",)
    field_order = ("uid", *PERSON)
    uid = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("Họ và tên"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    matter = forms.CharField(
        label=_("Việc cần gặp"),
        max_length=MOST_MATTER,
        help_text=_("Một câu, để người tiếp chuẩn bị. Không ghi nội dung tố cáo."),
    )

    def __init__(self, *arguments, **more):
        super().__init__(*arguments, **more)
        self.fields["phone"].help_text = _(
            "Ghi điện thoại hoặc thư điện tử, để báo khi ngày tiếp thay đổi."
        )

    @property
    def person_fields(self):
        return [self[name] for name in PERSON]

    def values(self):
        """The keyword arguments of `book_place`."""
        return {
            "once": self.once,
            **{name: self.cleaned_data[name] for name in PERSON},
        }

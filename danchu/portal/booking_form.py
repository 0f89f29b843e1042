"""The form by which anyone books a place at a reception day: no more than is needed to keep it and
to tell of a change.
"""

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.casework.actions.bookings import MOST_MATTER
from danchu.notices.models import Channel
from danchu.portal.petition_form import TEL
from danchu.staff.set_up import offer_channels
from danchu.subjects.forms import RefusingForm


class BookingForm(RefusingForm):
    """A booking. `website` is a honeypot that people do not see."""

    wide = ("matter",)
    uid = forms.UUIDField(widget=forms.HiddenInput)
    website = forms.CharField(required=False, max_length=200)
    name = forms.CharField(
        label=_("Họ và tên"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=_("Điện thoại"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs=TEL),
        help_text=_("Ghi điện thoại hoặc thư điện tử, để báo khi ngày tiếp thay đổi."),
    )
    email = forms.CharField(
        label=_("Thư điện tử"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    notify_by = forms.ChoiceField(
        label=_("Báo tin cho tôi bằng"),
        required=False,
        choices=[
            ("", _("Không cần, tôi tự tra cứu")),
            *[(c.value, c.label) for c in (Channel.EMAIL, Channel.SMS, Channel.ZALO)],
        ],
    )
    matter = forms.CharField(
        label=_("Việc cần gặp"),
        max_length=MOST_MATTER,
        help_text=_("Một câu, để người tiếp chuẩn bị. Không ghi nội dung tố cáo."),
    )

    def __init__(self, *arguments, **more):
        super().__init__(*arguments, **more)
        offer_channels(self.fields["notify_by"])

    def clean_website(self):
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Ô này phải để trống."))
        return ""

    @property
    def person_fields(self):
        return [self[name] for name in ("name", "phone", "email", "notify_by", "matter")]

    def values(self):
        """The keyword arguments of `book_place`."""
        names = ("name", "phone", "email", "notify_by", "matter")
        return {
            "once": self.cleaned_data["uid"],
            **{name: self.cleaned_data[name] for name in names},
        }

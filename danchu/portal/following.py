"""Following by mail: the address of the page that asks for it, and its form."""

from django import forms
from django.core.validators import validate_email
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from danchu.following.models import LONGEST_ADDRESS
from danchu.notices.adapters import is_set
from danchu.notices.models import Channel
from danchu.portal.contact_form import HoneypotForm
from danchu.portal.query import query_string


def is_offered():
    """Whether mail of this installation reaches anybody."""
    return is_set(Channel.EMAIL)


def follow_url(what, **named):
    """The address of the page by which a thing is followed; "" where no mail is sent."""
    return f"{reverse('follow')}?{query_string(what=what, **named)}" if is_offered() else ""


class FollowForm(HoneypotForm):
    """The address to which letters go."""

    email = forms.CharField(
        label=_("Thư điện tử"),
        max_length=LONGEST_ADDRESS,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Hãy ghi địa chỉ thư điện tử.")},
    )

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        try:
            validate_email(email)
        except forms.ValidationError:
            raise forms.ValidationError(
                _("Địa chỉ thư điện tử chưa đúng, ví dụ: ten@vidu.vn.")
            ) from None
        return email

"""How whoever sends something from the public pages can be reached, and how a form that comes again
is known.
"""

from uuid import UUID, uuid5

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.notices.models import Channel
from danchu.staff.set_up import offer_channels
from danchu.subjects.forms import RefusingForm

TEL = {"inputmode": "tel", "autocomplete": "tel"}


class HoneypotForm(RefusingForm):
    """A form with a field that people do not see and programs fill in."""

    website = forms.CharField(required=False, max_length=200)

    def clean_website(self):
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Ô này phải để trống."))
        return ""

    @property
    def once(self) -> UUID:
        """The token of the form as it was filled in. Sent twice, it is the same; with other words,
        as when somebody goes back in the browser or the next person does, it is another form.
        """
        words = [(name, self.data.getlist(name)) for name in self.fields if name != "uid"]
        files = [(name, file.name, file.size) for name, file in sorted(self.files.items())]
        return uuid5(self.cleaned_data["uid"], repr((words, files)))


class ContactForm(HoneypotForm):
    """Telephone, mail, the channel of notices."""

    phone = forms.CharField(
        label=_("Điện thoại"), max_length=20, required=False, widget=forms.TextInput(attrs=TEL)
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

    def __init__(self, *arguments, **more):
        super().__init__(*arguments, **more)
        offer_channels(self.fields["notify_by"])

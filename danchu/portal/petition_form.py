"""The form by which anyone sends a petition, without an account and with no more personal data than
the law requires.
"""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from danchu.casework.input.persons import checked_persons
from danchu.casework.models import Matter
from danchu.casework.natures import Nature
from danchu.casework.writes.entry import LONGEST_TITLE
from danchu.casework.writes.trail import LONGEST_TEXT
from danchu.kernel.days import parse_day, today
from danchu.kernel.refusals import Refused
from danchu.kernel.text import sort_key
from danchu.kernel.words import local_name
from danchu.portal.contact_form import ContactForm
from danchu.subjects.places import UnitField
from danchu.units.named import unit_typed


class PetitionForm(ContactForm):
    """A petition from the portal. From the fields in `foretells` the law says something before it
    is sent.
    """

    foretells: tuple[str, ...] = ()
    # What is wrong is told in the order of the page.
    field_order = (
        *("uid", "nature", "matter", "place", "title", "content", "secret_text", "known_on"),
        *("name", "address"),
    )
    uid = forms.UUIDField(widget=forms.HiddenInput)
    nature = forms.ChoiceField(
        label=_("Ông (bà) muốn gửi"),
        choices=[
            (n.value, n.label) for n in (Nature.FEEDBACK, Nature.COMPLAINT, Nature.DENUNCIATION)
        ],
        widget=forms.RadioSelect,
    )
    matter = forms.ChoiceField(label=_("Về việc gì"))
    place = UnitField(label=_("Nơi xảy ra việc"), near=True)
    title = forms.CharField(
        label=_("Tóm tắt"),
        max_length=LONGEST_TITLE,
        help_text=_("Một câu, không ghi tên người gửi."),
    )
    content = forms.CharField(
        label=pgettext_lazy("words", "Nội dung"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    secret_text = forms.CharField(
        label=_("Phần có thể lộ người tố cáo"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Chỉ khi tố cáo: điều gì cho biết ông/bà là ai thì ghi ở đây; phần này "
            "được niêm phong cùng họ tên và tệp đính kèm."
        ),
    )
    known_on = forms.CharField(
        label=_("Ngày biết quyết định hoặc việc bị khiếu nại"),
        max_length=20,
        required=False,
        help_text=_("Chỉ khi khiếu nại, ví dụ 12/12/2025."),
    )
    name = forms.CharField(
        label=_("Họ và tên"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_(
            "Đơn không ghi họ tên, địa chỉ thì không đủ điều kiện xử lý, nhưng thông tin "
            "rõ ràng vẫn được xem xét."
        ),
    )
    address = forms.CharField(
        label=_("Địa chỉ"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )

    def __init__(self, *arguments, **more):
        super().__init__(*arguments, **more)
        self.matters = {
            matter.key: matter for matter in Matter.objects.filter(is_open=True).order_by("pk")
        }
        self.fields["matter"].choices = [
            ("", "–"),
            *[
                (key, local_name(matter))
                for key, matter in sorted(
                    self.matters.items(), key=lambda pair: sort_key(local_name(pair[1]))
                )
            ],
        ]

    def clean_place(self):
        return self.check(unit_typed, self.cleaned_data["place"], today(), "place")

    def clean_known_on(self):
        text = self.cleaned_data["known_on"]
        try:
            return parse_day(text) if text else None
        except Refused as refusal:
            raise forms.ValidationError(refusal.message) from None

    def clean(self):
        cleaned = super().clean()
        self.check(checked_persons, [_person(cleaned)])
        return cleaned

    def values(self):
        """The keyword arguments of `register_petition`."""
        cleaned = self.cleaned_data
        person = _person(cleaned)
        return {
            "once": cleaned["uid"],
            **{
                name: cleaned[name]
                for name in ("nature", "place", "title", "content", "secret_text", "known_on")
            },
            "matter": self.matters[cleaned["matter"]],
            "persons": [person] if any(person.values()) else [],
        }


def _person(cleaned):
    """What the sender typed about themselves."""
    names = ("name", "address", "phone", "email", "notify_by")
    return {name: cleaned.get(name, "") for name in names}

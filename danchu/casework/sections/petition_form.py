"""The form of a petition that came to the counter, by telephone, by post or from another body."""

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.casework.access.codes import read_code
from danchu.casework.input.persons import checked_persons
from danchu.casework.input.signers import persons_typed
from danchu.casework.models import Matter, Petition
from danchu.casework.moves import FILE
from danchu.casework.natures import Channel, Nature, Stage
from danchu.casework.words import DETAILS
from danchu.casework.writes.entry import LONGEST_TITLE, sender_key
from danchu.casework.writes.trail import LONGEST_TEXT
from danchu.kernel.text import sort_key
from danchu.kernel.words import local_name
from danchu.notices.adapters import is_set
from danchu.notices.models import Channel as NoticeChannel
from danchu.subjects.fields import CountField, DayField, FilesField, unit_at
from danchu.subjects.forms import RecordForm
from danchu.subjects.places import UnitField

# The channels that officials enter.
DESK_CHANNELS = (Channel.COUNTER, Channel.PHONE, Channel.POST, Channel.HANDED_OVER)


class PetitionForm(RecordForm):
    """One petition at one unit; each line of `signers` is one more person, as "name; address"."""

    wide = ("title", "content", "secret_text", "signers")
    shown_on = {"file": "files"}  # a refused paper
    uid = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.BooleanField(required=False, widget=forms.HiddenInput)
    unit = UnitField(label=_("Nơi nhận"), day_field="received_on")
    received_on = DayField(label=_("Ngày nhận"))
    channel = forms.ChoiceField(
        label=_("Đến bằng cách nào"),
        choices=[(channel.value, channel.label) for channel in DESK_CHANNELS],
    )
    came_from = forms.CharField(
        label=_("Cơ quan chuyển đến"),
        max_length=200,
        required=False,
        help_text=_("Khi cơ quan khác chuyển đến."),
    )
    nature = forms.ChoiceField(label=_("Loại đơn"), choices=Nature.choices)
    stage = forms.ChoiceField(label=_("Lần"), choices=Stage.choices)
    follows = forms.CharField(
        label=_("Khiếu nại tiếp đơn"),
        max_length=20,
        required=False,
        help_text=_("Mã đơn khiếu nại lần đầu, khi khiếu nại lần hai."),
    )
    same_as = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    matter = forms.ChoiceField(label=_("Về việc gì"))
    title = forms.CharField(
        label=_("Tóm tắt"),
        max_length=LONGEST_TITLE,
        help_text=_("Hiện trong danh sách và tìm kiếm: không ghi tên người."),
    )
    content = forms.CharField(
        label=DETAILS,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    secret_text = forms.CharField(
        label=_("Phần có thể lộ người tố cáo"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    known_on = DayField(label=_("Ngày biết quyết định, hành vi bị khiếu nại"), required=False)
    name = forms.CharField(label=_("Họ và tên người gửi"), max_length=120, required=False)
    address = forms.CharField(label=_("Địa chỉ"), max_length=200, required=False)
    identity = forms.CharField(label=_("Số giấy tờ"), max_length=20, required=False)
    phone = forms.CharField(label=_("Điện thoại"), max_length=20, required=False)
    email = forms.CharField(label=_("Thư điện tử"), max_length=254, required=False)
    notify_by = forms.ChoiceField(
        label=_("Báo tin bằng"),
        required=False,
        choices=[
            ("", "–"),
            *[
                (channel.value, channel.label)
                for channel in (NoticeChannel.EMAIL, NoticeChannel.SMS, NoticeChannel.ZALO)
            ],
        ],
    )
    signers = forms.CharField(
        label=_("Những người cùng ký"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Mỗi dòng một người: họ tên; địa chỉ."),
    )
    signers_file = forms.FileField(
        label=_("Danh sách người ký"),
        required=False,
        help_text=_(
            "Tệp CSV hoặc XLSX có các cột: Họ và tên; Địa chỉ; Số giấy tờ; Điện thoại; Đại diện."
        ),
    )
    people = CountField(label=_("Số người"), help_text=_("Để trống thì bằng số người đã ghi tên."))
    is_remote = forms.BooleanField(label=_("Vùng sâu, vùng xa, đi lại khó khăn"), required=False)
    files = FilesField(label=_("Tệp kèm theo"), required=False)

    def prepare(self):
        self.scope = self.actor.scope("draft", FILE)
        channels = self.fields["notify_by"].choices
        self.fields["notify_by"].choices = [one for one in channels if not one[0] or is_set(one[0])]
        self.matters = {matter.key: matter for matter in Matter.objects.filter(is_open=True)}
        matters = ((key, local_name(matter)) for key, matter in self.matters.items())
        self.fields["matter"].choices = [
            ("", "–"),
            *sorted(matters, key=lambda choice: sort_key(choice[1])),
        ]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("received_on") and cleaned.get("unit"):
            day = cleaned["received_on"]
            cleaned["unit"] = self.check(unit_at, cleaned["unit"], day, self.scope)
        for name in ("follows", "same_as"):
            cleaned[name] = self._petition_of_code(cleaned.get(name), name)
        cleaned["persons"] = self.check(self._persons, cleaned)
        return cleaned

    def _persons(self, cleaned):
        first = {
            name: cleaned.get(name, "")
            for name in ("name", "address", "identity", "phone", "email", "notify_by")
        }
        return checked_persons(persons_typed([first] if any(first.values()) else [], cleaned))

    def _petition_of_code(self, code, field):
        """The petition with the typed code; None without one, and an error where none has it."""
        petition = Petition.objects.filter(code=read_code(code or "") or "-").first()
        if code and petition is None:
            self.add_error(
                field if field == "follows" else None,
                _("Không có đơn mã này. Hãy gõ lại như trên giấy biên nhận."),
            )
        return petition

    def alike(self):
        """[Petition] that may be about the same matter, shown before this one is saved."""
        cleaned = self.cleaned_data
        key = sender_key(cleaned["persons"]) if cleaned["nature"] != Nature.DENUNCIATION else ""
        return list(
            Petition.objects.alike(
                cleaned["title"], key, cleaned["unit"], cleaned["nature"]
            ).select_related("matter")
        )

    def values(self):
        names = (
            "unit",
            "received_on",
            "channel",
            "nature",
            "stage",
            "title",
            "content",
            "secret_text",
            "known_on",
            "persons",
            "is_remote",
            "follows",
            "same_as",
            "came_from",
        )
        values = {name: self.cleaned_data[name] for name in names}
        return {
            **values,
            "once": self.cleaned_data["uid"],
            "matter": self.matters[self.cleaned_data["matter"]],
            "place": values["unit"],
            "people": self.cleaned_data["people"] or None,
        }

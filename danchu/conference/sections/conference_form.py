"""Forms of a conference, new and edited."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.conference.input.fields import NOTICE_RULES
from danchu.conference.models.programme import HALL
from danchu.conference.words import Entry
from danchu.kernel.days import day_of, show_instant, today
from danchu.law.book import book
from danchu.people.offices_held import place_of
from danchu.subjects.editing import EditingForm
from danchu.subjects.fields import CountField, InstantField, with_place_and_body
from danchu.subjects.forms import ActForm, RecordForm, RefusingForm
from danchu.subjects.places import BodyField, UnitField

COPIED = (
    "title",
    "subject",
    "starts_at",
    "planned_minutes",
    "entry",
    "capacity",
    "keeps_waiting_list",
    "notice_rule",
    "video",
    "video_embedded",
)


class ConferenceFields(RefusingForm):
    """The fields of a conference, new or not."""

    wide = ("title", "subject")
    title = forms.CharField(label=gettext_lazy("Tên hội nghị"), max_length=250)
    starts_at = InstantField(
        label=gettext_lazy("Bắt đầu lúc"),
        help_text=gettext_lazy("Ngày và giờ, ví dụ 12/12/2026 08:00."),
    )
    planned_minutes = CountField(label=gettext_lazy("Dự kiến kéo dài (phút)"))
    subject = forms.CharField(
        label=gettext_lazy("Nội dung"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    entry = forms.ChoiceField(
        label=gettext_lazy("Đại biểu vào bằng cách nào"), choices=Entry.choices
    )
    capacity = CountField(
        label=gettext_lazy("Số chỗ"),
        help_text=gettext_lazy("Dành cho người tự đăng ký; để trống là không giới hạn."),
    )
    keeps_waiting_list = forms.BooleanField(
        label=gettext_lazy("Hết chỗ thì lập danh sách chờ"), required=False
    )
    notice_rule = forms.ChoiceField(
        label=gettext_lazy("Quy tắc về thời hạn triệu tập"), required=False
    )
    video = forms.CharField(
        label=gettext_lazy("Địa chỉ phòng họp hình"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Mở bên cạnh hội trường; không có hình thì hội nghị vẫn chạy."),
    )
    video_embedded = forms.BooleanField(
        label=gettext_lazy("Hiện hình ngay trong trang hội trường"), required=False
    )

    def offer_rules(self):
        """Offer the rules of the law that set a period of notice."""
        law = book()
        rules = [
            (key, law.versions(key)[-1].name) for key in NOTICE_RULES if key in law.rule_keys()
        ]
        self.fields["notice_rule"].choices = [("", _("Không có")), *rules]


class ConferenceForm(RecordForm, ConferenceFields):
    """A new conference, with its place and the body that convenes it."""

    uid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    unit = UnitField(label=gettext_lazy("Nơi tổ chức"))
    body = BodyField(label=gettext_lazy("Cơ quan triệu tập"), required=False)
    field_order = ("uid", "title", "unit", "body")

    def prepare(self):
        self.scope = self.actor.scope("draft", HALL)
        self.offer_rules()
        self.initial |= {
            "uid": uuid4(),
            "unit": place_of(self.actor, self.scope),
            "planned_minutes": 120,
            "keeps_waiting_list": True,
            "entry": Entry.LIST,
        }

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("starts_at") or not cleaned.get("unit"):
            return cleaned
        return with_place_and_body(self, cleaned, min(day_of(cleaned["starts_at"]), today()))


class EditConferenceForm(EditingForm, ActForm, ConferenceFields):
    """The fields of a conference that is not over."""

    def prepare(self):
        self.offer_rules()
        self.lead = self.row.title
        self.initial |= {name: getattr(self.row, name) for name in COPIED}
        self.initial["starts_at"] = show_instant(self.row.starts_at)
        self.initial["capacity"] = self.row.capacity or ""

    def values(self):
        """The values that differ from the row; the start is compared as it is displayed."""
        changed = {
            name: self.cleaned_data[name]
            for name in COPIED
            if self.cleaned_data[name] != getattr(self.row, name)
        }
        current = show_instant(self.row.starts_at)
        if "starts_at" in changed and show_instant(changed["starts_at"]) == current:
            del changed["starts_at"]
        return changed

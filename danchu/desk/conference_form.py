"""The forms of who prepares a conference: the conference itself, a line of its programme, a
bridge point, a delegate.
"""

from types import SimpleNamespace

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.conference.input.fields import NOTICE_RULES
from danchu.conference.models.programme import HALL
from danchu.conference.words import Entry, ItemKind
from danchu.kernel.days import day_of, show_instant, today
from danchu.kernel.refusals import Refused
from danchu.kernel.words import local_name
from danchu.law.book import book
from danchu.people.models import OfficeKind
from danchu.subjects.fields import CountField, InstantField, unit_at, with_place_and_body
from danchu.units.kinds import BodyKind
from danchu.units.names import name_of

KEPT = (
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


class ActForm(forms.Form):
    """A form whose act may refuse by field."""

    def refuse(self, refusal):
        """Show a refusal of the act on the field it names."""
        shown = refusal.field in self.fields and not self.fields[refusal.field].widget.is_hidden
        self.add_error(refusal.field if shown else None, refusal.message)


class ConferenceForm(ActForm):
    """A conference; the place and the body only while it is new."""

    uid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=gettext_lazy("Tên hội nghị"), max_length=250)
    unit = forms.CharField(
        label=gettext_lazy("Nơi tổ chức"),
        max_length=120,
        help_text=gettext_lazy("Tên hoặc mã đơn vị; không cần gõ dấu."),
    )
    body = forms.ChoiceField(
        label=gettext_lazy("Cơ quan triệu tập"),
        required=False,
        choices=[("", "–"), *BodyKind.choices],
    )
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

    def __init__(self, actor, conference, *arguments, **more):
        super().__init__(*arguments, **more)
        self.scope, self.conference, law = actor.scope("draft", HALL), conference, book()
        known = [(key, law.versions(key)[-1].name) for key in NOTICE_RULES if key in law.names()]
        self.fields["notice_rule"].choices = [("", _("Không có")), *known]
        if conference is not None:
            for name in ("uid", "unit", "body"):
                del self.fields[name]

    def clean(self):
        cleaned = super().clean()
        if self.conference is not None or not cleaned.get("starts_at") or not cleaned.get("unit"):
            return cleaned
        day = min(day_of(cleaned["starts_at"]), today())
        return with_place_and_body(self, cleaned, day)

    def changed(self):
        """What of a conference is written otherwise than it stands: an hour is compared as it
        is shown.
        """
        found = {
            name: self.cleaned_data[name]
            for name in KEPT
            if self.cleaned_data[name] != getattr(self.conference, name)
        }
        if "starts_at" in found and show_instant(found["starts_at"]) == show_instant(
            self.conference.starts_at
        ):
            del found["starts_at"]
        return found


def initial_of(conference):
    """What the form shows of a conference."""
    return {
        **{name: getattr(conference, name) for name in KEPT},
        "starts_at": show_instant(conference.starts_at),
        "capacity": conference.capacity or "",
    }


class ItemForm(ActForm):
    """A line of the programme; its session only while it is new."""

    title = forms.CharField(label=gettext_lazy("Nội dung của mục"), max_length=250)
    kind = forms.ChoiceField(label=gettext_lazy("Loại"), choices=ItemKind.choices)
    parent = forms.ChoiceField(label=gettext_lazy("Thuộc phiên"), required=False)
    speaker = forms.CharField(label=gettext_lazy("Người trình bày"), max_length=200, required=False)
    planned_minutes = CountField(label=gettext_lazy("Dự kiến (phút)"))

    def __init__(self, sessions, *arguments, **more):
        super().__init__(*arguments, **more)
        self.sessions = {str(one.pk): one for one in sessions}
        if not self.sessions:
            del self.fields["parent"]
        else:
            self.fields["parent"].choices = [
                ("", _("Không thuộc phiên nào")),
                *((key, one.title) for key, one in self.sessions.items()),
            ]

    def values(self):
        given = dict(self.cleaned_data)
        if parent := self.sessions.get(given.pop("parent", "")):
            given["parent"] = parent
        return given


class PointForm(ActForm):
    """A bridge point."""

    name = forms.CharField(label=gettext_lazy("Tên điểm cầu"), max_length=200)
    unit = forms.CharField(
        label=gettext_lazy("Đơn vị"),
        max_length=120,
        help_text=gettext_lazy("Tên hoặc mã đơn vị; không cần gõ dấu."),
    )
    room = forms.CharField(label=gettext_lazy("Phòng, địa chỉ"), max_length=200, required=False)
    technician = forms.CharField(
        label=gettext_lazy("Kỹ thuật viên"), max_length=120, required=False
    )
    expected = CountField(label=gettext_lazy("Số đại biểu dự kiến"))
    capacity = CountField(
        label=gettext_lazy("Số chỗ"),
        help_text=gettext_lazy("Dành cho người tự đăng ký; để trống là không giới hạn."),
    )

    def clean_unit(self):
        try:
            return unit_at(self.cleaned_data["unit"], today(), None)
        except Refused as refusal:
            raise forms.ValidationError(refusal.message) from None


class DelegateForm(ActForm):
    """A delegate, invited by hand."""

    name = forms.CharField(label=gettext_lazy("Họ và tên"), max_length=120)
    office = forms.CharField(
        label=gettext_lazy("Chức vụ, nơi công tác"), max_length=200, required=False
    )
    contact = forms.CharField(
        label=gettext_lazy("Điện thoại hoặc thư điện tử"), max_length=200, required=False
    )
    point = forms.ChoiceField(label=gettext_lazy("Điểm cầu"), required=False)
    entitled = forms.BooleanField(label=gettext_lazy("Được biểu quyết"), required=False)

    def __init__(self, conference, *arguments, **more):
        super().__init__(*arguments, **more)
        self.points = {
            str(point.pk): point for point in conference.points.order_by("position", "pk")
        }
        self.fields["point"].choices = [
            ("", _("Dự từ xa, không thuộc điểm cầu")),
            *((key, point.name) for key, point in self.points.items()),
        ]

    def values(self):
        return {**self.cleaned_data, "point": self.points.get(self.cleaned_data["point"])}


class HoldersForm(ActForm):
    """Everyone who holds an office in a place and below it."""

    office_kind = forms.ModelChoiceField(
        label=gettext_lazy("Chức trách"),
        queryset=OfficeKind.objects.order_by("name_vi"),
        empty_label=None,
    )
    unit = forms.CharField(
        label=gettext_lazy("Nơi"),
        max_length=120,
        help_text=gettext_lazy("Gồm cả các đơn vị bên dưới."),
    )

    def __init__(self, *arguments, **more):
        super().__init__(*arguments, **more)
        self.fields["office_kind"].label_from_instance = lambda one: local_name(
            SimpleNamespace(vi=one.name_vi, en=one.name_en)
        )

    def clean_unit(self):
        try:
            return unit_at(self.cleaned_data["unit"], today(), None)
        except Refused as refusal:
            raise forms.ValidationError(refusal.message) from None


def initial_of_point(point):
    kept = {name: getattr(point, name) for name in ("name", "room", "technician")}
    code = next((standing.code for standing in point.unit.standings.on(today())), "")
    return {
        **kept,
        "unit": code or name_of(point.unit_id, today()),
        "expected": point.expected or "",
        "capacity": point.capacity or "",
    }

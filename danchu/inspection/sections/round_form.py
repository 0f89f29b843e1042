"""The form of a round, for the page and for the JSON that a device sends."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.inspection.boards_of import board_choices, project_names
from danchu.inspection.input.rounds import LENGTHS
from danchu.inspection.models import Project, RoundPlan
from danchu.kernel.days import show_day
from danchu.kernel.refusals import Refused
from danchu.subjects.editing import EditingForm
from danchu.subjects.fields import CountField, DayField, FilesField, ManyFiles
from danchu.subjects.forms import RefusingForm
from danchu.subjects.one_of import OneOf
from danchu.subjects.order import VietnameseOrder

# Empty lines for violations; scripts of the page add more.
BLANK_LINES = 3
NOTED = ("title", "detail", "place")

# What is written once with the round and not edited later.
WRITTEN_ONCE = (
    "plan",
    "project",
    "latitude",
    "longitude",
    "accuracy",
    "keeps_trace",
    "photos",
    "apart",
)


class RoundForm(RefusingForm):
    """One round of one board; the lines of violations are read from repeated fields noted_*."""

    uid = forms.UUIDField(widget=forms.HiddenInput)
    board = OneOf(label=gettext_lazy("Ban"))
    plan = OneOf(label=gettext_lazy("Theo kế hoạch"), required=False)
    project = OneOf(label=gettext_lazy("Dự án"), required=False)
    held_on = DayField(label=gettext_lazy("Ngày"))
    participants = CountField(label=gettext_lazy("Số người dự"))
    title = forms.CharField(
        label=gettext_lazy("Kiểm tra, giám sát việc gì"),
        max_length=LENGTHS["title"],
        help_text=gettext_lazy("Sẽ công khai khi xác nhận: không ghi tên, địa chỉ của công dân."),
    )
    place = forms.CharField(
        label=gettext_lazy("Địa điểm"), max_length=LENGTHS["place"], required=False
    )
    minutes = forms.CharField(
        label=gettext_lazy("Biên bản"),
        max_length=LENGTHS["minutes"],
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Chỉ cán bộ của nơi này đọc được."),
    )
    latitude = forms.CharField(required=False, max_length=30, widget=forms.HiddenInput)
    longitude = forms.CharField(required=False, max_length=30, widget=forms.HiddenInput)
    accuracy = forms.CharField(required=False, max_length=30, widget=forms.HiddenInput)
    keeps_trace = forms.BooleanField(
        label=gettext_lazy("Giữ ngày giờ và tọa độ ghi trong ảnh"), required=False
    )
    photos = FilesField(
        label=gettext_lazy("Ảnh"),
        required=False,
        widget=ManyFiles(attrs={"id": "photos", "accept": "image/jpeg, image/png"}),
        help_text=gettext_lazy("JPEG, PNG. Thông tin máy ảnh ghi trong ảnh được gỡ bỏ."),
    )
    apart = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, boards, *arguments, **keywords):
        super().__init__(*arguments, **keywords)
        self.fields["board"].offer(boards, board_choices)
        board_keys = boards.order_by().values("pk")
        plans = RoundPlan.objects.filter(board__in=board_keys, cancelled_on=None)
        # A plan that has its round by now is refused as a Conflict, not as an invalid choice.
        if not self.is_bound:
            plans = plans.exclude(rounds__event__isnull=False)
        self.fields["plan"].offer(plans.order_by("-planned_on", "-pk"), _plan_names)
        projects = Project.objects.filter(board__in=board_keys, ended_on=None)
        self.fields["project"].offer(projects.order_by(VietnameseOrder("name")), project_names)

    noted_error = ""

    def refuse(self, refusal):
        """A refusal of the violations stands beside their lines, which are no fields."""
        for one in refusal.every:
            if one.field == "noted":
                self.noted_error = str(one.message)
        super().refuse(refusal)

    def noted(self):
        """[{"title", "detail", "place"}] of the violations as typed, and empty ones to fill in."""
        columns = (
            [self.data.getlist(f"noted_{name}") for name in NOTED]
            if self.is_bound
            else [[], [], []]
        )
        rows = [dict(zip(NOTED, line, strict=True)) for line in zip(*columns, strict=False)]
        rows = [row for row in rows if any(value.strip() for value in row.values())] or list(
            self.initial.get("noted", ())
        )
        return rows + [dict.fromkeys(NOTED, "")] * max(1, BLANK_LINES - len(rows))

    def values(self):
        """The keyword arguments of the act, without the photos."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "photos"}
        point = tuple(values.pop(name) for name in ("latitude", "longitude", "accuracy"))
        return {
            **values,
            **{name: self.fields[name].row(values[name]) for name in ("board", "plan", "project")},
            "noted": [row for row in self.noted() if any(row.values())],
            "point": point if any(point) else None,
        }


def _plan_names(plans):
    return [(str(plan.pk), f"{show_day(plan.planned_on)}: {plan.title}") for plan in plans]


class EditRoundForm(EditingForm, RoundForm):
    """The texts of a draft; what was written once cannot be changed."""

    def __init__(self, *arguments, **keywords):
        super().__init__(*arguments, **keywords)
        for name in WRITTEN_ONCE:
            del self.fields[name]


def form_of(payload, boards):
    """(form, [(SHA-256, name, size in bytes)] of the photos) of a round that a device sent as JSON;
    Refused on "uid" where the payload has another shape.
    """
    noted = _dicts(payload, "noted")
    photos = _dicts(payload, "photos")
    data = QueryDict(mutable=True)
    for name in RoundForm.base_fields:
        value = payload.get(name)
        if isinstance(value, str | int | float) and value is not False:
            data[name] = "on" if value is True else str(value)
    for row in noted:
        for name in NOTED:
            data.appendlist(f"noted_{name}", str(row.get(name) or ""))
    return RoundForm(boards, data), [
        (photo.get("hash"), photo.get("name") or "", photo.get("size")) for photo in photos
    ]


def _dicts(payload, name):
    """The list of dicts with this name in the payload; Refused where it is something else."""
    items = (payload.get(name) or []) if isinstance(payload, dict) else None
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise Refused(_("Nội dung gửi lên không đọc được. Hãy tải lại trang rồi gửi lại."), "uid")
    return items

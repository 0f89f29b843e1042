"""What a board types of a round on the spot, on a phone or at a desk: the same fields,
whichever way they come.
"""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.inspection.boards_of import board_choices
from danchu.inspection.input.rounds import LENGTHS
from danchu.inspection.models import Project, RoundPlan
from danchu.kernel.days import show_day
from danchu.kernel.refusals import Refused
from danchu.subjects.fields import CountField, DayField
from danchu.subjects.forms import RefusingForm

# Violations that can be written without script; with script more lines come.
BLANK_LINES = 3
# Plans and projects to choose from, at most.
MOST_CHOICES = 200
NOTED = ("title", "detail", "place")


class RoundForm(RefusingForm):
    """One round of one board; the lines of violations are read beside the fields."""

    uid = forms.UUIDField(widget=forms.HiddenInput)
    board = forms.ChoiceField(label=gettext_lazy("Ban"))
    plan = forms.ChoiceField(label=gettext_lazy("Theo kế hoạch"), required=False)
    project = forms.ChoiceField(label=gettext_lazy("Dự án"), required=False)
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
    apart = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, boards, *arguments, **more):
        super().__init__(*arguments, **more)
        self.boards = boards
        mine = list(boards.values())
        plans = RoundPlan.objects.filter(board__in=mine, cancelled_on=None)
        # One that got its round meanwhile is refused as a conflict, not as an odd choice.
        if not self.is_bound:
            plans = plans.exclude(rounds__event__isnull=False)
        plans = plans.order_by("-planned_on", "-pk")[:MOST_CHOICES]
        projects = Project.objects.filter(board__in=mine, ended_on=None)
        self.plans = {str(plan.pk): plan for plan in plans}
        self.projects = {
            str(project.pk): project for project in projects.order_by("name")[:MOST_CHOICES]
        }
        plan_names = [
            (key, f"{show_day(plan.planned_on)}: {plan.title}") for key, plan in self.plans.items()
        ]
        project_names = [(key, project.name) for key, project in self.projects.items()]
        self.fields["board"].choices = board_choices(boards)
        self.fields["plan"].choices = [("", "–"), *plan_names]
        self.fields["project"].choices = [("", "–"), *project_names]

    def noted(self):
        """The lines of violations as typed, blank ones added so that there is something to
        write into.
        """
        typed = (
            [self.data.getlist(f"noted_{name}") for name in NOTED]
            if self.is_bound
            else [[], [], []]
        )
        rows = [dict(zip(NOTED, line, strict=True)) for line in zip(*typed, strict=False)]
        rows = [row for row in rows if any(value.strip() for value in row.values())] or list(
            self.initial.get("noted", ())
        )
        return rows + [dict.fromkeys(NOTED, "")] * max(1, BLANK_LINES - len(rows))

    def values(self):
        """What the act is given, without the photos."""
        given = self.cleaned_data
        point = tuple(given.pop(name) for name in ("latitude", "longitude", "accuracy"))
        return {
            **given,
            "board": self.boards[given["board"]],
            "plan": self.plans.get(given["plan"]),
            "project": self.projects.get(given["project"]),
            "noted": [row for row in self.noted() if any(row.values())],
            "point": point if any(point) else None,
        }


def form_of(sent, boards):
    """(form, photos) of a round that a device sent as JSON, a photo as (hash, name, size); Refused
    where it does not read.
    """
    noted = _dicts(sent, "noted")
    photos = _dicts(sent, "photos")
    data = QueryDict(mutable=True)
    for name in RoundForm.base_fields:
        if isinstance(sent.get(name), str | int | float) and sent[name] is not False:
            data[name] = "on" if sent[name] is True else str(sent[name])
    for row in noted:
        for name in NOTED:
            data.appendlist(f"noted_{name}", str(row.get(name) or ""))
    return RoundForm(boards, data), [
        (one.get("hash"), one.get("name") or "", one.get("size")) for one in photos
    ]


def _dicts(sent, name):
    """The list of this name of what was sent, each item a dict; Refused where it is none."""
    items = (sent.get(name) or []) if isinstance(sent, dict) else None
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise Refused(_("Nội dung gửi lên không đọc được."), "uid")
    return items

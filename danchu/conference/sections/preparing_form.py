"""Forms for preparing a conference: an item of the programme, a bridge point, a delegate."""

from types import SimpleNamespace

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.conference.words import ItemKind
from danchu.kernel.days import today
from danchu.kernel.words import local_name
from danchu.people.models import OfficeKind
from danchu.subjects.editing import EditingForm
from danchu.subjects.fields import CountField, unit_at
from danchu.subjects.forms import RefusingForm
from danchu.subjects.order import VietnameseOrder
from danchu.subjects.places import UnitField
from danchu.units.choices import value_of_unit


class ItemForm(RefusingForm):
    """An item of the programme; its session can be chosen only while it is new."""

    wide = ("title",)
    title = forms.CharField(label=gettext_lazy("Nội dung của mục"), max_length=250)
    kind = forms.ChoiceField(label=gettext_lazy("Loại"), choices=ItemKind.choices)
    parent = forms.ChoiceField(label=gettext_lazy("Thuộc phiên"), required=False)
    speaker = forms.CharField(label=gettext_lazy("Người trình bày"), max_length=200, required=False)
    planned_minutes = CountField(label=gettext_lazy("Dự kiến (phút)"))

    def __init__(self, sessions, *arguments, **options):
        super().__init__(*arguments, **options)
        self.sessions = {str(session.pk): session for session in sessions}
        if not self.sessions:
            del self.fields["parent"]
        else:
            self.fields["parent"].choices = [
                ("", _("Không thuộc phiên nào")),
                *((key, session.title) for key, session in self.sessions.items()),
            ]

    def values(self):
        """The keyword arguments of the acts."""
        values = dict(self.cleaned_data)
        if parent := self.sessions.get(values.pop("parent", "")):
            values["parent"] = parent
        return values


class EditItemForm(EditingForm, ItemForm):
    """An item that is in the programme."""


class PointForm(RefusingForm):
    """A bridge point."""

    wide = ("name",)
    name = forms.CharField(label=gettext_lazy("Tên điểm cầu"), max_length=200)
    unit = UnitField(label=gettext_lazy("Đơn vị"))
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
        return self.check(unit_at, self.cleaned_data["unit"], today(), None)


class EditPointForm(EditingForm, PointForm):
    """A bridge point of the plan."""


class DelegateForm(RefusingForm):
    """A delegate who is invited by hand."""

    wide = ("name",)
    name = forms.CharField(label=gettext_lazy("Họ và tên"), max_length=120)
    office = forms.CharField(
        label=gettext_lazy("Chức vụ, nơi công tác"), max_length=200, required=False
    )
    contact = forms.CharField(
        label=gettext_lazy("Điện thoại hoặc thư điện tử"), max_length=200, required=False
    )
    point = forms.ChoiceField(label=gettext_lazy("Điểm cầu"), required=False)
    entitled = forms.BooleanField(label=gettext_lazy("Được biểu quyết"), required=False)

    def __init__(self, conference, *arguments, **options):
        super().__init__(*arguments, **options)
        self.points = {
            str(point.pk): point for point in conference.points.order_by("position", "pk")
        }
        self.fields["point"].choices = [
            ("", _("Dự từ xa, không thuộc điểm cầu")),
            *((key, point.name) for key, point in self.points.items()),
        ]

    def values(self):
        """The keyword arguments of the acts."""
        return {**self.cleaned_data, "point": self.points.get(self.cleaned_data["point"])}


class EditDelegateForm(EditingForm, DelegateForm):
    """A delegate of the list."""


class HoldersForm(RefusingForm):
    """Everyone who holds an office at a place and below it."""

    wide = ("office_kind",)
    office_kind = forms.ModelChoiceField(
        label=gettext_lazy("Chức trách"),
        queryset=OfficeKind.objects.order_by(VietnameseOrder("name_vi")),
        empty_label=None,
    )
    unit = UnitField(help_text=gettext_lazy("Gồm cả các đơn vị bên dưới."))

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.fields["office_kind"].label_from_instance = lambda kind: local_name(
            SimpleNamespace(vi=kind.name_vi, en=kind.name_en)
        )

    def clean_unit(self):
        return self.check(unit_at, self.cleaned_data["unit"], today(), None)


def initial_of_point(point):
    """{field: value} of a PointForm for the bridge point."""
    values = {name: getattr(point, name) for name in ("name", "room", "technician")}
    return {
        **values,
        "unit": value_of_unit(point.unit_id, today()),
        "expected": point.expected or "",
        "capacity": point.capacity or "",
    }

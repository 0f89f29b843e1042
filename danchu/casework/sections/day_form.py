"""Forms of a reception day: published, changed, held or missed."""

from django import forms
from django.utils.translation import gettext_lazy

from danchu.casework.models.reception import Form
from danchu.casework.sections.reception_form import PlacedForm
from danchu.kernel.days import show_day
from danchu.subjects.fields import CountField, DayField
from danchu.subjects.forms import ActForm


class ScheduleForm(PlacedForm):
    """A reception day."""

    day_field = "on"
    office = forms.CharField(label=gettext_lazy("Chức vụ người tiếp"), max_length=120)
    on = DayField(label=gettext_lazy("Ngày"))
    form = forms.ChoiceField(label=gettext_lazy("Hình thức"), choices=Form.choices)
    delegate = forms.CharField(
        label=gettext_lazy("Ủy quyền cho"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Chức vụ hoặc đơn vị tiếp thay, khi hình thức là ủy quyền tiếp."),
    )
    is_deputy = forms.BooleanField(
        label=gettext_lazy("Người được ủy quyền là cấp phó"), required=False
    )
    hours = forms.CharField(label=gettext_lazy("Giờ"), max_length=40, required=False)
    room = forms.CharField(label=gettext_lazy("Địa điểm"), max_length=200)
    places = CountField(
        label=gettext_lazy("Số chỗ đặt trước"),
        help_text=gettext_lazy("0: không nhận đặt lịch qua cổng."),
    )
    book_before = CountField(
        label=gettext_lazy("Nhận đặt đến trước mấy ngày"),
        help_text=gettext_lazy("0: đến hết ngày tiếp."),
    )

    def prepare(self):
        super().prepare()
        self.initial["form"] = Form.PERIODIC
        self.initial |= {"places": "0", "book_before": "1"}


class ChangeDayForm(ActForm):
    """A planned reception day on another day, at other hours or with other places."""

    on = DayField(label=gettext_lazy("Ngày"))
    hours = forms.CharField(label=gettext_lazy("Giờ"), max_length=40, required=False)
    room = forms.CharField(label=gettext_lazy("Địa điểm"), max_length=200)
    places = CountField(label=gettext_lazy("Số chỗ đặt trước"))
    book_before = CountField(label=gettext_lazy("Nhận đặt đến trước mấy ngày"))
    lead = gettext_lazy("Đổi ngày, giờ hay địa điểm thì người đã đặt lịch được báo tin.")

    def prepare(self):
        for name in ("hours", "room", "places", "book_before"):
            self.initial[name] = getattr(self.row, name)
        self.initial["on"] = show_day(self.row.on)


class CloseDayForm(ActForm):
    """Whether a planned day of reception was held, and if not, why."""

    wide = ("reason",)
    was_held = forms.ChoiceField(
        label=gettext_lazy("Ngày tiếp"),
        choices=(("yes", gettext_lazy("Đã tiếp")), ("no", gettext_lazy("Không tiếp"))),
    )
    reason = forms.CharField(label=gettext_lazy("Không tiếp vì"), max_length=300, required=False)

    def values(self):
        return {
            "was_held": self.cleaned_data["was_held"] == "yes",
            "reason": self.cleaned_data["reason"],
        }

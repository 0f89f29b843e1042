"""Forms of matters of a whole commune, and of what follows a result."""

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.decision.models.communes import CommuneForm
from danchu.subjects.fields import DayField
from danchu.subjects.forms import ActForm, DayForm


class OpenVillagesForm(DayForm):
    """How the commune asks all its villages."""

    on = DayField(label=_("Ngày giao cho các thôn, tổ dân phố"))
    until = DayField(
        label=_("Ngày cuối các thôn báo kết quả"),
        help_text=_("Thôn không báo kết quả đến hết ngày này tính là không tán thành."),
    )
    form = forms.ChoiceField(label=_("Hình thức"), choices=CommuneForm.choices)
    agreement = forms.CharField(
        label=_("Văn bản thống nhất với Chủ tịch Ủy ban Mặt trận Tổ quốc cấp xã"), max_length=60
    )


class SetDayForm(ActForm):
    """The day from which the People's Committee puts it in force."""

    on = DayField(label=_("Có hiệu lực từ ngày"))
    document = forms.CharField(label=_("Số văn bản"), max_length=60)


class AskAgainForm(ActForm):
    wide = ("reason",)
    document = forms.CharField(label=_("Số văn bản"), max_length=60)
    reason = forms.CharField(label=_("Trình tự, thủ tục nào không đúng"), max_length=500)

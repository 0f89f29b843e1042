"""Forms of the acts around ballots, votes on line and consents."""

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.decision.models.conduct import Leader
from danchu.decision.sections.decision_form import (
    TEAM_HELP,
    AttendForm,
    StrikeForm,
    entries_of,
    entry_choices,
)
from danchu.subjects.fields import DayField, lines_of_text
from danchu.subjects.forms import ActForm, DayForm


class HandOutForm(AttendForm):
    """Which households were handed a ballot; those that have one are not offered again."""

    entries = forms.MultipleChoiceField(
        label=_("Các hộ đã nhận phiếu"), widget=forms.CheckboxSelectMultiple
    )

    def prepare(self):
        rows = entries_of(self.row).filter(issued_at=None)
        self.fields["entries"].choices = entry_choices(rows, self.actor, self.row)


class TakeBackForm(StrikeForm):
    """A household that was written down by mistake as having a ballot."""

    def prepare(self):
        rows = entries_of(self.row).filter(issued_at__isnull=False)
        self.fields["entry"].choices = entry_choices(rows, self.actor, self.row)


class ConsentForm(ActForm):
    """Further consents to an initiative."""

    wide = ("consents",)
    shown_on = {"households": "consents"}
    consents = lines_of_text(
        _("Các hộ đồng thuận với đề xuất"),
        help_text=_("Mỗi dòng số của hộ và ngày đồng thuận."),
    )


class PlanOnlineForm(DayForm):
    """The notice of a vote on line, which was reported to the commune before."""

    wide = ("team",)
    on = DayField(label=_("Ngày thông báo"))
    reported_on = DayField(label=_("Ngày báo cáo Ủy ban nhân dân, Mặt trận cấp xã"))
    since = DayField(label=_("Bắt đầu từ ngày"))
    until = DayField(label=_("Ngày cuối hỏi có dùng trực tuyến"))
    leader = forms.ChoiceField(label=_("Tổ trưởng là"), choices=Leader.choices)
    team = lines_of_text(_("Tổ biểu quyết trực tuyến"), help_text=TEAM_HELP)


class CloseFormForm(ActForm):
    """The last day of the poll on the matter, where enough households agreed to vote on line."""

    until = DayField(label=_("Ngày cuối biểu quyết về việc này, khi đủ hộ đồng ý"))

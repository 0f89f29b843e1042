"""Forms of the acts around ballots and consents."""

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.decision.sections.decision_form import AttendForm, StrikeForm, entries_of, entry_choices
from danchu.subjects.fields import lines_of_text
from danchu.subjects.forms import ActForm


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

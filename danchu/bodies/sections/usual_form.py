"""The form of the usual bodies that a place lacks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.bodies.sections.body_form import GroundFields
from danchu.bodies.usual import first_day, proposed_bodies
from danchu.kernel.days import show_day
from danchu.kernel.refusals import Refused
from danchu.subjects.fields import DayField
from danchu.subjects.forms import RefusingForm
from danchu.units.body_checks import LONGEST_NAME
from danchu.units.kinds import BodyKind, right_over


class UsualForm(GroundFields, RefusingForm):
    """A tick and a name for each proposed body; those that another office opens are in `others`."""

    since = DayField(label=_("Thành lập từ ngày"))
    field_order = ("since", "decision", "decided_on")

    def __init__(self, actor, unit, *arguments, **more):
        super().__init__(*arguments, **more)
        self.initial["since"] = show_day(first_day(unit))
        self.proposals = []
        self.others = []
        for proposal in proposed_bodies(unit, first_day(unit)):
            if actor.may("reorganise", right_over(proposal.kind), unit):
                self.proposals.append(proposal)
                self._add(proposal)
            else:
                self.others.append(proposal)

    def _add(self, proposal):
        self.fields[f"open_{proposal.key}"] = forms.BooleanField(
            label=BodyKind(proposal.kind).label,
            required=False,
            initial=True,
            help_text=proposal.source_words,
        )
        self.fields[f"name_{proposal.key}"] = forms.CharField(
            label=_("Tên"), max_length=LONGEST_NAME, initial=proposal.name
        )
        if self.is_bound and not self.data.get(f"open_{proposal.key}"):
            self.fields[f"name_{proposal.key}"].required = False

    def lines(self):
        """[(ProposedBody, bound tick, bound name)] for the page."""
        return [
            (proposal, self[f"open_{proposal.key}"], self[f"name_{proposal.key}"])
            for proposal in self.proposals
        ]

    def clean(self):
        cleaned = super().clean()
        if self.proposals and not self.rows():
            self.refuse(Refused(_("Hãy chọn ít nhất một tổ chức.")))
        return cleaned

    def rows(self):
        """{key: (kind, name)} of what was ticked."""
        return {
            proposal.key: (proposal.kind, self.cleaned_data.get(f"name_{proposal.key}", ""))
            for proposal in self.proposals
            if self.cleaned_data.get(f"open_{proposal.key}")
        }

    def values(self):
        names = ("since", "decision", "decided_on")
        return {"rows": self.rows(), **{name: self.cleaned_data[name] for name in names}}

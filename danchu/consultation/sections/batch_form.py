"""Texts that wait, ticked in the list and let in or hidden together."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.casework.sections.batch_form import UidsField
from danchu.consultation.actions.moderation import Verdict
from danchu.consultation.voices import OPINION_LIFE, OpinionState
from danchu.kernel.addresses import uid_in
from danchu.subjects.forms import RefusingForm


class ModerateTickedForm(RefusingForm):
    """What is done with the ticked texts; a reason where they are hidden."""

    address = "desk_opinions_batch"
    uid = UidsField(error_messages={"required": _("Hãy đánh dấu ít nhất một ý kiến.")})
    act = forms.ChoiceField(label=_("Với các ý kiến đã chọn"), choices=Verdict.choices)
    reason = forms.CharField(label=_("Lý do ẩn"), max_length=500, required=False)

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, auto_id="batch-%s", **more)

    @property
    def ticked(self) -> frozenset[Any]:
        """The uids to tick again, so that a refused form keeps what was chosen."""
        typed = self.data.getlist("uid") if self.is_bound else ()
        return frozenset(uid for text in typed if (uid := uid_in(text)))


def waiting_on_page(actor: Any, rows: Any) -> dict[str, Any]:
    """The form for the rows of the page that wait and that the actor may let in; None where there
    is none. Each row is given what may follow for it, `batch_acts`, and what it is called.
    """
    for row in rows:
        is_waiting = row.state == OpinionState.WAITING
        may = is_waiting and "admit" in OPINION_LIFE.acts_of(row, actor)
        row.batch_acts = Verdict.values if may else []
        row.batch_name = row.number
    return {"batch": ModerateTickedForm() if any(row.batch_acts for row in rows) else None}

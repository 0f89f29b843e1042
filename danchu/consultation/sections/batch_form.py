"""Texts that wait, ticked in the list and let in or hidden together."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.consultation.actions.moderation import Verdict
from danchu.consultation.voices import OPINION_LIFE, OpinionState
from danchu.subjects.ticked import TickedForm, UidsField


class ModerateTickedForm(TickedForm):
    """What is done with the ticked texts; a reason where they are hidden."""

    address = "desk_opinions_batch"
    uid = UidsField(error_messages={"required": _("Hãy đánh dấu ít nhất một ý kiến.")})
    act = forms.ChoiceField(label=_("Với các ý kiến đã chọn"), choices=Verdict.choices)
    reason = forms.CharField(label=_("Lý do ẩn"), max_length=500, required=False)


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

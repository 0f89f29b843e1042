"""One act on several petitions at once: which petitions, which act, the text it begins from."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.casework.models import Petition
from danchu.casework.moves import FILE, State
from danchu.casework.queries.answer_texts import OfferedText, texts_at
from danchu.casework.sections.petition_acts import ACTS
from danchu.kernel.days import show_day, today
from danchu.kernel.refusals import Refused
from danchu.people.actor import reaches
from danchu.people.offices_held import offices_of
from danchu.subjects.fields import DayField
from danchu.subjects.sections import Act
from danchu.subjects.ticked import TickedForm, UidsField

# What may be done with several at once.
OF_SEVERAL = (
    "claim",
    "release",
    "take_in",
    "classify",
    "accept",
    "answer",
    "verify",
    "notify",
    "send",
    "close",
)
# What each of several is given beside what its own form begins with.
ALIKE = {"classify": {"eligible": "yes", "competent": "yes"}}
WORDS = {"classify": _("Phân loại: đủ điều kiện, thuộc thẩm quyền")}
BATCH = {act.name: WORDS.get(act.name, act.word) for act in ACTS if act.name in OF_SEVERAL}


def given_alike(act: Act, petition: Petition, actor: Any) -> dict[str, Any]:
    """What the form of the act is given for each of several petitions, beside the day and the text.
    Refused for one that was classified before: what was said of it then would be lost.
    """
    if act.name not in ALIKE:
        return {}
    if petition.state != State.RECEIVED:
        raise Refused(_("Đơn này đã được phân loại: muốn đổi thì mở từng đơn."))
    return {**act.form(petition, actor).initial, **ALIKE[act.name]}


class BatchForm(TickedForm):
    """The act for the ticked petitions; each is done or refused by itself."""

    address = "desk_petitions_batch"
    uid = UidsField(error_messages={"required": _("Hãy đánh dấu ít nhất một đơn.")})
    act = forms.ChoiceField(
        label=_("Với các đơn đã chọn"),
        choices=tuple(BATCH.items()),
        error_messages={
            "required": _("Hãy chọn việc làm cho các đơn đã đánh dấu."),
            "invalid_choice": _("Hãy chọn việc làm cho các đơn đã đánh dấu."),
        },
    )
    use = forms.ChoiceField(label=_("Lời lấy từ mẫu"), required=False)
    on = DayField(required=False, widget=forms.HiddenInput)

    def __init__(self, actor: Any, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.initial.setdefault("on", show_day(today()))
        choices = [(text.ref, text.title) for text in _texts_of(actor)]
        self.fields["use"].choices = [("", "–"), *choices]

    def offer(self, acts: Collection[str]) -> None:
        """Offer these acts alone; one that was sent is judged petition by petition all the same."""
        offered = [(name, word) for name, word in BATCH.items() if name in acts]
        self.fields["act"].widget.choices = offered


def _texts_of(actor: Any) -> list[OfferedText]:
    """The texts to begin answers from, at the first place where the actor holds an office."""
    scope = actor.scope("draft", FILE)
    units = [unit for _office, _where, unit in offices_of(actor) if reaches(scope, unit)]
    texts = texts_at(units[0]) if units else []
    return [text for text in texts if text.act in BATCH]

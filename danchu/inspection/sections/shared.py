"""Forms that several sections of boards share."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.inspection.boards_of import board_choices, boards_of
from danchu.subjects.fields import CountField
from danchu.subjects.forms import DayForm, RecordForm

BOARDS = ("desk_boards", _("Các Ban"))


class BoardForm(RecordForm):
    """A new record of one board; `kind` is the kind of record in the right to draft."""

    kind = ""
    board = forms.ChoiceField(label=_("Ban"))

    def prepare(self):
        chosen_pk = self.data.get("board") or self.query.get("board", "")
        self.boards = boards_of(self.actor, "draft", self.kind, chosen_pk)
        self.fields["board"].choices = board_choices(self.boards)
        self.initial["board"] = self.query.get("board", "")
        if "uid" in self.fields:
            self.initial["uid"] = uuid4()

    def values(self):
        return {**self.cleaned_data, "board": self.boards[self.cleaned_data["board"]]}


class RecoveredForm(DayForm):
    """Recoveries: money and what was taken off the settlement in đồng, land in m²."""

    money = CountField(label=_("Tiền thu hồi (đồng)"))
    land = CountField(label=_("Đất thu hồi (m²)"))
    reduced = CountField(label=_("Giảm trừ quyết toán (đồng)"))

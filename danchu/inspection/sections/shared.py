"""Forms that several sections of boards share."""

from uuid import uuid4

from django.utils.translation import gettext_lazy as _

from danchu.inspection.boards_of import board_choices, boards_of
from danchu.subjects.fields import CountField
from danchu.subjects.forms import DayForm, RecordForm
from danchu.subjects.one_of import OneOf

BOARDS = ("desk_boards", _("Các Ban"))


class BoardForm(RecordForm):
    """A new record of one board; `kind` is the kind of record in the right to draft."""

    kind = ""
    board = OneOf(label=_("Ban"))

    def prepare(self):
        self.boards = boards_of(self.actor, "draft", self.kind)
        self.fields["board"].offer(self.boards, board_choices)
        self.initial["board"] = self.query.get("board", "")
        if "uid" in self.fields:
            self.initial["uid"] = uuid4()

    def values(self):
        board = self.fields["board"].row(self.cleaned_data["board"])
        return {**self.cleaned_data, "board": board}


class RecoveredForm(DayForm):
    """Recoveries: money and what was taken off the settlement in đồng, land in m²."""

    money = CountField(label=_("Tiền thu hồi (đồng)"))
    land = CountField(label=_("Đất thu hồi (m²)"))
    reduced = CountField(label=_("Giảm trừ quyết toán (đồng)"))

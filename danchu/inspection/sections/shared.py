"""Forms and columns that several subjects of boards have."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.inspection.boards_of import board_choices, boards_of
from danchu.kernel.days import show_day, today
from danchu.subjects.fields import CountField, DayField
from danchu.subjects.forms import ActForm, RecordForm

BOARDS = ("desk_boards", _("Các Ban"))


def may_begin(verb, kind):
    """Who may begin a record: whoever holds the right anywhere."""
    return lambda actor: actor.scope(verb, kind) != frozenset()


class BoardForm(RecordForm):
    """A new record of one board; `kind` is what the right to draft names."""

    kind = ""
    board = forms.ChoiceField(label=_("Ban"))

    def prepare(self):
        asked = self.data.get("board") or self.query.get("board", "")
        self.boards = boards_of(self.actor, "draft", self.kind, asked)
        self.fields["board"].choices = board_choices(self.boards)
        self.initial["board"] = self.query.get("board", "")
        if "uid" in self.fields:
            self.initial["uid"] = uuid4()

    def values(self):
        return {**self.cleaned_data, "board": self.boards[self.cleaned_data["board"]]}


class DayForm(ActForm):
    """An act that asks for its day, today unless something else is typed."""

    on = DayField(label=_("Ngày"))

    def prepare(self):
        self.initial["on"] = show_day(today())


class ReasonForm(ActForm):
    """An act that asks for its reason."""

    wide = ("reason",)
    reason = forms.CharField(label=_("Lý do"), max_length=500)


class RecoveredForm(DayForm):
    """What was recovered: money in đồng, land in m², what was taken off the settlement."""

    money = CountField(label=_("Tiền thu hồi (đồng)"))
    land = CountField(label=_("Đất thu hồi (m²)"))
    reduced = CountField(label=_("Giảm trừ quyết toán (đồng)"))


def lines_of_text(label, rows=4, **more):
    """A field for several lines."""
    return forms.CharField(
        label=label, max_length=10_000, widget=forms.Textarea(attrs={"rows": rows}), **more
    )

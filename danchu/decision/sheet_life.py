"""The life of a sheet that came back: its photo is added once."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from danchu.decision.lives import COUNT, DECISION
from danchu.subjects.life import STAYS, Life, Move, Right


class SheetState(models.TextChoices):
    WITHOUT_PHOTO = "without_photo", _("Chưa có ảnh")
    WITH_PHOTO = "with_photo", _("Có ảnh")


def sheet_state(sheet):
    """Whether a photo of the sheet is kept."""
    return SheetState.WITH_PHOTO if sheet.paper_id else SheetState.WITHOUT_PHOTO


def _kind_of_sheet(sheet):
    """The kind of record that a sheet is about, as rights name it."""
    return COUNT if sheet.kind == "count" else DECISION


SHEET_LIFE = Life(
    Move("photograph", (SheetState.WITHOUT_PHOTO,), STAYS, Right("draft", _kind_of_sheet)),
    state=sheet_state,
    no_right=_("Ông/bà không có quyền ghi tờ này."),
    moved_on=_("Tờ này đã có ảnh. Hãy tải lại trang để xem."),
)

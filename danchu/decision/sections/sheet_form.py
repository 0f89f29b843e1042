"""Forms of sheets that come back. They also open without a line, so they ask for numbers of
households and never for a name.
"""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.decision.models import SheetKind
from danchu.decision.sections.decision_form import CountFields
from danchu.decision.sheet_codes import read_code
from danchu.subjects.fields import lines_of_text
from danchu.subjects.forms import ActForm, RecordForm

PHOTO_HELP = _("Chụp cả tờ giấy, đủ mã ở đầu tờ.")


class _SheetForm(RecordForm):
    """A sheet; its code says of which vote it is."""

    uid = forms.UUIDField(widget=forms.HiddenInput)
    code = forms.CharField(
        label=_("Mã ở đầu tờ giấy, sau chữ “Số”"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def prepare(self):
        self.initial |= {"uid": uuid4()}
        if read_code(self.query.get("code", "")):
            self.initial["code"] = self.query["code"]


class RollSheetForm(_SheetForm):
    """The households of a printed list."""

    wide = ("households",)
    lead = _(
        "Gõ lại tờ danh sách đã in: hộ dự họp, hộ nhận phiếu, hộ đồng thuận. Không có mạng thì máy "
        "giữ lại và gửi sau, một lần."
    )
    households = lines_of_text(
        _("Số của các hộ"),
        help_text=_(
            "Ví dụ: 1-20, 25, 31. Danh sách đồng thuận: mỗi dòng số của hộ và ngày đồng thuận."
        ),
    )


class CountSheetForm(_SheetForm, CountFields):
    """One person's count with the photo of the sheet."""

    field_order = ("code",)
    lead = _(
        "Mỗi người ghi số mình đếm từ tờ của mình. Không có mạng thì máy giữ lại và gửi sau, một "
        "lần."
    )
    photo = forms.FileField(label=_("Ảnh tờ kiểm phiếu"), required=False, help_text=PHOTO_HELP)

    def values(self):
        typed = super().values()
        photo = typed.pop("photo")
        return {**typed, "photo": photo, "photo_name": photo.name if photo else ""}


class PhotographForm(ActForm):
    photo = forms.FileField(label=_("Ảnh tờ giấy"), help_text=PHOTO_HELP)

    def values(self):
        photo = self.cleaned_data["photo"]
        return {"photo": photo, "photo_name": photo.name}


def kinds_words(kinds):
    """[(value, word)] of kinds of sheets."""
    return [(kind.value, SheetKind(kind).label) for kind in kinds]

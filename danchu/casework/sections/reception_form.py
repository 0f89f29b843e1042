"""Forms of the reception: a line of the register, a reception day, the acts on a line."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.casework.access.codes import read_code
from danchu.casework.lives import BOOK
from danchu.casework.models import Booking, Petition
from danchu.casework.models.reception import Form
from danchu.casework.natures import Nature
from danchu.casework.rules.refusals import reasons
from danchu.kernel.addresses import uid_in
from danchu.kernel.days import show_day, today
from danchu.people.offices_held import place_of
from danchu.subjects.fields import CountField, DayField, lines_of_text, unit_at
from danchu.subjects.forms import ActForm, DayForm, RecordForm
from danchu.subjects.places import UnitField
from danchu.units.choices import value_of_unit


class PlacedForm(RecordForm):
    """A new record of one unit on one day, within the scope of the actor."""

    unit = UnitField()
    day_field = "received_on"

    def prepare(self):
        self.scope = self.actor.scope("draft", BOOK)
        self.initial["unit"] = place_of(self.actor, self.scope)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get(self.day_field) and cleaned.get("unit"):
            day = min(cleaned[self.day_field], today())
            cleaned["unit"] = self.check(unit_at, cleaned["unit"], day, self.scope)
        return cleaned


class VisitForm(PlacedForm):
    """One line of the register."""

    wide = ("content", "secret_text")
    uid = forms.UUIDField(widget=forms.HiddenInput)
    booking = forms.UUIDField(widget=forms.HiddenInput, required=False)
    received_on = DayField(label=gettext_lazy("Ngày tiếp"))
    form = forms.ChoiceField(label=gettext_lazy("Hình thức"), choices=Form.choices)
    nature = forms.ChoiceField(
        label=gettext_lazy("Phân loại"),
        choices=Nature.choices,
        help_text=gettext_lazy(
            "Tố cáo: họ tên, địa chỉ, số giấy tờ được niêm phong, sổ chỉ ghi một mã."
        ),
    )
    name = forms.CharField(label=gettext_lazy("Họ tên người được tiếp"), max_length=120)
    address = forms.CharField(label=gettext_lazy("Địa chỉ"), max_length=200, required=False)
    identity = forms.CharField(label=gettext_lazy("Số giấy tờ"), max_length=20, required=False)
    people = CountField(label=gettext_lazy("Số người"))
    representatives = CountField(
        label=gettext_lazy("Số người đại diện"), help_text=gettext_lazy("Của đoàn đông người.")
    )
    content = forms.CharField(
        label=gettext_lazy("Nội dung trình bày"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    secret_text = forms.CharField(
        label=gettext_lazy("Phần có thể lộ người tố cáo"),
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Chỉ khi tố cáo; được niêm phong cùng họ tên."),
    )
    is_repeat = forms.BooleanField(label=gettext_lazy("Vụ việc đã tiếp trước đây"), required=False)
    petition = forms.CharField(
        label=gettext_lazy("Đơn liên quan"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("Mã đơn, nếu người được tiếp đã có đơn."),
    )
    handled_before = forms.CharField(
        label=gettext_lazy("Cơ quan đã giải quyết"), max_length=200, required=False
    )
    not_competent = forms.BooleanField(label=gettext_lazy("Không thuộc thẩm quyền"), required=False)
    guidance = forms.CharField(
        label=gettext_lazy("Hướng dẫn, trả lời"), max_length=300, required=False
    )
    is_owed = forms.BooleanField(
        label=gettext_lazy("Hẹn trả lời sau"),
        required=False,
        help_text=gettext_lazy("Thời hạn trả lời theo luật được ghi vào việc phải làm."),
    )
    handler = forms.CharField(
        label=gettext_lazy("Chuyển cơ quan giải quyết"), max_length=200, required=False
    )
    follow_up = forms.CharField(
        label=gettext_lazy("Theo dõi kết quả"), max_length=300, required=False
    )
    note = forms.CharField(label=gettext_lazy("Ghi chú"), max_length=300, required=False)

    def prepare(self):
        super().prepare()
        self.initial["uid"] = uuid4()
        self.initial["received_on"] = show_day(today())
        self.initial["people"] = "1"
        self.initial["nature"] = Nature.FEEDBACK
        self._begin_from_booking()

    def _begin_from_booking(self):
        """What whoever booked has said already; the address names the booking."""
        booking = self._booking_of(uid_in(self.query.get("booking")))
        if booking is not None:
            self.initial |= {
                "booking": booking.uid,
                "unit": value_of_unit(booking.unit_id, booking.on),
                "received_on": show_day(booking.on),
                "form": booking.day.form,
                "name": booking.name,
                "content": booking.matter,
            }

    def _booking_of(self, uid):
        bookings = Booking.objects.viewed_by(self.actor).select_related("day")
        return bookings.filter(uid=uid).first() if uid else None

    def clean_booking(self):
        uid = self.cleaned_data["booking"]
        booking = self._booking_of(uid)
        if uid and booking is None:
            raise forms.ValidationError(_("Không có lịch hẹn này."))
        return booking

    def clean_petition(self):
        code = self.cleaned_data["petition"]
        petitions = Petition.objects.viewed_by(self.actor)
        petition = petitions.filter(code=read_code(code) or "-").first()
        if code and petition is None:
            raise forms.ValidationError(
                _("Không có đơn mã này. Hãy gõ lại như trên giấy biên nhận.")
            )
        return petition

    def values(self):
        values = dict(self.cleaned_data)
        is_repeat = values.pop("is_repeat")
        not_competent = values.pop("not_competent")
        return {
            **values,
            "people": values["people"] or 1,
            "is_first": not is_repeat,
            "competent": not not_competent,
        }


class RefusalForm(VisitForm):
    """One line of the register whose reception was refused."""

    wide = ("reason", *VisitForm.wide)
    reason = forms.ChoiceField(
        label=gettext_lazy("Lý do từ chối theo luật"),
        help_text=gettext_lazy(
            "Lý do phải được luật của ngày ấy cho phép. Khoản 3 Điều 9 Luật Tiếp công "
            "dân và điểm h khoản 1 Điều 4 Nghị định 154/2026: người đứng đầu ra thông "
            "báo bằng văn bản; lý do khác: giải thích trực tiếp."
        ),
    )
    field_order = (
        "uid",
        "unit",
        "received_on",
        "form",
        "nature",
        "reason",
        "name",
        "address",
        "identity",
        "people",
        "representatives",
        "content",
        "secret_text",
        "handled_before",
        "guidance",
        "note",
    )

    # The fields that only a visit has.
    OF_RECEIVED = (
        "booking",
        "petition",
        "is_repeat",
        "not_competent",
        "is_owed",
        "handler",
        "follow_up",
    )
    # {field: (label, help text)} where they differ from those of a visit.
    OTHER_WORDS = {
        "name": (
            gettext_lazy("Họ tên người bị từ chối tiếp"),
            gettext_lazy(
                "Để trống nếu người ấy không cho biết và lý do được giải thích trực tiếp."
            ),
        ),
        "handled_before": (
            gettext_lazy("Cơ quan đã hoặc đang giải quyết, số văn bản"),
            gettext_lazy(
                "Cần cho lý do dựa vào việc đã giải quyết, đã trả lời, đã có bản án "
                "hoặc đang được thụ lý."
            ),
        ),
        "guidance": (
            gettext_lazy("Đã giải thích cho công dân"),
            gettext_lazy("Cần cho lý do phải giải thích trực tiếp."),
        ),
    }

    def prepare(self):
        super().prepare()
        grounds = [(key, str(reason)) for key, reason in reasons().items()]
        self.fields["reason"].choices = [("", _("Chọn lý do")), *grounds]
        for name in self.OF_RECEIVED:
            del self.fields[name]
        for name, (label, help_text) in self.OTHER_WORDS.items():
            self.fields[name].label = label
            self.fields[name].help_text = help_text
        self.fields["name"].required = False

    def values(self):
        values = dict(self.cleaned_data)
        return {**values, "people": values["people"] or 1}


class AnswerForm(DayForm):
    """The answer that was owed to a visitor."""

    wide = ("text",)
    text = forms.CharField(
        label=gettext_lazy("Nội dung trả lời"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class IssueForm(DayForm):
    """The notice of a refused reception, signed by the head of the office."""

    number = forms.CharField(label=gettext_lazy("Số thông báo"), max_length=30, required=False)


class SealForm(ActForm):
    """A line that turns out to be of a denouncer, in words that do not identify them."""

    wide = ("content",)
    content = lines_of_text(
        gettext_lazy("Nội dung, không nêu người tố cáo"), rows=3, required=False
    )

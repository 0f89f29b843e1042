"""What a clerk types of a reception: a line of the register, a day of the schedule, the acts on
a line.
"""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.casework.access.codes import read_code
from danchu.casework.lives import BOOK
from danchu.casework.models import Petition
from danchu.casework.models.reception import Form
from danchu.casework.natures import Nature
from danchu.casework.rules.refusals import reasons
from danchu.kernel.days import today
from danchu.kernel.refusals import Refused
from danchu.subjects.fields import CountField, DayField, unit_at


class PlacedForm(forms.Form):
    """A form of one unit on one day, in the reach of the reader."""

    unit = forms.CharField(label=gettext_lazy("Nơi"), max_length=120)
    day_field = "received_on"

    def __init__(self, actor, *arguments, **more):
        super().__init__(*arguments, **more)
        self.scope = actor.scope("draft", BOOK)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get(self.day_field) and cleaned.get("unit"):
            try:
                cleaned["unit"] = unit_at(
                    cleaned["unit"], min(cleaned[self.day_field], today()), self.scope
                )
            except Refused as refusal:
                self.add_error("unit", refusal.message)
        return cleaned

    def refuse(self, refusal):
        shown = refusal.field in self.fields and not self.fields[refusal.field].widget.is_hidden
        self.add_error(refusal.field if shown else None, refusal.message)


class VisitForm(PlacedForm):
    """One line of the register."""

    uid = forms.UUIDField(widget=forms.HiddenInput)
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

    def __init__(self, actor, *arguments, **more):
        super().__init__(actor, *arguments, **more)
        self.petitions = Petition.objects.viewed_by(actor)

    def clean_petition(self):
        code = self.cleaned_data["petition"]
        found = self.petitions.filter(code=read_code(code) or "-").first()
        if code and found is None:
            raise forms.ValidationError(
                _("Không có đơn mã này. Hãy gõ lại như trên giấy biên nhận.")
            )
        return found

    def values(self):
        given = dict(self.cleaned_data)
        repeat, other = given.pop("is_repeat"), given.pop("not_competent")
        return {
            **given,
            "people": given["people"] or 1,
            "is_first": not repeat,
            "competent": not other,
        }


class RefusalForm(VisitForm):
    """One line of the register whose reception was refused."""

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

    def __init__(self, actor, *arguments, **more):
        super().__init__(actor, *arguments, **more)
        self.fields["reason"].choices = [
            ("", _("Chọn lý do")),
            *((key, str(reason)) for key, reason in reasons().items()),
        ]
        for name in ("petition", "is_repeat", "not_competent", "is_owed", "handler", "follow_up"):
            del self.fields[name]
        for name, label, help_text in (
            (
                "name",
                _("Họ tên người bị từ chối tiếp"),
                _("Để trống nếu người ấy không cho biết và lý do được giải thích trực tiếp."),
            ),
            (
                "handled_before",
                _("Cơ quan đã hoặc đang giải quyết, số văn bản"),
                _(
                    "Cần cho lý do dựa vào việc đã giải quyết, đã trả lời, đã có bản án "
                    "hoặc đang được thụ lý."
                ),
            ),
            (
                "guidance",
                _("Đã giải thích cho công dân"),
                _("Cần cho lý do phải giải thích trực tiếp."),
            ),
        ):
            self.fields[name].label, self.fields[name].help_text = label, help_text
        self.fields["name"].required = False

    def values(self):
        given = dict(self.cleaned_data)
        return {**given, "people": given["people"] or 1}


class DayForm(PlacedForm):
    """A day on which somebody receives."""

    day_field = "on"
    office = forms.CharField(label=gettext_lazy("Chức vụ người tiếp"), max_length=120)
    on = DayField(label=gettext_lazy("Ngày"))
    form = forms.ChoiceField(label=gettext_lazy("Hình thức"), choices=Form.choices)
    delegate = forms.CharField(
        label=gettext_lazy("Ủy quyền cho"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Chức vụ hoặc đơn vị tiếp thay, khi hình thức là ủy quyền tiếp."),
    )
    is_deputy = forms.BooleanField(
        label=gettext_lazy("Người được ủy quyền là cấp phó"), required=False
    )
    hours = forms.CharField(label=gettext_lazy("Giờ"), max_length=40, required=False)
    room = forms.CharField(label=gettext_lazy("Địa điểm"), max_length=200)

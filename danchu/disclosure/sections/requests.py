"""Requests for information, at the desk."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.disclosure import actions
from danchu.disclosure.actions.requests import LONGEST_ANSWER, LONGEST_ASKED, Asker
from danchu.disclosure.lives import REQUEST_FILE, REQUEST_LIFE, RequestState
from danchu.disclosure.models import Ground, InformationRequest, Way
from danchu.disclosure.sections.masking import MaskFields
from danchu.kernel.days import show_day, today
from danchu.people.offices_held import place_of
from danchu.subjects.columns import PLACE, state_column
from danchu.subjects.fields import DayField, unit_at
from danchu.subjects.filters import Choice, Last, Place, Since, Words
from danchu.subjects.forms import ActForm, ReasonForm, RecordForm
from danchu.subjects.listing import Column, Listing
from danchu.subjects.places import UnitField
from danchu.subjects.sections import Act, New, Record, Section, may_begin
from danchu.subjects.verbs import KNOW
from danchu.subjects.waiting import Wait

ROWS = {"rows": 5}


class RequestForm(RecordForm):
    """A request on paper or in person, written down at the desk."""

    wide = ("question",)
    uid = forms.UUIDField(widget=forms.HiddenInput)
    unit = UnitField(day_field="received_on")
    way = forms.ChoiceField(label=_("Nhận bằng cách nào"), choices=Way.choices)
    received_on = DayField(label=_("Ngày nhận"))
    question = forms.CharField(
        label=_("Thông tin cần cung cấp"),
        max_length=LONGEST_ASKED,
        widget=forms.Textarea(attrs=ROWS),
    )
    name = forms.CharField(label=_("Họ và tên"), max_length=120)
    address = forms.CharField(label=_("Địa chỉ"), max_length=200, required=False)
    phone = forms.CharField(label=_("Điện thoại"), max_length=20, required=False)
    email = forms.CharField(label=_("Thư điện tử"), max_length=254, required=False)

    def prepare(self):
        self.scope = self.actor.scope("draft", REQUEST_FILE)
        self.initial |= {
            "uid": uuid4(),
            "unit": place_of(self.actor, self.scope),
            "way": Way.PERSON,
            "received_on": show_day(today()),
        }

    def clean(self):
        cleaned = super().clean()
        day = cleaned.get("received_on")
        if day and cleaned.get("unit"):
            cleaned["unit"] = self.check(unit_at, cleaned["unit"], day, self.scope)
        return cleaned

    def values(self):
        return request_values(self.cleaned_data)


def request_values(cleaned):
    """The keyword arguments of `ask_information` beside the way."""
    person = {name: cleaned.get(name, "") for name in ("name", "address", "phone", "email")}
    return {
        "unit": cleaned["unit"],
        "question": cleaned["question"],
        "way": cleaned.get("way") or Way.ONLINE,
        "received_on": cleaned.get("received_on"),
        "once": cleaned["uid"],
        "asker": Asker(**person),
    }


def write_down(*, by, **values):
    """The request of somebody at the desk."""
    return actions.ask_information(by=by, **values)[0]


class AnswerForm(MaskFields, ActForm):
    wide = ("answer", "file", "masked_words", "hides_numbers", "masked_areas")
    answer = forms.CharField(
        label=_("Trả lời"), max_length=LONGEST_ANSWER, widget=forms.Textarea(attrs=ROWS)
    )
    fee = forms.IntegerField(
        label=_("Chi phí in, sao, gửi (đồng)"), min_value=0, required=False, initial=0
    )
    field_order = ("answer", "fee", "file", "masked_words", "hides_numbers", "masked_areas")

    def values(self):
        values = super().values()
        return {**values, "fee": values["fee"] or 0}


class RefuseForm(ActForm):
    wide = ("answer",)
    ground = forms.ChoiceField(label=_("Căn cứ từ chối"), choices=Ground.choices)
    answer = forms.CharField(
        label=_("Lý do"), max_length=LONGEST_ANSWER, widget=forms.Textarea(attrs=ROWS)
    )


def _rows(actor):
    return InformationRequest.objects.viewed_by(actor).select_related("obligation")


LISTING = Listing(
    name="information-requests",
    title=_("Yêu cầu cung cấp thông tin"),
    rows=_rows,
    placed=lambda request: (request.unit_id, request.received_on),
    columns=(
        Column("received_on", _("Ngày nhận"), sort="received_on"),
        Column("code", _("Mã"), sort="code", links=True, under=lambda line: line.where),
        Column("way", _("Cách nhận"), lambda line: line.row.get_way_display()),
        Column("due_on", _("Hạn"), lambda line: line.row.obligation.due_on, is_due=True),
        state_column(),
        PLACE,
        Column("answered_on", _("Ngày trả lời"), on_page=False),
        Column("fee", _("Chi phí in, sao, gửi (đồng)"), on_page=False),
    ),
    filters={
        "unit": Place(),
        "way": Choice(Way.choices, _("Cách nhận"), "way"),
        "state": Choice(RequestState.choices, _("Trạng thái"), "state"),
        "since": Since("received_on"),
        "last": Last("received_on"),
        "q": Words("code"),
    },
    file_name="yeu-cau-thong-tin",
    empty=_("Chưa có yêu cầu nào."),
    advice=_("Ai cũng gửi được ở trang công khai; yêu cầu trên giấy, trực tiếp được ghi ở đây."),
)

REQUESTS = Section(
    one="information_request",
    verb=KNOW,
    listing=LISTING,
    life=REQUEST_LIFE,
    above=("desk_disclosures", _("Nội dung công khai")),
    is_secret=True,
    record=Record(template="disclosure/request.html", rows=_rows),
    new=New(
        title=_("Yêu cầu cung cấp thông tin mới"),
        word=_("Ghi yêu cầu"),
        form=RequestForm,
        create=write_down,
        allows=may_begin("draft", REQUEST_FILE),
        denied=_("Chức trách của ông/bà không ghi yêu cầu cung cấp thông tin."),
    ),
    acts=(
        Act("answer", _("Cung cấp"), actions.answer_request, AnswerForm, own_page=True),
        Act("refuse", _("Từ chối"), actions.refuse_request, RefuseForm),
        Act("sort", _("Thông tin phức tạp"), actions.sort_request, ReasonForm),
        Act("prolong", _("Gia hạn"), actions.prolong_request, ReasonForm),
    ),
    waits=(Wait("answer", (RequestState.RECEIVED,), "draft", REQUEST_FILE),),
)

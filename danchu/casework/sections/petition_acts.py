"""The acts on a petition as its page offers them, each with its form."""

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.casework import actions
from danchu.casework.input.signers import persons_typed
from danchu.casework.models import Matter
from danchu.casework.moves import PETITION_LIFE
from danchu.casework.natures import Fault, Nature, Stage, Verdict
from danchu.casework.queries.answer_texts import texts_at
from danchu.casework.queries.sealed_chains import is_part
from danchu.casework.rules.resolving import next_choices
from danchu.casework.sections.answer_form import AnswerPhotos
from danchu.casework.sections.receipts import receipt
from danchu.casework.words import ACT_WORDS, DETAILS, STEP_WORDS
from danchu.casework.writes.trail import LONGEST_TEXT
from danchu.kernel.words import local_name
from danchu.subjects.editing import EditingForm
from danchu.subjects.fields import CountField, DayField, unit_at
from danchu.subjects.forms import ActForm, DayForm
from danchu.subjects.places import UnitField
from danchu.subjects.sections import Act, ShownOnce

YES_NO = (("", "–"), ("yes", _("Có")), ("no", _("Không")))
# The values of a choice of yes or no, and back; without a choice it is None.
VALUE_OF = {"yes": True, "no": False}
CHOICE_OF = {True: "yes", False: "no"}


def _text(label, rows=4, required=False):
    return forms.CharField(
        label=label,
        max_length=LONGEST_TEXT,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _line(label, required=False):
    return forms.CharField(label=label, max_length=200, required=required)


def _choice(label, choices, required=True):
    return forms.ChoiceField(label=label, choices=choices, required=required)


class StepForm(DayForm):
    """A step of the law on a day; the answer texts for it stand above the form."""

    above = "casework/begin_from.html"

    @property
    def texts(self):
        """The answer texts of this act; all forms of one page share one query."""
        if not hasattr(self.row, "offered_texts"):
            self.row.offered_texts = texts_at(self.row.unit_id)
        return [text for text in self.row.offered_texts if text.fits(self.row, self.act.name)]


class TextForm(StepForm):
    wide = ("text",)
    text = _text(_("Nội dung, người gửi đọc được"))


class NeededTextForm(TextForm):
    text = _text(_("Nội dung, người gửi đọc được"), required=True)


class AnswerForm(AnswerPhotos, NeededTextForm):
    """The answer to a piece of feedback."""


class ReasonedForm(StepForm):
    wide = ("text",)
    text = _text(_("Lý do, người gửi đọc được"))


class NeededReasonForm(ReasonedForm):
    text = _text(_("Lý do, người gửi đọc được"), required=True)


class ElsewhereForm(StepForm):
    wide = ("text",)
    elsewhere = _line(_("Cơ quan có thẩm quyền"), required=True)
    text = _text(_("Nội dung, người gửi đọc được"))


class UseForm(NeededReasonForm):
    elsewhere = _line(_("Cơ quan thanh tra, kiểm tra"))
    field_order = ("on", "elsewhere", "text")


class ExtendForm(NeededReasonForm):
    complexity = _choice(_("Mức phức tạp"), (), required=False)
    field_order = ("on", "complexity", "text")

    def prepare(self):
        super().prepare()
        self.fields["complexity"].choices = next_choices(self.row)


class InviteForm(TextForm):
    dialogue_on = DayField(label=_("Ngày đối thoại"))
    field_order = ("on", "dialogue_on", "text")


class DecideForm(NeededTextForm):
    verdict = _choice(_("Kết luận"), (("", "–"), *Verdict.choices), required=False)
    field_order = ("on", "verdict", "text")


class PublishForm(StepForm):
    wide = ("shown_title", "text")
    shown_title = _line(_("Tóm tắt sẽ công khai"))
    text = _text(_("Nội dung công khai, không nêu người tố cáo"), required=True)


class MatterForm(ActForm):
    """An act with the nature and the matter of the petition."""

    nature = _choice(_("Loại đơn"), Nature.choices)
    matter = forms.ChoiceField(
        label=_("Về việc gì"),
        error_messages={
            "required": _("Hãy chọn về việc gì."),
            "invalid_choice": _("Hãy chọn về việc gì."),
        },
    )

    def prepare(self):
        super().prepare()
        rows = Matter.objects.filter(is_open=True).order_by("pk")
        self.matters = {matter.key: matter for matter in rows}
        names = [(key, local_name(matter)) for key, matter in self.matters.items()]
        self.fields["matter"].choices = names

    def values(self):
        return {**self.cleaned_data, "matter": self.matters[self.cleaned_data["matter"]]}


class ClassifyForm(EditingForm, MatterForm, StepForm):
    stage = _choice(_("Lần"), Stage.choices)
    people = CountField(label=_("Số người"))
    eligible = _choice(_("Đủ điều kiện xử lý"), YES_NO, required=False)
    fault = _choice(_("Vì sao không đủ điều kiện"), (("", "–"), *Fault.choices), required=False)
    competent = _choice(_("Thuộc thẩm quyền"), YES_NO, required=False)
    field_order = ("on", "nature", "matter")

    def prepare(self):
        super().prepare()
        self.initial |= {
            "nature": self.row.nature,
            "matter": self.row.matter_id,
            "stage": self.row.stage,
            "people": str(self.row.people),
            "eligible": CHOICE_OF.get(self.row.eligible, ""),
            "fault": self.row.fault,
            "competent": CHOICE_OF.get(self.row.competent, ""),
        }

    def values(self):
        values = super().values()
        return {
            **values,
            "people": values["people"] or 1,
            "eligible": VALUE_OF.get(values["eligible"]),
            "competent": VALUE_OF.get(values["competent"]),
        }


class HandOverForm(TextForm):
    to = UnitField(label=_("Chuyển đến đơn vị"), day_field="on")
    field_order = ("on", "to", "text")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("on"):
            to = cleaned.get("to", "")
            cleaned["to"] = self.check(unit_at, to, cleaned["on"], None, "to")
        return cleaned


class SplitForm(MatterForm):
    wide = ("title", "content", "rest_title", "rest_content")
    title = _line(_("Tóm tắt"))
    content = _text(DETAILS)
    rest_title = _line(_("Khi tách phần tố cáo: tóm tắt phần còn lại"))
    rest_content = _text(_("Khi tách phần tố cáo: nội dung phần còn lại, không nêu việc tố cáo"))


class SignersForm(ActForm):
    wide = ("signers",)
    signers = _text(_("Mỗi dòng một người: họ tên; địa chỉ"))
    signers_file = forms.FileField(label=_("Hoặc danh sách CSV, XLSX"), required=False)
    people = CountField(label=_("Tổng số người ký"))

    def values(self):
        persons = persons_typed([], self.cleaned_data)
        return {"persons": persons, "people": self.cleaned_data["people"] or 1}


class TurnForm(ActForm):
    wide = ("title", "content", "rest_title", "rest_content")
    title = _line(_("Tóm tắt, không nêu người tố cáo"))
    content = _text(_("Nội dung, không nêu người tố cáo"))
    rest_title = _line(_("Tóm tắt phần còn lại của lá đơn đã tách"))
    rest_content = _text(_("Nội dung phần còn lại của lá đơn đã tách, không nêu việc tố cáo"))

    def prepare(self):
        super().prepare()
        if not is_part(self.row):
            del self.fields["rest_title"], self.fields["rest_content"]


class ShowForm(EditingForm, ActForm):
    wide = ("title", "text")
    title = _line(_("Tóm tắt sẽ công khai"))
    text = _text(_("Nội dung sẽ công khai, không nêu tên ai; để trống để gỡ"))

    def prepare(self):
        self.initial["title"] = self.row.shown_title or self.row.title
        self.initial["text"] = self.row.shown_text


class ClaimForm(ActForm):
    take_over = forms.BooleanField(required=False)


FORMS = {
    "classify": ClassifyForm,
    "accept": TextForm,
    "refuse": NeededReasonForm,
    "guide": ElsewhereForm,
    "forward": ElsewhereForm,
    "urge": ElsewhereForm,
    "return": NeededReasonForm,
    "file": ReasonedForm,
    "use": UseForm,
    "reply": NeededTextForm,
    "extend": ExtendForm,
    "invite": InviteForm,
    "hold_dialogue": NeededTextForm,
    "decide": DecideForm,
    "publish": PublishForm,
    "answer": AnswerForm,
    "reopen": NeededReasonForm,
    "suspend": NeededReasonForm,
    "stop": NeededReasonForm,
    "withdraw": NeededReasonForm,
    "retract": NeededReasonForm,
}


def _step(name):
    """The act of a section that takes the step of this name."""

    def do(petition, *, by, **values):
        return actions.take_step(petition, name, by=by, **values)

    return do


def hand_over(petition, *, by, to, on, text):
    """Forward the petition to another unit; returns the one here, whose page is shown again."""
    actions.hand_over_petition(petition, by=by, to=to, on=on, text=text)
    return petition


def _act(name, word, do, form, **more):
    return Act(name, word, do, form, saved=lambda result: _("Đã ghi: %s.") % word, **more)


ACTS = (
    _act("take_in", ACT_WORDS["taken_in"], actions.take_in_feedback, DayForm),
    *(
        _act(name, STEP_WORDS[name], _step(name), FORMS.get(name, StepForm))
        for name in PETITION_LIFE.acts
    ),
    _act("hand_over", _("Chuyển đến đơn vị dùng hệ thống này"), hand_over, HandOverForm),
    Act(
        "split",
        _("Tách đơn"),
        actions.split_petition,
        SplitForm,
        after=ShownOnce(
            lambda petition_and_secret: receipt(*petition_and_secret), "casework/receipt.html"
        ),
    ),
    _act(
        "turn",
        _("Xác định là tố cáo, niêm phong danh tính"),
        actions.turn_into_denunciation,
        TurnForm,
    ),
    _act("signers", _("Thêm người cùng ký"), actions.add_signers, SignersForm),
    _act("show", _("Công khai nội dung"), actions.show_petition, ShowForm),
    _act("claim", _("Nhận xử lý"), actions.claim_petition, ClaimForm),
    _act("release", _("Thôi nhận xử lý"), actions.release_petition, ActForm),
)

"""The forms of a consultation at the desk: its plan and its acts."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.consultation.actions.plans import LONGEST_CONTENT, LONGEST_NOTE, LONGEST_TITLE
from danchu.consultation.lives import CONSULTATION
from danchu.consultation.matters import PERIOD_RULE, Exempt, Form, Matter, period_rules
from danchu.kernel.days import show_day, today
from danchu.law.book import book
from danchu.law.rule import unit_words
from danchu.people.offices_held import place_of
from danchu.subjects.editing import EditingForm, SeenForm
from danchu.subjects.fields import CountField, DayField, lines_of_text, unit_at
from danchu.subjects.forms import ActForm, DayForm, RecordForm
from danchu.subjects.places import UnitField


class ConsultationForm(RecordForm):
    """The plan of one consultation."""

    wide = ("matter", "title", "plan", "ways", "groups", "period_rule", "exempt")
    uid = forms.UUIDField(widget=forms.HiddenInput)
    unit = UnitField(day_field="planned_on")
    planned_on = DayField(label=_("Ngày ban hành kế hoạch"))
    matter = forms.TypedChoiceField(
        label=_("Nội dung theo Điều 25"), choices=Matter.choices, coerce=int
    )
    title = forms.CharField(
        label=_("Hỏi dân về việc gì"),
        max_length=LONGEST_TITLE,
        help_text=_("Ai cũng đọc được: không ghi tên, địa chỉ của ai."),
    )
    plan = lines_of_text(_("Kế hoạch: làm gì, ở đâu, khi nào"))
    ways = forms.MultipleChoiceField(
        label=_("Hình thức"), choices=Form.choices, widget=forms.CheckboxSelectMultiple
    )
    groups = lines_of_text(_("Những ai cần được hỏi, mỗi nhóm một dòng"), required=False)
    responsible = forms.CharField(label=_("Ai chịu trách nhiệm"), max_length=200)
    period_rule = forms.ChoiceField(label=_("Thời gian lấy ý kiến theo"))
    exempt = forms.ChoiceField(
        label=_("Không phải báo cho người chịu tác động vì"),
        choices=[("", _("– phải báo –")), *Exempt.choices],
        required=False,
    )

    def prepare(self):
        self.scope = self.actor.scope("draft", CONSULTATION)
        self.fields["period_rule"].choices = [
            (rule.key, f"{rule.name}: {unit_words(rule)} ({rule.source})")
            for rule in period_rules(today())
        ]
        self.initial |= {
            "uid": uuid4(),
            "unit": place_of(self.actor, self.scope),
            "planned_on": show_day(today()),
            "period_rule": PERIOD_RULE,
        }

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("unit") and cleaned.get("planned_on"):
            typed, day = cleaned["unit"], cleaned["planned_on"]
            cleaned["unit"] = self.check(unit_at, typed, day, self.scope)
        return cleaned


class SendForm(ActForm):
    council_on = DayField(label=_("Gửi Hội đồng nhân dân ngày"))
    front_on = DayField(label=_("Gửi Mặt trận Tổ quốc ngày"))

    def prepare(self):
        self.initial |= {"council_on": show_day(today()), "front_on": show_day(today())}


class ContentForm(EditingForm, DayForm):
    """A version of the content, which begins with the one before."""

    wide = ("text", "note")
    on = DayField(label=_("Áp dụng từ ngày"))
    text = forms.CharField(
        label=_("Nội dung lấy ý kiến, mỗi đoạn một dòng"),
        max_length=LONGEST_CONTENT,
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    note = forms.CharField(
        label=_("Đã sửa gì, vì sao (từ bản thứ hai)"), max_length=LONGEST_NOTE, required=False
    )

    def prepare(self):
        super().prepare()
        last = self.row.contents.order_by("-number").first()
        self.initial["text"] = last.text if last else ""


class TellForm(DayForm):
    on = DayField(label=_("Ngày báo"))
    people = CountField(label=_("Số người được báo"), required=True)


class OpenForm(SeenForm, DayForm):
    """The days; the last one is at first the earliest that the rule allows."""

    on = DayField(label=_("Ngày công bố nội dung"))
    until = DayField(label=_("Ngày cuối nhận ý kiến"))

    def prepare(self):
        super().prepare()
        self.initial["until"] = show_day(book().due(self.row.period_rule, today()).day)

    def beside(self):
        return self.row.contents.order_by("number")


class CloseForm(DayForm):
    wide = ("reason",)
    on = DayField(label=_("Ngày kết thúc"))
    reason = forms.CharField(
        label=_("Lý do, nếu kết thúc trước ngày đã báo"), max_length=500, required=False
    )


class SummariseForm(DayForm):
    wide = ("summary",)
    on = DayField(label=_("Ngày ký"))
    summary = lines_of_text(
        _("Đã hỏi ai, bao nhiêu người trả lời, tiếp thu gì, không tiếp thu gì, vì sao"), 10
    )


class FileForm(DayForm):
    on = DayField(label=_("Ngày đưa vào hồ sơ"))


class PublishForm(DayForm):
    on = DayField(label=_("Ngày công bố"))


class OverruleForm(DayForm):
    wide = ("overruled_by",)
    on = DayField(label=_("Ngày quyết định"))
    overruled_by = forms.CharField(label=_("Cơ quan, số văn bản"), max_length=200)


class ExplainForm(DayForm):
    wide = ("explained_by", "explanation")
    on = DayField(label=_("Ngày nhận"))
    explained_by = forms.CharField(label=_("Cơ quan, số văn bản"), max_length=200)
    explanation = lines_of_text(_("Vì sao quyết định khác ý kiến đa số"))

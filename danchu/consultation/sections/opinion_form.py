"""The form of a new opinion, and those of an answer to one or to several."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from danchu.consultation.actions.moderation import Verdict
from danchu.consultation.models import Consultation
from danchu.consultation.numbered import spans_of
from danchu.consultation.profiles import Age, Means, Sex, blank_choices
from danchu.consultation.receiving import LONGEST_OPINION, LONGEST_PAPER, TAKES_OPINIONS
from danchu.consultation.voices import AT_DESK, OPINION, Result, Stance, Way
from danchu.kernel.days import show_day, today
from danchu.subjects.fields import CountField, DayField, lines_of_text, unit_at
from danchu.subjects.forms import ActForm, DayForm, RecordForm
from danchu.subjects.one_of import OneOf
from danchu.subjects.places import UnitField


def _names(rows):
    return [(str(row.pk), f"{row.title} ({show_day(row.until)})") for row in rows]


class OpinionForm(RecordForm):
    """One opinion in one of the consultations that take opinions now."""

    wide = ("consultation", "text")
    uid = forms.UUIDField(widget=forms.HiddenInput)
    consultation = OneOf(label=_("Cuộc lấy ý kiến"))
    received_on = DayField(label=_("Ngày nhận"))
    way = forms.ChoiceField(label=_("Đến bằng cách nào"), choices=AT_DESK)
    passage = CountField(label=_("Về đoạn số mấy (0: cả nội dung)"))
    stance = forms.ChoiceField(label=_("Đồng ý hay không"), choices=Stance.choices)
    people = CountField(
        label=_("Bao nhiêu người nói vậy (0: không biết ai nói)"),
        help_text=_("Không biết ai nói thì tính là ý kiến, không tính là người."),
    )
    text = forms.CharField(
        label=pgettext_lazy("words", "Nội dung"),
        max_length=LONGEST_OPINION,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Ai cũng đọc được: không ghi tên, địa chỉ của ai."),
    )
    paper = forms.CharField(
        label=pgettext_lazy("paper", "Số phiếu"), max_length=LONGEST_PAPER, required=False
    )
    village = UnitField(
        label=_("Thôn, tổ dân phố"), day_field="received_on", level="village", required=False
    )
    sex = forms.ChoiceField(label=_("Giới"), choices=blank_choices(Sex), required=False)
    age = forms.ChoiceField(label=_("Tuổi"), choices=blank_choices(Age), required=False)
    means = forms.ChoiceField(label=_("Hộ"), choices=blank_choices(Means), required=False)

    def prepare(self):
        rows = Consultation.objects.filter(state__in=TAKES_OPINIONS).within(
            self.actor.scope("draft", OPINION)
        )
        rows = rows.order_by("-opened_on", "-pk")
        self.fields["consultation"].offer(rows, _names)
        first = rows.first()
        self.initial |= {
            "uid": uuid4(),
            "consultation": self.query.get("consultation") or (first and str(first.pk)),
            "received_on": self.query.get("received_on") or show_day(today()),
            "way": self.query.get("way") or Way.PAPER,
            "people": "1",
            "passage": "0",
        }

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("consultation"):
            cleaned["consultation"] = self.fields["consultation"].row(cleaned["consultation"])
        typed, day = cleaned.get("village"), cleaned.get("received_on")
        scope = self.actor.scope("draft", OPINION)
        there = self.check(unit_at, typed, day, scope, "village") if typed and day else None
        cleaned["village"] = there
        return cleaned


class OneAnswerForm(DayForm):
    """The answer to one opinion."""

    wide = ("text", "traced")
    on = DayField(label=_("Ngày trả lời"))
    result = forms.ChoiceField(label=_("Tiếp thu hay không"), choices=Result.choices)
    text = lines_of_text(_("Trả lời: tiếp thu gì, không tiếp thu gì, vì sao"))
    traced = forms.CharField(
        label=_("Tiếp thu ở đâu trong văn bản"), max_length=300, required=False
    )


class AnswerForm(OneAnswerForm):
    """One answer to several opinions, at first to all that have none."""

    wide = ("numbers", "text", "traced")
    field_order = ("on", "numbers", "result", "text", "traced")
    numbers = forms.CharField(
        label=_("Trả lời các ý kiến số"), max_length=20_000, help_text=_("Ví dụ: 1, 4-9.")
    )

    def prepare(self):
        super().prepare()
        unanswered = self.row.opinions.unanswered().order_by("number")
        self.initial["numbers"] = spans_of(unanswered.values_list("number", flat=True))


class ModerateForm(ActForm):
    """Several texts let in or hidden, at first all that wait."""

    wide = ("numbers", "reason")
    numbers = forms.CharField(
        label=_("Các ý kiến số"), max_length=20_000, help_text=_("Ví dụ: 1, 4-9.")
    )
    verdict = forms.ChoiceField(label=_("Duyệt thế nào"), choices=Verdict.choices)
    reason = forms.CharField(
        label=_("Lý do ẩn"),
        max_length=500,
        required=False,
        help_text=_("Người gửi đọc được lý do bằng mã theo dõi."),
    )

    def prepare(self):
        super().prepare()
        waiting = self.row.opinions.waiting().order_by("number")
        self.initial["numbers"] = spans_of(waiting.values_list("number", flat=True))

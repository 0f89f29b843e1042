"""Forms of a poll: the question, its options, who votes and how, which rules decide."""

from uuid import uuid4

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.conference.models import Conference
from danchu.conference.poll_life import NO_RIGHT, may_draft
from danchu.conference.votes.verdict import QUORUM, THRESHOLDS, rules_to_choose
from danchu.conference.words import Electorate, Franchise, PollKind, Secrecy
from danchu.kernel.addresses import number_in
from danchu.kernel.days import today
from danchu.kernel.refusals import require
from danchu.subjects.editing import EditingForm
from danchu.subjects.forms import ActForm, RecordForm, RefusingForm


class PollFields(RefusingForm):
    """The fields of a poll, new or not; `threshold_option` counts option lines from 1."""

    wide = ("title", "options", "quorum_rule", "threshold_rule")
    title = forms.CharField(label=gettext_lazy("Điều đưa ra biểu quyết"), max_length=300)
    options = forms.CharField(
        label=gettext_lazy("Các lựa chọn"),
        max_length=7000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Mỗi dòng một lựa chọn."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Loại"), choices=PollKind.choices)
    secrecy = forms.ChoiceField(
        label=gettext_lazy("Công khai hay kín"),
        choices=Secrecy.choices,
        help_text=gettext_lazy(
            "Bỏ phiếu kín: không nơi nào ghi ai chọn gì, kết quả chỉ hiện khi công bố."
        ),
    )
    franchise = forms.ChoiceField(label=gettext_lazy("Ai bỏ phiếu"), choices=Franchise.choices)
    electorate = forms.ChoiceField(label=gettext_lazy("Tính trên"), choices=Electorate.choices)
    quorum_rule = forms.ChoiceField(label=gettext_lazy("Số người phải có mặt"), required=False)
    threshold_rule = forms.ChoiceField(label=gettext_lazy("Ngưỡng được thông qua"), required=False)
    threshold_option = forms.IntegerField(
        label=gettext_lazy("Lựa chọn phải đạt ngưỡng"),
        min_value=1,
        max_value=30,
        help_text=gettext_lazy("Số dòng trong các lựa chọn; 1 là dòng đầu."),
    )
    item = forms.ChoiceField(label=gettext_lazy("Mục của chương trình"), required=False)
    may_change = forms.BooleanField(
        label=gettext_lazy("Được đổi phiếu cho tới khi đóng"), required=False
    )
    publishes_names = forms.BooleanField(
        label=gettext_lazy("Tệp kết quả nêu tên từng người"),
        required=False,
        help_text=gettext_lazy(
            "Chỉ khi pháp luật hoặc quy chế cho phép công bố ai chọn gì; không dùng khi "
            "bỏ phiếu kín."
        ),
    )

    def offer_choices(self, conference):
        """Offer the items of the programme and the rules in force today."""
        none = [("", _("Không có"))]
        day = today()
        self.lead = conference.title
        self.items = {str(item.pk): item for item in conference.items.order_by("position")}
        self.fields["item"].choices = none + [(key, item.title) for key, item in self.items.items()]
        self.fields["quorum_rule"].choices = none + rules_to_choose(QUORUM, day)
        self.fields["threshold_rule"].choices = none + [
            rule for start in THRESHOLDS.values() for rule in rules_to_choose(start, day)
        ]

    def values(self):
        """The keyword arguments of the acts."""
        values = super().values()
        options = [line for line in values["options"].splitlines() if line.strip()]
        return {
            **values,
            "options": options,
            "threshold_option": values["threshold_option"] - 1,
            "item": self.items.get(values["item"]),
        }


class PollForm(RecordForm, PollFields):
    """A new poll of the conference that the address names."""

    uid = forms.UUIDField(widget=forms.HiddenInput)

    def prepare(self):
        self.conference = _conference_named(self.actor, self.query.get("conference", ""))
        require(may_draft(self.actor, self.conference), NO_RIGHT)
        self.offer_choices(self.conference)
        options = (_("Tán thành"), _("Không tán thành"), _("Không biểu quyết"))
        self.initial |= {
            "uid": uuid4(),
            "options": "\n".join(options),
            "kind": PollKind.BINDING,
            "secrecy": Secrecy.NAMED,
            "franchise": Franchise.DELEGATES,
            "electorate": Electorate.PRESENT,
            "threshold_option": 1,
        }

    def values(self):
        return {**super().values(), "conference": self.conference}


class EditPollForm(EditingForm, ActForm, PollFields):
    """The draft of a poll, edited."""

    def prepare(self):
        self.offer_choices(self.row.conference)
        values = {name: getattr(self.row, name) for name in COPIED}
        self.initial |= values | {
            "options": "\n".join(self.row.options),
            "threshold_option": self.row.threshold_option + 1,
            "item": str(self.row.item_id or ""),
        }


COPIED = (
    "title",
    "kind",
    "secrecy",
    "franchise",
    "electorate",
    "quorum_rule",
    "threshold_rule",
    "may_change",
    "publishes_names",
)


def _conference_named(actor, number):
    """The conference with the number that the address gives; Http404 where there is none that the
    actor may view.
    """
    pk = number_in(number)
    if pk is None:
        raise Http404
    return get_object_or_404(Conference.objects.viewed_by(actor), pk=pk)

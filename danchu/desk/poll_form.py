"""What is typed of a poll: the question, its options, who votes and how, and which rules of the
law book decide.
"""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.conference.votes.verdict import QUORUM, THRESHOLDS, choosable
from danchu.conference.words import Electorate, Franchise, PollKind, Secrecy
from danchu.kernel.days import today


class PollForm(forms.Form):
    """A poll of one conference, as a draft. `threshold_option` is typed as the number of a line
    of the options, from 1.
    """

    uid = forms.UUIDField(widget=forms.HiddenInput)
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

    def __init__(self, conference, *arguments, **more):
        super().__init__(*arguments, **more)
        none, day = [("", _("Không có"))], today()
        self.items = {str(item.pk): item for item in conference.items.order_by("position")}
        self.fields["item"].choices = none + [(key, item.title) for key, item in self.items.items()]
        self.fields["quorum_rule"].choices = none + choosable(QUORUM, day)
        self.fields["threshold_rule"].choices = none + [
            rule for start in THRESHOLDS.values() for rule in choosable(start, day)
        ]

    def values(self):
        """What the acts take."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "uid"}
        options = [line for line in given["options"].splitlines() if line.strip()]
        return {
            **given,
            "options": options,
            "threshold_option": given["threshold_option"] - 1,
            "item": self.items.get(given["item"]),
        }

    def refuse(self, refusal):
        """Show a refusal of the act on the field it names."""
        self.add_error(
            refusal.field if refusal.field in self.fields and refusal.field != "uid" else None,
            refusal.message,
        )


def blank(uid):
    """What a new form starts with."""
    options = "\n".join((_("Tán thành"), _("Không tán thành"), _("Không biểu quyết")))
    return {
        "uid": uid,
        "options": options,
        "kind": "binding",
        "secrecy": "named",
        "franchise": "delegates",
        "electorate": "present",
        "threshold_option": 1,
    }


def initial_of(poll):
    """What a form shows of a draft."""
    kept = (
        "uid",
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
    return {
        **{name: getattr(poll, name) for name in kept},
        "options": "\n".join(poll.options),
        "threshold_option": poll.threshold_option + 1,
        "item": str(poll.item_id or ""),
    }

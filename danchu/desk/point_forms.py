"""Forms of the register of open points of one rule."""

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.law.actions.points import LONGEST
from danchu.law.models import OpenPoint
from danchu.subjects.forms import RefusingForm


class _PointChoice(forms.ModelChoiceField):
    def label_from_instance(self, point):
        words = point.text
        return words if len(words) <= 80 else f"{words[:79]}…"


def _text(label):
    return forms.CharField(
        label=label, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )


class PointForm(RefusingForm):
    """A question that the texts leave open."""

    vi = _text(_("Điều mà văn bản chưa trả lời được"))


class AnswerForm(RefusingForm):
    """The answer to one of the open points of the rule with this key."""

    settles = _PointChoice(label=_("Vướng mắc"), queryset=OpenPoint.objects.none())
    answer = _text(_("Giải đáp, văn bản làm căn cứ"))

    def __init__(self, key, *arguments, **more):
        super().__init__(*arguments, **more)
        self.fields["settles"].queryset = OpenPoint.objects.open().filter(key=key).order_by("pk")

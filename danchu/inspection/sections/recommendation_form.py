"""The form of a new recommendation."""

from uuid import uuid4

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.inspection.actions import ANSWER_RULES
from danchu.inspection.models import Finding, Project
from danchu.inspection.moves import RECOMMENDATION, Asks
from danchu.kernel.addresses import uid_in
from danchu.kernel.days import show_day, today
from danchu.kernel.refusals import Refused
from danchu.people.offices_held import place_of
from danchu.subjects.editing import EditingForm
from danchu.subjects.fields import DayField, set_body, unit_at
from danchu.subjects.forms import ActForm, RecordForm, RefusingForm
from danchu.subjects.places import BodyField, UnitField
from danchu.units.choices import typed_of_unit
from danchu.units.kinds import BodyKind

# Any body answers but the boards themselves.
ANSWERERS = [key for key in BodyKind.values if key not in ANSWER_RULES]


class RecommendationTexts(RefusingForm):
    """What a recommendation says."""

    wide = ("title", "finding", "asked_on")
    number = forms.CharField(label=gettext_lazy("Số văn bản"), max_length=60, required=False)
    found_on = DayField(label=gettext_lazy("Ngày phát hiện"))
    title = forms.CharField(
        label=gettext_lazy("Kiến nghị về việc"),
        max_length=180,
        help_text=gettext_lazy("Sẽ công khai khi gửi: không ghi tên, địa chỉ của công dân."),
    )
    finding = forms.CharField(
        label=gettext_lazy("Nội dung vi phạm và kiến nghị"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Đã thấy gì, đề nghị làm gì, xong trước ngày nào."),
    )
    asked_on = DayField(
        label=gettext_lazy("Đề nghị trả lời trước hết ngày"),
        required=False,
        help_text=gettext_lazy(
            "Không muộn hơn hạn theo luật, tính từ ngày nhận; sớm hơn thì hạn theo luật vẫn là hạn."
        ),
    )


class EditRecommendationForm(EditingForm, ActForm, RecommendationTexts):
    """The texts of a draft and the body that must answer it."""

    answerer = BodyField(
        label=gettext_lazy("Cơ quan phải trả lời"), kinds=ANSWERERS, day_field="found_on"
    )
    field_order = ("number", "found_on", "answerer", "title", "finding", "asked_on")

    def prepare(self):
        self.initial |= {name: getattr(self.row, name) for name in ("number", "title", "finding")}
        self.initial["answerer"] = self.row.answerer.name_on(self.row.found_on)
        self.initial["found_on"] = show_day(self.row.found_on)
        self.initial["asked_on"] = self.row.asked_on and show_day(self.row.asked_on)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("found_on"):
            set_body(self, "answerer", self.row.board.unit, cleaned["found_on"])
        return cleaned


class RecommendationForm(RecordForm, RecommendationTexts):
    """A recommendation of one board to one body of the same unit; `about` is the violation or the
    project it concerns, which already has a board.
    """

    field_order = (
        "uid",
        "unit",
        "board",
        "answerer",
        "asks",
        "number",
        "found_on",
        "title",
        "finding",
        "asked_on",
    )
    uid = forms.UUIDField(widget=forms.HiddenInput)
    unit = UnitField(day_field="found_on")
    board = BodyField(label=gettext_lazy("Ban kiến nghị"), day_field="found_on")
    answerer = BodyField(
        label=gettext_lazy("Cơ quan phải trả lời"), kinds=ANSWERERS, day_field="found_on"
    )
    asks = forms.ChoiceField(label=gettext_lazy("Đề nghị"), choices=Asks.choices)

    def prepare(self):
        self.scope = self.actor.scope("draft", RECOMMENDATION)
        self.about = subject_in(self.actor, self.query)
        is_project = isinstance(self.about, Project)
        self.project = self.about if is_project else getattr(self.about, "project", None)
        self._choose_fields()
        self.initial |= self._initial_values()

    def _choose_fields(self):
        """Remove the fields whose values follow from the violation or the project."""
        if self.about is not None:
            del self.fields["board"]
        else:
            self.fields["board"].take([key for key in BodyKind.values if key in ANSWER_RULES])
        if self.project is None:
            del self.fields["asks"]
        else:
            self.fields["asks"].initial = Asks.REMEDY

    def _initial_values(self):
        initial = {
            "uid": uuid4(),
            "found_on": show_day(today()),
            "answerer": BodyKind.PEOPLES_COMMITTEE,
        }
        if self.about is None:
            unit = place_of(self.actor, self.scope)
            return initial | {"unit": unit, "board": self.fields["board"].kinds[0]}
        initial["unit"] = typed_of_unit(self.about.unit_id, today())
        if isinstance(self.about, Finding):
            initial["title"] = self.about.title[:180]
            initial["finding"] = self.about.detail
            initial["found_on"] = show_day(self.about.found_on)
        return initial

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("found_on") and cleaned.get("unit"):
            unit = self.check(self._unit, cleaned["unit"], cleaned["found_on"])
            if unit is not None:
                if self.about is None:
                    set_body(self, "board", unit, cleaned["found_on"])
                set_body(self, "answerer", unit, cleaned["found_on"])
        return cleaned

    def _unit(self, text, day):
        """The unit that was typed, which must be that of the violation or the project."""
        unit = unit_at(text, day, self.scope)
        if self.about is not None and unit.pk != self.about.unit_id:
            raise Refused(_("Nơi phải là nơi của vụ việc hoặc dự án này."), "unit")
        return unit

    def values(self):
        """The keyword arguments of the act; the board is that of the violation or the project."""
        values = {
            name: self.cleaned_data[name]
            for name in (
                "uid",
                "board",
                "asks",
                "answerer",
                "number",
                "found_on",
                "title",
                "finding",
                "asked_on",
            )
            if name in self.cleaned_data
        }
        if self.about is not None:
            values |= {
                "board": self.about.board,
                "project": self.project,
                "violation": None if self.about is self.project else self.about,
            }
        return values


def subject_in(actor, query):
    """The violation or the project that the address names, within the right to draft; None when it
    names none. Http404 when there is none.
    """
    subjects = {
        "violation": Finding.objects.counted(),
        "project": Project.objects.filter(board__isnull=False),
    }
    for name, rows in subjects.items():
        if query.get(name):
            rows = rows.within(actor.scope("draft", RECOMMENDATION)).select_related("board")
            return get_object_or_404(rows, uid=_uid(query[name]))
    return None


def _uid(text):
    uid = uid_in(text)
    if uid is None:
        raise Http404
    return uid

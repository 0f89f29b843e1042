"""The forms of reports that offices write: a new one, its texts, a comment."""

from copy import copy
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.figures.catalogue import INDICATORS
from danchu.kernel.days import show_day, today
from danchu.kernel.refusals import Refused
from danchu.kernel.words import local_name
from danchu.people.offices_held import place_of
from danchu.reports.actions.writing import LONGEST_TEXT, LONGEST_TITLE, PAPER_FIELDS
from danchu.reports.document import fill
from danchu.reports.indicator_names import figures_named, name_in_text
from danchu.reports.lives import REPORT
from danchu.reports.office_forms import form_of, titles_of
from danchu.reports.outline import last_ended, usual_periods
from danchu.reports.shown import shown_blocks
from danchu.subjects.editing import EditingForm, SeenForm
from danchu.subjects.fields import DayField, lines_of_text, unit_at
from danchu.subjects.forms import ActForm, ReasonForm, RecordForm
from danchu.subjects.places import UnitField
from danchu.subjects.titled import TitledForm

OTHER = "other"


class ReportForm(RecordForm):
    """A new report of one unit for a usual period, or for days of its own."""

    wide = ("title",)
    uid = forms.UUIDField(widget=forms.HiddenInput)
    unit = UnitField(label=gettext_lazy("Đơn vị báo cáo"))
    period = forms.ChoiceField(label=gettext_lazy("Kỳ"))
    since = DayField(
        label=gettext_lazy("Từ ngày"),
        required=False,
        help_text=gettext_lazy("Chỉ khi chọn “Kỳ khác”."),
    )
    last = DayField(label=gettext_lazy("Đến hết ngày"), required=False)
    title = forms.CharField(
        label=gettext_lazy("Tên báo cáo"),
        max_length=LONGEST_TITLE,
        help_text=gettext_lazy("Chưa sửa thì tên theo kỳ đã chọn."),
    )

    def prepare(self):
        self.scope = self.actor.scope("draft", REPORT)
        self.periods = {usual.key: usual for usual in usual_periods(today())}
        choices = [(usual.key, usual.words) for usual in self.periods.values()]
        self.fields["period"].choices = [*choices, (OTHER, _("Kỳ khác (ghi ngày)"))]
        usual = last_ended(today())
        self.initial |= {
            "uid": uuid4(),
            "unit": place_of(self.actor, self.scope),
            "period": usual.key,
            "title": _title(usual.words),
        }

    def clean(self):
        cleaned = super().clean()
        usual = self.periods.get(cleaned.get("period"))
        if usual:
            cleaned["since"], cleaned["last"] = usual.period.since, usual.period.last
            self._entitle(usual.words)
        elif cleaned.get("period") == OTHER:
            for name in ("since", "last"):
                if name not in self.errors and not cleaned.get(name):
                    self.add_error(name, _("Hãy ghi ngày."))
            if cleaned.get("since") and cleaned.get("last"):
                self._entitle(f"{show_day(cleaned['since'])} – {show_day(cleaned['last'])}")
        if cleaned.get("unit") and cleaned.get("last"):
            day = min(cleaned["last"], today())
            cleaned["unit"] = self.check(unit_at, cleaned["unit"], day, self.scope)
        return cleaned

    def _entitle(self, words):
        """Name the chosen period in a title that still is the one offered for another period."""
        if self.cleaned_data.get("title") == self.initial["title"]:
            self.cleaned_data["title"] = _title(words)

    def values(self):
        values = super().values()
        del values["period"]
        return values


def _title(words):
    """The title that is offered for a report of the period in `words`."""
    return _("Kết quả thực hiện dân chủ ở cơ sở – %s") % words


class EditForm(EditingForm, ActForm):
    """The texts of a report and the fields of its official paper."""

    wide = ("title", "text", "english_title", "english", "signer", "recipients")
    below = "reports/how_to_write.html"
    preview_template = "reports/preview.html"
    scripts = ("reports/writing.js",)
    title = forms.CharField(label=gettext_lazy("Tên báo cáo"), max_length=LONGEST_TITLE)
    text = forms.CharField(
        label=gettext_lazy("Nội dung"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 24}),
    )
    english_title = forms.CharField(
        label=gettext_lazy("Tên báo cáo bằng tiếng Anh"), max_length=LONGEST_TITLE, required=False
    )
    english = forms.CharField(
        label=gettext_lazy("Nội dung bằng tiếng Anh"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Để trống thì trang tiếng Anh dùng bản tiếng Việt."),
    )
    issuer = forms.CharField(
        label=gettext_lazy("Cơ quan ban hành"),
        max_length=PAPER_FIELDS["issuer"],
        required=False,
        help_text=gettext_lazy("Ví dụ: Ban Chỉ đạo thực hiện Quy chế dân chủ ở cơ sở."),
    )
    number = forms.CharField(
        label=gettext_lazy("Số, ký hiệu"), max_length=PAPER_FIELDS["number"], required=False
    )
    place = forms.CharField(
        label=gettext_lazy("Nơi ban hành"), max_length=PAPER_FIELDS["place"], required=False
    )
    signer = forms.CharField(
        label=gettext_lazy("Người ký"),
        max_length=PAPER_FIELDS["signer"],
        required=False,
        help_text=gettext_lazy("Chức vụ và họ tên, như trên bản giấy."),
    )
    recipients = lines_of_text(gettext_lazy("Nơi nhận"), rows=3, required=False)

    def prepare(self):
        names = [name for name in self.fields if name != "edition"]
        self.initial |= {name: getattr(self.row, name) for name in names}

    @property
    def figures(self):
        """[(code, name, its number in the period as it would be written)] of the indicators that
        can be named in the text.
        """
        keys = figures_named()
        table = self._filled(text="[Table: Indicators | all]", english="").blocks[0]
        return [
            (name_in_text(key), local_name(INDICATORS[key]), row[1].text)
            for key, row in zip(keys, table.rows, strict=True)
        ]

    def preview(self):
        """The blocks of the text as typed, with today's figures; the `problems` of one that cannot
        be read.
        """
        typed = self.cleaned_data if self.is_bound else {}
        try:
            return {"blocks": shown_blocks(self._filled(**typed))}
        except Refused as refusal:
            return {"problems": [one.message for one in refusal.every]}

    def _filled(self, **typed):
        """The Document of the report with what was typed, as the actor may see it."""
        report = copy(self.row)
        for name, value in typed.items():
            setattr(report, name, value)
        return fill(form_of(report), "vi", report.map_day, self.actor)


class SealForm(SeenForm, TitledForm):
    """One confirmation before what cannot be undone."""

    sure = forms.BooleanField(
        label=gettext_lazy("Tôi đã đọc lại toàn bộ báo cáo và muốn niêm phong.")
    )

    def prepare(self):
        super().prepare()
        last = self.period().last
        if last >= today():
            self.fields["sure"].help_text = _(
                "Kỳ báo cáo đến %s mới hết: việc ghi sau hôm nay không có trong bản niêm phong."
            ) % show_day(last)

    def titles(self):
        return titles_of(self.row)

    def values(self):
        values = super().values()
        del values["sure"]
        return values


class DropForm(SeenForm, ReasonForm):
    """A draft that goes with all that anyone has written in it."""


class CommentForm(ActForm):
    wide = ("text",)
    text = lines_of_text(gettext_lazy("Ý kiến của ông/bà"))

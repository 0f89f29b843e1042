"""Scores that others publish, at the desk: the list, a new one, correcting one."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.figures.catalogue import INDICATORS, full_name
from danchu.figures.models import OutsideScore
from danchu.kernel.days import today
from danchu.kernel.numbers import parse_decimal, show_number
from danchu.kernel.refusals import Refused
from danchu.people.offices_held import place_of
from danchu.reports import actions
from danchu.reports.actions.scores import LONGEST_SOURCE
from danchu.reports.indicator_names import outside_series
from danchu.reports.lives import SCORE, SCORE_LIFE
from danchu.reports.words import ACT_WORDS
from danchu.subjects.columns import PLACE
from danchu.subjects.editing import EditingForm
from danchu.subjects.fields import CountField, YearField, unit_at
from danchu.subjects.filters import Choice, Place, Words
from danchu.subjects.forms import ActForm, RecordForm
from danchu.subjects.listing import Column, Listing
from danchu.subjects.places import UnitField
from danchu.subjects.scoped import within
from danchu.subjects.sections import Act, New, Record, Section, may_begin
from danchu.subjects.verbs import BENEFIT


class DecimalField(forms.CharField):
    """A number such as 89,58; None where nothing was typed."""

    def __init__(self, **more):
        attributes = {"inputmode": "decimal", "autocomplete": "off"}
        super().__init__(max_length=20, widget=forms.TextInput(attrs=attributes), **more)

    def clean(self, value):
        text = super().clean(value)
        try:
            return parse_decimal(text) if text else None
        except Refused as refusal:
            raise forms.ValidationError(str(refusal.message)) from None


class Numbers(forms.Form):
    """What a publisher says of one province in one year."""

    score = DecimalField(label=_("Điểm"), required=False, help_text=_("Ví dụ 89,58."))
    rank = CountField(label=_("Thứ hạng"))
    source = forms.CharField(
        label=_("Nguồn công bố"),
        max_length=LONGEST_SOURCE,
        help_text=_("Số, ngày của quyết định, hoặc địa chỉ trang công bố."),
    )
    note = forms.CharField(label=_("Ghi chú"), max_length=LONGEST_SOURCE, required=False)


class ScoreForm(Numbers, RecordForm):
    """A new score."""

    wide = ("source", "note")
    field_order = ("series", "unit", "year", "score", "rank", "source", "note")
    series = forms.ChoiceField(label=_("Chỉ số"))
    unit = UnitField(label=_("Tỉnh, thành phố"), level="province")
    year = YearField(label=_("Năm"))

    def prepare(self):
        self.scope = self.actor.scope("draft", SCORE)
        self.fields["series"].choices = [
            (series, full_name(INDICATORS[key])) for series, key in outside_series().items()
        ]
        self.initial |= {"unit": place_of(self.actor, self.scope), "year": today().year - 1}

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("unit") and cleaned.get("year"):
            try:
                day = min(date(min(cleaned["year"], today().year), 12, 31), today())
                cleaned["unit"] = unit_at(cleaned["unit"], day, self.scope)
            except ValueError:
                pass  # a year that no calendar has: the act says so
            except Refused as refusal:
                self.refuse(refusal)
        return cleaned


class CorrectForm(EditingForm, Numbers, ActForm):
    """The numbers of a score, corrected."""

    wide = ("source", "note", "reason")
    reason = forms.CharField(label=_("Lý do đính chính"), max_length=500)

    def prepare(self):
        names = ("score", "rank", "source", "note")
        self.initial |= {name: getattr(self.row, name) for name in names}
        self.initial["score"] = score_text(self.row)


def score_text(score):
    """The score as it is written; "" where it is not known."""
    return "" if score.score is None else show_number(score.score, 2)


def _rows(actor):
    return within(OutsideScore.objects.all(), actor.scope("view", SCORE))


def _title(score):
    return f"{_series(score)} {score.year}"


def _series(score):
    return full_name(INDICATORS[outside_series()[score.series]])


LISTING = Listing(
    name="scores",
    title=_("Điểm do nơi khác công bố"),
    lead=_("PAR INDEX, SIPAS: chép nguyên con số đã công bố cùng nguồn, không tính lại."),
    rows=_rows,
    placed=lambda score: (score.unit_id, min(date(score.year, 12, 31), today())),
    columns=(
        Column("year", _("Năm"), sort="year"),
        Column(
            "series",
            _("Chỉ số"),
            lambda line: _series(line.row),
            links=True,
            under=lambda line: line.where,
        ),
        PLACE,
        Column("score", _("Điểm"), lambda line: score_text(line.row)),
        Column("rank", _("Thứ hạng"), is_number=True),
        Column("source", _("Nguồn công bố")),
    ),
    filters={
        "unit": Place(),
        "series": Choice([("par_index", "PAR INDEX"), ("sipas", "SIPAS")], _("Chỉ số"), "series"),
        "q": Words("source", label=_("Từ trong nguồn")),
    },
    lacks={
        "state": _("điểm đã công bố không có trạng thái"),
        "since": _("điểm là của cả năm"),
        "last": _("điểm là của cả năm"),
        "sorts": _("điểm xếp theo năm; mỗi chỉ số, mỗi nơi lọc riêng"),
    },
    file_name="diem-cong-bo",
    empty=_("Chưa có điểm nào."),
)

SCORES = Section(
    one="score",
    verb=BENEFIT,
    key="pk",
    above=("desk_office_reports", _("Báo cáo")),
    listing=LISTING,
    life=SCORE_LIFE,
    record=Record(
        template="reports/score.html",
        rows=_rows,
        title=_title,
        state=lambda score: _("Đã ghi"),
        facts=lambda score, actor: {"score_text": score_text(score)},
    ),
    new=New(
        title=_("Ghi điểm đã công bố"),
        word=_("Ghi điểm"),
        form=ScoreForm,
        create=actions.enter_score,
        allows=may_begin("draft", SCORE),
        denied=_("Chức trách của ông/bà không ghi điểm do nơi khác công bố."),
    ),
    acts=(Act("correct", ACT_WORDS["corrected"], actions.correct_score, CorrectForm),),
)

"""Yearly conferences of villages at the desk: the list, a new one, its page, its acts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.kernel.days import show_day, today
from danchu.subjects.editing import EDITION, EditingForm
from danchu.subjects.fields import CountField, DayField, YearField, lines_of_text
from danchu.subjects.forms import ActForm, DayForm, ReasonForm
from danchu.subjects.listing import Listing
from danchu.subjects.sections import Act, New, Record, Section, may_begin
from danchu.subjects.verbs import DISCUSS
from danchu.subjects.waiting import Wait
from danchu.village import actions
from danchu.village.lives import CONFERENCE, CONFERENCE_LIFE, ConferenceState
from danchu.village.models import VillageConference
from danchu.village.naming import conference_title
from danchu.village.papers.kinds import papers_of
from danchu.village.rules.electing import decisions_electing
from danchu.village.rules.steps import STEPS
from danchu.village.sections.shared import (
    CONFERENCE_COLUMNS,
    CONFERENCES_TITLE,
    NO_WORDS,
    conference_filters,
)
from danchu.village.sections.village_form import VillageForm, village_field
from danchu.village.shown import conference_facts
from danchu.village.writes.owing import owed_by

STEP = "step_"


class ConferenceForm(VillageForm):
    """The plan of the conference of a year."""

    wide = ("plan",)
    kind = CONFERENCE
    day = "plan_on"
    unit = village_field("plan_on")
    year = YearField(label=_("Hội nghị của năm"), required=True)
    plan_on = DayField(label=_("Ngày lập kế hoạch"))
    planned_on = DayField(label=_("Ngày họp dự kiến"))
    plan = lines_of_text(_("Kế hoạch: nội dung, thành phần, ai làm gì"))

    def prepare(self):
        super().prepare()
        self.initial["year"] = str(today().year)


class ConveneForm(DayForm):
    on = DayField(label=_("Ngày triệu tập"))
    planned_on = DayField(label=_("Ngày họp"))
    venue = forms.CharField(label=_("Địa điểm"), max_length=200)

    def prepare(self):
        super().prepare()
        self.initial["planned_on"] = show_day(self.row.planned_on)


class HoldForm(DayForm):
    on = DayField(label=_("Ngày họp"))
    chair = forms.CharField(label=_("Người chủ trì"), max_length=120)
    secretary = forms.CharField(label=_("Thư ký"), max_length=120)
    attending = CountField(label=_("Đại diện hộ dự họp"), required=True)


class MinuteForm(EditingForm, ActForm):
    """What was said and settled in each step."""

    lead = _("Ghi từng bước, sẽ công khai: không ghi tên, địa chỉ của ai.")
    wide = tuple(f"{STEP}{number}" for number, _words in STEPS)

    def prepare(self):
        texts = dict(self.row.steps.values_list("number", "text"))
        for number, words in STEPS:
            field = lines_of_text(f"{number}. {words}", rows=3, required=False)
            self.fields[f"{STEP}{number}"] = field
            self.initial[f"{STEP}{number}"] = texts.get(number, "")

    def values(self):
        typed = self.cleaned_data.items()
        return {
            "texts": {int(name.removeprefix(STEP)): text for name, text in typed if name != EDITION}
        }


class ElectForm(ActForm):
    """A member of the inspection board of the commune whom the households elected."""

    decision = forms.TypedChoiceField(label=_("Các hộ bầu bằng việc"), coerce=int)
    name = forms.CharField(label=_("Họ và tên"), max_length=120)
    is_official = forms.BooleanField(
        label=_("Là cán bộ, công chức cấp xã hoặc người hoạt động không chuyên trách"),
        required=False,
    )

    def prepare(self):
        rows = decisions_electing(self.row)
        self.fields["decision"].choices = [(one.pk, one.title) for one in rows]

    def values(self):
        values = dict(self.cleaned_data)
        rows = decisions_electing(self.row)
        return {**values, "decision": rows.filter(pk=values["decision"]).first()}


def _rows(actor):
    return VillageConference.objects.viewed_by(actor)


def _facts(conference, actor):
    """The context of the page of a conference at the desk."""
    return {
        **conference_facts(conference),
        "owed": list(owed_by(conference)),
        "papers": papers_of(conference),
    }


LISTING = Listing(
    name="village-conferences",
    title=CONFERENCES_TITLE,
    rows=_rows,
    placed=lambda conference: (conference.unit_id, conference.planned_on),
    columns=CONFERENCE_COLUMNS,
    filters=conference_filters(ConferenceState),
    file_name="hoi-nghi-thon",
    empty=_("Chưa có hội nghị nào."),
    advice=_(
        "Mỗi thôn, tổ dân phố họp một lần vào cuối năm: lập kế hoạch, triệu tập, họp, báo cáo."
    ),
    lacks={"q": NO_WORDS},
)

CONFERENCES = Section(
    one="village_conference",
    verb=DISCUSS,
    listing=LISTING,
    life=CONFERENCE_LIFE,
    record=Record(
        template="village/conference.html", rows=_rows, title=conference_title, facts=_facts
    ),
    new=New(
        title=_("Kế hoạch hội nghị định kỳ"),
        word=_("Lập kế hoạch hội nghị"),
        form=ConferenceForm,
        create=actions.plan_conference,
        allows=may_begin("draft", CONFERENCE),
        denied=_("Chức trách của ông/bà không lập hội nghị của thôn, tổ dân phố."),
    ),
    acts=(
        Act("send_plan", _("Gửi kế hoạch"), actions.send_conference_plan, DayForm),
        Act("convene", _("Triệu tập"), actions.convene_conference, ConveneForm),
        Act("hold", _("Ghi hội nghị đã họp"), actions.hold_conference, HoldForm),
        Act("minute", _("Ghi chín bước"), actions.write_steps, MinuteForm, own_page=True),
        Act(
            "elect",
            _("Ghi thành viên Ban được bầu"),
            actions.elect_to_board,
            ElectForm,
            offered=lambda conference: decisions_electing(conference).exists(),
        ),
        Act("report", _("Gửi báo cáo"), actions.report_conference, DayForm),
        Act("cancel", _("Hủy"), actions.cancel_conference, ReasonForm),
    ),
    waits=(
        Wait("convene", (ConferenceState.PLANNED,), "draft", CONFERENCE),
        Wait("hold", (ConferenceState.CONVENED,), "draft", CONFERENCE, since="planned_on"),
        Wait("report", (ConferenceState.HELD,), "draft", CONFERENCE),
    ),
)

"""Village conventions at the desk: the list, a new one, its page, its acts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.decision.lives import RECOGNITION
from danchu.subjects.editing import EditingForm, SeenForm
from danchu.subjects.fields import CountField, DayField, lines_of_text
from danchu.subjects.forms import ActForm, DayForm, ReasonForm
from danchu.subjects.listing import Listing
from danchu.subjects.sections import Act, New, Record, Section, may_begin
from danchu.subjects.verbs import DISCUSS
from danchu.subjects.waiting import Wait
from danchu.village import actions
from danchu.village.lives import CONVENTION, CONVENTION_LIFE, OFFICE, ConventionState
from danchu.village.models import Convention
from danchu.village.models.conventions import LONGEST_TITLE, ConventionProposer, Flag
from danchu.village.papers.kinds import papers_of
from danchu.village.sections.shared import (
    CONVENTION_COLUMNS,
    CONVENTIONS_TITLE,
    convention_filters,
    matter_facts,
)
from danchu.village.sections.village_form import NAMES_HELP, VillageForm, village_field
from danchu.village.shown import convention_facts
from danchu.village.writes.owing import owed_by

ROWS_OF_TEXT = 20
TEXT_HELP = _("Sẽ công khai từ khi niêm yết; mỗi lần sửa là một bản mới.")


class ConventionForm(VillageForm):
    """A convention with the first version of its text."""

    wide = ("title", "drafters", "text")
    kind = CONVENTION
    day = "proposed_on"
    unit = village_field("proposed_on")
    title = forms.CharField(label=_("Tên hương ước, quy ước"), max_length=LONGEST_TITLE)
    proposer = forms.ChoiceField(label=_("Ai đề xuất"), choices=ConventionProposer.choices)
    asking = CountField(label=_("Số hộ đề xuất"), help_text=_("Chỉ khi các hộ gia đình đề xuất."))
    proposed_on = DayField(label=_("Ngày đề xuất"))
    drafters = lines_of_text(_("Nhóm soạn thảo"), help_text=NAMES_HELP)
    text = lines_of_text(_("Nội dung dự thảo"), rows=ROWS_OF_TEXT, help_text=TEXT_HELP)


class ReviseForm(EditingForm, DayForm):
    wide = ("text",)
    on = DayField(label=_("Bản này của ngày"))
    text = lines_of_text(_("Nội dung của bản mới"), rows=ROWS_OF_TEXT, help_text=TEXT_HELP)

    def prepare(self):
        super().prepare()
        self.initial["text"] = self.row.texts.order_by("-number").first().text


class ReadTextForm(SeenForm, DayForm):
    """An act on the text that the reader has read on the page."""

    def beside(self):
        return self.row.texts.order_by("-number")[:1]


class FileForm(DayForm):
    number = forms.CharField(
        label=_("Số tờ trình đề nghị công nhận"),
        max_length=60,
        help_text=_("Hồ sơ có tờ trình, biên bản biểu quyết và bản đã thông qua."),
    )


class FlagForm(DayForm):
    on = DayField(label=_("Ngày cấp xã nhận được thông tin vi phạm"))
    flagged = forms.ChoiceField(label=_("Phải làm gì"), choices=Flag.choices)


class DecideForm(DayForm):
    wide = ("reason",)
    document = forms.CharField(label=_("Số văn bản"), max_length=60)
    reason = forms.CharField(label=_("Lý do"), max_length=500)


class AnnulForm(ActForm):
    wide = ("reason",)
    document = forms.CharField(label=_("Số văn bản"), max_length=60)
    reason = forms.CharField(label=_("Lý do"), max_length=500)


def _rows(actor):
    return Convention.objects.viewed_by(actor).select_related("decision")


def _facts(convention, actor):
    """The context of the page of a convention at the desk."""
    return {
        **convention_facts(convention),
        **matter_facts(convention.decision),
        "owed": list(owed_by(convention)),
        "papers": papers_of(convention),
    }


LISTING = Listing(
    name="conventions",
    title=CONVENTIONS_TITLE,
    rows=_rows,
    placed=lambda convention: (convention.unit_id, convention.proposed_on),
    columns=CONVENTION_COLUMNS,
    filters=convention_filters(ConventionState),
    file_name="huong-uoc",
    empty=_("Chưa có hương ước, quy ước nào."),
    advice=_("Soạn, niêm yết ba mươi ngày, đưa ra các hộ, lập hồ sơ, công nhận, gửi lại cho thôn."),
)

CONVENTIONS = Section(
    one="convention",
    verb=DISCUSS,
    listing=LISTING,
    life=CONVENTION_LIFE,
    record=Record(template="village/convention.html", rows=_rows, facts=_facts),
    new=New(
        title=_("Hương ước, quy ước mới"),
        word=_("Soạn hương ước, quy ước"),
        form=ConventionForm,
        create=actions.draft_convention,
        allows=may_begin("draft", CONVENTION),
        denied=_("Chức trách của ông/bà không soạn hương ước, quy ước."),
    ),
    acts=(
        Act(
            "revise",
            _("Ghi bản sau"),
            actions.revise_convention,
            ReviseForm,
            own_page=True,
        ),
        Act("post", _("Niêm yết dự thảo"), actions.post_convention, ReadTextForm),
        Act("put", _("Đưa ra các hộ"), actions.put_convention, ReadTextForm),
        Act("file", _("Lập hồ sơ đề nghị công nhận"), actions.file_convention, FileForm),
        Act("forward", _("Gửi bản đã công nhận"), actions.forward_convention, DayForm),
        Act("flag", _("Ghi vi phạm"), actions.flag_convention, FlagForm, is_aside=True),
        Act("suspend", _("Cho tạm ngừng thực hiện"), actions.suspend_convention, DecideForm),
        Act("resume", _("Cho thực hiện lại"), actions.resume_convention, DecideForm),
        Act("annul", _("Bãi bỏ"), actions.annul_convention, AnnulForm),
        Act("withdraw", _("Rút"), actions.withdraw_convention, ReasonForm),
    ),
    waits=(
        Wait("post", (ConventionState.DRAFT,), "draft", CONVENTION),
        Wait("put", (ConventionState.POSTED,), "draft", CONVENTION),
        Wait("file", (ConventionState.ADOPTED,), "draft", CONVENTION, only={"filed_on": None}),
        Wait("forward", (ConventionState.IN_FORCE,), "draft", OFFICE, only={"sent_on": None}),
        Wait(
            "suspend",
            (ConventionState.IN_FORCE,),
            "confirm",
            RECOGNITION,
            only={"flagged": Flag.SUSPEND.value},
        ),
        Wait(
            "annul",
            (ConventionState.IN_FORCE, ConventionState.SUSPENDED),
            "confirm",
            RECOGNITION,
            only={"flagged": Flag.ANNUL.value},
        ),
    ),
)

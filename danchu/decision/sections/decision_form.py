"""Forms of what households decide: a new matter, and what each act asks for."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from danchu.decision.lives import DECISION, ROLL
from danchu.decision.models import RollEntry
from danchu.decision.models.conduct import Convener, Leader
from danchu.decision.models.decisions import LONGEST_TITLE, Proposer
from danchu.decision.models.votes import Way
from danchu.decision.rules.conduct import lawful_conveners
from danchu.decision.rules.items import ITEMS
from danchu.decision.sections.amounts import AmountFields
from danchu.kernel.days import show_day, today
from danchu.people.offices_held import place_of
from danchu.subjects.editing import EDITION, EditingForm
from danchu.subjects.fields import CountField, DayField, lines_of_text, unit_at
from danchu.subjects.forms import ActForm, DayForm, RecordForm, RefusingForm
from danchu.subjects.places import UnitField

TEAM_HELP = _("Từ ba đến năm người, mỗi người một dòng.")


class DecisionForm(RecordForm):
    """A matter that is put before the households of a village."""

    wide = ("title", "content", "consents")
    uid = forms.UUIDField(widget=forms.HiddenInput)
    unit = UnitField(
        label=_("Thôn, tổ dân phố; việc chung toàn xã thì xã, phường"), day_field="proposed_on"
    )
    item = forms.TypedChoiceField(label=_("Việc (Điều 15)"), choices=ITEMS, coerce=int)
    title = forms.CharField(
        label=_("Việc cần quyết định"),
        max_length=LONGEST_TITLE,
        help_text=_("Sẽ công khai: không ghi tên, địa chỉ của ai."),
    )
    content = lines_of_text(
        _("Nội dung, các phương án"), help_text=_("Sẽ công khai cùng thông báo họp.")
    )
    proposer = forms.ChoiceField(label=_("Ai đưa ra"), choices=Proposer.choices)
    proposed_on = DayField(label=_("Ngày đưa ra"))
    consents = lines_of_text(
        _("Các hộ đồng thuận với đề xuất"),
        required=False,
        help_text=_("Chỉ khi công dân đề xuất: mỗi dòng số của hộ và ngày đồng thuận."),
    )

    is_collecting = forms.BooleanField(
        label=_("Mới bắt đầu lấy đồng thuận: in danh sách, nộp sau"), required=False
    )

    def prepare(self):
        self.scope = self.actor.scope("draft", DECISION)
        self.initial |= {
            "uid": uuid4(),
            "unit": self.query.get("unit") or place_of(self.actor, self.scope, "village"),
            "proposed_on": show_day(today()),
        }

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("unit") and cleaned.get("proposed_on"):
            typed, day = cleaned["unit"], cleaned["proposed_on"]
            cleaned["unit"] = self.check(unit_at, typed, day, self.scope)
        return cleaned


class AnnounceForm(DayForm):
    """The notice of the meeting."""

    on = DayField(label=_("Ngày thông báo"))
    planned_on = DayField(label=_("Ngày họp"))
    papers_on = DayField(
        label=_("Ngày gửi tài liệu tới từng hộ"),
        required=False,
        help_text=_("Tài liệu của việc số 1, 2, 3 phải tới từng hộ trước khi họp."),
    )


class OpenForm(ActForm):
    chair = forms.CharField(
        label=_("Người chủ trì"),
        max_length=120,
        help_text=_(
            "Trưởng thôn, tổ trưởng; bầu trưởng thôn thì Tổ bầu cử; cho thôi thì Trưởng ban công "
            "tác Mặt trận."
        ),
    )
    convener = forms.ChoiceField(label=_("Ai triệu tập, chủ trì"), choices=Convener.choices)

    def prepare(self):
        lawful = lawful_conveners(self.row.item, today())
        self.initial["convener"] = next(iter(lawful), Convener.HEAD)


class AttendForm(ActForm):
    """Which households are represented; those who are there already are not offered again."""

    wide = ("entries",)
    entries = forms.MultipleChoiceField(
        label=_("Các hộ có đại diện dự họp"), widget=forms.CheckboxSelectMultiple
    )

    def prepare(self):
        rows = entries_of(self.row).filter(present_at=None)
        self.fields["entries"].choices = entry_choices(rows, self.actor, self.row)

    def values(self):
        return {"entries": [int(key) for key in self.cleaned_data["entries"]]}


class StrikeForm(ActForm):
    """A household that was written down by mistake."""

    entry = forms.TypedChoiceField(label=_("Hộ"), coerce=int)

    def prepare(self):
        rows = entries_of(self.row).filter(present_at__isnull=False)
        self.fields["entry"].choices = entry_choices(rows, self.actor, self.row)


class ChooseForm(ActForm):
    """The procedure that those who attend choose by show of hands."""

    wide = ("team",)
    secretary = forms.CharField(label=_("Thư ký"), max_length=120)
    secretary_yes = CountField(label=_("Số người tán thành thư ký"), required=True)
    way = forms.ChoiceField(label=_("Cách biểu quyết"), choices=Way.choices)
    way_yes = CountField(label=_("Số người tán thành cách biểu quyết"), required=True)
    team = lines_of_text(_("Ban kiểm phiếu"), help_text=TEAM_HELP)
    team_yes = CountField(label=_("Số người tán thành ban kiểm phiếu"), required=True)


class VoteForm(ActForm):
    """The vote of those who attend."""

    wide = ("witnesses",)
    yes = CountField(label=_("Tán thành"), required=True)
    no = CountField(label=_("Không tán thành"))
    other = CountField(label=_("Ý kiến khác"))
    blank = CountField(label=_("Phiếu trắng"))
    witnesses = lines_of_text(
        _("Hộ chứng kiến kiểm phiếu"),
        rows=2,
        required=False,
        help_text=_("Khi bỏ phiếu kín: hai người, mỗi người một dòng."),
    )


class PlanBallotForm(DayForm):
    """The notice and the plan of the ballots."""

    wide = ("team",)
    on = DayField(label=_("Ngày thông báo"))
    since = DayField(label=_("Phát phiếu từ ngày"))
    until = DayField(label=_("Ngày cuối nhận phiếu"))
    team = lines_of_text(
        _("Tổ phát phiếu"),
        help_text=_("Từ ba đến năm người, mỗi người một dòng; người đầu là Tổ trưởng."),
    )
    leader = forms.ChoiceField(label=_("Tổ trưởng là"), choices=Leader.choices)


class CountFields(RefusingForm):
    """One person's count of the ballots, from the sheets."""

    issued = CountField(label=_("Phiếu phát ra"), required=True)
    returned = CountField(label=_("Phiếu thu về"), required=True)
    yes = CountField(label=_("Tán thành"), required=True)
    no = CountField(label=_("Không tán thành"))
    other = CountField(label=_("Ý kiến khác"))
    blank = CountField(label=_("Phiếu trắng"))
    unreadable = CountField(label=_("Phiếu không đọc được"))
    double = CountField(label=_("Phiếu chọn hai lần"))
    foreign = CountField(label=_("Tờ không phải phiếu của lần này, ngoài số thu về"))
    late = CountField(label=_("Phiếu nộp muộn, ngoài số thu về"))


class CountForm(CountFields, ActForm):
    """The same on the page of the decision."""

    def prepare(self):
        self.fields["issued"].help_text = _(
            "Hai người đếm riêng, mỗi người ghi số mình đếm; hai người ra cùng số thì có kết quả."
        )


class WorksForm(EditingForm, ActForm, AmountFields):
    """The numbers of table II: options, value, what the people give."""

    field_order = ("options",)
    options = CountField(label=_("Số phương án đã chuẩn bị"))

    def prepare(self):
        names = self.fields.keys() - {EDITION}
        self.initial |= {name: str(getattr(self.row, name)) for name in names}


class DocumentForm(DayForm):
    """The written answer of the body that recognises."""

    document = forms.CharField(label=_("Số văn bản"), max_length=60)


class RefuseForm(DocumentForm):
    wide = ("reason",)
    reason = forms.CharField(label=_("Lý do"), max_length=500)


class AnnulForm(ActForm):
    wide = ("reason",)
    document = forms.CharField(label=_("Số văn bản"), max_length=60)
    reason = forms.CharField(label=_("Lý do"), max_length=500)


class CarryOutForm(DayForm):
    wide = ("result",)
    result = lines_of_text(_("Kết quả thực hiện, sẽ công khai"))


def entries_of(decision):
    """The frozen roll of the vote that the decision is at."""
    vote = decision.votes.order_by("-number").first()
    rows = RollEntry.objects.filter(vote=vote).select_related("household")
    return rows.order_by("household__number", "pk")


def entry_choices(rows, actor, decision):
    """[(id, number of the household, with its representative for whoever may view the roll)]"""
    sees = actor.may("view", ROLL, decision.unit_id)
    return [
        (
            str(one.pk),
            gettext("Hộ số %s") % one.household.number
            + (f" · {one.household.representative}" if sees else ""),
        )
        for one in rows
    ]

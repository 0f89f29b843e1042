"""Violations: the list, a new one, and its acts."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danchu.inspection import actions
from danchu.inspection.boards_of import project_names
from danchu.inspection.lives import FINDING_LIFE, FindingState, finding_state, recommendation_of
from danchu.inspection.models import Finding, Project
from danchu.inspection.moves import ROUND, State
from danchu.inspection.sections.shared import BOARDS, BoardForm, RecoveredForm
from danchu.kernel.days import show_day, today
from danchu.subjects.columns import PLACE, state_column
from danchu.subjects.fields import DayField, lines_of_text
from danchu.subjects.filters import Choice, Last, Place, Since, Words
from danchu.subjects.forms import DayForm
from danchu.subjects.listing import Column, Listing
from danchu.subjects.one_of import OneOf
from danchu.subjects.order import VietnameseOrder
from danchu.subjects.sections import Act, New, Record, Section, may_begin
from danchu.subjects.verbs import CHECK

NO_LIVE_RECOMMENDATION = Q(recommendation=None) | Q(recommendation__state=State.WITHDRAWN)
NOT_CLOSED = Q(withdrawn_on=None, resolved_on=None)
STATES = {
    FindingState.OPEN: NOT_CLOSED & NO_LIVE_RECOMMENDATION & Q(is_recommended=False),
    FindingState.RECOMMENDED: NOT_CLOSED & (Q(is_recommended=True) | ~NO_LIVE_RECOMMENDATION),
    FindingState.RESOLVED: Q(resolved_on__isnull=False),
    FindingState.WITHDRAWN: Q(withdrawn_on__isnull=False),
}


class FindingForm(BoardForm):
    """One violation that one board found."""

    kind = ROUND
    wide = ("title", "detail")
    uid = forms.UUIDField(widget=forms.HiddenInput)
    number = forms.CharField(label=_("Số trong sổ"), max_length=60, required=False)
    found_on = DayField(label=_("Ngày phát hiện"))
    place = forms.CharField(label=_("Địa điểm"), max_length=200, required=False)
    project = OneOf(
        label=_("Dự án"),
        required=False,
        help_text=_("Chỉ với Ban Giám sát đầu tư của cộng đồng."),
    )
    title = forms.CharField(
        label=_("Vụ việc vi phạm"),
        max_length=180,
        help_text=_("Sẽ công khai khi kiến nghị: không ghi tên, địa chỉ của công dân."),
    )
    detail = lines_of_text(_("Mô tả"), rows=5, required=False)

    def prepare(self):
        super().prepare()
        projects = Project.objects.filter(board__in=self.boards.order_by().values("pk"))
        self.fields["project"].offer(projects.order_by(VietnameseOrder("name")), project_names)
        self.initial["found_on"] = show_day(today())

    def values(self):
        project = self.fields["project"].row(self.cleaned_data["project"])
        return {**super().values(), "project": project}


class ResolveForm(RecoveredForm):
    wide = ("outcome",)
    outcome = lines_of_text(_("Đã giải quyết thế nào, sẽ công khai"))


class WithdrawForm(DayForm):
    wide = ("reason",)
    reason = forms.CharField(label=_("Vì sao không phải vi phạm"), max_length=500)


def facts(finding, actor):
    """The context of the page of a violation."""
    recommendation = recommendation_of(finding)
    is_live = recommendation is not None and recommendation.state != State.WITHDRAWN
    return {
        "board": finding.board.name_on(finding.found_on),
        "recommended": recommendation if is_live else None,
    }


def _rows(actor):
    return Finding.objects.viewed_by(actor).select_related("recommendation")


def _number_and_place(line):
    return " · ".join(part for part in (line.row.number, line.where) if part)


LISTING = Listing(
    name="findings",
    title=_("Vụ việc vi phạm"),
    rows=_rows,
    placed=lambda finding: (finding.unit_id, finding.found_on),
    columns=(
        Column("found_on", _("Ngày phát hiện"), sort="found_on"),
        Column("title", _("Vụ việc vi phạm"), sort="title", links=True, under=_number_and_place),
        state_column(lambda line: finding_state(line.row).label),
        Column("number", _("Số"), on_page=False),
        PLACE,
        Column(
            "recommended", _("Đã kiến nghị"), lambda line: line.row.is_recommended, on_page=False
        ),
        Column("resolved_on", _("Ngày giải quyết xong"), on_page=False),
        Column("money", _("Tiền thu hồi (đồng)"), on_page=False),
        Column("land", _("Đất thu hồi (m²)"), on_page=False),
        Column("reduced", _("Giảm trừ quyết toán (đồng)"), on_page=False),
    ),
    filters={
        "unit": Place(),
        "state": Choice(FindingState.choices, _("Trạng thái"), conditions=STATES),
        "since": Since("found_on"),
        "last": Last("found_on"),
        "q": Words("title"),
    },
    file_name="vu-viec-vi-pham",
    empty=_("Chưa có vụ việc nào."),
    advice=_("Vụ việc Ban phát hiện được ghi ở đây, rồi kiến nghị hoặc ghi đã giải quyết tại chỗ."),
)

FINDINGS = Section(
    one="finding",
    verb=CHECK,
    listing=LISTING,
    life=FINDING_LIFE,
    above=BOARDS,
    record=Record(
        template="inspection/finding.html",
        rows=lambda actor: _rows(actor).select_related("board", "round", "project"),
        state=lambda finding: finding_state(finding).label,
        facts=facts,
    ),
    new=New(
        title=_("Ghi vụ việc vi phạm"),
        word=_("Ghi vụ việc"),
        form=FindingForm,
        create=actions.record_finding,
        allows=may_begin("draft", ROUND),
        denied=_("Chức trách của ông/bà không ghi vụ việc vi phạm."),
        offline=True,
    ),
    acts=(
        Act("resolve", _("Đã giải quyết tại chỗ"), actions.resolve_finding, ResolveForm),
        Act("withdraw", _("Không phải vi phạm"), actions.withdraw_finding, WithdrawForm),
    ),
)

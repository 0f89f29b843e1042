"""Plans of rounds: the list, a new one, and its acts."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danchu.inspection import actions
from danchu.inspection.actions.plans import PLANNED
from danchu.inspection.lives import PLAN_LIFE, PlanState, plan_state
from danchu.inspection.models import RoundPlan, Span
from danchu.inspection.moves import ROUND
from danchu.inspection.sections.shared import BOARDS, BoardForm
from danchu.kernel.days import show_day
from danchu.subjects.columns import PLACE, state_column
from danchu.subjects.fields import DayField
from danchu.subjects.filters import Choice, Last, Place, Since, Words
from danchu.subjects.forms import DayForm
from danchu.subjects.listing import Column, Listing
from danchu.subjects.sections import Act, New, Record, Section, may_begin
from danchu.subjects.verbs import CHECK

STATES = {
    PlanState.PLANNED: Q(notified_on=None, cancelled_on=None),
    PlanState.NOTIFIED: Q(notified_on__isnull=False, cancelled_on=None),
    PlanState.CANCELLED: Q(cancelled_on__isnull=False),
}


class PlanForm(BoardForm):
    """One planned round of one board."""

    kind = ROUND
    wide = ("title", "subject")
    span = forms.ChoiceField(
        label=_("Trong kế hoạch của"), choices=[(span.value, span.label) for span in PLANNED]
    )
    planned_on = DayField(label=_("Ngày dự kiến"))
    title = forms.CharField(label=_("Kiểm tra, giám sát việc gì"), max_length=200)
    subject = forms.CharField(
        label=_("Đối tượng được kiểm tra, giám sát"), max_length=200, required=False
    )

    def prepare(self):
        super().prepare()
        self.initial["span"] = Span.QUARTER


class NotifyForm(DayForm):
    on = DayField(label=_("Ngày gửi"))


class CancelForm(DayForm):
    wide = ("reason",)
    on = DayField(label=_("Ngày bỏ"))
    reason = forms.CharField(label=_("Lý do"), max_length=300)


def _rows(actor):
    rows = RoundPlan.objects.viewed_by(actor).select_related("notice", "board")
    return rows.prefetch_related("board__standings")


def _saved(plan):
    if plan.notice is None:
        return _("Đã ghi.")
    return _("Đã ghi: phải gửi kế hoạch chậm nhất ngày %s.") % show_day(plan.notice.due_on)


LISTING = Listing(
    name="plans",
    title=_("Kế hoạch giám sát"),
    rows=_rows,
    placed=lambda plan: (plan.unit_id, plan.planned_on),
    columns=(
        Column("planned_on", _("Ngày dự kiến"), sort="planned_on"),
        Column(
            "title",
            _("Nội dung"),
            sort="title",
            links=True,
            under=lambda line: f"{line.row.board.name_on(line.row.planned_on)} · {line.where}",
        ),
        Column("span", _("Kỳ"), lambda line: line.row.get_span_display()),
        Column(
            "due_on", _("Phải gửi trước"), lambda line: line.row.notice and line.row.notice.due_on
        ),
        state_column(lambda line: plan_state(line.row).label),
        Column("subject", _("Đối tượng"), on_page=False),
        Column(
            "board",
            _("Ban"),
            lambda line: line.row.board.name_on(line.row.planned_on),
            on_page=False,
        ),
        PLACE,
        Column("notified_on", _("Ngày gửi"), on_page=False),
        Column("cancelled_on", _("Đã bỏ"), on_page=False),
    ),
    filters={
        "unit": Place(),
        "span": Choice(Span.choices[:4], _("Kỳ"), "span"),
        "state": Choice(PlanState.choices, _("Trạng thái"), conditions=STATES),
        "since": Since("planned_on"),
        "last": Last("planned_on"),
        "q": Words("title", "subject"),
    },
    file_name="ke-hoach-giam-sat",
    empty=_("Chưa có kế hoạch nào."),
    advice=_("Cuộc giám sát dự kiến của Ban được ghi ở đây, để gửi kế hoạch đúng hạn."),
)

PLANS = Section(
    one="plan",
    verb=CHECK,
    listing=LISTING,
    life=PLAN_LIFE,
    above=BOARDS,
    record=Record(
        template="inspection/plan.html",
        rows=lambda actor: RoundPlan.objects.viewed_by(actor).select_related("notice", "board"),
        state=lambda plan: plan.get_span_display(),
        facts=lambda plan, actor: {"board": plan.board.name_on(plan.planned_on)},
    ),
    new=New(
        title=_("Kế hoạch mới"),
        word=_("Lập kế hoạch"),
        form=PlanForm,
        create=actions.plan_round,
        allows=may_begin("draft", ROUND),
        denied=_("Chức trách của ông/bà không lập kế hoạch của Ban."),
        saved=_saved,
    ),
    acts=(
        Act("notify", _("Đã gửi kế hoạch"), actions.notify_round, NotifyForm),
        Act("cancel", _("Bỏ kế hoạch"), actions.cancel_plan, CancelForm),
    ),
)

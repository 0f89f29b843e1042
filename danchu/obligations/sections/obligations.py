"""Obligations at the desk: the list, the form for a new one, and its acts meet and excuse."""

from datetime import timedelta

from django import forms
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danchu.kernel.days import show_day, today
from danchu.kernel.numbers import show_number
from danchu.law.book import book, calendar_at
from danchu.law.deadline import due
from danchu.law.why import explain_due
from danchu.obligations import actions
from danchu.obligations.escalated import escalated_to
from danchu.obligations.lives import OBLIGATION_LIFE
from danchu.obligations.models import Obligation, State
from danchu.obligations.outlook import has_rule
from danchu.obligations.sections.obligation_form import ObligationForm
from danchu.subjects.columns import PLACE
from danchu.subjects.fields import DayField
from danchu.subjects.filters import Choice, Last, Place, Since, Words
from danchu.subjects.forms import DayForm, ReasonForm
from danchu.subjects.listing import Column, Listing
from danchu.subjects.sections import Act, Link, New, Record, Section, may_begin, message_of_state

SOON = 7  # days


class Which(models.TextChoices):
    """The choices of the filter `which`: how an obligation stands today; TOLD are those escalated
    to the reader.
    """

    OPEN = "open", _("Chưa làm")
    OVERDUE = "overdue", _("Quá hạn")
    SOON = "soon", _("Đến hạn trong 7 ngày")
    TOLD = "told", _("Báo lên tôi")
    CLOSED = "closed", _("Đã khép lại")
    ALL = "all", _("Tất cả")


class WhichFilter(Choice):
    """Filters by `Which`; the value TOLD depends on the actor."""

    def filter(self, qs, value):
        if value == Which.TOLD:
            return escalated_to(self.parent.actor, today(), qs)
        return super().filter(qs, value)


def _soon(rows):
    return rows.due_between(today(), today() + timedelta(days=SOON))


STANDS = {
    Which.OPEN: lambda rows: rows.open(),
    Which.OVERDUE: lambda rows: rows.overdue(today()),
    Which.SOON: _soon,
    Which.CLOSED: ~Q(state=State.OPEN),
    Which.ALL: lambda rows: rows,
}


class MeetForm(DayForm):
    wide = ("note",)
    on = DayField(label=_("Ngày làm xong"))
    note = forms.CharField(label=_("Văn bản, ghi chú"), max_length=500, required=False)


def days_over(obligation):
    """Days since the due day; 0 when it is closed, not yet due, or a minimum duration."""
    if obligation.state != State.OPEN or not obligation.is_limit:
        return 0
    return max((today() - obligation.due_on).days, 0)


def standing(obligation):
    """How it stands today, in words: the days left or overdue, or how it was closed."""
    if obligation.state != State.OPEN:
        return obligation.get_state_display()
    over = days_over(obligation)
    if over:
        return _("quá hạn %(days)s ngày") % {"days": show_number(over)}
    left = (obligation.due_on - today()).days
    if obligation.is_limit:
        return _("còn %(days)s ngày") % {"days": show_number(left)}
    if left > 0:
        return _("kéo dài đến %(day)s") % {"day": show_day(obligation.due_on)}
    return _("đủ thời gian")


def colour(obligation):
    """The name of the colour of its tag."""
    if days_over(obligation):
        return "warning"
    return "draft" if obligation.state == State.OPEN else "confirmed"


def facts(obligation, actor):
    """Why it is due on its day, the colour of its tag, and the due days it had or should have."""
    calendar = calendar_at(obligation.calendar)
    return {
        "why": explain_due(due(obligation.rule.rule, obligation.event_on, calendar), calendar),
        "colour": colour(obligation),
        "revisions": obligation.revisions.order_by("pk"),
        "is_unruled": obligation.state == State.OPEN
        and not has_rule(book(), obligation.rule.key, obligation.event_on),
    }


def _defaults(query):
    """The open ones, unless the query has a filter."""
    return {} if any(query.get(name) for name in FILTERS) else {"which": Which.OPEN}


FILTERS = {
    "which": WhichFilter(
        Which.choices,
        _("Xem"),
        conditions=STANDS,
        counted=(Which.OVERDUE, Which.SOON, Which.TOLD),
        empty_label=None,
    ),
    "unit": Place(),
    "state": Choice(State.choices, _("Trạng thái"), "state"),
    "since": Since("due_on", label=_("Hạn từ ngày")),
    "last": Last("due_on", label=_("Hạn đến ngày")),
    "q": Words("title"),
}

LISTING = Listing(
    name="obligations",
    title=_("Việc phải làm"),
    lead=_(
        "Trả lời, niêm yết, họp: ai phải làm gì đến ngày nào, theo điều luật nào. Hạn tính bằng "
        "lịch làm việc có ngày nghỉ và ngày làm bù."
    ),
    rows=lambda actor: Obligation.objects.viewed_by(actor).select_related("rule"),
    placed=lambda obligation: (obligation.unit_id, obligation.event_on),
    columns=(
        Column("due_on", _("Hạn"), sort="due_on"),
        Column(
            "title", _("Việc phải làm"), sort="title", links=True, under=lambda line: line.where
        ),
        Column("rule", _("Theo quy tắc"), lambda line: line.row.rule.name),
        Column(
            "standing",
            _("Tình hình"),
            lambda line: standing(line.row),
            is_state=True,
            tag=lambda line: colour(line.row),
            in_files=False,
        ),
        PLACE,
        Column("event_on", _("Ngày phát sinh"), on_page=False),
        Column("state", _("Trạng thái"), lambda line: line.row.get_state_display(), on_page=False),
        Column("done_on", _("Ngày làm xong"), on_page=False),
        Column("asked_on", _("Ngày đề nghị"), on_page=False),
        Column("owed_to", _("Nơi được trả lời"), on_page=False),
    ),
    filters=FILTERS,
    defaults=_defaults,
    sorted_by="due_on",
    file_name="viec-phai-lam",
    empty=_("Không có việc nào."),
    advice=_("Việc có hạn được ghi sẽ hiện ở đây, gần hạn nhất trước."),
)

OBLIGATIONS = Section(
    one="obligation",
    listing=LISTING,
    life=OBLIGATION_LIFE,
    record=Record(
        template="obligations/obligation.html",
        rows=lambda actor: Obligation.objects.viewed_by(actor).select_related(
            "unit", "rule", "rule__text"
        ),
        state=standing,
        facts=facts,
    ),
    links=(Link("desk_due_revisions", _("Hạn đã tính lại")),),
    new=New(
        title=_("Ghi việc phải làm"),
        word=_("Ghi việc phải làm"),
        form=ObligationForm,
        create=actions.owe,
        allows=may_begin("draft", "obligation"),
        denied=_("Chức trách của ông/bà không ghi việc phải làm."),
        saved=lambda obligation: _("Đã ghi: hạn là ngày %s.") % show_day(obligation.due_on),
        offline=True,
    ),
    acts=(
        Act(
            "meet",
            _("Ghi là đã làm"),
            actions.meet_obligation,
            MeetForm,
            message_of_state,
        ),
        Act(
            "excuse",
            _("Miễn"),
            actions.excuse_obligation,
            ReasonForm,
            lambda obligation: _("Đã ghi: được miễn."),
        ),
    ),
)

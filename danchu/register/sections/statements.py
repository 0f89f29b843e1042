"""The section of statements at the desk: list, form of a new one, acts."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danchu.figures.catalogue import INDICATORS, full_name, unit_of_measure
from danchu.kernel.days import show_day
from danchu.kernel.numbers import show_number
from danchu.kernel.text import fold
from danchu.register import actions
from danchu.register.counted_once import statable_names
from danchu.register.lives import STATEMENT_LIFE
from danchu.register.models import Statement
from danchu.register.querysets import State
from danchu.register.sections.statement_form import CorrectForm, EditForm, StatementForm
from danchu.register.words import STATE_WORDS
from danchu.subjects.columns import PLACE, state_column
from danchu.subjects.editing import SeenForm
from danchu.subjects.filters import Choice, Last, Place, Since, Words
from danchu.subjects.forms import ReasonForm
from danchu.subjects.listing import Column, Listing
from danchu.subjects.sections import Act, New, Record, Section, ToList, may_begin
from danchu.subjects.waiting import Wait


def indicator_name(statement):
    """The name of the indicator in the reader's language."""
    return full_name(INDICATORS[statement.indicator])


def last_day(statement):
    """The last day of the period; `until` is the day after."""
    return statement.until - timedelta(days=1)


def period(statement):
    """The first and last day as text."""
    return f"{show_day(statement.since)} – {show_day(last_day(statement))}"


def _of_indicators(words):
    """The condition for statements of indicators whose names contain the folded words."""
    keys = [key for key, name in statable_names() if words in fold(name)]
    return Q(indicator__in=keys)


def title(statement):
    """The indicator with its amount and unit of measure."""
    measure = unit_of_measure(INDICATORS[statement.indicator])
    return f"{indicator_name(statement)}: {show_number(statement.amount)} {measure}"


def facts(statement, actor):
    """The context of a statement's page."""
    papers = statement.attachments.select_related("paper").order_by("pk")
    acts = STATEMENT_LIFE.acts_of(statement, actor)
    return {
        "body": statement.body.name_on(statement.since),
        "period": period(statement),
        "attachments": list(papers),
        "may_attach": "attach" in acts,
        "may_detach": "detach" in acts,
        "earlier": Statement.objects.filter(pk=statement.supersedes_id).first(),
        "later": Statement.objects.filter(supersedes=statement).first(),
    }


def _rows(actor):
    return Statement.objects.viewed_by(actor).select_related("body")


LISTING = Listing(
    name="statements",
    title=_("Số liệu báo cáo bằng giấy"),
    lead=_(
        "Nơi còn giữ sổ giấy gửi số liệu kèm văn bản có ký. Với một cơ quan, một chỉ tiêu và một "
        "thời gian, chỉ tính hồ sơ hoặc số liệu này."
    ),
    rows=_rows,
    placed=lambda statement: (statement.unit_id, statement.since),
    columns=(
        Column("period", _("Kỳ"), lambda line: period(line.row), sort="since", in_files=False),
        Column("since", _("Từ ngày"), on_page=False),
        Column("last", _("Đến hết ngày"), lambda line: last_day(line.row), on_page=False),
        Column("indicator", _("Chỉ tiêu"), lambda line: indicator_name(line.row), links=True),
        Column(
            "body",
            _("Cơ quan báo cáo"),
            lambda line: line.row.body.get_kind_display(),
            under=lambda line: line.where,
        ),
        PLACE,
        Column("amount", _("Số liệu")),
        state_column(lambda line: STATE_WORDS[line.row.state], tag=lambda line: line.row.state),
        Column("recorded_at", _("Ngày ghi"), sort="recorded_at"),
        Column("note", _("Ghi chú"), on_page=False),
    ),
    filters={
        "unit": Place(),
        "indicator": Choice(statable_names, _("Chỉ tiêu"), "indicator"),
        "state": Choice(list(STATE_WORDS.items()), _("Trạng thái"), "state"),
        "since": Since("since", label=_("Kỳ bắt đầu từ ngày")),
        "last": Last("since", label=_("Kỳ bắt đầu đến ngày")),
        "q": Words("note", also=_of_indicators, label=_("Chữ trong chỉ tiêu, ghi chú")),
    },
    sorted_by="-recorded_at",
    file_name="so-lieu-bang-giay",
    empty=_("Chưa có số liệu nào."),
    advice=_("Số liệu gửi bằng giấy sẽ hiện ở đây."),
)

STATEMENTS = Section(
    one="statement",
    listing=LISTING,
    life=STATEMENT_LIFE,
    waits=(Wait("confirm", (State.DRAFT,), "confirm", "statement"),),
    record=Record(
        template="register/statement.html",
        rows=_rows,
        title=title,
        state=lambda statement: STATE_WORDS[statement.state],
        facts=facts,
    ),
    new=New(
        title=_("Gửi số liệu báo cáo bằng giấy"),
        word=_("Gửi số liệu"),
        form=StatementForm,
        create=actions.draft_statement,
        allows=may_begin("state", "statement"),
        denied=_("Chức trách của ông/bà không gửi số liệu báo cáo."),
        saved=lambda statement: _("Đã lưu bản nháp."),
        offline=True,
    ),
    acts=(
        Act(
            "confirm",
            _("Xác nhận"),
            actions.confirm_statement,
            SeenForm,
            saved=lambda done: _("Đã xác nhận: số liệu này có trong mọi tổng số ngay từ bây giờ."),
        ),
        Act(
            "edit",
            _("Sửa bản nháp"),
            actions.edit_statement,
            EditForm,
            saved=lambda done: _("Đã lưu."),
            own_page=True,
        ),
        Act(
            "discard",
            _("Bỏ bản nháp"),
            actions.discard_statement,
            SeenForm,
            saved=lambda done: _("Đã bỏ bản nháp."),
            after=ToList(),
        ),
        Act(
            "correct",
            _("Đính chính"),
            actions.correct_statement,
            CorrectForm,
            saved=lambda done: _("Đã lưu."),
            own_page=True,
        ),
        Act(
            "withdraw",
            _("Rút số liệu"),
            actions.withdraw_statement,
            ReasonForm,
            saved=lambda done: _("Đã rút khỏi mọi số liệu."),
        ),
    ),
)

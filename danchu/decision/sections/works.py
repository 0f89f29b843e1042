"""Works without a decision of households at the desk: the list, a new one, its acts."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.decision import actions
from danchu.decision.lives import DECISION, WORKS_LIFE, WorksState
from danchu.decision.models import Works
from danchu.decision.models.works import LONGEST_TITLE, Why
from danchu.decision.sections.amounts import AMOUNT_COLUMNS, AMOUNTS, AmountFields
from danchu.kernel.days import show_day, today
from danchu.people.offices_held import place_of
from danchu.subjects.columns import PLACE, state_column
from danchu.subjects.editing import EditingForm, SeenForm
from danchu.subjects.fields import DayField, unit_at
from danchu.subjects.filters import Choice, Last, Place, Since, Words
from danchu.subjects.forms import ActForm, ReasonForm, RecordForm
from danchu.subjects.listing import Column, Listing
from danchu.subjects.places import UnitField
from danchu.subjects.sections import Act, New, Record, Section, may_begin, message_of_state
from danchu.subjects.verbs import DO
from danchu.subjects.waiting import Wait

COLUMNS = (
    Column("finished_on", _("Ngày xong"), sort="finished_on"),
    Column("title", _("Công trình"), sort="title", links=True, under=lambda line: line.where),
    Column("why", _("Vì sao không bàn"), lambda line: line.row.get_why_display(), on_page=False),
    Column("value", AMOUNTS["value"], is_number=True),
    *AMOUNT_COLUMNS[1:],
    state_column(),
    PLACE,
)


def works_filters():
    """The filters of both lists but the state."""
    return {
        "unit": Place(),
        "why": Choice(Why.choices, _("Vì sao không bàn"), "why"),
        "since": Since("finished_on"),
        "last": Last("finished_on"),
        "q": Words("title"),
    }


class WorksTexts(AmountFields):
    """What is written of works."""

    wide = ("title", "why")
    title = forms.CharField(
        label=_("Công trình"),
        max_length=LONGEST_TITLE,
        help_text=_("Sẽ công khai: không ghi tên, địa chỉ của ai."),
    )
    why = forms.ChoiceField(label=_("Vì sao không có việc các hộ quyết định"), choices=Why.choices)
    finished_on = DayField(label=_("Ngày xong"))


class WorksForm(RecordForm, WorksTexts):
    """New works, at a village or a commune."""

    field_order = ("uid", "unit", "title", "why", "finished_on")
    uid = forms.UUIDField(widget=forms.HiddenInput)
    unit = UnitField(day_field="finished_on")

    def prepare(self):
        self.scope = self.actor.scope("draft", DECISION)
        self.initial |= {
            "uid": uuid4(),
            "unit": self.query.get("unit") or place_of(self.actor, self.scope),
            "finished_on": show_day(today()),
        }

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("unit") and cleaned.get("finished_on"):
            typed, day = cleaned["unit"], cleaned["finished_on"]
            cleaned["unit"] = self.check(unit_at, typed, day, self.scope)
        return cleaned


class EditWorksForm(EditingForm, ActForm, WorksTexts):
    """A draft, changed."""

    field_order = ("title", "why", "finished_on")

    def prepare(self):
        self.initial |= {name: str(getattr(self.row, name)) for name in AMOUNTS}
        self.initial |= {"title": self.row.title, "why": self.row.why}
        self.initial["finished_on"] = show_day(self.row.finished_on)


class WithdrawForm(SeenForm, ReasonForm):
    """Works that were entered by mistake, with the reason."""


def _rows(actor):
    return Works.objects.viewed_by(actor)


def amounts_of(works):
    """[(label, amount)] of the sums that are not zero."""
    return [
        (label, getattr(works, name)) for name, label in AMOUNTS.items() if getattr(works, name)
    ]


def works_facts(works, actor):
    """The context of both pages."""
    return {"amounts": amounts_of(works)}


LISTING = Listing(
    name="works-without-decision",
    title=_("Công trình không qua biểu quyết"),
    rows=_rows,
    placed=lambda works: (works.unit_id, works.finished_on),
    columns=COLUMNS,
    filters={
        **works_filters(),
        "state": Choice(WorksState.choices, _("Trạng thái"), "state"),
    },
    file_name="cong-trinh",
    empty=_("Chưa ghi công trình nào."),
    advice=_(
        "Công trình các hộ đã bàn và quyết định thì ghi ở việc ấy; ở đây chỉ ghi công trình "
        "Nhân dân góp mà không có việc nào trong hệ thống."
    ),
)

WORKS = Section(
    one="works",
    verb=DO,
    listing=LISTING,
    life=WORKS_LIFE,
    waits=(Wait("confirm", (WorksState.DRAFT,), "confirm", DECISION),),
    record=Record(template="decision/works.html", rows=_rows, facts=works_facts),
    new=New(
        title=_("Ghi công trình"),
        word=_("Ghi công trình"),
        form=WorksForm,
        create=actions.enter_works,
        allows=may_begin("draft", DECISION),
        denied=_("Chức trách của ông/bà không ghi công trình."),
        saved=message_of_state,
    ),
    acts=(
        Act("confirm", _("Xác nhận"), actions.confirm_works, SeenForm, saved=message_of_state),
        Act("edit", _("Sửa"), actions.edit_works, EditWorksForm, saved=message_of_state),
        Act("withdraw", _("Rút"), actions.withdraw_works, WithdrawForm, saved=message_of_state),
    ),
)

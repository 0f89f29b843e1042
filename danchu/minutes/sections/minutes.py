"""The section of minutes at the desk: list, form of new ones, text, acts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.kernel.days import day_of
from danchu.minutes import actions
from danchu.minutes.lives import MINUTES_LIFE
from danchu.minutes.models import Minutes, MinutesState
from danchu.minutes.models.texts import MINUTES
from danchu.minutes.queries.readable_text import readable_blocks
from danchu.minutes.sections.minutes_form import NewMinutesForm
from danchu.register.models import Event
from danchu.subjects.columns import PLACE, state_column
from danchu.subjects.editing import SeenForm
from danchu.subjects.filters import Choice, Last, Matching, Place, Since
from danchu.subjects.forms import ActForm
from danchu.subjects.listing import Column, Listing
from danchu.subjects.sections import Act, Link, New, Record, Section, ToList, ToRecord, may_begin
from danchu.subjects.verbs import KNOW
from danchu.subjects.waiting import Wait

TAGS = {MinutesState.DRAFTED: "draft", MinutesState.APPROVED: "confirmed"}


class ApproveForm(SeenForm):
    wide = ("is_public",)
    is_public = forms.BooleanField(
        label=_(
            "Công khai toàn văn (không có thông tin riêng của công dân; người phát "
            "biểu hiện theo chức danh hoặc nơi ở)"
        ),
        required=False,
    )


class AttachForm(ActForm):
    event = forms.ChoiceField(label=_("Việc trong sổ cùng ngày"))

    def prepare(self):
        self.events = {str(event.uid): event for event in events_near(self.row)}
        self.fields["event"].choices = [
            (uid, f"{event.reference} {event.title}".strip()[:120])
            for uid, event in self.events.items()
        ]

    def values(self):
        return {"event": self.events[self.cleaned_data["event"]]}


class CorrectForm(ActForm):
    wide = ("changed",)
    changed = forms.CharField(label=_("Sẽ sửa gì và vì sao, sẽ công khai"), max_length=500)


def events_near(minutes):
    """The events of the register at the unit on the day of the minutes, drafted or confirmed."""
    rows = Event.objects.filter(unit=minutes.unit_id, held_on=minutes.held_on)
    return rows.filter(state__in=("draft", "confirmed")).order_by("pk")


def facts(minutes, actor):
    """The context of the page of minutes: the text with the speakers' names, and the versions
    before and after.
    """
    later = Minutes.objects.viewed_by(actor).filter(supersedes=minutes)
    return {
        "body": minutes.body and minutes.body.name_on(minutes.held_on),
        "blocks": readable_blocks(minutes),
        "earlier": minutes.supersedes,
        "later": later.first(),
    }


def tag_of(minutes):
    """The CSS class of the tag that shows the state."""
    return TAGS.get(minutes.state, "superseded")


def _records(actor):
    return Minutes.objects.viewed_by(actor).select_related("unit", "body", "event", "supersedes")


def _place_number_and_version(line):
    minutes = line.row
    version = f"{_('bản đính chính')} {minutes.version}" if minutes.version > 1 else ""
    return " · ".join(part for part in (line.where, minutes.number, version) if part)


def _approved_on(line):
    return line.row.approved_at and day_of(line.row.approved_at)


def _saved(act):
    return lambda minutes: _("Đã ghi: %s.") % WORDS[act]


WORDS = {
    "approve": _("Duyệt biên bản"),
    "attach": _("Gắn với việc trong sổ"),
    "correct": _("Soạn bản đính chính"),
    "discard": _("Bỏ bản nháp"),
}
LISTING = Listing(
    name="minutes",
    title=_("Biên bản"),
    lead=_(
        "Đánh dấu ý kiến, cam kết, quyết định, phát hiện ngay trong biên bản: khi duyệt, các đoạn "
        "ấy được đếm."
    ),
    rows=lambda actor: Minutes.objects.viewed_by(actor),
    placed=lambda minutes: (minutes.unit_id, minutes.held_on),
    columns=(
        Column("held_on", _("Ngày"), sort="held_on"),
        Column("title", _("Biên bản"), sort="title", links=True, under=_place_number_and_version),
        Column("number", _("Số"), on_page=False),
        PLACE,
        state_column(tag=lambda line: tag_of(line.row)),
        Column("version", _("Phiên bản"), on_page=False),
        Column("approved_on", _("Duyệt"), _approved_on, on_page=False),
    ),
    filters={
        "q": Matching(label=_("Từ trong tên, hoặc số biên bản")),
        "unit": Place(),
        "state": Choice(MinutesState.choices, _("Trạng thái"), "state"),
        "since": Since("held_on"),
        "last": Last("held_on"),
    },
    file_name="bien-ban",
    empty=_("Không có biên bản nào."),
    advice=_("Soạn biên bản từ một việc trong sổ, hoặc trước rồi gắn với việc sau."),
)

TEXTS = Section(
    one="minutes_one",
    verb=KNOW,
    listing=LISTING,
    life=MINUTES_LIFE,
    waits=(Wait("approve", (MinutesState.DRAFTED,), "confirm", MINUTES),),
    links=(Link("desk_commitments", _("Cam kết")),),
    record=Record(
        template="minutes/minutes.html",
        rows=_records,
        facts=facts,
    ),
    new=New(
        title=_("Soạn biên bản"),
        word=_("Soạn biên bản"),
        form=NewMinutesForm,
        create=actions.draft_minutes,
        allows=may_begin("draft", MINUTES),
        denied=_("Chức trách của ông/bà không soạn biên bản."),
        address="desk_new_minutes",
        then="desk_edit_minutes",
    ),
    acts=(
        Act(
            "approve",
            WORDS["approve"],
            actions.approve_minutes,
            ApproveForm,
            _saved("approve"),
        ),
        Act(
            "attach",
            WORDS["attach"],
            actions.attach_minutes,
            AttachForm,
            _saved("attach"),
            offered=lambda minutes: events_near(minutes).exists(),
        ),
        Act(
            "correct",
            WORDS["correct"],
            actions.correct_minutes,
            CorrectForm,
            _saved("correct"),
            after=ToRecord("desk_edit_minutes"),
        ),
        Act(
            "discard",
            WORDS["discard"],
            actions.discard_minutes,
            SeenForm,
            saved=lambda minutes: _("Đã bỏ bản nháp."),
            after=ToList(),
        ),
    ),
)

"""Conferences: the list, preparing one, its page, and each act of its life."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from danchu.conference.actions import conferences as actions
from danchu.conference.actions.closing import close_conference
from danchu.conference.actions.minuting import write_minutes
from danchu.conference.actions.running import open_conference
from danchu.conference.models import Conference
from danchu.conference.models.programme import HALL
from danchu.conference.queries.delegate_numbers import delegates_by_state, point_numbers
from danchu.conference.queries.presence import present_now
from danchu.conference.rules import CONFERENCE_LIFE, may_prepare
from danchu.conference.sections.conference_form import ConferenceForm, EditConferenceForm
from danchu.conference.words import State
from danchu.kernel.days import day_of, now
from danchu.minutes.models import Minutes
from danchu.subjects.columns import state_column
from danchu.subjects.filters import Choice, Last, Matching, Place, Since
from danchu.subjects.forms import ActForm
from danchu.subjects.listing import Column, Listing
from danchu.subjects.sections import (
    Act,
    Link,
    New,
    Record,
    Section,
    ToRecord,
    may_begin,
    message_of_state,
)
from danchu.subjects.verbs import DISCUSS

TAGS = {
    State.DRAFTED: "draft",
    State.CONVENED: "confirmed",
    State.OPEN: "confirmed",
    State.CANCELLED: "withdrawn",
}


class CancelForm(ActForm):
    """The reason why the conference is called off."""

    wide = ("reason",)
    reason = forms.CharField(
        label=_("Lý do"), max_length=300, error_messages={"required": _("Hãy ghi lý do.")}
    )


def facts(conference, actor):
    """The context of the page: programme, rooms and people, who is present, and the minutes."""
    is_open = conference.state == State.OPEN
    minutes = Minutes.objects.viewed_by(actor).filter(
        subject_kind=HALL, subject=str(conference.uid)
    )
    return {
        "body": conference.body and conference.body.name_on(day_of(conference.starts_at)),
        "items": list(conference.items.order_by("position")),
        "points": point_numbers(conference, now() if is_open else conference.closed_at),
        "people": delegates_by_state(conference),
        "present": present_now(conference) if is_open else None,
        "may_prepare": may_prepare(actor, conference),
        "minutes": minutes.order_by("-pk").first(),
    }


def _records(actor):
    return Conference.objects.viewed_by(actor).select_related("unit", "body", "event", "notice")


def _edit(conference, *, by, **values):
    """Save what was changed; without a change nothing is written."""
    return actions.edit_conference(conference, by=by, **values) if values else conference


def _place(line):
    return f"{line.where} · {_('minh họa')}" if line.row.illustrative else line.where


LISTING = Listing(
    name="conferences",
    title=pgettext_lazy("list", "Hội nghị"),
    lead=_("Chuẩn bị, triệu tập, điểm danh và lập biên bản các hội nghị tại điểm cầu."),
    rows=lambda actor: Conference.objects.viewed_by(actor),
    placed=lambda conference: (conference.unit_id, day_of(conference.starts_at)),
    columns=(
        Column("starts_at", _("Bắt đầu"), sort="starts_at"),
        Column("title", _("Hội nghị"), sort="title", links=True, under=_place),
        Column("place", _("Nơi tổ chức"), lambda line: line.where, on_page=False),
        state_column(sort="state", tag=lambda line: TAGS.get(line.row.state, "")),
        Column("opened_at", _("Khai mạc"), on_page=False),
        Column("closed_at", _("Bế mạc"), on_page=False),
        Column("entry", _("Cách vào"), lambda line: line.row.get_entry_display(), on_page=False),
    ),
    filters={
        "q": Matching(label=_("Từ trong tên")),
        "unit": Place(),
        "state": Choice(State.choices, _("Trạng thái"), "state"),
        "since": Since("starts_at", of_instants=True),
        "last": Last("starts_at", of_instants=True),
    },
    file_name="hoi-nghi",
    empty=_("Không có hội nghị nào."),
    advice=_("Chuẩn bị một hội nghị, ghi chương trình và điểm cầu, rồi triệu tập."),
)

CONFERENCES = Section(
    one="conference",
    verb=DISCUSS,
    key="pk",
    listing=LISTING,
    life=CONFERENCE_LIFE,
    links=(Link("desk_polls", pgettext_lazy("list", "Biểu quyết")),),
    record=Record(
        template="conference/conference.html",
        rows=_records,
        facts=facts,
        in_template=("edit", "renew"),
    ),
    new=New(
        title=_("Chuẩn bị hội nghị"),
        word=_("Chuẩn bị hội nghị"),
        form=ConferenceForm,
        create=actions.draft_conference,
        allows=may_begin("draft", HALL),
        denied=_("Chức trách của ông/bà không chuẩn bị hội nghị."),
        saved=lambda conference: _(
            "Đã lưu. Hãy ghi chương trình, điểm cầu và đại biểu, rồi triệu tập."
        ),
    ),
    acts=(
        Act(
            "edit",
            _("Sửa hội nghị"),
            _edit,
            EditConferenceForm,
            saved=lambda conference: _("Đã lưu."),
            own_page=True,
        ),
        Act(
            "renew",
            _("Đổi mã chung"),
            actions.renew_entry_code,
            saved=lambda conference: _("Đã đổi mã chung."),
        ),
        Act(
            "minutes",
            _("Lập biên bản"),
            write_minutes,
            saved=lambda minutes: _(
                "Đã lập bản nháp biên bản từ diễn biến của hội nghị. Hãy đọc lại trước khi duyệt."
            ),
            after=ToRecord("desk_minutes_one"),
            warns=_(
                "Bản nháp được viết từ chương trình, số người dự, phát biểu, câu hỏi và kết quả "
                "biểu quyết đã ghi."
            ),
        ),
        Act(
            "convene",
            _("Triệu tập hội nghị"),
            actions.convene_conference,
            saved=message_of_state,
            warns=_(
                "Hội nghị hiện trên trang công khai, đại biểu vào được hội trường. Ngày "
                "triệu tập được so với thời hạn của quy tắc đã chọn."
            ),
        ),
        Act(
            "open",
            _("Khai mạc"),
            open_conference,
            saved=message_of_state,
            warns=_("Từ lúc này đại biểu hỏi, đăng ký phát biểu và biểu quyết được."),
        ),
        Act(
            "close",
            _("Bế mạc"),
            close_conference,
            saved=message_of_state,
            warns=_(
                "Không ai hỏi, phát biểu, biểu quyết được nữa; số người dự theo điểm cầu "
                "được ghi vào sổ việc. Không mở lại được."
            ),
        ),
        Act(
            "cancel",
            _("Thôi tổ chức"),
            actions.cancel_conference,
            CancelForm,
            message_of_state,
            warns=_("Mọi người đọc được lý do. Không khôi phục được."),
        ),
    ),
)

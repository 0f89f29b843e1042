"""Polls: the list, drafting one, and each act of its life."""

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.conference.actions import polls as actions
from danchu.conference.models import Conference, Poll
from danchu.conference.poll_life import POLL_LIFE, may_add
from danchu.conference.rules import UNFINISHED
from danchu.conference.sections.of_conference import OfConference
from danchu.conference.sections.poll_form import EditPollForm, PollForm
from danchu.conference.votes.needed import named_rules
from danchu.conference.words import PollState, Secrecy
from danchu.kernel.days import day_of
from danchu.subjects.columns import PLACE, state_column
from danchu.subjects.editing import SeenForm
from danchu.subjects.filters import Choice, Last, Place, Since, Words
from danchu.subjects.forms import ActForm
from danchu.subjects.listing import Column, Listing
from danchu.subjects.sections import Act, New, Record, Section, message_of_state
from danchu.subjects.verbs import DISCUSS

TAGS = {PollState.DRAFTED: "draft", PollState.CANCELLED: "withdrawn"}
OUTCOMES = {
    "passed": _("Được thông qua"),
    "not_passed": _("Không được thông qua"),
    "no_quorum": _("Không đủ số người dự"),
    "void": _("Không có giá trị"),
}


class CancelForm(ActForm):
    """The reason why the poll is cancelled."""

    wide = ("reason",)
    reason = forms.CharField(
        label=_("Lý do"),
        max_length=300,
        error_messages={"required": _("Hãy ghi lý do hủy: đại biểu sẽ đọc lý do này.")},
    )


def outcome_of(poll):
    """The outcome in words; "" before the result and where no rule decided."""
    return OUTCOMES.get((poll.result or {}).get("outcome"), "")


def facts(poll, actor):
    """The context of the page: its conference, the rules that decide, and [(option, votes)] once
    the result is known.
    """
    counts = (poll.result or {}).get("counts", [])
    return {
        "conference": poll.conference,
        "rules": named_rules(poll),
        "votes": list(zip(poll.options, counts, strict=False)),
    }


def _rows(actor):
    conferences = Conference.objects.viewed_by(actor)
    return Poll.objects.filter(conference__in=conferences).select_related("conference")


def _beside(actor, rows):
    """The conferences for which the actor may draft a poll."""
    conferences = Conference.objects.viewed_by(actor).filter(state__in=UNFINISHED)
    conferences = conferences.order_by("-starts_at", "-pk")
    return {"able": [row for row in conferences if may_add(actor, row)]}


def _cast(line):
    return line.row.result["told"]["cast"] if line.row.result else None


def outcome_tag(line):
    """The kind of tag for a poll's state."""
    if outcome_of(line.row):
        return "confirmed" if line.row.result["outcome"] == "passed" else "warning"
    return TAGS.get(line.row.state, "")


def _declared(poll):
    """The message after the result; a warning where a secret poll tells what each has chosen."""
    if poll.secrecy == Secrecy.SECRET and sum(map(bool, poll.result["counts"])) == 1:
        return _(
            "Đã công bố. Mọi phiếu giống nhau: dù bỏ phiếu kín, ai cũng biết từng người đã bỏ "
            "phiếu chọn gì."
        )
    return message_of_state(poll)


LISTING = Listing(
    name="polls",
    title=_("Biểu quyết, thăm dò ý kiến"),
    rows=_rows,
    placed=lambda poll: (poll.conference.unit_id, day_of(poll.conference.starts_at)),
    sorted_by="-made_at",
    columns=(
        Column("conference", _("Hội nghị"), lambda line: line.row.conference.title, on_page=False),
        Column(
            "title",
            _("Điều đưa ra biểu quyết"),
            sort="title",
            links=True,
            under=lambda line: f"{line.row.conference.title} · {line.where}",
        ),
        Column(
            "kind",
            _("Loại"),
            lambda line: line.row.get_kind_display(),
            under=lambda line: line.row.get_secrecy_display(),
        ),
        Column(
            "secrecy",
            _("Công khai hay kín"),
            lambda line: line.row.get_secrecy_display(),
            on_page=False,
        ),
        Column("made_at", _("Soạn lúc"), sort="made_at"),
        state_column(sort="state", tag=outcome_tag, under=lambda line: outcome_of(line.row)),
        Column("opened_at", _("Mở lúc"), on_page=False),
        Column("cast", _("Số phiếu"), _cast, on_page=False),
        Column("outcome", _("Kết quả"), lambda line: outcome_of(line.row), on_page=False),
        PLACE,
    ),
    filters={
        "conference": OfConference(),
        "state": Choice(PollState.choices, _("Trạng thái"), "state"),
        "unit": Place("conference__unit"),
        "since": Since("conference__starts_at", of_instants=True, label=_("Họp từ ngày")),
        "last": Last("conference__starts_at", of_instants=True),
        "q": Words("title"),
    },
    file_name="bieu-quyet",
    empty=_("Chưa có biểu quyết nào."),
    advice=_("Soạn trước khi họp, mở khi hội nghị đang họp."),
)

POLLS = Section(
    one="poll",
    verb=DISCUSS,
    listing=LISTING,
    template="conference/polls.html",
    beside=_beside,
    life=POLL_LIFE,
    record=Record(
        template="conference/poll.html",
        rows=lambda actor: _rows(actor).select_related("conference", "item"),
        facts=facts,
        in_template=("edit",),
    ),
    new=New(
        title=_("Soạn biểu quyết"),
        word="",
        form=PollForm,
        create=actions.draft_poll,
        # The address names the conference; the form checks the right there.
        allows=lambda actor: True,
        denied="",
        saved=lambda poll: _("Đã lưu bản nháp."),
    ),
    acts=(
        Act(
            "edit",
            _("Sửa biểu quyết"),
            actions.edit_poll,
            EditPollForm,
            saved=lambda poll: _("Đã lưu bản nháp."),
            own_page=True,
        ),
        Act(
            "open",
            _("Mở biểu quyết"),
            actions.open_poll,
            SeenForm,
            saved=message_of_state,
            warns=_(
                "Danh sách người được biểu quyết, số người có mặt và quy tắc được chốt vào lúc này."
            ),
        ),
        Act(
            "close",
            _("Đóng biểu quyết"),
            actions.close_poll,
            saved=message_of_state,
            warns=_("Không nhận phiếu nữa; phiếu đang ghi dở được chờ."),
        ),
        Act(
            "declare",
            _("Kiểm phiếu và công bố"),
            actions.declare_poll,
            saved=_declared,
            warns=_(
                "Phiếu kín được mở và tách khỏi người bỏ phiếu, khóa hòm phiếu bị hủy; tệp kết quả "
                "được ký và công bố. Không làm lại được."
            ),
        ),
        Act(
            "cancel",
            _("Hủy biểu quyết"),
            actions.cancel_poll,
            CancelForm,
            message_of_state,
            warns=_("Phiếu kín đã bỏ sẽ không bao giờ được mở."),
        ),
    ),
)

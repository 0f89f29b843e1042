"""What people did not see, at the desk: the list and the answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.disclosure import actions
from danchu.disclosure.actions.contests import LONGEST_TEXT
from danchu.disclosure.lives import CONTEST_LIFE, DISCLOSURE, WAITING, ContestState
from danchu.disclosure.models import Contest
from danchu.subjects.columns import PLACE, state_column
from danchu.subjects.filters import Choice, Last, Place, Since, Words
from danchu.subjects.forms import ActForm
from danchu.subjects.listing import Column, Listing
from danchu.subjects.sections import Act, Record, Section
from danchu.subjects.verbs import KNOW
from danchu.subjects.waiting import Wait


class AnswerForm(ActForm):
    """The answer, which everybody reads."""

    wide = ("answer",)
    answer = forms.CharField(
        label=_("Trả lời"),
        max_length=LONGEST_TEXT,
        help_text=_("Sẽ công khai: không ghi tên, địa chỉ của ai."),
    )


def _rows(actor):
    return Contest.objects.viewed_by(actor).select_related(
        "content", "posting__place", "obligation"
    )


LISTING = Listing(
    name="contests",
    title=_("Phản ánh không thấy niêm yết"),
    rows=_rows,
    placed=lambda contest: (contest.unit_id, contest.received_on),
    columns=(
        Column("received_on", _("Ngày nhận"), sort="received_on"),
        Column("title", _("Nội dung, nơi"), links=True, under=lambda line: line.where),
        Column("seen_on", _("Không thấy ngày"), sort="seen_on"),
        Column("due_on", _("Hạn"), lambda line: line.row.obligation.due_on, is_due=True),
        state_column(),
        PLACE,
        Column("answered_on", _("Ngày trả lời"), on_page=False),
    ),
    filters={
        "unit": Place(),
        "state": Choice(ContestState.choices, _("Trạng thái"), "state"),
        "since": Since("received_on"),
        "last": Last("received_on"),
        "q": Words("content__title"),
    },
    file_name="phan-anh-niem-yet",
    empty=_("Chưa có phản ánh nào."),
    advice=_(
        "Ai cũng báo được trên trang của từng nội dung. Phản ánh đúng, hoặc quá hạn chưa trả lời, "
        "thì lần niêm yết ấy không được tính."
    ),
)

CONTESTS = Section(
    one="contest",
    verb=KNOW,
    listing=LISTING,
    life=CONTEST_LIFE,
    above=("desk_disclosures", _("Nội dung công khai")),
    record=Record(template="disclosure/contest.html", rows=_rows),
    acts=(
        Act("uphold", _("Kết luận phản ánh đúng"), actions.uphold_contest, AnswerForm),
        Act("dismiss", _("Kết luận phản ánh không đúng"), actions.dismiss_contest, AnswerForm),
    ),
    waits=(Wait("uphold", WAITING, "draft", DISCLOSURE),),
)

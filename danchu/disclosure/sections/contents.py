"""What is to be disclosed, at the desk: the list, a new one, its page and its acts."""

from django.utils.translation import gettext_lazy as _

from danchu.disclosure import actions
from danchu.disclosure.lives import CONTENT_LIFE, DISCLOSURE, State
from danchu.disclosure.models import Content
from danchu.disclosure.sections.content_form import (
    ContentForm,
    PostForm,
    RenewForm,
    SpecialiseForm,
    TakeDownForm,
    special_rows,
)
from danchu.disclosure.sections.shared import (
    ITEM_CHOICES,
    TABLE_I,
    facts_of,
    gap_words,
    item_words,
    more_of,
    placed,
)
from danchu.subjects.columns import PLACE, state_column
from danchu.subjects.filters import Choice, Last, Place, Since, Words
from danchu.subjects.forms import ReasonForm
from danchu.subjects.listing import Column, Listing
from danchu.subjects.sections import Act, Link, New, Record, Section, may_begin
from danchu.subjects.verbs import KNOW
from danchu.subjects.waiting import Wait


def _rows(actor):
    return Content.objects.viewed_by(actor).judged()


LISTING = Listing(
    name="disclosures",
    title=_("Nội dung công khai"),
    rows=_rows,
    placed=placed,
    columns=(
        Column("decided_on", _("Ngày ban hành"), sort="decided_on"),
        Column("title", _("Nội dung"), sort="title", links=True, under=lambda line: line.where),
        Column("item", _("Mục"), item_words),
        Column("due_on", _("Hạn"), lambda line: line.more.get("due_on"), under=gap_words),
        state_column(),
        PLACE,
        Column("disclosed_on", _("Công khai từ ngày"), on_page=False),
        Column("gaps", _("Số việc thiếu"), lambda line: line.more.get("gaps"), on_page=False),
        *TABLE_I,
    ),
    filters={
        "unit": Place(),
        "item": Choice(ITEM_CHOICES, _("Mục"), "item__number"),
        "state": Choice(State.choices, _("Trạng thái"), "state"),
        "since": Since("decided_on"),
        "last": Last("decided_on"),
        "q": Words("title"),
    },
    more=more_of,
    file_name="noi-dung-cong-khai",
    empty=_("Chưa có nội dung nào."),
    advice=_("Quyết định, văn bản phải công khai được ghi ở đây, rồi từng lần niêm yết, phát loa."),
)

CONTENTS = Section(
    one="disclosure",
    verb=KNOW,
    listing=LISTING,
    life=CONTENT_LIFE,
    links=(
        Link("desk_disclosure_plans", _("Kế hoạch công khai")),
        Link("desk_information_requests", _("Yêu cầu cung cấp thông tin")),
        Link("desk_council_reports", _("Báo cáo gửi Hội đồng nhân dân")),
        Link("desk_contests", _("Phản ánh không thấy niêm yết")),
        Link("desk_posting_places", _("Nơi công khai")),
        Link("desk_disclosure_items", _("Danh mục phải công khai")),
        Link("report_tables", _("Biểu I, II, III, VIII")),
    ),
    record=Record(
        template="disclosure/content.html",
        rows=_rows,
        facts=lambda content, actor: facts_of(content, is_public=False),
    ),
    new=New(
        title=_("Nội dung công khai mới"),
        word=_("Ghi nội dung công khai"),
        form=ContentForm,
        create=actions.open_content,
        allows=may_begin("draft", DISCLOSURE),
        denied=_("Chức trách của ông/bà không ghi nội dung công khai."),
    ),
    acts=(
        Act("post", _("Ghi lần công khai"), actions.post_content, PostForm, own_page=True),
        Act("take_down", _("Ghi gỡ xuống"), actions.take_down, TakeDownForm),
        Act("renew", _("Có bản mới"), actions.renew_content, RenewForm),
        Act(
            "specialise",
            _("Đổi quy định áp dụng"),
            actions.specialise_content,
            SpecialiseForm,
            offered=lambda content: special_rows(content).exists(),
        ),
        Act("withdraw", _("Bỏ nội dung ghi nhầm"), actions.withdraw_content, ReasonForm),
    ),
    waits=(Wait("post", (State.OWED,), "draft", DISCLOSURE),),
)

"""What was disclosed and what was not yet: for everyone, without an account."""

from django.utils.translation import gettext_lazy as _

from danchu.disclosure.lives import KNOWN
from danchu.disclosure.models import Content
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
from danchu.subjects.listing import Column, Listing
from danchu.subjects.sections import Link, Record, Section
from danchu.subjects.verbs import KNOW


def _rows(actor):
    return Content.objects.known().judged()


LISTING = Listing(
    name="disclosures",
    title=_("Nội dung công khai"),
    lead=_(
        "Xã, phường đã công khai những gì, ở đâu, đến bao giờ; những gì phải mà chưa công khai."
    ),
    rows=_rows,
    placed=placed,
    columns=(
        Column("decided_on", _("Ngày ban hành"), sort="decided_on"),
        Column("title", _("Nội dung"), sort="title", links=True, under=lambda line: line.where),
        Column("item", _("Mục"), item_words),
        state_column(),
        Column("disclosed_on", _("Công khai từ ngày"), under=gap_words),
        PLACE,
        Column("due_on", _("Hạn"), lambda line: line.more.get("due_on"), on_page=False),
        Column("gaps", _("Số việc thiếu"), lambda line: line.more.get("gaps"), on_page=False),
        *TABLE_I,
    ),
    filters={
        "unit": Place(by_number=True),
        "item": Choice(ITEM_CHOICES, _("Mục"), "item__number"),
        "state": Choice([(state.value, state.label) for state in KNOWN], _("Trạng thái"), "state"),
        "since": Since("decided_on"),
        "last": Last("decided_on"),
        "q": Words("title"),
    },
    more=more_of,
    file_name="noi-dung-cong-khai",
    empty=_("Chưa có nội dung nào."),
)

PUBLIC_CONTENTS = Section(
    one="disclosure",
    verb=KNOW,
    listing=LISTING,
    links=(
        Link("disclosure_plans", _("Kế hoạch công khai")),
        Link("information_ask", _("Yêu cầu cung cấp thông tin")),
        Link("disclosure_items", _("Danh mục phải công khai")),
        Link("report_tables", _("Biểu I, II, III, VIII")),
    ),
    record=Record(
        template="disclosure/public_content.html",
        rows=_rows,
        facts=lambda content, actor: facts_of(content, is_public=True),
    ),
)

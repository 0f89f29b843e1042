"""Works to which the people contributed without a decision of households: for everyone."""

from django.utils.translation import gettext_lazy as _

from danchu.decision.models import Works
from danchu.decision.sections.works import COLUMNS, works_facts, works_filters
from danchu.subjects.listing import Listing
from danchu.subjects.sections import Record, Section
from danchu.subjects.verbs import DO


def _rows(actor):
    return Works.objects.counted()


LISTING = Listing(
    name="works-without-decision",
    title=_("Công trình Nhân dân góp, không qua biểu quyết"),
    lead=_("Công trình có tiền, công, đất của Nhân dân mà không có việc nào các hộ bàn ở đây."),
    rows=_rows,
    placed=lambda works: (works.unit_id, works.finished_on),
    columns=COLUMNS,
    filters=works_filters(),
    lacks={"state": "everybody reads those of one state"},
    file_name="cong-trinh",
    empty=_("Chưa ghi công trình nào."),
)

PUBLIC_WORKS = Section(
    one="works",
    verb=DO,
    listing=LISTING,
    record=Record(template="decision/public_works.html", rows=_rows, facts=works_facts),
)

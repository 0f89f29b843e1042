"""Reception days: planned, held, missed."""

from danchu.casework.indicators.visits import RECEPTION_LAW
from danchu.casework.models import ReceptionDay
from danchu.figures.catalogue import Flow, Source

DAYS = Source(
    "reception_day",
    lambda: ReceptionDay.objects.all(),
    "on",
    "unit",
    visible=lambda rows, actor: rows,
    face=lambda row: ("", row.office, None),
)
RECEIVING = ("ngày", "days")
PLANNED = Flow(
    "reception_days",
    "Ngày tiếp công dân theo lịch",
    "Reception days planned",
    DAYS,
    {},
    "1",
    RECEIVING,
    "G11",
    RECEPTION_LAW,
)
FIGURES = (
    PLANNED,
    PLANNED.only("held", "– đã tiếp", "– held", state="held"),
    PLANNED.only("missed", "– không tiếp", "– missed", state="missed"),
    PLANNED.only(
        "head", "– số kỳ thủ trưởng tiếp", "– held by the head", state="held", form="periodic"
    ),
)

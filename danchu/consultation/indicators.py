"""Consultations that were closed, by the day on which they ended."""

from danchu.consultation.models import Consultation
from danchu.figures.catalogue import Flow, Ratio, Source

CLOSED = Source(
    "consultation",
    lambda: Consultation.objects.counted(),
    "closed_on",
    "unit",
    visible=lambda rows, actor: rows.visible_to(actor),
    face=lambda row: ("", row.title, row.uid),
)
CONSULTATIONS = Flow(
    "consultations",
    "Nội dung lấy ý kiến Nhân dân",
    "Consultations of the people",
    CLOSED,
    measure=("nội dung", "matters"),
    code="D01",
    law="Luật 10/2022/QH15, Điều 25–28",
)
LONG_ENOUGH = CONSULTATIONS.only(
    "long_enough",
    "Nội dung lấy ý kiến đủ thời gian",
    "Consultations that were long enough",
    is_long_enough=True,
)
INDICATORS = (
    CONSULTATIONS,
    LONG_ENOUGH,
    Ratio(
        "consultations_long_enough",
        "Tỷ lệ lấy ý kiến đủ thời gian",
        "Share of consultations that were long enough",
        over=LONG_ENOUGH,
        under=CONSULTATIONS,
        code="D07",
        law="Luật 10/2022/QH15, Điều 28 khoản 2",
    ),
)

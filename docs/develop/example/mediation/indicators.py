"""Mediations that were settled, by the day on which the parties agreed."""

from danchu.figures.catalogue import Flow, Source
from danchu.mediation.models import Mediation

SETTLED = Source(
    "mediation",
    lambda: Mediation.objects.counted(),
    "ended_on",
    "unit",
    visible=lambda rows, actor: rows.visible_to(actor),
    face=lambda row: ("", row.title, row.uid),
)
INDICATORS = (
    Flow(
        "mediations_settled",
        "Vụ việc hòa giải thành",
        "Mediations settled",
        SETTLED,
        measure=("vụ", "cases"),
        law="Luật 35/2013/QH13",
    ),
)

"""Dialogues of leaders and commune authorities with the people."""

from django.utils.translation import gettext_noop as _

from danchu.figures.catalogue import Level, Ratio
from danchu.register.indicators.sources import (
    COMMUNES,
    EVENT_TABLE,
    OPINIONS,
    PEOPLE,
    UNITS,
    communes_with,
    events,
)

DIALOGUES = events(
    "dialogues",
    "D10",
    "Cuộc đối thoại định kỳ của người đứng đầu",
    "Dialogues of leaders",
    "dialogue",
)
COMMUNE_DIALOGUES = DIALOGUES.only(
    "authority",
    "Đối thoại của UBND cấp xã với Nhân dân (Điều 32)",
    "Dialogues of commune authorities with the people (article 32)",
    form="authority",
)
IN_DIALOGUE = Level(
    "communes_that_met",
    "Đơn vị cấp xã đã đối thoại với Nhân dân",
    "Communes that held a dialogue",
    UNITS,
    communes_with(COMMUNE_DIALOGUES.rows),
    ("xã", "communes"),
    "D09",
    told_by=(EVENT_TABLE, "dialogue"),
)
FIGURES = (
    DIALOGUES,
    COMMUNE_DIALOGUES,
    IN_DIALOGUE,
    Ratio(
        "communes_in_dialogue",
        "Tỷ lệ cấp xã đối thoại ít nhất một lần trong kỳ",
        "Communes that held a dialogue",
        IN_DIALOGUE,
        COMMUNES,
        "D09",
        _("Luật 10/2022 Điều 32"),
    ),
    events(
        "dialogue_opinions_settled",
        "D12",
        "Ý kiến tại đối thoại đã giải quyết",
        "Opinions at dialogues settled",
        "dialogue",
        "opinions_accepted",
        OPINIONS,
    ),
    events(
        "dialogue_participants",
        "D11",
        "Lượt người dự đối thoại",
        "Attendance at dialogues",
        "dialogue",
        "participants",
        PEOPLE,
    ),
    events(
        "dialogue_opinions",
        "D12",
        "Ý kiến tại đối thoại",
        "Opinions at dialogues",
        "dialogue",
        "opinions",
        OPINIONS,
    ),
)

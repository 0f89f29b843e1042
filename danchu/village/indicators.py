"""Family C, its last part: conventions in force, yearly conferences, heads elected and released."""

from dataclasses import replace
from functools import partial

from django.utils.translation import gettext_noop as _

from danchu.figures.catalogue import Flow, Level, Ratio, Source
from danchu.units.models import Standing
from danchu.village.meetings import villages_met
from danchu.village.models import Convention, VillageConference, VillageHead
from danchu.village.naming import conference_title

LAW = _("Luật 10/2022 Điều 15, Điều 33")
VILLAGES = ("thôn, tổ dân phố", "villages")
PEOPLE = ("người", "people")

CONVENTIONS = Source(
    "convention",
    lambda: Convention.objects.recognised(),
    "in_force_on",
    "unit",
    visible=lambda rows, actor: rows.visible_to(actor),
    face=lambda row: ("", row.title, row.uid),
    words="title",
)
CONFERENCES = Source(
    "village_conference",
    lambda: VillageConference.objects.held(),
    "held_on",
    "unit",
    visible=lambda rows, actor: rows.visible_to(actor),
    face=lambda row: ("", conference_title(row), row.uid),
)
HEADS = Source(
    "village_head",
    lambda: VillageHead.objects.recognised(),
    "since",
    "unit",
    visible=lambda rows, actor: rows,
    face=lambda row: ("", row.name, row.uid),
    words="name",
)
ENDED_HEADS = replace(HEADS, when="until")
STANDING = Source(
    "village_standing",
    lambda: Standing.objects.filter(unit__level="village"),
    "since",
    "unit",
    visible=lambda rows, actor: rows,
    face=lambda row: ("", row.name, None),
    words="name",
)
HELD = Flow(
    "village_conferences",
    "Thôn, tổ dân phố tổ chức hội nghị định kỳ",
    "Villages that held their yearly conference",
    CONFERENCES,
    measure=VILLAGES,
    code="C17",
    law=LAW,
)
ALL_VILLAGES = Level(
    "villages_standing",
    "Tổng số thôn, tổ dân phố",
    "All villages",
    STANDING,
    lambda period: Standing.objects.on(period.last).filter(unit__level="village"),
    VILLAGES,
    "C18",
    LAW,
)
# Villages by how often they met, their yearly conference among the meetings (table VIII).
VILLAGES_MET = tuple(
    Level(
        f"villages_met.{name}",
        vi,
        en,
        replace(
            STANDING,
            noted_along=(
                "decision_householdvote",
                "village_villageconference",
                "units_succession",
            ),
        ),
        partial(villages_met, name),
        VILLAGES,
        "C04",
        LAW,
    )
    for name, vi, en in (
        ("once", "Thôn, tổ dân phố họp 1 lần trong kỳ", "Villages that met once"),
        ("twice", "Thôn, tổ dân phố họp 2 lần trong kỳ", "Villages that met twice"),
        ("more", "Thôn, tổ dân phố họp trên 2 lần trong kỳ", "Villages that met more than twice"),
        ("never", "Thôn, tổ dân phố chưa họp lần nào trong kỳ", "Villages that did not meet"),
    )
)
INDICATORS = (
    *VILLAGES_MET,
    Level(
        "conventions_in_force",
        "Hương ước, quy ước đang có hiệu lực",
        "Village conventions in force",
        CONVENTIONS,
        lambda period: Convention.objects.in_force(period.last),
        ("bản", "conventions"),
        "C16",
        LAW,
    ),
    HELD,
    ALL_VILLAGES,
    Ratio(
        "village_conferences_share",
        "Tỷ lệ thôn, tổ dân phố tổ chức hội nghị định kỳ",
        "Villages that held their yearly conference, of all",
        HELD,
        ALL_VILLAGES,
        "C18",
        LAW,
    ),
    Flow(
        "heads_elected",
        "Trưởng thôn, tổ trưởng được bầu và công nhận",
        "Village heads elected and recognised",
        HEADS,
        measure=PEOPLE,
        code="C19",
        law=LAW,
    ),
    Flow(
        "heads_released",
        "Trưởng thôn, tổ trưởng được cho thôi",
        "Village heads released",
        ENDED_HEADS,
        {"ending__in": ("released", "decided")},
        measure=PEOPLE,
        code="C19",
        law=LAW,
    ),
)

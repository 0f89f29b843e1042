"""The rows that the register's indicators count, and how one is declared over them."""

from django.db.models import Exists, OuterRef, Subquery

from danchu.figures.catalogue import Flow, Level, Source
from danchu.register.kinds import KINDS
from danchu.register.models import Event, EventTally, Part
from danchu.units.models import Body, BodyStanding, Standing, Unit

EVENT_TABLE = Event._meta.db_table
EVENTS = Source(
    "event",
    lambda: Event.objects.counted(),
    "held_on",
    "unit",
    EventTally,
    visible=lambda rows, actor: rows.visible_to(actor),
    face=lambda event: (event.reference, event.title, event.uid),
    words="title",
)
PARTS = Source(
    "part",
    lambda: Part.objects.filter(event__state="confirmed").select_related("event"),
    "event__held_on",
    "unit",
    visible=lambda rows, actor: rows.filter(event__in=Event.objects.visible_to(actor)),
    face=lambda part: (part.event.reference, part.name or part.event.title, part.event.uid),
    words="event__title",
    noted_along=(EVENT_TABLE,),
)

BODIES = Source(
    "body",
    lambda: Body.objects.annotate(current_name=_last_name(BodyStanding, "body")),
    "since",
    "unit",
    visible=lambda rows, actor: rows,
    face=lambda body: ("", body.current_name or "", None),
)
UNITS = Source(
    "unit",
    lambda: Unit.objects.annotate(current_name=_last_name(Standing, "unit")),
    "since",
    "pk",
    visible=lambda rows, actor: rows,
    face=lambda unit: ("", unit.current_name or "", None),
)


def _last_name(names, owner):
    return Subquery(
        names.objects.filter(**{owner: OuterRef("pk")}).order_by("-since").values("name")[:1]
    )


def bodies(key, code, vi, en, kind, measure):
    """A Level: bodies of a kind that exist on the last day of the period."""
    return Level(
        key,
        vi,
        en,
        BODIES,
        lambda period: BODIES.rows().on(period.last).filter(kind=kind),
        measure,
        code,
    )


def communes(period):
    """The communes that exist on the last day of the period."""
    return UNITS.rows().on(period.last).filter(level="commune")


def communes_with(rows):
    """A function of the period: the communes on its last day with at least one of
    `rows(period)`.
    """
    return lambda period: communes(period).filter(Exists(rows(period).filter(unit=OuterRef("pk"))))


def units_inspected(period):
    """The units, each once, that the steering committee inspected in the period."""
    parts = PARTS.rows().filter(
        role="inspected",
        event__kind="steering_inspection",
        event__held_on__gte=period.since,
        event__held_on__lt=period.until,
        unit=OuterRef("pk"),
    )
    return UNITS.rows().filter(Exists(parts))


LAW = {kind.key: kind.law for kind in KINDS.values()}
CASES = ("cuộc", "events")
PEOPLE = ("lượt người", "attendances")
OPINIONS = ("ý kiến", "opinions")


def events(key, code, vi, en, kind, amount="1", measure=CASES, sensitive=False, **where):
    """A Flow over the events of one kind; `where` are further conditions on their columns."""
    where = {"kind": kind, **where}
    return Flow(key, vi, en, EVENTS, where, amount, measure, code, LAW[kind], sensitive=sensitive)


COMMUNES = Level(
    "communes", "Số đơn vị hành chính cấp xã", "Communes", UNITS, communes, ("xã", "communes")
)

"""The example row of a sample table, as whoever downloads it could send it: at their own place, of
a kind that they may write.
"""

from danchu.bodies.lives import BODY, VILLAGE
from danchu.bodies.sections.body_form import kinds_for
from danchu.bodies.sections.village_form import usual_kind
from danchu.casework.input.call_rows import IMPORTED_AS
from danchu.casework.models import Matter
from danchu.consultation.models import Consultation
from danchu.consultation.receiving import TAKES_OPINIONS
from danchu.consultation.voices import OPINION
from danchu.decision.lives import ROLL
from danchu.kernel.days import show_day, today
from danchu.kernel.words import local_name
from danchu.people.models import OfficeKind
from danchu.people.offices_held import office_name, unit_of_office
from danchu.register.imports.columns import in_vietnamese
from danchu.register.kinds import KINDS
from danchu.register.words import FORM_WORDS
from danchu.units.kinds import BodyKind, UnitKind, right_over
from danchu.units.maps import boundaries
from danchu.units.names import names_on

# What most tables of bodies are sent for, where the sender may open it.
USUAL_BODIES = (BodyKind.SCHOOL, BodyKind.AGENCY)
USUAL_OFFICES = ("commune_clerk", "front_clerk")


def importable_kinds(actor):
    """The kinds of events that the actor may import, in the order of the register."""
    return [kind for key, kind in KINDS.items() if actor.scope("import", key) != frozenset()]


def event_example(actor, kind=None):
    """{column: text} of an event that the actor may import, of this kind where one is given."""
    kinds = [kind] if kind else importable_kinds(actor)
    if not kinds:
        return {}
    kind = kinds[0]
    place = _place(actor, actor.scope("import", kind.key))
    return place | {
        "kind": in_vietnamese(kind.vi),
        "form": in_vietnamese(FORM_WORDS[kind.forms[0]]) if kind.forms else "",
        "held_on": show_day(today()),
        "title": local_name(kind),
        "participants": "45" if "participants" in kind.numbers else "",
    }


def body_example(actor):
    """{column: text} of a body that the actor may open."""
    labels = dict(kinds_for(actor))
    kind = next((kind for kind in USUAL_BODIES if kind in labels), next(iter(labels), ""))
    place = _place(actor, actor.scope("reorganise", right_over(kind) if kind else BODY))
    label = str(labels.get(kind, ""))
    return place | {"kind": label, "name": f"{label} {place.get('unit_name', '')}".strip()}


def village_example(actor):
    """{column: text} of a village of a commune of the actor."""
    place, unit = _commune(actor, actor.scope("reorganise", VILLAGE))
    kind = UnitKind(usual_kind(unit, today()) or UnitKind.THON)
    return place | {"kind": str(kind.label), "name": f"{kind.label} 5"} if unit else {}


def household_example(actor):
    """{column: text} of a household of a village of a commune of the actor."""
    _place_columns, unit = _commune(actor, actor.scope("draft", ROLL))
    villages = boundaries(today()).children(unit) if unit is not None else []
    example = {"since": show_day(today())}
    return example | ({"unit": names_on(today())[villages[0]].name} if villages else {})


def opinion_example(actor):
    """{column: text} of an opinion on paper in a consultation that takes opinions of the actor."""
    rows = Consultation.objects.filter(state__in=TAKES_OPINIONS)
    one = rows.within(actor.scope("draft", OPINION)).order_by("-opened_on", "-pk").first()
    if one is None:
        return {}
    return {"consultation": one.title, "received_on": show_day(one.opened_on)}


def person_example(actor):
    """{column: text} of a person whom the actor may invite."""
    scope = actor.scope("appoint", "office")
    place, unit = _commune(actor, scope)
    office = _office(actor, unit)
    return place | ({"office": office} if office else {})


def call_example(actor):
    """{column: text} of a call of a hot-line that the actor may take in."""
    place, _unit = _commune(actor, actor.scope("import", IMPORTED_AS))
    matter = Matter.objects.filter(is_open=True, level="commune").order_by("pk").first()
    example = {"called_at": f"{show_day(today())} 00:05"}
    if place:
        example["place"] = place["unit_code"]
    return example | ({"matter": local_name(matter)} if matter else {})


def _office(actor, unit):
    """The name of an office whose rights the actor has at the unit, so that they may give it."""
    kinds = {kind.pk: kind for kind in OfficeKind.objects.prefetch_related("rights").order_by("pk")}
    for key in (*USUAL_OFFICES, *kinds):
        if key in kinds and all(
            actor.may(right.verb, right.kind, unit) for right in kinds[key].rights.all()
        ):
            return str(office_name(kinds[key]))
    return ""


def _place(actor, scope):
    """The columns of the place of the actor's office within the scope; none without an office."""
    unit = unit_of_office(actor, scope)
    return _columns(unit) if unit is not None else {}


def _commune(actor, scope):
    """The columns and the id of a commune: that of the actor's office, or the first below it."""
    unit = unit_of_office(actor, scope)
    chart = boundaries(today())
    while unit is not None and chart.level_of(unit) in ("nation", "province"):
        unit = next(iter(chart.children(unit)), None)
    return (_columns(unit), unit) if unit is not None else ({}, None)


def _columns(unit):
    name = names_on(today())[unit]
    return {"unit_code": name.code, "unit_name": name.name}

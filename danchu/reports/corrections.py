"""Which rows of a seal's evidence were corrected, followed to the last correction of each."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Model

from danchu.figures.catalogue import INDICATORS, Source, parts
from danchu.register.models import Event, Part, Statement
from danchu.register.querysets import State

# What two parts of an event have in common when the one stands in the place of the other.
SAME_PART = ("role", "unit_id", "body_id", "name")


def last_corrections(references: Iterable[str]) -> dict[str, str]:
    """{reference: reference of the row that counts in its place now}, without those that were not
    corrected or whose last correction was withdrawn. References are "event:1", "statement:1",
    "part:1" or of a source whose corrections write rows anew (`Source.same`); others are ignored.
    """
    pks: dict[str, set[int]] = defaultdict(set)
    for reference in references:
        source, _colon, pk = reference.partition(":")
        pks[source].add(int(pk))
    ends = {
        f"{source}:{pk}": f"{source}:{end}"
        for source, model in (("event", Event), ("statement", Statement))
        for pk, end in _ends(model, pks[source]).items()
    }
    for source in _written_anew():
        ends |= _same_rows(source, pks[source.key])
    return ends | _parts_in_their_place(pks["part"])


def _written_anew() -> list[Source]:
    """The sources whose corrections write rows anew, each once."""
    sources = {
        part.source.key: part.source
        for indicator in INDICATORS.values()
        if indicator.kind in ("flow", "level")
        for part in parts(indicator)
        if part.source.same
    }
    return list(sources.values())


def _same_rows(source: Source, pks: set[int]) -> dict[str, str]:
    """{reference: reference of the row that counts now and shares the value of `Source.same`}"""
    if not pks:
        return {}
    model = source.rows().model
    values = dict(model._default_manager.filter(pk__in=pks).values_list("pk", source.same))
    rows = source.rows().filter(**{f"{source.same}__in": set(values.values())})
    counting = dict(rows.values_list(source.same, "pk"))
    return {
        f"{source.key}:{pk}": f"{source.key}:{counting[value]}"
        for pk, value in values.items()
        if value in counting
    }


def _ends(model: type[Model], pks: set[int]) -> dict[int, int]:
    """{pk: pk of its last correction}, of those that have one that counts; one query for each step
    of the longest chain.
    """
    ends: dict[int, int] = {}
    origins = {pk: pk for pk in pks}  # {row reached: row from which the chain began}
    while origins:
        steps = model.objects.filter(supersedes__in=origins).values_list("supersedes_id", "pk")
        origins = {pk: origins[earlier] for earlier, pk in steps}
        ends |= {origin: pk for pk, origin in origins.items()}
    counting = set(
        model.objects.filter(pk__in=ends.values(), state=State.CONFIRMED).values_list(
            "pk", flat=True
        )
    )
    return {pk: end for pk, end in ends.items() if end in counting}


def _parts_in_their_place(pks: set[int]) -> dict[str, str]:
    """{reference: reference of the same part of the event's last correction}: the same role, unit,
    body and name, in order.
    """
    if not pks:
        return {}
    events = dict(Part.objects.filter(pk__in=pks).values_list("pk", "event_id"))
    ends = _ends(Event, set(events.values()))
    same_parts: dict[int, dict[tuple, list[int]]] = defaultdict(lambda: defaultdict(list))
    rows = Part.objects.filter(event__in={*ends, *ends.values()}).order_by("pk")
    for part in rows:
        same_parts[part.event_id][tuple(getattr(part, name) for name in SAME_PART)].append(part.pk)
    places: dict[str, str] = {}
    for event, end in ends.items():
        for same, earlier in same_parts[event].items():
            for before, after in zip(earlier, same_parts[end][same], strict=False):
                if before in pks:
                    places[f"part:{before}"] = f"part:{after}"
    return places

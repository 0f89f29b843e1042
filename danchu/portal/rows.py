"""Lines of records that a reader may see: the latest, those of some units, those that match words.

A line is {day, title, kind, where, reference, url}.
"""

from django.urls import reverse

from danchu.figures.among import array
from danchu.kernel.dependence import declaring, narrowed_to, note_rows
from danchu.kernel.text import fold
from danchu.kernel.words import local_name
from danchu.register.kinds import KINDS
from danchu.register.models import Event
from danchu.units.names import names_of


def latest(actor, limit):
    """The lines of the newest counted records."""
    return _lines(Event.objects.counted().visible_to(actor).order_by("-held_on", "-pk")[:limit])


def latest_at(actor, units, limit):
    """The lines of the newest counted records that were recorded at some units (ids)."""
    ids = array(units)
    note_rows(Event._meta.db_table, units=ids.text)
    with declaring(Event._meta.db_table), narrowed_to(ids.text):
        rows = Event.objects.counted().visible_to(actor).filter(unit__among=ids)
        return _lines(rows.order_by("-held_on", "-pk")[:limit])


def matching(actor, text, limit, within=None):
    """The lines of the newest counted records that match the words, of the units `within` where
    they are given; none for fewer than 3 letters, which match too much.
    """
    if len(fold(text)) < 3:
        return []
    rows = Event.objects.counted().visible_to(actor).matching(text)
    if within is not None:
        rows = rows.filter(unit__among=array(within))
    return _lines(rows.order_by("-held_on", "-pk")[:limit])


def lines_of(actor, references):
    """{reference: line} of the events ("event:12") among the references that the actor may read,
    counted or not.
    """
    pks = [int(ref.partition(":")[2]) for ref in references if ref.startswith("event:")]
    events = list(Event.objects.visible_to(actor).filter(pk__in=pks))
    return {f"event:{event.pk}": line for event, line in zip(events, _lines(events), strict=True)}


def _lines(events):
    events = list(events)
    names = names_of({(event.unit_id, event.held_on) for event in events})
    return [
        {
            "day": event.held_on,
            "title": event.title or local_name(KINDS[event.kind]),
            "kind": local_name(KINDS[event.kind]),
            "where": names[event.unit_id, event.held_on],
            "reference": event.reference,
            "url": reverse("record", args=[event.uid]),
        }
        for event in events
    ]

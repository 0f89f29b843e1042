"""Records as the public may read them: latest ones, those of a unit, those a search finds."""

from django.urls import reverse

from danchu.kernel.text import fold
from danchu.kernel.words import local_name
from danchu.register.kinds import KINDS
from danchu.register.models import Event
from danchu.units.names import names_of


def latest(actor, limit):
    """The newest confirmed records: a list for the component of plain rows."""
    return _lines(Event.objects.counted().visible_to(actor).order_by("-held_on", "-pk")[:limit])


def under(actor, units, limit):
    """The newest confirmed records of some units."""
    rows = Event.objects.counted().visible_to(actor).filter(unit__in=units)
    return _lines(rows.order_by("-held_on", "-pk")[:limit])


def found(actor, text, limit):
    """The newest counted records that match the words. Words of fewer than 3 letters find too
    much to be of use.
    """
    if len(fold(text)) < 3:
        return []
    rows = Event.objects.counted().visible_to(actor).matching(text)
    return _lines(rows.order_by("-held_on", "-pk")[:limit])


def faces_of(actor, references):
    """{"event:12": line} of the events among the references whose content the actor may read,
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

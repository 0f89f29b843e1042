"""Events as lines of a list."""

from django.urls import reverse

from danchu.desk.fields import told
from danchu.register.kinds import KINDS
from danchu.register.words import STATE_WORDS
from danchu.units.names import names_of


def lines(events):
    """One dict an event: day, title, kind, where, reference, state, url. One question for all the names."""
    events = list(events)
    names = names_of({(event.unit_id, event.held_on) for event in events})
    return [
        {
            "day": event.held_on, "title": event.title, "kind": told(KINDS[event.kind]), "reference": event.reference,
            "where": names[event.unit_id, event.held_on], "state": event.state, "state_word": STATE_WORDS[event.state],
            "url": reverse("desk_record", args=[event.uid]),
        }
        for event in events
    ]  # fmt: skip

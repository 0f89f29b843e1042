"""Events as lines of a list, and the history of a record."""

from django.urls import reverse
from django.utils.translation import gettext as _

from danchu.journal.chain import kind_of
from danchu.journal.models import Entry
from danchu.kernel.words import local_name
from danchu.people.actor import Actor
from danchu.register.kinds import KINDS
from danchu.register.words import STATE_WORDS
from danchu.subjects.first_rows import first_rows
from danchu.subjects.room import act_words
from danchu.units.names import names_of

MOST_ENTRIES = 20


def lines(events):
    """One dict an event: day, title, kind, where, reference, state, state_word, url. The names of
    all places are read in one query.
    """
    events = list(events)
    names = names_of({(event.unit_id, event.held_on) for event in events})
    return [
        {
            "day": event.held_on,
            "title": event.title,
            "kind": local_name(KINDS[event.kind]),
            "reference": event.reference,
            "where": names[event.unit_id, event.held_on],
            "state": event.state,
            "state_word": STATE_WORDS[event.state],
            "url": reverse("desk_record", args=[event.uid]),
        }
        for event in events
    ]


def who(entry):
    """Who did what an entry of the journal says, in words."""
    if entry.actor_name or entry.actor != Actor.public().key:
        return entry.actor_name or entry.actor
    return _("Người dân")


def history(subject, query=None):
    """FirstRows of (instant, act in words, who did it, journal number) of a record, the latest
    first; as many as the query of the address asks for.
    """
    entries = Entry.objects.about(subject).order_by("-number")
    label = subject._meta.app_label
    kind = kind_of(subject)
    return first_rows(entries, MOST_ENTRIES, query).each(
        lambda entry: (
            entry.at,
            act_words(label, kind, entry.act),
            who(entry),
            entry.number,
        )
    )

"""Events as lines of a list; what the journal says of one."""

from django.urls import reverse

from danchu.casework.words import ACT_WORDS as CASEWORK_WORDS
from danchu.conference.polling import ACT_WORDS as POLL_WORDS
from danchu.conference.words import ACT_WORDS as CONFERENCE_WORDS
from danchu.inspection.words import ACT_WORDS as INSPECTION_WORDS
from danchu.journal.models import Entry
from danchu.kernel.words import local_name
from danchu.minutes.words import ACT_WORDS as MINUTES_WORDS
from danchu.obligations.words import ACT_WORDS as OBLIGATION_WORDS
from danchu.register.kinds import KINDS
from danchu.register.words import ACT_WORDS, STATE_WORDS
from danchu.units.names import names_of


def lines(events):
    """One dict an event: day, title, kind, where, reference, state, url. One question for all
    the names.
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


def history(subject):
    """[(at, what was done, by whom, journal number)] of an event or statement, the latest first."""
    words = ACT_WORDS | OBLIGATION_WORDS | INSPECTION_WORDS
    words |= {
        "casework": CASEWORK_WORDS,
        "minutes": MINUTES_WORDS,
        "conference": CONFERENCE_WORDS.get(getattr(subject, "journal_kind", ""), POLL_WORDS),
    }.get(subject._meta.app_label, {})
    entries = Entry.objects.about(subject).order_by("-number")[:20]
    return [
        (e.at, words.get(e.act.partition(".")[2], e.act), e.actor_name or e.actor, e.number)
        for e in entries
    ]

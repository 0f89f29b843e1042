"""One record of the register, as its reader may see it."""

from django.shortcuts import get_object_or_404

from danchu.kernel.words import local_name
from danchu.look.pages import page
from danchu.minutes.queries.lists import minutes_of
from danchu.register.kinds import KINDS
from danchu.register.models import NUMBERS, Event
from danchu.register.words import FORM_WORDS, NUMBER_WORDS, STATE_WORDS, note_for
from danchu.units.names import name_of


def record(request, uid):
    """What was recorded, what it adds to figures, what corrected it."""
    seen = Event.objects.visible_to(request.actor)
    event = get_object_or_404(seen.select_related("unit", "body"), uid=uid)
    kind = KINDS[event.kind]
    numbers = [name for name in NUMBERS if name in kind.numbers or getattr(event, name)]
    return page(
        request,
        "portal/record.html",
        event=event,
        kind=kind,
        kind_name=local_name(kind),
        form=FORM_WORDS.get(event.form, ""),
        where=name_of(event.unit, event.held_on),
        body=event.body and event.body.name_on(event.held_on),
        numbers=[(NUMBER_WORDS[name], getattr(event, name)) for name in numbers],
        state=STATE_WORDS[event.state],
        note=note_for(event, request.actor),
        earlier=seen.filter(pk=event.supersedes_id).first(),
        told=minutes_of(event, request.actor),
        later=seen.filter(supersedes=event).first(),
        parts=list(event.parts.order_by("pk")[:200]),
    )

"""One record of the register, as its reader may see it."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from danchu.kernel.words import local_name
from danchu.look.records import record_page
from danchu.minutes.queries.lists import minutes_of
from danchu.portal.proving import proof_url
from danchu.register.kinds import KINDS
from danchu.register.models import NUMBERS, Event
from danchu.register.words import FORM_WORDS, NUMBER_WORDS, STATE_WORDS, note_for


def record(request, uid):
    """What was recorded, what it adds to figures, what corrected it."""
    visible = Event.objects.visible_to(request.actor)
    event = get_object_or_404(visible.select_related("unit", "body"), uid=uid)
    kind = KINDS[event.kind]
    numbers = [name for name in NUMBERS if name in kind.numbers or getattr(event, name)]
    return record_page(
        request,
        "portal/record.html",
        event,
        placed=(event.unit, event.held_on),
        title=event.title,
        state=STATE_WORDS[event.state],
        above=("units", _("Đơn vị")),
        kind=kind,
        kind_name=local_name(kind),
        form=FORM_WORDS.get(event.form, ""),
        body=event.body and event.body.name_on(event.held_on),
        numbers=[(NUMBER_WORDS[name], getattr(event, name)) for name in numbers],
        note=note_for(event, request.actor),
        earlier=visible.filter(pk=event.supersedes_id).first(),
        minutes=minutes_of(event, request.actor),
        later=visible.filter(supersedes=event).first(),
        proof_url=proof_url("record", event),
        parts=list(event.parts.order_by("pk")),
    )

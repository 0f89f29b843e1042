"""Events that a new one is like, so that the same thing is not recorded twice unnoticed."""

import re
from collections.abc import Mapping
from datetime import timedelta
from difflib import SequenceMatcher
from typing import Any

from danchu.kernel.text import fold
from danchu.register.models import NUMBERS, Event, State
from danchu.units.models import Unit

DAYS_APART = 3
MOST_READ = 200
MOST_NAMED = 5
NUMBER = re.compile(r"\d+")
LEAST_ALIKE = 0.8  # of two titles without marks, 1 being the same


def alike_events(kind: str, unit: Unit, fields: Mapping[str, Any]) -> list[Event]:
    """At most MOST_NAMED events of the kind at the unit, drafts and those that count, that may be
    the one with these fields: of the same day with a title that is nearly the same, or of days
    beside it with the same title and the same numbers. Two references, or other numbers in the
    title (“tổ 5”, “tổ 6”), are two events.
    """
    day = fields["held_on"]
    span = timedelta(days=DAYS_APART)
    rows = Event.objects.filter(
        kind=kind,
        unit=unit,
        held_on__range=(day - span, day + span),
        state__in=(State.DRAFT, State.CONFIRMED),
    )
    events = rows.order_by("-pk")[:MOST_READ]
    return [event for event in events if _is_like(event, fields)][:MOST_NAMED]


def _is_like(event: Event, fields: Mapping[str, Any]) -> bool:
    titles = fold(event.title), fold(fields["title"])
    references = {event.reference, fields.get("reference")} - {"", None}
    if len(references) > 1 or NUMBER.findall(titles[0]) != NUMBER.findall(titles[1]):
        return False
    if event.held_on == fields["held_on"]:
        return SequenceMatcher(None, *titles).ratio() >= LEAST_ALIKE
    numbers = [fields.get(name) or 0 for name in NUMBERS]
    is_same = numbers == [getattr(event, name) for name in NUMBERS]
    return is_same and any(numbers) and titles[0] == titles[1]

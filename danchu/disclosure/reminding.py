"""What a unit has to do with its postings, for whoever writes them down there."""

from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q

from danchu.disclosure.compliance import FOR_GOOD, NOWHERE
from danchu.disclosure.judging import NEVER_DUE, hung_of, lines_of, owed_of, places_of
from danchu.disclosure.lives import DISCLOSURE, KNOWN
from danchu.disclosure.models import Content, Posting
from danchu.disclosure.reminders import OWED, TO_DO, Reminder, reminders
from danchu.disclosure.words import words_of_reminder
from danchu.law.book import book
from danchu.subjects.reminding import Reminded

RIGHT = ("draft", DISCLOSURE)
# Contents of which something is still to be done are of these days; what hangs may be older.
WATCHED = timedelta(days=400)
AT_ONCE = 500  # contents judged together


def reminders_for(actor: Any, on: date) -> list[Reminded]:
    """What the actor may have to do on the day, the nearest first; nothing for those who may write
    down disclosures everywhere: it is their own work nowhere.
    """
    scope = actor.scope(*RIGHT)
    if scope is None or not scope:
        return []
    keys = list(watched(on).within(scope).order_by("pk").values_list("pk", flat=True))
    rows: list[Reminded] = []
    for start in range(0, len(keys), AT_ONCE):
        contents = Content.objects.filter(pk__in=keys[start : start + AT_ONCE]).judged()
        rows += reminded(list(contents), on)
    return sorted(rows, key=_nearness)


def watched(on: date):
    """The contents of which something hangs that has days to stay, or that came down too early, or
    that are recent.
    """
    hanging = Q(until=None) & ~Q(needed=0)
    early = Q(until__isnull=False, version__replaced_on=None) & (
        Q(needed=FOR_GOOD) | Q(length__lt=F("needed"))
    )
    contents = Posting.objects.filter(hanging | early).values("content")
    recent = Q(decided_on__gt=on - WATCHED)
    return Content.objects.filter(recent | Q(pk__in=contents), state__in=KNOWN)


def reminded(contents: list[Content], on: date) -> list[Reminded]:
    """What is to be done with each of the contents, as `judged()` reads them, in no order."""
    places = places_of(one.unit_id for one in contents)
    lines = lines_of(contents)
    law = book()
    rows = []
    for content in contents:
        own = places.get(content.unit_id, ())
        names = {place.pk: place.name for place in own}
        owed = owed_of(content, own, law, lines.get(content.origin_uid))
        rows += [_row(content, one, names) for one in reminders(owed, hung_of(content), on)]
    return rows


def _nearness(row: Reminded) -> tuple[date, str, str]:
    return row.day or NEVER_DUE, row.title, row.where


def _row(content: Content, one: Reminder, names: dict[int, str]) -> Reminded:
    day = None if one.day == NEVER_DUE else one.day
    return Reminded(
        one="disclosure",
        uid=content.uid,
        title=content.title,
        unit=content.unit_id,
        where="" if one.place == NOWHERE else names.get(one.place, ""),
        words=words_of_reminder(one, day),
        day=day,
        is_to_do=one.do in TO_DO,
        is_owed=one.do in OWED,
        right=RIGHT,
    )

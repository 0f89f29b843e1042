"""What is to be done with what hangs and what does not: plain functions of days, without the
database, beside compliance.py, which says what went wrong.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from danchu.disclosure.compliance import FOR_GOOD, POSTING, Hung, Need, Owed, first_day_off, runs


class Do(StrEnum):
    """What is to be done; the words stand in words.py."""

    KEEP = "keep"
    KEEP_FOR_GOOD = "keep_for_good"
    TAKE_DOWN = "take_down"
    REPLACE = "replace"
    POST = "post"
    POST_AGAIN = "post_again"


# What waits for somebody; the others only say how long something stays.
TO_DO = (Do.POST, Do.POST_AGAIN, Do.REPLACE, Do.TAKE_DOWN)
# What may come down need not.
OWED = (Do.POST, Do.POST_AGAIN, Do.REPLACE)


@dataclass(frozen=True)
class Reminder:
    """What to do with a version in one form at one place, and its day: KEEP until before it,
    TAKE_DOWN from it on, POST and REPLACE by it, POST_AGAIN since it.
    """

    do: Do
    version: int
    form: str
    place: int
    day: date


def reminders(owed: Sequence[Owed], postings: Sequence[Hung], on: date) -> list[Reminder]:
    """All there is to do on the day about the latest version of a content and about older ones that
    still hang; `owed` are its versions, the oldest first.
    """
    if not owed:
        return []
    latest = owed[-1]
    right = [one for one in postings if one.since <= on and not one.is_contested]
    contested = {
        (one.form, one.place)
        for one in postings
        if one.since <= on and one.is_contested and one.version == latest.number
    }
    stale = {
        (one.form, one.place): one
        for one in right
        if one.version < latest.number and _is_up(one, on) and one.form == POSTING
    }
    rows = []
    for need in latest.needs:
        place = (need.form, need.place)
        own = [
            one for one in right if one.version == latest.number and (one.form, one.place) == place
        ]
        rows += _of_need(latest, need, own, place in contested, place in stale, on)
    answered = {(row.form, row.place) for row in rows if row.do == Do.REPLACE}
    rows += [
        Reminder(Do.TAKE_DOWN, one.version, one.form, one.place, latest.decided_on)
        for place, one in sorted(stale.items())
        if place not in answered
    ]
    return rows


def _is_up(posting: Hung, on: date) -> bool:
    return posting.until is None or posting.until > on


def _of_need(
    version: Owed,
    need: Need,
    own: Sequence[Hung],
    is_contested: bool,
    is_stale: bool,
    on: date,
) -> Iterator[Reminder]:
    """What to do about one need of the latest version."""
    there = runs(own)
    last = there[-1] if there else None
    if last is not None and (last.until is None or last.until > on):
        yield from _of_what_hangs(version, need, last.since, last.until is None, on)
    elif last is None and is_contested:
        yield Reminder(Do.POST_AGAIN, version.number, need.form, need.place, version.due_on)
    elif last is None:
        do = Do.REPLACE if is_stale else Do.POST
        yield Reminder(do, version.number, need.form, need.place, version.due_on)
    elif last.until is not None and not _is_done(need, there, on):
        yield Reminder(Do.POST_AGAIN, version.number, need.form, need.place, last.until)


def _is_done(need, there, on):
    """Whether what came down had stayed as long as it had to."""
    return need.days != FOR_GOOD and any(run.days_by(on) >= need.days for run in there)


def _of_what_hangs(version, need, since, is_open, on):
    """How long what hangs stays, and whether somebody has to take it down."""
    if need.days == 0:
        return
    last_day_off = first_day_off(since, need.days)
    if last_day_off is None:
        yield Reminder(Do.KEEP_FOR_GOOD, version.number, need.form, need.place, since)
    elif on < last_day_off:
        yield Reminder(Do.KEEP, version.number, need.form, need.place, last_day_off)
    elif is_open:
        yield Reminder(Do.TAKE_DOWN, version.number, need.form, need.place, last_day_off)

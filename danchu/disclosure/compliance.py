"""What a disclosure owes, and which of it was not done: plain functions of days, without the
database.

A version of a content is due on `due_on` in each form at each place of its needs, and stays for the
days that a need names. A version that another one replaces owes nothing from the day of the other
on.
"""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

POSTING = "posting"
LOUDSPEAKER = "loudspeaker"
# The place of what is done wherever it is done, such as a conference.
NOWHERE = 0
# The days of a need that stays for good.
FOR_GOOD = -1
A_DAY = timedelta(days=1)


class Lack(StrEnum):
    """What is missing; the words stand in words.py."""

    NEVER = "never"
    LATE = "late"
    SHORT = "short"
    INTERRUPTED = "interrupted"
    GONE = "gone"
    NO_FORM = "no_form"
    NO_PLACE = "no_place"
    OLD_VERSION = "old_version"
    CONTESTED = "contested"


@dataclass(frozen=True)
class Need:
    """One form at one place; `days` to stay without a break: 0 where once is enough, FOR_GOOD for
    what stays until it changes.
    """

    form: str
    place: int
    days: int


@dataclass(frozen=True)
class Owed:
    """One version of a content and what it owes."""

    number: int
    decided_on: date
    due_on: date
    needs: tuple[Need, ...]


@dataclass(frozen=True)
class Hung:
    """One posting of a version: there from `since` until before `until` (None: still there). On a
    loudspeaker the day after the last broadcast is `until`. `is_contested`: it was not there, as
    somebody said rightly or the unit did not deny in time.
    """

    version: int
    form: str
    place: int
    since: date
    until: date | None
    is_contested: bool = False


@dataclass(frozen=True)
class Gap:
    """Something that is missing of a version; `form` is empty where all is missing, `place` None
    where it is missing everywhere. `days` is how long it stayed where that was too short.
    """

    lack: Lack
    version: int
    form: str = ""
    place: int | None = None
    days: int = 0


@dataclass(frozen=True)
class Run:
    """Days on which a version was there without a break, from `since` until before `until`."""

    since: date
    until: date | None

    def days_by(self, day: date) -> int:
        """How many days it lasted until the day."""
        end = day if self.until is None else min(self.until, day)
        return max((end - self.since).days, 0)


def runs(postings: Iterable[Hung]) -> list[Run]:
    """The postings of one need, joined where one follows the other without a day between."""
    joined: list[Run] = []
    for one in sorted(postings, key=lambda one: one.since):
        last = joined[-1] if joined else None
        if last is None or (last.until is not None and one.since > last.until):
            joined.append(Run(one.since, one.until))
        elif last.until is not None and (one.until is None or one.until > last.until):
            joined[-1] = Run(last.since, one.until)
    return joined


def first_day_off(since: date, days: int) -> date | None:
    """The first day on which a posting that was there since `since` may come down; None where it
    stays for good.
    """
    return None if days == FOR_GOOD else since + timedelta(days=days)


def gaps(owed: Sequence[Owed], postings: Sequence[Hung], on: date) -> list[Gap]:
    """All that is missing at the beginning of the day `on`, version by version."""
    return [
        gap for index, _one in enumerate(owed) for gap in _of_version(owed, index, postings, on)
    ]


def _of_version(
    owed: Sequence[Owed], index: int, postings: Sequence[Hung], on: date
) -> Iterator[Gap]:
    version = owed[index]
    replaced_on = owed[index + 1].decided_on if index + 1 < len(owed) else None
    hung = [one for one in postings if one.version == version.number and one.since <= on]
    own = [one for one in hung if not one.is_contested]
    owed_at = {(need.form, need.place) for need in version.needs}
    denied = {(one.form, one.place) for one in hung if one.is_contested}
    contested = (denied & owed_at) - {(one.form, one.place) for one in own}
    for form, place in sorted(contested):
        yield Gap(Lack.CONTESTED, version.number, form, place)
    is_due = version.due_on < on and (replaced_on is None or version.due_on < replaced_on)
    if is_due:
        earlier = [one for one in postings if one.since <= on and not one.is_contested]
        yield from _not_there(version, own, earlier, contested)
    for need in version.needs:
        there = runs(one for one in own if (one.form, one.place) == (need.form, need.place))
        if there and there[0].since > version.due_on and is_due:
            yield Gap(Lack.LATE, version.number, need.form, need.place)
        yield from _not_long_enough(version, need, there, replaced_on, on)


def _not_there(
    version: Owed,
    own: Sequence[Hung],
    postings: Sequence[Hung],
    contested: Set[tuple[str, int]],
) -> Iterator[Gap]:
    """The needs of a version, whose due day has passed, that were never met; those that only
    `contested` postings met are told as such.
    """
    met = {(one.form, one.place) for one in own} | contested
    day_after = version.due_on + A_DAY
    stale = {
        (one.form, one.place)
        for one in postings
        if one.version < version.number and (one.until is None or one.until > day_after)
    }
    open_needs = [need for need in version.needs if (need.form, need.place) not in met]
    missing = [need for need in open_needs if (need.form, need.place) not in stale]
    for need in open_needs:
        if need not in missing:
            yield Gap(Lack.OLD_VERSION, version.number, need.form, need.place)
    if not own and len(missing) == len(version.needs):
        yield Gap(Lack.NEVER, version.number)
        return
    for form in dict.fromkeys(need.form for need in missing):
        places = [need.place for need in missing if need.form == form]
        if len(places) == sum(need.form == form for need in version.needs):
            yield Gap(Lack.NO_FORM, version.number, form)
        else:
            yield from (Gap(Lack.NO_PLACE, version.number, form, place) for place in places)


def _not_long_enough(
    version: Owed, need: Need, there: Sequence[Run], replaced_on: date | None, on: date
) -> Iterator[Gap]:
    """Whether what was posted came down too early; not where the next version took its place."""
    if not there or need.days == 0:
        return
    *_earlier, last = there
    is_down = last.until is not None and last.until <= on
    is_replaced = replaced_on is not None and (last.until is None or last.until >= replaced_on)
    if need.days == FOR_GOOD:
        if len(there) > 1 or (is_down and not is_replaced):
            yield Gap(Lack.GONE, version.number, need.form, need.place)
        return
    longest = max(run.days_by(on) for run in there)
    if longest >= need.days or is_replaced or not is_down:
        return
    lack = Lack.INTERRUPTED if len(there) > 1 else Lack.SHORT
    yield Gap(lack, version.number, need.form, need.place, longest)


def progress(need: Need, version: Owed, postings: Sequence[Hung], on: date) -> tuple[int, int]:
    """(days it has stayed without a break until the day, days to stay) of what hangs now, or else
    of the longest time it hung.
    """
    there = runs(
        one
        for one in postings
        if (one.version, one.form, one.place) == (version.number, need.form, need.place)
        and one.since <= on
        and not one.is_contested
    )
    if not there:
        return 0, max(need.days, 0)
    current = [run for run in there if run.until is None or run.until > on]
    days = current[0].days_by(on) if current else max(run.days_by(on) for run in there)
    return days, max(need.days, 0)


def quarters_without_a_list(
    listed: Iterable[tuple[int, int]], since: date, due: Iterable[tuple[int, int, date]], on: date
) -> list[tuple[int, int]]:
    """The quarters (year, number) from `since` on whose list of disclosures was not posted although
    its due day has passed; `due` are (year, number, due day).
    """
    done = set(listed)
    return [
        (year, number)
        for year, number, due_on in due
        if due_on < on and due_on >= since and (year, number) not in done
    ]

"""Where every unit, past and present, lies on the map of one day. Exact, and pure: no Django, no
database.

`Chronicle` holds all that is known of units through time; `Boundaries` reads it for one day. Two
days with no change between them have the same map, so callers may share one `Boundaries`
(`Chronicle.era`).
"""

from bisect import bisect_right
from collections import defaultdict
from datetime import date
from fractions import Fraction

WHOLE = 1
LEVELS = ("nation", "province", "district", "commune", "village")
RANK = {level: rank for rank, level in enumerate(LEVELS)}

# A share is WHOLE, a Fraction between 0 and 1, or None where a division has no agreed share.
Share = int | Fraction | None


def exact_share(over, under) -> Share:
    """The share over/under; None where either is unknown."""
    if over is None or under is None:
        return None
    return WHOLE if over == under else Fraction(over, under)


class UnknownUnit(LookupError):
    """A unit the chronicle does not know: the caller's map is older than its rows."""


class Chronicle:
    """Units, their parents and successions through all time.

    `units`: (unit, level, since, until); `standings`: (unit, parent, since, until), in order of
    time for each unit; `successions`: (before, after, share), on the day `before` ends. `until` is
    None while it lasts.
    """

    def __init__(self, units, standings, successions):
        self.spans, self.levels = {}, {}
        for unit, level, since, until in units:
            self.spans[unit], self.levels[unit] = (since, until), level
        self.hangings = defaultdict(list)
        for unit, parent, since, until in standings:
            self.hangings[unit].append((since, until, parent))
        self.after, self.before = defaultdict(list), defaultdict(list)
        turns = {day for span in self.spans.values() for day in span}
        turns.update(day for rows in self.hangings.values() for row in rows for day in row[:2])
        for before, after, share in successions:
            self.after[before].append((after, share))
            # A district dissolved into its province is no source of the province: it lay in one of
            # them.
            if RANK[self.levels[before]] <= RANK[self.levels[after]]:
                self.before[after].append(before)
        self.turns = sorted(turns - {None})

    def era(self, day: date) -> int:
        """A number that two days share when no unit, parent or succession changed between them."""
        return bisect_right(self.turns, day)

    def parent_on(self, unit, day):
        """The parent on that day, else the last one before it, else the first one after it."""
        rows = self.hangings.get(unit)
        if not rows:
            return None
        parent = rows[0][2]
        for since, _, candidate in rows:
            if since > day:
                break
            parent = candidate
        return parent


class Boundaries:
    """The map of one day.

    A unit that ended by the day is placed forward along its successions; one that begins after it,
    backward along the same rows; one with neither lies where its last (or first) parent lies.
    Nothing is guessed: where a division has no agreed share, the share is None, unless every piece
    lies the same way.
    """

    def __init__(self, day: date, chronicle: Chronicle):
        self.day, self._all = day, chronicle
        self._parent, self._children = {}, defaultdict(list)
        for unit, (since, until) in chronicle.spans.items():
            if since <= day and (until is None or day < until):
                parent = chronicle.parent_on(unit, day)
                self._parent[unit] = parent
                self._children[parent].append(unit)
        self._placed, self._indexed, self._split, self._wholes, self._within = {}, {}, {}, {}, {}

    def __contains__(self, unit):
        """Whether the unit is on this day's map."""
        return unit in self._parent

    def level_of(self, unit) -> str:
        """The unit's level, on whatever day it lived."""
        try:
            return self._all.levels[unit]
        except KeyError:
            raise UnknownUnit(unit) from None

    def units_at(self, level) -> list:
        """The units of a level on this day's map."""
        return [unit for unit in self._parent if self._all.levels[unit] == level]

    def parent(self, unit):
        """The parent on this day's map; None for the top and for a unit not on the map."""
        return self._parent.get(unit)

    def ancestors(self, unit) -> list:
        """Parent, grandparent and so on, on this day's map; empty for a unit not on it."""
        found, parent = [], self._parent.get(unit)
        while parent is not None and parent not in found:
            found.append(parent)
            parent = self._parent.get(parent)
        return found

    def children(self, unit) -> list:
        """The units directly under it on this day's map (`None`: the tops)."""
        return list(self._children.get(unit, ()))

    def subtree(self, unit) -> list:
        """The unit and all below it on this day's map."""
        found = [unit] if unit in self._parent else []
        for member in found:
            found.extend(self._children.get(member, ()))
        return found

    def within(self, unit) -> frozenset:
        """The same as a set, kept in memory: for asking whether a place lies in the unit."""
        if unit not in self._within:
            self._within[unit] = frozenset(self.subtree(unit))
        return self._within[unit]

    def place(self, unit, level=None) -> dict:
        """`{group: share}` for rows recorded at `unit`, grouped at `level` (None: units as they
        stand this day). Kept in memory: do not change it.

        A unit recorded above `level` groups under itself, and one with no ancestor at `level` under
        its nearest ancestor above, so that the rows of a breakdown always add up.
        """
        placed = self._placed.setdefault(level, {})
        found = placed.get(unit)
        if found is None:
            if unit not in self._all.spans:
                raise UnknownUnit(unit)
            found = placed[unit] = self._find_place(unit, level)
        return found

    def sources(self, group, level=None) -> dict:
        """`{unit: share}`: every unit, past and present, whose rows count at `group` wholly, partly
        or possibly.

        `level` is that of the breakdown; None means the group's own, that is all that lies in it.
        Kept in memory: do not change it.
        """
        return self._index(level or self.level_of(group)).get(group, {})

    def regroup(self, amounts, level=None) -> dict:
        """`{group: (placed, unplaced)}` from `{unit: amount}`.

        An amount without an agreed share is unplaced in each group it may belong to: unplaced
        amounts do not add up across groups.
        """
        whole, parted = self._halves(level)
        placed, unplaced = defaultdict(int), defaultdict(int)
        for unit, amount in amounts.items():
            group = whole.get(unit)
            if group is not None:
                placed[group] += amount
                continue
            if unit not in parted:
                raise UnknownUnit(unit)
            for group, share in parted[unit].items():
                if share is None:
                    unplaced[group] += amount
                else:
                    placed[group] += amount * share
        found = {group: (amount, 0) for group, amount in placed.items()}
        for group, amount in unplaced.items():
            found[group] = placed.get(group, 0), amount
        return found

    def _halves(self, level):
        """All units at once: `{unit: group}` of those that lie whole in one, and `{unit:
        place}` of the others.
        """
        if level not in self._split:
            whole, parted = {}, {}
            for unit in self._all.spans:
                place = self.place(unit, level)
                if len(place) == 1:
                    whole[unit] = next(iter(place))
                else:
                    parted[unit] = place
            self._split[level] = whole, parted
        return self._split[level]

    def _index(self, level):
        if level not in self._indexed:
            index = defaultdict(dict)
            whole, parted = self._halves(level)
            for unit, group in whole.items():
                index[group][unit] = WHOLE
            for unit, place in parted.items():
                for group, share in place.items():
                    index[group][unit] = share
            self._indexed[level] = index
        return self._indexed[level]

    def _find_place(self, unit, level):
        chronicle = self._all
        if unit in self._parent:
            return self._group(unit, level)
        if chronicle.spans[unit][0] <= self.day:
            if unit in chronicle.after:
                return _blend(
                    [(self.place(after, level), share) for after, share in chronicle.after[unit]]
                )
        elif unit in chronicle.before:
            return _blend([(self.place(before, level), None) for before in chronicle.before[unit]])
        parent = chronicle.parent_on(unit, self.day)
        return self._whole(unit) if parent is None else self.place(parent, level)

    def _group(self, unit, level):
        """Where the nearest of the unit and its ancestors lies that is at `level` or above it."""
        asked, levels = RANK[level or LEVELS[-1]], self._all.levels
        while RANK[levels[unit]] > asked:
            parent = self._parent[unit]
            if parent is None:
                break
            if parent not in self._parent:  # it was never told where it hangs since that one ended
                return self.place(parent, level)
            unit = parent
        return self._whole(unit)

    def _whole(self, group):
        """`{group: WHOLE}`, one object for all that lie in it: there are thousands."""
        return self._wholes.setdefault(group, {group: WHOLE})


def _blend(pieces):
    """One place from the places of the pieces and the share each piece has; unknown stays unknown.

    Without agreed shares only what all pieces say alike is known: however it was cut, that holds.
    """
    if len(pieces) == 1:
        return pieces[0][0]
    groups = dict.fromkeys(group for place, _ in pieces for group in place)
    if pieces[0][1] is None:
        return {group: _alike(place.get(group, 0) for place, _ in pieces) for group in groups}
    return {
        group: _total((part, place.get(group, 0)) for place, part in pieces) for group in groups
    }


def _alike(shares):
    """The share all agree on, else None."""
    first, *others = shares
    return first if all(share == first for share in others) else None


def _total(terms):
    """The sum of part × share; None where a share is unknown."""
    total = 0
    for part, share in terms:
        if share is None:
            return None
        total += part * share
    return WHOLE if total == WHOLE else total

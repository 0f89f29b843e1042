"""Where every unit, past and present, lies on the map of one day. Exact, and pure: no Django, no
database.

Two days with no change between them have the same map, so callers may share one `Boundaries`
(`Chronicle.era`).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction

from danchu.kernel.chronicle import LEVELS, RANK, WHOLE, Chronicle, Share, UnitId, UnknownUnit

Amount = int | Fraction
# `{group: share}`: where the rows recorded at one unit count.
Placing = dict[UnitId, Share]


class Boundaries:
    """The map of one day.

    A unit that ended by the day is placed forward along its successions; one that begins after it,
    backward along the same rows; one with neither lies where its last (or first) parent lies.
    Nothing is guessed: where a division has no agreed share, the share is None, unless every piece
    lies the same way.
    """

    def __init__(self, day: date, chronicle: Chronicle) -> None:
        self.day = day
        self._all = chronicle
        self._parent: dict[UnitId, UnitId | None] = {}
        self._children: dict[UnitId | None, list[UnitId]] = defaultdict(list)
        for unit, (since, until) in chronicle.spans.items():
            if since <= day and (until is None or day < until):
                parent = chronicle.parent_on(unit, day)
                self._parent[unit] = parent
                self._children[parent].append(unit)
        # What was worked out before, by the level of the breakdown or by the unit.
        self._placed: dict[str | None, dict[UnitId, Placing]] = {}
        self._indexed: dict[str, dict[UnitId, Placing]] = {}
        self._split: dict[str | None, tuple[dict[UnitId, UnitId], dict[UnitId, Placing]]] = {}
        self._wholes: dict[UnitId, Placing] = {}
        self._within: dict[UnitId, frozenset[UnitId]] = {}

    def __contains__(self, unit: object) -> bool:
        """Whether the unit is on this day's map."""
        return unit in self._parent

    def level_of(self, unit: UnitId) -> str:
        """The unit's level, also of a unit of another day. UnknownUnit for one of no day."""
        try:
            return self._all.levels[unit]
        except KeyError:
            raise UnknownUnit(unit) from None

    def units_at(self, level: str) -> list[UnitId]:
        """The units of a level on this day's map."""
        return [unit for unit in self._parent if self._all.levels[unit] == level]

    def parent(self, unit: UnitId) -> UnitId | None:
        """The parent on this day's map; None for the top and for a unit not on the map."""
        return self._parent.get(unit)

    def ancestors(self, unit: UnitId) -> list[UnitId]:
        """Parent, grandparent and so on, on this day's map; empty for a unit not on it."""
        line: list[UnitId] = []
        parent = self._parent.get(unit)
        while parent is not None and parent not in line:
            line.append(parent)
            parent = self._parent.get(parent)
        return line

    def children(self, unit: UnitId | None) -> list[UnitId]:
        """The units directly under it on this day's map (`None`: the tops)."""
        return list(self._children.get(unit, ()))

    def subtree(self, unit: UnitId) -> list[UnitId]:
        """The unit and all below it on this day's map."""
        members = [unit] if unit in self._parent else []
        for member in members:  # grows while it is walked
            members.extend(self._children.get(member, ()))
        return members

    def within(self, unit: UnitId) -> frozenset[UnitId]:
        """`subtree` as a set, kept in memory: for asking whether a place lies in the unit."""
        if unit not in self._within:
            self._within[unit] = frozenset(self.subtree(unit))
        return self._within[unit]

    def place(self, unit: UnitId, level: str | None = None) -> Placing:
        """`{group: share}` for rows recorded at `unit`, grouped at `level` (None: units as they
        stand this day). Kept in memory: do not change it.

        A unit recorded above `level` groups under itself, and one with no ancestor at `level` under
        its nearest ancestor above, so that the rows of a breakdown always add up. UnknownUnit for
        a unit of no day.
        """
        placed = self._placed.setdefault(level, {})
        placing = placed.get(unit)
        if placing is None:
            if unit not in self._all.spans:
                raise UnknownUnit(unit)
            placing = placed[unit] = self._find_place(unit, level)
        return placing

    def sources(self, group: UnitId, level: str | None = None) -> Placing:
        """`{unit: share}`: every unit, past and present, whose rows count at `group` wholly, partly
        or possibly.

        `level` is that of the breakdown; None means the group's own, that is all that lies in it.
        Kept in memory: do not change it.
        """
        return self._index(level or self.level_of(group)).get(group, {})

    def regroup(
        self, amounts: Mapping[UnitId, Amount], level: str | None = None
    ) -> dict[UnitId, tuple[Amount, Amount]]:
        """`{group: (placed, unplaced)}` from `{unit: amount}`.

        An amount without an agreed share is unplaced in each group it may belong to: unplaced
        amounts do not add up across groups. UnknownUnit for a unit of no day.
        """
        whole, parted = self._halves(level)
        placed: dict[UnitId, Amount] = defaultdict(int)
        unplaced: dict[UnitId, Amount] = defaultdict(int)
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
        groups: dict[UnitId, tuple[Amount, Amount]] = {
            group: (amount, 0) for group, amount in placed.items()
        }
        for group, amount in unplaced.items():
            groups[group] = placed.get(group, 0), amount
        return groups

    def _halves(self, level: str | None) -> tuple[dict[UnitId, UnitId], dict[UnitId, Placing]]:
        """All units at once: `{unit: group}` of those that lie whole in one, and `{unit:
        placing}` of the others.
        """
        if level not in self._split:
            whole: dict[UnitId, UnitId] = {}
            parted: dict[UnitId, Placing] = {}
            for unit in self._all.spans:
                place = self.place(unit, level)
                if len(place) == 1:
                    whole[unit] = next(iter(place))
                else:
                    parted[unit] = place
            self._split[level] = whole, parted
        return self._split[level]

    def _index(self, level: str) -> dict[UnitId, Placing]:
        """`{group: {unit: share}}` of a level: `place` of all units, turned round."""
        if level not in self._indexed:
            index: dict[UnitId, Placing] = defaultdict(dict)
            whole, parted = self._halves(level)
            for unit, group in whole.items():
                index[group][unit] = WHOLE
            for unit, place in parted.items():
                for group, share in place.items():
                    index[group][unit] = share
            self._indexed[level] = index
        return self._indexed[level]

    def _find_place(self, unit: UnitId, level: str | None) -> Placing:
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

    def _group(self, unit: UnitId, level: str | None) -> Placing:
        """The place of the nearest of the unit and its ancestors that is at `level` or above."""
        levels = self._all.levels
        while RANK[levels[unit]] > RANK[level or LEVELS[-1]]:
            parent = self._parent[unit]
            if parent is None:
                break
            if parent not in self._parent:  # no standing says what it hangs under since that ended
                return self.place(parent, level)
            unit = parent
        return self._whole(unit)

    def _whole(self, group: UnitId) -> Placing:
        """`{group: WHOLE}`, one object for the thousands of units that lie in it."""
        return self._wholes.setdefault(group, {group: WHOLE})


def _blend(pieces: list[tuple[Placing, Share]]) -> Placing:
    """One placing from the placings of the pieces and the share of each piece; unknown stays
    unknown.

    Without agreed shares, only what is the same for all pieces is known: it holds whatever the
    shares are.
    """
    if len(pieces) == 1:
        return pieces[0][0]
    groups = dict.fromkeys(group for place, _ in pieces for group in place)
    if pieces[0][1] is None:
        return {group: _alike(place.get(group, 0) for place, _ in pieces) for group in groups}
    return {
        group: _total((part, place.get(group, 0)) for place, part in pieces) for group in groups
    }


def _alike(shares: Iterable[Share]) -> Share:
    """The share when all are equal, else None."""
    first, *others = shares
    return first if all(share == first for share in others) else None


def _total(terms: Iterable[tuple[Share, Share]]) -> Share:
    """The sum of part × share; None where a share is unknown."""
    total: Amount = 0
    for part, share in terms:
        if share is None or part is None:
            return None
        total += part * share
    return WHOLE if total == WHOLE else total

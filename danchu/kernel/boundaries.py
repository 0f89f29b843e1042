"""The map of one day: the units that exist on it, and where every unit, past and future, counts on
it. Exact arithmetic; no Django, no database.

Days with no change between them have the same map, so callers may share one `Boundaries`
(`Chronicle.era`).
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from danchu.kernel.chronicle import LEVELS, RANK, WHOLE, Chronicle, Share, UnitId, UnknownUnit
from danchu.kernel.parts import ALL, Amount, Parts, combined

# `{group: share}`: the units at which the rows recorded at one unit count, and with which share.
Placing = dict[UnitId, Share]


class Boundaries:
    """The map of one day.

    A unit that ended by the day is placed by following its successions forward; one that begins
    after the day, by following them backward; one without successions lies where its last (or
    first) parent lies. Shares are never estimated: where a division has no agreed shares, a group
    gets what it has whatever the shares are (the least over all pieces), and the rest, up to the
    most over all pieces, is open.
    """

    def __init__(self, day: date, chronicle: Chronicle) -> None:
        self.day = day
        self._chronicle = chronicle
        self._parent: dict[UnitId, UnitId | None] = {}
        self._children: dict[UnitId | None, list[UnitId]] = defaultdict(list)
        for unit, (since, until) in chronicle.spans.items():
            if since <= day and (until is None or day < until):
                parent = chronicle.parent_on(unit, day)
                self._parent[unit] = parent
                self._children[parent].append(unit)
        # Caches, by the level of the breakdown or by the unit.
        self._parts: dict[str | None, dict[UnitId, Parts]] = {}
        self._sources: dict[str, dict[UnitId, Placing]] = {}
        self._open_sources: dict[str, dict[UnitId, dict[UnitId, Amount]]] = {}
        self._split: dict[str | None, tuple[dict[UnitId, UnitId], dict[UnitId, Parts]]] = {}
        self._whole_parts: dict[UnitId, Parts] = {}
        self._subtrees: dict[UnitId, frozenset[UnitId]] = {}

    def __contains__(self, unit: object) -> bool:
        """Whether the unit exists on this day."""
        return unit in self._parent

    def level_of(self, unit: UnitId) -> str:
        """The level of any unit of the chronicle. UnknownUnit for a unit that is not in it."""
        try:
            return self._chronicle.levels[unit]
        except KeyError:
            raise UnknownUnit(unit) from None

    def units_at(self, level: str) -> list[UnitId]:
        """The units of a level on this day's map."""
        return [unit for unit in self._parent if self._chronicle.levels[unit] == level]

    def parent(self, unit: UnitId) -> UnitId | None:
        """The parent on this day's map; None for a top unit and for one that is not on the map."""
        return self._parent.get(unit)

    def ancestors(self, unit: UnitId) -> list[UnitId]:
        """Parent, grandparent and so on, on this day's map; empty for a unit not on it."""
        lineage: list[UnitId] = []
        parent = self._parent.get(unit)
        while parent is not None and parent not in lineage:
            lineage.append(parent)
            parent = self._parent.get(parent)
        return lineage

    def children(self, unit: UnitId | None) -> list[UnitId]:
        """The units directly under it on this day's map (None: the top units)."""
        return list(self._children.get(unit, ()))

    def subtree(self, unit: UnitId) -> list[UnitId]:
        """The unit and all below it on this day's map."""
        members = [unit] if unit in self._parent else []
        for member in members:  # the list grows during the loop
            members.extend(self._children.get(member, ()))
        return members

    def within(self, unit: UnitId) -> frozenset[UnitId]:
        """`subtree` as a cached set, for testing whether a unit lies in this one."""
        if unit not in self._subtrees:
            self._subtrees[unit] = frozenset(self.subtree(unit))
        return self._subtrees[unit]

    def place(self, unit: UnitId, level: str | None = None) -> Placing:
        """`{group: share}` for rows recorded at `unit`, grouped at `level` (None: by the units of
        this day themselves). The share is the certain one, None where nothing is certain.

        A unit above `level` is its own group, and one without an ancestor at `level` belongs to its
        nearest ancestor above, so that the rows of a breakdown always add up. UnknownUnit for a
        unit that is not in the chronicle.
        """
        return {group: part.share for group, part in self.parts(unit, level).items()}

    def parts(self, unit: UnitId, level: str | None = None) -> Parts:
        """`{group: Part}` as in `place`, with what is open. Cached: do not modify it."""
        parts_of = self._parts.setdefault(level, {})
        parts = parts_of.get(unit)
        if parts is None:
            if unit not in self._chronicle.spans:
                raise UnknownUnit(unit)
            parts = parts_of[unit] = self._find_parts(unit, level)
        return parts

    def sources(self, group: UnitId, level: str | None = None) -> Placing:
        """`{unit: share}`: every unit of any day whose rows count at `group` wholly, partly or
        (None) possibly. `open_sources` has what of them is open.

        `level` is that of the breakdown; None means the group's own level, which yields all units
        that lie in it. Cached: do not modify it.
        """
        return self._index(level or self.level_of(group)).get(group, {})

    def open_sources(self, group: UnitId, level: str | None = None) -> dict[UnitId, Amount]:
        """`{unit: most that may count at the group beside the certain share}` of those `sources`
        that were divided without agreed shares. Cached: do not modify it.
        """
        level = level or self.level_of(group)
        self._index(level)
        return self._open_sources[level].get(group, {})

    def regroup(
        self, amounts: Mapping[UnitId, Amount], level: str | None = None
    ) -> dict[UnitId, tuple[Amount, Amount]]:
        """`{group: (placed, unplaced)}` from `{unit: amount}`.

        An amount without an agreed share is unplaced in each group to which it may belong, as far
        as it may, so unplaced amounts do not add up across groups. UnknownUnit for a unit that is
        not in the chronicle.
        """
        whole, divided = self.split_units(level)
        placed: dict[UnitId, Amount] = defaultdict(int)
        unplaced: dict[UnitId, Amount] = defaultdict(int)
        for unit, amount in amounts.items():
            group = whole.get(unit)
            if group is not None:
                placed[group] += amount
                continue
            if unit not in divided:
                raise UnknownUnit(unit)
            for group, part in divided[unit].items():
                if part.certain:
                    placed[group] += amount * part.certain
                if part.open:
                    unplaced[group] += amount * part.open
        groups: dict[UnitId, tuple[Amount, Amount]] = {
            group: (amount, 0) for group, amount in placed.items()
        }
        for group, amount in unplaced.items():
            groups[group] = placed.get(group, 0), amount
        return groups

    def split_units(self, level: str | None) -> tuple[dict[UnitId, UnitId], dict[UnitId, Parts]]:
        """All units of the chronicle: `{unit: group}` of those that lie wholly in one group, and
        `{unit: parts}` of the others. Cached by level.
        """
        if level not in self._split:
            self._place_present(level)
            whole: dict[UnitId, UnitId] = {}
            divided: dict[UnitId, Parts] = {}
            for unit in self._chronicle.spans:
                parts = self.parts(unit, level)
                if len(parts) == 1:
                    whole[unit] = next(iter(parts))
                else:
                    divided[unit] = parts
            self._split[level] = whole, divided
        return self._split[level]

    def _index(self, level: str) -> dict[UnitId, Placing]:
        """`{group: {unit: share}}` of a level: the inverse of `place`, cached with what is open."""
        if level not in self._sources:
            index: dict[UnitId, Placing] = defaultdict(dict)
            open_index: dict[UnitId, dict[UnitId, Amount]] = defaultdict(dict)
            whole, divided = self.split_units(level)
            for unit, group in whole.items():
                index[group][unit] = WHOLE
            for unit, parts in divided.items():
                for group, part in parts.items():
                    index[group][unit] = part.share
                    if part.open:
                        open_index[group][unit] = part.open
            self._open_sources[level] = open_index
            self._sources[level] = index
        return self._sources[level]

    def _find_parts(self, unit: UnitId, level: str | None) -> Parts:
        chronicle = self._chronicle
        if unit in self._parent:
            return self._group(unit, level)
        if chronicle.spans[unit][0] <= self.day:
            if unit in chronicle.successors:
                return combined(
                    [
                        (self.parts(after, level), share)
                        for after, share in chronicle.successors[unit]
                    ]
                )
        elif unit in chronicle.predecessors:
            return combined(
                [(self.parts(before, level), None) for before in chronicle.predecessors[unit]]
            )
        parent = chronicle.parent_on(unit, self.day)
        return self._whole(unit) if parent is None else self.parts(parent, level)

    def _place_present(self, level: str | None) -> None:
        """Cache the parts of the units that exist on this day, parents before their children: each
        lies where its parent lies, so none is sought twice.
        """
        levels = self._chronicle.levels
        rank = RANK[level or LEVELS[-1]]
        parts_of = self._parts.setdefault(level, {})
        units = list(self._children.get(None, ()))
        for unit in units:  # the list grows during the loop
            parent = self._parent[unit]
            if parent is None or RANK[levels[unit]] <= rank:
                parts_of[unit] = self._whole(unit)
            else:
                parts_of[unit] = parts_of[parent]
            units.extend(self._children.get(unit, ()))

    def _group(self, unit: UnitId, level: str | None) -> Parts:
        """The parts at the unit itself or its nearest ancestor that is at `level` or above."""
        levels = self._chronicle.levels
        while RANK[levels[unit]] > RANK[level or LEVELS[-1]]:
            parent = self._parent[unit]
            if parent is None:
                break
            if parent not in self._parent:  # the parent ended and no standing names a new one
                return self.parts(parent, level)
            unit = parent
        return self._whole(unit)

    def _whole(self, group: UnitId) -> Parts:
        """`{group: ALL}`, one shared object for the thousands of units that lie in it."""
        return self._whole_parts.setdefault(group, {group: ALL})

"""The maps of all days, cached in the memory of the process by the version of the map tables.

A version number is never used twice (see migration 0002), so an entry never becomes stale; entries
are evicted only to save memory.
"""

import gc
from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import date
from threading import Lock
from typing import NamedTuple, TypeVar, cast

from danchu.kernel.boundaries import Boundaries
from danchu.kernel.chronicle import Chronicle, UnitId, exact_share
from danchu.kernel.reading import once
from danchu.units.models import MapVersion, Standing, Succession, Unit

CACHE_SIZE = 16  # entries; a map takes 5 to 25 MB, depending on the levels that were queried

Value = TypeVar("Value")

_lock = Lock()
_cache: OrderedDict[Hashable, object] = OrderedDict()


class StandingRecord(NamedTuple):
    """A row of `Standing`: the name and the parent of a unit from `since` until `until`."""

    unit: UnitId
    name: str
    code: str
    kind: str
    parent: UnitId | None
    since: date
    until: date | None


class Atlas(Chronicle):
    """The chronicle of one version of the map tables, with the names. `standings` are in order of
    unit and time, `standings_of` holds those of each unit.
    """

    def __init__(self) -> None:
        rows = Standing.objects.order_by("unit_id", "since").values_list(
            "unit_id", "name", "code", "kind", "parent_id", "since", "until"
        )
        self.standings = [StandingRecord._make(row) for row in rows]
        self.standings_of: dict[UnitId, list[StandingRecord]] = {}
        for standing in self.standings:
            self.standings_of.setdefault(standing.unit, []).append(standing)
        super().__init__(
            Unit.objects.order_by("pk").values_list("pk", "level", "since", "until"),
            ((row.unit, row.parent, row.since, row.until) for row in self.standings),
            (
                (before, after, exact_share(over, under))
                for before, after, over, under in Succession.objects.order_by("pk").values_list(
                    "before_id", "after_id", "share_over", "share_under"
                )
            ),
        )


def map_version() -> int:
    """The version of the map tables, changed by every write to units, standings or successions. One
    quick query, none when repeated in a read context.
    """
    return once("map version", _version, lasts=())


def _version() -> int:
    return MapVersion.objects.values_list("number", flat=True).first() or 0


def cached(key: Hashable, make: Callable[[], Value]) -> Value:
    """Return `make()`, cached per `key` in an LRU cache of `CACHE_SIZE` entries."""
    with _lock:
        if key in _cache:
            _cache.move_to_end(key)
            return cast(Value, _cache[key])
    value = make()
    with _lock:
        _cache[key] = value
        while len(_cache) > CACHE_SIZE:
            _cache.popitem(last=False)
    return value


def atlas(version: int | None = None) -> Atlas:
    """The Atlas of a version of the map tables (None: the present one), cached."""
    version = map_version() if version is None else version
    return cached(("atlas", version), _new_atlas)


def _new_atlas() -> Atlas:
    """Read the tables with garbage collection paused, which halves the time: the many new objects
    are all live.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        return Atlas()
    finally:
        if collecting:
            gc.enable()


def existed_on(unit_id: UnitId, day: date) -> bool:
    """Whether the unit existed on the day; needs no map of that day."""
    since, until = atlas().spans[unit_id]
    return since <= day and (until is None or day < until)


def boundaries(day: date) -> Boundaries:
    """The map of the day, cached. Days with no change between them share one object, whose `.day`
    is any of them.
    """
    version = map_version()
    units_atlas = atlas(version)
    return cached(("map", version, units_atlas.era(day)), lambda: Boundaries(day, units_atlas))

"""The maps of any day, kept in the memory of the process under the version of the map tables.

A version never comes twice (see migration 0002), so what is kept never becomes wrong; it is dropped
only to save memory.
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

KEPT = 16  # maps in memory; one takes 5 to 25 MB, by how many levels are asked

Kept = TypeVar("Kept")

_lock = Lock()
_kept: OrderedDict[Hashable, object] = OrderedDict()


class Called(NamedTuple):
    """A standing: what a unit was called, and its parent, from `since` until `until`."""

    unit: UnitId
    name: str
    code: str
    kind: str
    parent: UnitId | None
    since: date
    until: date | None


class Atlas(Chronicle):
    """The chronicle of one version of the map tables, with the names."""

    def __init__(self) -> None:
        rows = Standing.objects.order_by("unit_id", "since").values_list(
            "unit_id", "name", "code", "kind", "parent_id", "since", "until"
        )
        self.called = [Called._make(row) for row in rows]
        self.callings: dict[UnitId, list[Called]] = {}
        for called in self.called:
            self.callings.setdefault(called.unit, []).append(called)
        super().__init__(
            Unit.objects.order_by("pk").values_list("pk", "level", "since", "until"),
            ((one.unit, one.parent, one.since, one.until) for one in self.called),
            (
                (before, after, exact_share(over, under))
                for before, after, over, under in Succession.objects.order_by("pk").values_list(
                    "before_id", "after_id", "share_over", "share_under"
                )
            ),
        )


def map_version() -> int:
    """Changes with every change of units, standings or successions. One quick query, or none
    in a read context.
    """
    return once("map version", _version)


def _version() -> int:
    return MapVersion.objects.values_list("number", flat=True).first() or 0


def kept(key: Hashable, make: Callable[[], Kept]) -> Kept:
    """Return `make()`, cached per `key` while it is among the `KEPT` most recently used."""
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return cast(Kept, _kept[key])
    value = make()
    with _lock:
        _kept[key] = value
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return value


def atlas(version: int | None = None) -> Atlas:
    """All units through time, as they are now known."""
    version = map_version() if version is None else version
    return kept(("atlas", version), _new_atlas)


def _new_atlas() -> Atlas:
    """Reads the tables without garbage collection, which would double the time: nothing of so much
    is garbage.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        return Atlas()
    finally:
        if collecting:
            gc.enable()


def boundaries(day: date) -> Boundaries:
    """The map of the day. Days with no change between them share one object, whose `.day` is
    any of them.
    """
    version = map_version()
    known = atlas(version)
    return kept(("map", version, known.era(day)), lambda: Boundaries(day, known))

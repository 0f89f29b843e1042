"""The maps of any day, kept in the memory of the process under the version of the map tables.

A version never comes twice (see migration 0002), so nothing here need ever be thrown away to stay
true.
"""

import gc
from collections import OrderedDict, defaultdict, namedtuple
from threading import Lock

from danchu.kernel.boundaries import Boundaries, Chronicle, exact_share
from danchu.kernel.one import met, one_look
from danchu.units.models import MapVersion, Standing, Succession, Unit

KEPT = 16  # maps in memory; one takes 5 to 25 MB, by how many levels are asked

Called = namedtuple("Called", "unit name code kind parent since until")

_lock = Lock()
_kept = OrderedDict()


class Atlas(Chronicle):
    """The chronicle of one version of the map tables, with the names."""

    def __init__(self):
        fields = ("unit_id", "name", "code", "kind", "parent_id", "since", "until")
        rows = Standing.objects.order_by("unit_id", "since").values_list(*fields)
        self.called = [Called._make(row) for row in rows]
        self.callings = defaultdict(list)
        for row in self.called:
            self.callings[row.unit].append(row)
        super().__init__(
            Unit.objects.order_by("pk").values_list("pk", "level", "since", "until"),
            ((row.unit, row.parent, row.since, row.until) for row in self.called),
            (
                (before, after, exact_share(over, under))
                for before, after, over, under in Succession.objects.order_by("pk").values_list(
                    "before_id", "after_id", "share_over", "share_under"
                )
            ),
        )


# Inside, every question is answered on the version of the maps that the first one met: one look-up
# for a page.
one_map = one_look


def map_version() -> int:
    """Changes with every change of units, standings or successions. One quick query, or none
    inside `one_map`.
    """
    return met("map", _version)


def _version():
    return MapVersion.objects.values_list("number", flat=True).first() or 0


def kept(key, make):
    """What `make()` gave for this key, made once while it is among the most recently used."""
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    made = make()
    with _lock:
        _kept[key] = made
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return made


def atlas(version=None) -> Atlas:
    """All units through time, as they are now known."""
    version = map_version() if version is None else version
    return kept(("atlas", version), _drawn)


def _drawn():
    """A new atlas, made without pauses: to look for garbage among so much that stays would
    double the time.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        return Atlas()
    finally:
        if collecting:
            gc.enable()


def boundaries(day) -> Boundaries:
    """The map of the day. Days with no change between them share one object, whose `.day` is
    any of them.
    """
    version = map_version()
    known = atlas(version)
    return kept(("map", version, known.era(day)), lambda: Boundaries(day, known))

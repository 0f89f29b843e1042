"""The unit above one on a day: by the map of that day, and worked out in one place."""

import re
from datetime import date
from pathlib import Path

import pytest

from danchu.units.actions import close_village
from danchu.units.models import Standing
from danchu.units.on_day import unit_above
from danchu.units.spelling import name_columns

MOVED, CLOSED = date(2024, 2, 1), date(2024, 3, 1)
ROOT = Path(__file__).resolve().parents[2] / "danchu"
PARENT = re.compile(r"\.parent\(")


@pytest.mark.parametrize(
    ("unit", "day", "above"),
    [
        ("v1", date(2024, 1, 31), "a"),
        ("v1", MOVED, "b"),
        ("v1", date(2026, 7, 1), "b"),
        ("v2", date(2024, 2, 29), "a"),
        ("v2", CLOSED, None),
        ("c", MOVED, "south"),
        ("south", MOVED, "nation"),
        ("nation", MOVED, None),
    ],
)
def test_the_unit_above_is_that_of_the_map_of_the_day(small, system, unit, day, above):
    Standing.objects.filter(unit=small.v1).update(until=MOVED)
    Standing.objects.create(
        unit=small.v1,
        kind="thon",
        parent=small.b,
        since=MOVED,
        **name_columns("Thôn 1", "thon"),
    )
    close_village(small.v2, by=system, on=CLOSED)
    assert unit_above(getattr(small, unit), day) == (getattr(small, above) if above else None)


def test_no_room_works_the_unit_above_out_of_the_map_by_itself():
    callers = {
        path.relative_to(ROOT).parts[0]
        for path in ROOT.rglob("*.py")
        if PARENT.search(path.read_text(encoding="utf-8"))
    }
    assert callers <= {"kernel", "units"}

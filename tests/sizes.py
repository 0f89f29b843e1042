"""Sizes of slow tests: `make test` runs them with a share of their values, `make test-long` with
all.

The share changes from day to day, so that after twice as many days as there are shares every value
has been tried. On one day it is always the same; after a failure the run says which day to name in
DANCHU_TEST_DAY to have it again.
"""

import os
from datetime import UTC, date, datetime
from zlib import crc32

import pytest
from hypothesis import core, settings

IS_LONG = bool(os.environ.get("DANCHU_TEST_LONG"))
# Set for the workers too: one that starts after midnight must choose the same tests.
DAY = os.environ.setdefault("DANCHU_TEST_DAY", datetime.now(UTC).date().isoformat())

# Tests that `make test-long` runs.
long = pytest.mark.long


def _number_of_day():
    return date.fromisoformat(DAY).toordinal()


# In `make test` what Hypothesis draws is another each day and the same all day; how long one
# example takes is a matter of what else the machine does.
if not IS_LONG:
    core.global_force_seed = _number_of_day()
settings.register_profile("suite", deadline=None, print_blob=True)
settings.load_profile("suite")


def size(short, whole):
    """`whole` in `make test-long`, else `short`."""
    return whole if IS_LONG else short


def part(values, share, key):
    """All values in `make test-long`, else one in `share`, at least one: which ones is a matter of
    the day and of the text `key`. In twice `share` days every value has its turn; later in a test
    that `turn` runs on some days only.
    """
    values = list(values)
    if IS_LONG or not values:
        return values
    share = min(share, len(values))
    day = crc32(key.encode()) + _number_of_day()
    # Each round of days begins elsewhere: on every second day alone, a simple count would come to
    # the same half of the values for ever.
    begin = crc32(f"{day // share}".encode())
    return values[(day + begin) % share :: share]


def turn(days, together=None):
    """Decorator of a test that is long by nature, of whole installations or of many pages in
    browsers: `make test` runs it on one day of `days`, `make test-long` always. Those that share
    something costly come on the same day, which the number `together` chooses.
    """

    def decorate(test):
        return pytest.mark.long(pytest.mark.turn(days, together)(test))

    return decorate


def one_in(share):
    """Decorator of a parametrized test whose cases repeat one mechanism: `make test` runs a `part`
    of them each day, `make test-long` all.
    """

    def decorate(test):
        return pytest.mark.long(pytest.mark.one_in(share)(test))

    return decorate


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """Leave out the tests and cases whose turn comes on another day, unless tests are named one by
    one.
    """
    if IS_LONG or any("::" in argument for argument in config.args):
        return
    cases = {}
    for item in items:
        if item.get_closest_marker("one_in"):
            cases.setdefault(item.nodeid.partition("[")[0], []).append(item)
    today = {
        case
        for name, all_cases in cases.items()
        for case in part(all_cases, all_cases[0].get_closest_marker("one_in").args[0], name)
    }
    chosen = [
        item
        for item in items
        if _is_today(item) and (item in today or not item.get_closest_marker("one_in"))
    ]
    if len(chosen) < len(items):
        kept = {*chosen}
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = chosen


def _is_today(item):
    marker = item.get_closest_marker("turn")
    if marker is None:
        return True
    days, together = marker.args
    first = crc32(item.nodeid.encode()) if together is None else together
    return (first + _number_of_day()) % days == 0


def pytest_terminal_summary(terminalreporter):
    """After a failure, how to have the same share again."""
    if terminalreporter.stats.get("failed") and not IS_LONG:
        terminalreporter.line(f"The shares of this run again: DANCHU_TEST_DAY={DAY}")

"""Which worker of the suite runs which tests, and in what order.

As with `--dist loadfile` the tests of a file stay together, since they share costly setup. The
difference: the slowest files start first, those that wait for processes mixed with those that
compute, so that the cores are busy to the end; and the slowest files are split into several shares.
"""

from zlib import crc32

import pytest
from xdist.scheduler import LoadScopeScheduling

# {file: its shares}
SHARED = {"tests/site/test_addresses.py": 4, "tests/site/test_garbage.py": 4}
FIRST = [
    "tests/live/test_pages.py",
    "tests/site/test_addresses.py#0",
    "tests/config/test_killed.py",
    "tests/site/test_garbage.py#0",
    "tests/site/test_garbage.py#1",
    "tests/site/test_addresses.py#1",
    "tests/config/test_backup.py",
    "tests/live/test_hall.py",
    "tests/site/test_addresses.py#2",
    "tests/site/test_garbage.py#2",
    "tests/site/test_addresses.py#3",
    "tests/site/test_garbage.py#3",
    "tests/live/test_stewards.py",
    "tests/config/test_petitions_served.py",
    "tests/inspection/test_life.py",
    "tests/desk/test_law.py",
    "tests/live/test_room_desk.py",
    "tests/desk/test_played.py",
    "tests/figures/test_figures.py",
    "tests/config/test_serve.py",
    "tests/architecture/test_example_room.py",
    "tests/api/test_open311.py",
    "tests/portal/test_petitions.py",
    "tests/desk/test_boards.py",
    "tests/casework/test_life.py",
    "tests/desk/test_offline.py",
    "tests/reports/test_reports.py",
    "tests/minutes/test_life.py",
    "tests/live/test_nats.py",
    "tests/english/test_pages.py",
    "tests/conference/test_interrupted.py",
    "tests/desk/test_petitions.py",
    "tests/desk/test_minutes.py",
    "tests/live/test_tls.py",
    "tests/desk/test_case_pages.py",
    "tests/conference/test_rooms.py",
    "tests/minutes/test_demo.py",
    "tests/figures/test_statements.py",
    "tests/live/test_hall_at_once.py",
    "tests/config/test_cluster.py",
    "tests/live/test_rehearsal.py",
    "tests/live/test_frames_of_acts.py",
    "tests/live/test_check.py",
    "tests/desk/test_commitments.py",
    "tests/desk/test_rounds.py",
    "tests/casework/test_steps_of_telling.py",
    "tests/portal/test_polls.py",
    "tests/desk/test_inviting.py",
    "tests/desk/test_conferences.py",
    "tests/desk/test_delegates.py",
    "tests/desk/test_conference_day.py",
    "tests/desk/test_checking_in.py",
    "tests/portal/test_figures.py",
    "tests/api/test_api.py",
    "tests/minutes/test_figures.py",
    "tests/portal/test_law.py",
]


def share_of(nodeid):
    """The tests that one worker runs one after another: a file, or one of its shares."""
    file = nodeid.split("::", 1)[0]
    return f"{file}#{crc32(nodeid.encode()) % SHARED[file]}" if file in SHARED else file


class Shares(LoadScopeScheduling):
    """xdist's scheduler by scopes, with our shares for scopes."""

    def _split_scope(self, nodeid):
        return share_of(nodeid)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """Those of FIRST in their order, then the other files, those with most tests first."""
    if not hasattr(config, "workerinput"):
        return  # without xdist: in the order of the files
    tests_of_share, place = {}, {share: number for number, share in enumerate(FIRST)}
    for item in items:
        share = share_of(item.nodeid)
        tests_of_share[share] = tests_of_share.get(share, 0) + 1
    order = {
        share: number
        for number, share in enumerate(
            sorted(
                tests_of_share,
                key=lambda share: (place.get(share, len(place)), -tests_of_share[share]),
            )
        )
    }
    items.sort(key=lambda item: order[share_of(item.nodeid)])


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    if config.getoption("dist") == "loadfile":
        config.option.loadscopereorder = False  # the order is ours
        return Shares(config, log)
    return None

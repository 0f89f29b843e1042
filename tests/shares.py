"""Which worker of the suite runs which tests, and in what order.

As with `--dist loadfile` the tests of a file stay together, since they share costly setup. The
difference: the slowest files start first, so that the cores are busy to the end (before them two
that need no database, while one worker creates it); and the files of tests/site, whose world takes
long to create, are one share, so that one worker creates it once. In `make test-long` their tests
take longer than that world, and each file is a share of its own.
"""

import pytest
from xdist.scheduler import LoadScopeScheduling

from tests.sizes import IS_LONG

# Folders whose files one worker runs one after another.
TOGETHER = () if IS_LONG else ("tests/site",)
FIRST = [
    *(["tests/site/test_addresses.py", "tests/site/test_garbage.py"] if IS_LONG else []),
    "tests/config/test_killed.py",
    # Without a database: one worker creates it meanwhile for all.
    "tests/architecture/test_writes.py",
    "tests/english/test_glossary.py",
    "tests/site",
    "tests/config/test_backup.py",
    "tests/live/test_pages.py",
    "tests/config/test_serve.py",
    "tests/figures/test_figures.py",
    "tests/config/test_petitions_served.py",
    "tests/desk/test_boards.py",
    "tests/desk/test_law.py",
    "tests/desk/test_offline.py",
    "tests/desk/test_played.py",
    "tests/desk/test_case_pages.py",
    "tests/faults/test_attacker_on_the_demo.py",
    "tests/faults/test_large_workbooks.py",
    "tests/journeys/test_day_one.py",
    "tests/journeys/test_a_wards_year.py",
    "tests/live/test_nats.py",
    "tests/live/test_hall_at_once.py",
    "tests/copies/test_truth.py",
    "tests/reports/test_reports.py",
    "tests/register/test_rights_of_acts.py",
    "tests/desk/test_petitions.py",
    "tests/architecture/test_example_room.py",
    "tests/live/test_room_desk.py",
    "tests/live/test_stewards.py",
    "tests/conference/test_rooms.py",
    "tests/register/test_imports.py",
    "tests/desk/test_minutes.py",
    "tests/bodies/test_sheets.py",
    "tests/minutes/test_life.py",
    "tests/desk/test_desk.py",
    "tests/desk/test_conferences.py",
    "tests/casework/test_life.py",
    "tests/register/test_fuzzed_files.py",
    "tests/portal/test_figures.py",
    "tests/faults/test_text_and_imports.py",
    "tests/faults/test_book_of_the_demo.py",
    "tests/desk/test_office_reports.py",
    "tests/live/test_rehearsal.py",
    "tests/desk/test_lists.py",
    "tests/conference/test_recount.py",
    "tests/desk/test_delegates.py",
    "tests/conference/test_interrupted.py",
    "tests/config/test_cluster.py",
    "tests/portal/test_petitions.py",
    "tests/english/test_pages.py",
    "tests/live/test_hall.py",
    "tests/bodies/test_pages.py",
    "tests/desk/test_commitments.py",
    "tests/staff/test_pages.py",
    "tests/inspection/test_life.py",
    "tests/faults/test_files_read.py",
    "tests/portal/test_search.py",
    "tests/api/test_schema_hard.py",
    "tests/faults/test_attacker.py",
    "tests/faults/test_parcels_of_rooms.py",
    "tests/desk/test_checking_in.py",
    "tests/portal/test_polls.py",
    "tests/inspection/test_written.py",
    "tests/desk/test_two_clerks.py",
    "tests/live/test_frames_of_acts.py",
    "tests/portal/test_law.py",
    "tests/bodies/test_villages.py",
    "tests/casework/test_answers.py",
    "tests/desk/test_inviting.py",
    "tests/inspection/test_rounds.py",
    "tests/people/test_explain.py",
    "tests/faults/test_book.py",
    "tests/minutes/test_texts.py",
    "tests/desk/test_case_lists.py",
    "tests/casework/test_steps_of_telling.py",
    "tests/people/test_login.py",
    "tests/desk/test_imports.py",
    "tests/desk/test_inbox.py",
    "tests/desk/test_statements.py",
    "tests/desk/test_conference_day.py",
    "tests/obligations/test_changes_of_law.py",
    "tests/desk/test_rounds.py",
    "tests/conference/test_inviting.py",
    "tests/conference/test_secrecy.py",
    "tests/portal/test_reports.py",
    "tests/desk/test_refused_receptions.py",
    "tests/portal/test_lists.py",
    "tests/look/test_style_page.py",
    "tests/faults/test_logging_in.py",
    "tests/faults/test_counted_once.py",
    "tests/faults/test_two_at_one_thing.py",
    "tests/look/test_outbox.py",
    "tests/desk/test_recommendations.py",
    "tests/casework/test_machine.py",
]


def share_of(nodeid):
    """The tests that one worker runs one after another: a file, or a folder of them."""
    file = nodeid.split("::", 1)[0]
    folder = file.rpartition("/")[0]
    return folder if folder in TOGETHER else file


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

"""The room that docs/develop/add-a-subject.md points to works, and needs four edits outside itself.

It is no room of the product: a copy of the product is given the room and is asked whether it is
whole, in one process of its own, on the suite's own database server.
"""

import os
import shutil
import subprocess
import sys
import tomllib

import pytest

from tests.architecture.sources import ROOT
from tests.sizes import turn

EXAMPLE = ROOT / "docs" / "develop" / "example"
ROOM = "danchu/mediation"
OUTSIDE = {
    "danchu/config/settings.py",
    "danchu/locale/en/LC_MESSAGES/django.po",
    "danchu/people/office_kinds.toml",
    "pyproject.toml",
}
COPIED = ("danchu", "tests", "pyproject.toml", "manage.py", ".import_linter_cache")
# Tests of the product that a new room may break, beside its own.
ASKED = (
    "tests/mediation",
    "tests/architecture/test_acts.py",
    "tests/architecture/test_shape.py",
    "tests/architecture/test_writes.py",
    "tests/copies/test_readers.py::test_every_noted_table_has_its_triggers",
    "tests/copies/test_readers.py::test_what_is_listed_on_the_page_of_a_place_is_noted_so_that_the_page_is_kept",
    "tests/english/test_messages.py",
    "tests/english/test_states_and_buttons.py",
    "tests/desk/test_inbox.py::test_every_wait_is_a_move_of_its_life_and_its_right",
    "tests/desk/test_lists.py::test_what_a_list_lacks_stands_in_its_declaration_with_a_reason",
    "tests/journal/test_digested.py",
    "tests/people/test_actions.py::test_a_chair_appoints_below_him_and_nowhere_else",
    "tests/portal/test_lists.py::test_what_a_public_list_lacks_stands_in_its_declaration_with_a_reason",
    "tests/portal/test_proofs.py::test_each_kind_that_is_proved_to_readers_is_digested_and_names_public_fields",
    "tests/staff/test_pages.py::test_the_words_of_rights_are_those_of_the_table_and_each_has_its_english",
    "tests/subjects/test_life.py::test_no_table_of_a_room_has_two_moves_of_one_act_from_one_state",
    "tests/subjects/test_order.py::test_each_list_sorted_by_names_has_an_index_in_that_order",
)
SECONDS = 300


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    """A copy of the product with the room in it, its edits done and its tests among the others."""
    copy = tmp_path_factory.mktemp("example")
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(
                source, copy / name, ignore=shutil.ignore_patterns("*.mo", "*.mo.*", "*.pyc.*")
            )
        elif source.exists():
            shutil.copy2(source, copy / name)
    shutil.copytree(EXAMPLE / "mediation", copy / ROOM)
    shutil.copytree(EXAMPLE / "tests", copy / "tests" / "mediation")
    shutil.copy2(EXAMPLE / "whole.py", copy)
    for edit in tomllib.loads((EXAMPLE / "edits.toml").read_text(encoding="utf-8"))["edits"]:
        _insert(copy / edit["file"], edit["after"], edit["insert"])
    return copy


def _insert(path, after, text):
    before = path.read_text(encoding="utf-8")
    assert before.count(after) == 1, f"{path.name}: where is {after!r}?"
    path.write_text(before.replace(after, after + text), encoding="utf-8")


def _files(root):
    """{path: content} of what a copy holds of the product, without what running it leaves."""
    paths = [root / "pyproject.toml", root / "manage.py", *(root / "danchu").rglob("*")]
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in paths
        if path.is_file() and path.suffix not in (".pyc", ".mo")
    }


def test_a_room_edits_four_files_outside_itself(copied):
    ours, theirs = _files(ROOT), _files(copied)
    differing = {name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name)}
    assert {name for name in differing if not name.startswith(f"{ROOM}/")} == OUTSIDE


@turn(4, together=3)
def test_the_room_of_the_example_is_whole(copied, django_db_blocker):
    done = subprocess.run(
        [sys.executable, "whole.py", *ASKED],
        cwd=copied,
        env=_environment(django_db_blocker),
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )
    print(done.stdout, done.stderr)
    assert done.returncode == 0
    assert " passed" in done.stdout and "2 kept, 0 broken" in done.stdout


def _environment(blocker):
    """That of the suite, with a database of its own: a copy of the suite's migrated one, where
    that is kept, so that only the room's own migration is left to do.
    """
    from django.conf import settings

    from tests.migrated import template

    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    database = settings.DATABASES["default"]["TEST"]["NAME"] or "test_danchu"
    environment = {
        **kept,
        "DJANGO_SETTINGS_MODULE": "danchu.config.settings",
        "DANCHU_TEST_DATABASE": f"{database}_example",
        "DANCHU_VAR": os.environ.get("DANCHU_VAR", str(ROOT / "var")),
    }
    if settings.EMBEDDED:
        with blocker.unblock():
            environment["DANCHU_TEST_TEMPLATE"] = template()
    return environment

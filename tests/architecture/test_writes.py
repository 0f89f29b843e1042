"""Who may write, and who may add up: read from the code itself."""

import ast
import re

import pytest

from tests.architecture.sources import modules
from tests.each import for_each

WRITES = {
    "save",
    "create",
    "update",
    "delete",
    "bulk_create",
    "bulk_update",
    "update_or_create",
    "get_or_create",
    "acreate",
    "asave",
}
# Words that dictionaries, hashes and forms have too: they are writes only on a queryset or a model.
ALSO_OF_OTHERS = {"update", "save", "delete", "create"}
SUMS = {"Count", "Sum", "Avg"}  # the first and the last day of something are not sums
WRITERS = {
    "actions": "the room's own acts",
    "writes": "the writing halves which several acts of a room share",
    "loading": "data rows that come with the product",
    "imports": "the register's import, whose apply is an act",
}
WRITING_MODULES = {
    "units/sources_load.py": "fills the empty map",
    "units/plan_write.py": "the writing half of reorganise_units",
    "demo/generate.py": "illustrative records",
    "demo/board_reports.py": "illustrative reports on paper of all boards, a thousand at once",
    "demo/bodies.py": "the bodies of illustrative records",
    "demo/members.py": "illustrative members of boards and the villages that elect them",
    "demo/hall_states.py": "illustrative halls beside the others; acts lead them on",
    "demo/office_states.py": "an illustrative invitation whose days have run out",
    "demo/polls.py": "an illustrative conference; its votes are made by the acts",
    "demo/open_hall.py": "an illustrative conference in session; its votes are made by the acts",
    "demo/halls.py": "an illustrative conference of the past; it is closed by the act",
    "demo/accounts.py": "the demo's accounts share one password, hashed once",
    "journal/chain.py": "the chain's own entry",
    "people/accounts.py": "Django's interface for accounts",
}
# Statements that write, outside of the acts and of what they share.
WRITING_SQL = {
    "casework/access/rate_limits.py": "counts requests of strangers, outside of any act",
    "journal/digested.py": "what triggers note of a change",
    "journal/digests.py": "digests of records: a part of each entry",
    "live/hub.py": "when devices were connected, by the process that holds their lines",
}
_WRITING_STATEMENT = re.compile(r"\b(INSERT INTO|DELETE FROM|UPDATE [a-z_]+( [a-z])? SET)\b")
ADDING_UP = {
    "figures": "where figures are made",
    "register/tally.py": "compares the sums kept with their rows",
    "units/soundness.py": "proofs over the map",
    "conference/queries/hall_state.py": "what a running hall is told",
    "conference/votes/running_count.py": "votes while a poll runs",
    "village/meetings.py": "on how many days each village met, as one statement for figures",
    "config/backup.py": "counts what it saved",
    "config/restore.py": "counts what it restored",
}
QUERYSETS = {"models.py", "querysets.py"}


def _room_and_file(name):
    parts = name.removesuffix(".py").split("/")
    return parts[0], parts[1:]


def _may_write(name):
    _room, rest = _room_and_file(name)
    return name in WRITING_MODULES or bool(WRITERS.keys() & set(rest))


def _is_a_row_or_queryset(node):
    """Whether the thing a method is called on reads as a row or a queryset: `Entry.objects…`,
    `event`, `self.instance`.
    """
    text = ast.unparse(node)
    return ".objects" in text or "_set" in text or ".filter(" in text or ".exclude(" in text


def _writes(tree):
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in WRITES
        ):
            keywords = {keyword.arg for keyword in node.keywords}
            told_a_row = {
                "update_fields",
                "force_insert",
                "force_update",
                "batch_size",
                "defaults",
            } & keywords
            if (
                node.func.attr not in ALSO_OF_OTHERS
                or told_a_row
                or _is_a_row_or_queryset(node.func.value)
                or node.func.attr == "save"
                and not node.args
                and not node.keywords
            ):
                yield f"{node.lineno}: {ast.unparse(node.func)}"


@for_each(modules)
def test_only_acts_write(name):
    if not _may_write(name):
        assert list(_writes(modules()[name])) == []


@for_each(modules)
def test_only_figures_and_the_rooms_own_questions_add_up(name):
    room, _rest = _room_and_file(name)
    if room in ADDING_UP or name in ADDING_UP or name.split("/")[-1] in QUERYSETS:
        return
    found = [
        f"{node.lineno}: {ast.unparse(node.func)}"
        for node in ast.walk(modules()[name])
        if isinstance(node, ast.Call)
        and (
            (isinstance(node.func, ast.Attribute) and node.func.attr in SUMS)
            or (isinstance(node.func, ast.Name) and node.func.id in SUMS)
        )
    ]
    assert found == []


@for_each(modules)
def test_only_acts_write_in_sql(name):
    """Docstrings are read too: none has a need to quote such a statement."""
    if not _may_write(name) and name not in WRITING_SQL:
        assert [
            f"{node.lineno}: {node.value.strip()[:60]}"
            for node in ast.walk(modules()[name])
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and _WRITING_STATEMENT.search(node.value)
        ] == []


@pytest.mark.parametrize(
    "place", [*WRITING_MODULES, *WRITING_SQL, *(name for name in ADDING_UP if name.endswith(".py"))]
)
def test_an_exception_is_for_a_module_that_is_there(place):
    assert place in modules()


@for_each(modules)
def test_no_signal_of_our_own_and_no_save_with_side_effects(name):
    tree = modules()[name]
    assert "django.db.models.signals" not in [
        node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)
    ]
    overrides = [
        node.name
        for cls in ast.walk(tree)
        if isinstance(cls, ast.ClassDef)
        for node in cls.body
        if isinstance(node, ast.FunctionDef)
        and node.name in ("save", "delete")
        and "Model" in ast.unparse(cls)[:200]
    ]
    assert overrides == []

"""The pages for developers name only what is there, and the picture of the house is up to date."""

import ast
import re
import runpy
import tomllib
from dataclasses import fields
from importlib import import_module

import pytest

from danchu.people.loading import rights_table
from danchu.subjects.room import Room
from tests.architecture.sources import ROOT, tracked

FOLDER = ROOT / "docs" / "develop"
PAGES = sorted(FOLDER.glob("*.md"))
CODE = re.compile(r"`([^`\n]+)`")
PATH = re.compile(
    r"(?:danchu|tests|docs|bench)/[\w./-]*|pyproject\.toml|Makefile|requirements\S*\.lock"
)
DOTTED = re.compile(r"(?:danchu|tests)(?:\.\w+)+")
WORD = re.compile(r"[A-Za-z]\w+")
# Where the words of the page about subjects come from, beside the templates of records.
OF_SUBJECTS = (
    "danchu/subjects",
    "danchu/kernel",
    "danchu/figures/catalogue.py",
    "danchu/journal/digested.py",
    "danchu/look/records.py",
    "danchu/law/book.py",
    "docs/develop/example",
    "tests/site",
    "tests/people/test_rights.py",
    "tests/register/test_rights_of_acts.py",
    "tests/journal/test_digested.py",
    "tests/faults/test_attacker.py",
    "tests/faults/test_book_of_the_demo.py",
    "tests/faults/test_days_of_units.py",
    "tests/faults/test_two_at_one_thing.py",
)
# What it names of Django and of gettext.
OF_OTHERS = {"INSTALLED_APPS", "gettext", "msgid"}
SLOTS = ("danchu/desk/templates/desk/file.html", "danchu/portal/templates/portal/file.html")
LINE_NUMBER = re.compile(r"\.(?:py|js|html|css):\d+|\blines? \d+", re.I)


def named(page, pattern):
    """Pieces of code of the page that match the pattern as a whole; calls lose their brackets."""
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.S | re.M)
    pieces = [re.sub(r"\(.*\)$", "", piece) for piece in CODE.findall(text)]
    return sorted({piece for piece in pieces if pattern.fullmatch(piece)})


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_path_named_for_developers_is_there(page):
    known = {path.as_posix() for path in tracked()}
    missing = [
        name
        for name in named(page, PATH)
        if not any(path == name or path.startswith(name.rstrip("/") + "/") for path in known)
    ]
    assert missing == []


def is_there(name):
    """Whether the longest part that can be imported has the attributes that follow."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        try:
            value = import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for attribute in parts[length:]:
            if not hasattr(value, attribute) and attribute not in fields_of(value):
                return False
            value = getattr(value, attribute, None)
        return True
    return False


def fields_of(value):
    return getattr(value, "__annotations__", {})


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_name_told_to_developers_is_there(page):
    assert [name for name in named(page, DOTTED) if not is_there(name)] == []


def words_of_code(tree):
    """The names and the short texts of a module, without its docstrings."""
    spoken = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        for field in ("id", "arg", "attr", "name"):
            if isinstance(word := getattr(node, field, None), str):
                yield word
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in spoken
        ):
            yield from node.value.split()


def test_each_word_of_code_on_the_page_about_subjects_is_one():
    """A name alone, such as that of a parameter, is no path that the other tests look up."""
    known = {*rights_table(), *rights_table()["verbs"], *rights_table()["kinds"], *OF_OTHERS}
    for place in OF_SUBJECTS:
        path = ROOT / place
        for module in [path] if path.is_file() else path.rglob("*.py"):
            known.update(words_of_code(ast.parse(module.read_text(encoding="utf-8"))))
    for name in SLOTS:
        known.update(re.findall(r"\w+", (ROOT / name).read_text(encoding="utf-8")))
    words = named(FOLDER / "add-a-subject.md", WORD)
    assert [word for word in words if re.sub("^desk_(new_)?", "", word) not in known] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_line_is_named_by_its_number(page):
    assert LINE_NUMBER.findall(page.read_text(encoding="utf-8")) == []


def test_every_page_is_in_the_index_once():
    contents = (FOLDER / "README.md").read_text(encoding="utf-8")
    counts = {page.name: contents.count(f"]({page.name})") for page in PAGES}
    assert {name for name, number in counts.items() if number != 1} == {"README.md"}


def test_the_page_of_the_house_names_every_room_and_all_that_a_room_can_say():
    """A newcomer looks a room, and what a `room.py` holds, up on that page."""
    [order] = [
        contract["layers"]
        for contract in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"][
            "importlinter"
        ]["contracts"]
        if contract["type"] == "layers"
    ]
    rooms = {room for layer in order for room in re.findall(r"\w+", layer)}
    said = {field.name for field in fields(Room)} - {"name"}
    assert len(rooms) > 30 and len(said) > 15
    words = set(named(FOLDER / "house.md", WORD))
    missing = sorted((rooms | said) - words)
    assert not missing, f"docs/develop/house.md does not name {missing}"


def test_the_picture_of_the_house_is_what_the_script_draws():
    drawing = runpy.run_path(str(FOLDER / "draw_house.py"))
    assert (FOLDER / "house.svg").read_text(encoding="utf-8") == drawing["draw"](), (
        "run .venv/bin/python docs/develop/draw_house.py"
    )

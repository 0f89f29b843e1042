"""One concept, one word: GLOSSARY.md names every kind of event, body and office, with its
English and its source.
"""

import re

import pytest
from django.conf import settings

from danchu.people.loading import rights_table
from danchu.register.kinds import KINDS
from danchu.register.words import FORM_WORDS, NUMBER_WORDS
from danchu.units.kinds import BodyKind


def rows():
    """[cells] of every table of the glossary."""
    text = (settings.ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.startswith("| ") and "trong mã" not in line]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def words_of(text):
    return set(re.findall(r"\w+", text.lower()))


def row_of(key):
    return next((row for row in rows() if f"`{key}`" in row[2]), None)


@pytest.mark.parametrize("key", [*KINDS, *BodyKind.values, *rights_table()["offices"]])
def test_every_kind_has_its_row_with_a_source(key):
    row = row_of(key)
    assert row and len(row) == 4 and all(row), (
        f"{key} is not in GLOSSARY.md with Vietnamese, English, code and source"
    )


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_the_glossary_and_the_page_use_the_same_words(kind):
    vietnamese, english = row_of(kind.key)[:2]
    assert words_of(kind.vi) & words_of(vietnamese) and words_of(kind.en) & words_of(english)


@pytest.mark.parametrize("key,office", rights_table()["offices"].items())
def test_an_office_is_called_the_same_everywhere(key, office):
    assert row_of(key)[:2] == [office["vi"], office["en"]]


def test_what_the_glossary_names_in_code_exists():
    known = {*KINDS, *FORM_WORDS, *NUMBER_WORDS, *BodyKind.values, *rights_table()["offices"]}
    text = "".join(path.read_text(encoding="utf-8") for path in settings.PACKAGE.rglob("*.py"))
    named = {name for row in rows() for name in re.findall(r"`([\w.]+)(?:\(.*?\))?`", row[2])}
    assert {
        name for name in named if name not in known and not re.search(rf"\b{name}\b", text)
    } == set()

"""The documents: a page is in one language throughout, two pages of one content stay alike, the
changelog can be scanned.
"""

import re

import pytest

from tests.architecture.sources import ROOT, tracked

PAIRS = [("README.md", "README.en.md"), ("SECURITY.md", "SECURITY.en.md")]
# Pages that set the two languages beside each other in a table, or are generated so.
OF_BOTH = {"GLOSSARY.md"}
VIETNAMESE_PAGES = re.compile(
    r"README\.md|SECURITY\.md|CHANGELOG\.md|CONTRIBUTING\.vi\.md"
    r"|docs/(operate|import|reorganise|bench)\.md|docs/manual/[\w-]+\.md"
)
# A Vietnamese page may end with a section in English that is whole in itself.
ENGLISH_SECTION = "\n## In English\n"
VIETNAMESE = re.compile(
    r"[ăđơưĂĐƠƯ\u1ea0-\u1ef9]|\b\w*[àáâãèéêìíòóôõùúýÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝ]\w*", re.UNICODE
)
# Words that no Vietnamese sentence is written without noticing.
ENGLISH = re.compile(r"\b(the|and|of|which|with|from|is|are|by)\b", re.I)
NAME_OF_THE_PRODUCT = "Dân Chủ"
LONGEST_DECISION_WORDS = 800
PARTS_OF_A_DECISION = ("**What", "**Why.**", "**Ruled out.**")


def text_of(path):
    return (ROOT / path).read_text(encoding="utf-8")


def prose(text):
    """The text without code, comments, addresses of links and words in quotation marks, which
    may be of either language.
    """
    text = re.sub(r"^```.*?^```", "", text, flags=re.S | re.M)
    text = re.sub(r"<!--.*?-->|`[^`]*`|“[^”]*”|\]\([^)]*\)|https?://\S+", "", text, flags=re.S)
    return text.replace(NAME_OF_THE_PRODUCT, "")


def pages():
    names = [path.as_posix() for path in tracked() if path.suffix == ".md"]
    ours = [name for name in names if name.count("/") == 0 or name.startswith("docs/")]
    return [name for name in ours if name not in OF_BOTH and not name.startswith("docs/generated/")]


@pytest.mark.parametrize("name", [name for name in pages() if VIETNAMESE_PAGES.fullmatch(name)])
def test_a_vietnamese_page_is_whole_in_vietnamese(name):
    text, _sep, english = text_of(name).partition(ENGLISH_SECTION)
    # What leads to the page in the other language is named in that language.
    text = re.sub(r"^\*\[English\]\(.*\)\*$", "", text, flags=re.M)
    assert [line for line in prose(text).splitlines() if ENGLISH.search(line)] == []
    assert VIETNAMESE.findall(prose(english)) == []


@pytest.mark.parametrize("name", [name for name in pages() if not VIETNAMESE_PAGES.fullmatch(name)])
def test_an_english_page_is_whole_in_english(name):
    text = re.sub(r"^\*\[Tiếng Việt\]\(.*\)\*$", "", text_of(name), flags=re.M)
    assert [line for line in prose(text).splitlines() if VIETNAMESE.search(line)] == []


def headings(text):
    text = re.sub(r"^```.*?^```", "", text, flags=re.S | re.M)
    return [len(line) - len(line.lstrip("#")) for line in text.splitlines() if line.startswith("#")]


def commands(text):
    """Every line of the blocks of code, without the comments, and every short piece of code."""
    blocks = re.findall(r"^```.*?\n(.*?)^```", text, flags=re.S | re.M)
    lines = [line.split("#")[0].rstrip() for block in blocks for line in block.splitlines()]
    rest = re.sub(r"^```.*?^```", "", text, flags=re.S | re.M)
    return lines, re.findall(r"`([^`]+)`", rest)


def links(text):
    """Where links lead, in order; a page of either language counts as the same page."""
    return [link.replace(".en.md", ".md") for link in re.findall(r"\]\(([^)\s]+)\)", text)]


@pytest.mark.parametrize("vietnamese,english", PAIRS)
def test_two_pages_of_one_content_have_the_same_sections_commands_and_links(vietnamese, english):
    first, second = text_of(vietnamese), text_of(english)
    assert headings(first) == headings(second)
    assert commands(first) == commands(second)
    assert links(first) == links(second)


def decisions():
    return [name for name in pages() if name.startswith("docs/decisions/")]


@pytest.mark.parametrize("name", decisions())
def test_a_decision_says_on_one_page_what_why_and_what_was_ruled_out(name):
    text = text_of(name)
    assert [part for part in PARTS_OF_A_DECISION if part not in text] == []
    assert len(text.split()) <= LONGEST_DECISION_WORDS
    assert text.startswith(f"# {name.split('/')[-1][:4]} ")


def test_the_changelog_has_releases_subjects_and_a_line_of_one_sentence_each():
    lines = [line for line in text_of("CHANGELOG.md").splitlines() if line and line[0] in "#-"]
    assert lines[0].startswith("# ") and lines[1].startswith("## "), "a release comes first"
    entries = [line for line in lines if line.startswith("- ")]
    wrong = [
        line
        for line in entries
        if not line.endswith(".") or " / " in line or re.search(r"[.!?] [A-ZĐÂÔƯ]", line[2:])
    ]
    assert wrong == [], "one sentence in Vietnamese, with a full stop at its end"
    assert len(set(entries)) == len(entries)


def test_every_entry_of_the_changelog_stands_under_a_subject_of_a_release():
    depth = 0
    for line in text_of("CHANGELOG.md").splitlines():
        if line.startswith("#"):
            depth = len(line.split()[0])
        assert not line.startswith("- ") or depth == 3, line

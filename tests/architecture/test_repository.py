"""The repository speaks of the product alone, and its pages ask nobody else for anything."""

import re
from urllib.parse import urlsplit

from tests.architecture.sources import ROOT, tracked
from tests.each import for_each

TEXT = {
    ".py",
    ".md",
    ".toml",
    ".html",
    ".css",
    ".js",
    ".svg",
    ".txt",
    ".yml",
    ".yaml",
    ".json",
    ".lock",
    ".po",
    ".cfg",
    ".ini",
    "",
}
FOREIGN = {"tests/look/assets/axe.min.js", "LICENSE"}
PLACES = re.compile(
    r"(?<![\w.])/(?:home/(?!danchu)[a-z]\w*|Users/\w+|work/(?:main|shared|\.library)|tmp/wt)\b"
)
WORDS = re.compile(
    r"\b(worktree|TODO|FIXME|XXX|HACK|lorem ipsum)\b|\b(?:Claude|ChatGPT|Copilot)\b", re.I
)
KEYS = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\bghp_[A-Za-z0-9]{30,}")
# Addresses a page may name without asking them for anything: XML's own names, and where a reader
# may go by a click.
NAMES_OF_XML = {"www.w3.org", "schemas.openxmlformats.org"}
LARGEST_KIB = 3072


def texts():
    return [path for path in tracked() if path.suffix in TEXT and path.as_posix() not in FOREIGN]


@for_each(texts)
def test_no_place_or_habit_of_a_machine_is_in_the_repository(path):
    if path.as_posix() == "tests/architecture/test_repository.py":
        return
    text = (ROOT / path).read_text(encoding="utf-8")
    if path.parts[:2] == ("danchu", "jobs"):
        text = text.replace('"todo"', "")  # the name that the queue gives to a job which waits
    assert [*PLACES.findall(text), *WORDS.findall(text), *KEYS.findall(text)] == []


def test_no_database_no_secret_and_nothing_huge_is_in_the_repository():
    wrong = [
        str(path)
        for path in tracked()
        if path.parts[0].startswith("var")
        or path.name in ("secret-key", ".env", "PG_VERSION")
        or path.suffix in (".pyc", ".mo", ".sqlite3")
        or (ROOT / path).stat().st_size > LARGEST_KIB * 1024
    ]
    assert wrong == []


def pages():
    return [
        path
        for path in tracked()
        if path.parts[0] == "danchu" and path.suffix in (".html", ".css", ".js", ".svg")
    ]


@for_each(pages)
def test_a_page_asks_no_other_site_for_anything(path):
    text = (ROOT / path).read_text(encoding="utf-8")
    asked = re.findall(
        r"""(?:src|href|action|url)\s*(?:=\s*["']?|\(\s*["']?)((?:https?:)?//[^\s"')>]+)""", text
    )
    asked += re.findall(
        r"""(?:@import|fetch\(|importScripts\(|new WebSocket\()\s*"""
        r"""["']((?:https?:|wss?:)?//[^"']+)""",
        text,
    )
    assert [one for one in asked if urlsplit(one).hostname not in NAMES_OF_XML] == []


@for_each([path for path in pages() if path.suffix == ".html"])
def test_a_page_has_no_script_or_style_inside_itself(path):
    text = re.sub(
        r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}",
        "",
        (ROOT / path).read_text(encoding="utf-8"),
        flags=re.S,
    )
    assert re.findall(r"<style\b", text) == []
    assert (
        re.findall(
            r"""<script(?![^>]*\bsrc=)(?![^>]*type=["'](?:application|text)/(?:ld\+)?json)[^>]*>""",
            text,
        )
        == []
    )
    assert re.findall(r"""\s(?:style|on[a-z]+)=["']""", text) == []


def test_the_promised_papers_are_there():
    promised = [
        "README.md",
        "LICENSE",
        "CHANGELOG.md",
        "GLOSSARY.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
        "NOTICE.md",
        "docs/operate.md",
    ]
    assert [name for name in promised if not (ROOT / name).is_file()] == []


def test_the_licence_is_the_whole_of_the_affero_licence():
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in text and "13. Remote Network Interaction" in text
    assert "END OF TERMS AND CONDITIONS" in text and len(text.split()) == 5535


@for_each([path for path in tracked() if path.suffix == ".md"])
def test_a_link_in_the_documentation_leads_somewhere(path):
    text = (ROOT / path).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#\s]+)", text):
        if "://" not in target and not target.startswith("mailto:"):
            assert (ROOT / path.parent / target).exists(), f"{path} → {target}"

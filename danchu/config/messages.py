"""Collects every translatable sentence of the program into the .po files, with Babel: gettext need
not be installed. The words of rights are collected from office_kinds.toml.

The id of a message is the Vietnamese sentence. A message keeps its translation while its id stays
the same; one that is no longer in the program is removed.
"""

import re
import unicodedata
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

from danchu.people.loading import SOURCE, rights_table

KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "noted": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
# Headers that change at each run or are of no use here.
OMITTED_HEADERS = (
    b'"POT-Creation',
    b'"PO-Revision',
    b'"Last-Trans',
    b'"Language-Team',
    b'"Report-Msgid',
    b'"Generated-By',
)
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}|(%[sd])")


def catalogues():
    """The paths of the .po files, one for each language."""
    return sorted(po for root in settings.LOCALE_PATHS for po in root.glob("*/LC_MESSAGES/*.po"))


def extract_catalogue():
    """A babel Catalog of the sentences now in the program, each with the files it stands in."""
    catalogue = Catalog(charset="utf-8")
    for path in _sources():
        text = path.read_text(encoding="utf-8")
        place = path.relative_to(settings.ROOT).as_posix()
        for _line, message, _comments, context in _messages(path, text):
            catalogue.add(
                message, locations=[(place, None)], context=context, flags=_flags(message)
            )
    rights = rights_table()
    place = SOURCE.relative_to(settings.ROOT).as_posix()
    for word in (*rights["verbs"].values(), *rights["kinds"].values()):
        catalogue.add(word, locations=[(place, None)])
    return catalogue


def _sources():
    for pattern in ("*.py", "templates/**/*.html", "templates/**/*.txt"):
        yield from sorted(p for p in settings.PACKAGE.rglob(pattern) if "migrations" not in p.parts)


def _messages(path, text):
    if path.suffix != ".py":
        # templatize() replaces HTML by blanks; the indentation would not parse as Python.
        text = "\n".join(line.strip() for line in templatize(text, origin=str(path)).splitlines())
    return extract("python", BytesIO(text.encode()), keywords=KEYWORDS)


def _flags(message):
    words = message if isinstance(message, str) else " ".join(message)
    return ["python-format"] if re.search(r"%\(\w+\)[sd]|%[sd]", words) else []


def merged_catalogue(path, current=None):
    """A Catalog of the program's sentences with the translations of the .po file at `path`."""
    current = current or extract_catalogue()
    with open(path, "rb") as source:
        existing = read_po(source)
    fresh = Catalog(
        locale=path.parts[-3],
        charset="utf-8",
        fuzzy=False,
        project="danchu",
        version="1",
        header_comment="# Dân Chủ: English. The ids are the Vietnamese sentences; renew with `make "
        "messages`.",
    )
    for message in sorted(_entries(current), key=_order):
        old = existing.get(message.id, message.context)
        fresh.add(
            message.id,
            old.string if old and _is_of_kind(old, message) else None,
            sorted(set(message.locations)),
            message.flags,
            context=message.context,
        )
    return fresh


def _is_of_kind(old, message):
    """Whether both have one form, or both one for each number: a sentence that is now written
    otherwise for one thing than for several is translated anew.
    """
    return isinstance(old.id, str) == isinstance(message.id, str)


def _entries(catalogue):
    """The messages without the header, whose id is empty."""
    return [message for message in catalogue if message.id]


def _order(message):
    """Sort key: the first file, then the text. It keeps the diff of a change small."""
    words = message.id if isinstance(message.id, str) else message.id[0]
    return min(message.locations), unicodedata.normalize("NFC", words)


def write_catalogue(path, catalogue):
    """Write the catalogue to `path`, without the headers of OMITTED_HEADERS."""
    buffer = BytesIO()
    fresh = path.with_suffix(".po.new")
    write_po(buffer, catalogue, width=110)
    fresh.write_bytes(
        b"".join(
            line
            for line in buffer.getvalue().splitlines(keepends=True)
            if not line.startswith(OMITTED_HEADERS)
        )
    )
    fresh.replace(path)


def catalogue_problems(path, current=None):
    """[sentence] of what is wrong with the .po file at `path`: messages missing or left over,
    untranslated, or with other placeholders than the original.
    """
    current = current or extract_catalogue()
    with open(path, "rb") as source:
        existing = read_po(source)
    current_keys = {(m.context, m.id) for m in _entries(current)}
    translations = {(m.context, m.id): m for m in _entries(existing)}
    sentences = [f"missing: {key[1]}" for key in current_keys - translations.keys()] + [
        f"gone: {key[1]}" for key in translations.keys() - current_keys
    ]
    return sorted(
        sentences + [f"{fault}: {m.id}" for m in translations.values() for fault in _faults(m)]
    )


def _faults(message):
    ids = _forms(message.id)
    strings = _forms(message.string)
    if message.fuzzy or not strings or not all(text and text.strip() for text in strings):
        return ["untranslated"]
    originals = {placeholders(text) for text in ids}
    return (
        [] if all(placeholders(text) in originals for text in strings) else ["other placeholders"]
    )


def _forms(words):
    return [words] if isinstance(words, str) else list(words or [])


def placeholders(text):
    """The set of placeholders in a text, of %-format and of str.format."""
    return frozenset(match.group() for match in PLACEHOLDER.finditer(text.replace("%%", "")))

"""Collects every translatable sentence of the program into the .po files, with Babel alone: no
gettext on the machine.

The Vietnamese sentence is the message's id. A message keeps its translation as long as its words
stay the same; one that left the program leaves the file.
"""

import re
import unicodedata
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

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
# Lines of a catalogue's head that nobody reads.
IDLE = (
    b'"POT-Creation',
    b'"PO-Revision',
    b'"Last-Trans',
    b'"Language-Team',
    b'"Report-Msgid',
    b'"Generated-By',
)
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}|(%[sd])")


def catalogues():
    """The .po file of every language."""
    return sorted(po for root in settings.LOCALE_PATHS for po in root.glob("*/LC_MESSAGES/*.po"))


def extracted():
    """A Catalog of what the program says now, each message with the files that say it."""
    found = Catalog(charset="utf-8")
    for path in _sources():
        text = path.read_text(encoding="utf-8")
        place = path.relative_to(settings.ROOT).as_posix()
        for _line, message, _comments, context in _messages(path, text):
            found.add(message, locations=[(place, None)], context=context, flags=_flags(message))
    return found


def _sources():
    for pattern in ("*.py", "templates/**/*.html", "templates/**/*.txt"):
        yield from sorted(p for p in settings.PACKAGE.rglob(pattern) if "migrations" not in p.parts)


def _messages(path, text):
    if path.suffix != ".py":
        # What Django blanks out keeps its place; the places mean nothing to a reader of Python.
        text = "\n".join(line.strip() for line in templatize(text, origin=str(path)).splitlines())
    return extract("python", BytesIO(text.encode()), keywords=KEYWORDS)


def _flags(message):
    words = message if isinstance(message, str) else " ".join(message)
    return ["python-format"] if re.search(r"%\(\w+\)[sd]|%[sd]", words) else []


def merged(path, found=None):
    """The catalogue at `path` as it must be: what is said now, with the translations it already
    holds.
    """
    found = found or extracted()
    with open(path, "rb") as source:
        held = read_po(source)
    fresh = Catalog(
        locale=path.parts[-3],
        charset="utf-8",
        fuzzy=False,
        project="danchu",
        version="1",
        header_comment="# Dân Chủ: English. The ids are the Vietnamese sentences; renew with `make "
        "messages`.",
    )
    for message in sorted(_said(found), key=_order):
        old = held.get(message.id, message.context)
        fresh.add(
            message.id,
            old.string if old else None,
            sorted(set(message.locations)),
            message.flags,
            context=message.context,
        )
    return fresh


def _said(catalogue):
    return [message for message in catalogue if message.id]


def _order(message):
    """By the first file, then by the words: a change moves little."""
    words = message.id if isinstance(message.id, str) else message.id[0]
    return min(message.locations), unicodedata.normalize("NFC", words)


def write(path, catalogue):
    """The file anew; without the lines of its head that name people and hours, which would
    change for nothing.
    """
    made = BytesIO()
    fresh = path.with_suffix(".po.new")
    write_po(made, catalogue, width=110)
    fresh.write_bytes(
        b"".join(
            line for line in made.getvalue().splitlines(keepends=True) if not line.startswith(IDLE)
        )
    )
    fresh.replace(path)


def problems(path, found=None):
    """What is wrong with a catalogue: [sentence]. Stale, untranslated, or other placeholders
    than the original's.
    """
    found = found or extracted()
    with open(path, "rb") as source:
        held = read_po(source)
    said = {(m.context, m.id) for m in _said(found)}
    kept = {(m.context, m.id): m for m in _said(held)}
    told = [f"missing: {key[1]}" for key in said - kept.keys()] + [
        f"gone: {key[1]}" for key in kept.keys() - said
    ]
    return sorted(told + [f"{fault}: {m.id}" for m in kept.values() for fault in _faults(m)])


def _faults(message):
    ids = _forms(message.id)
    strings = _forms(message.string)
    if message.fuzzy or not strings or not all(text and text.strip() for text in strings):
        return ["untranslated"]
    wanted = {placeholders(text) for text in ids}
    return [] if all(placeholders(text) in wanted for text in strings) else ["other placeholders"]


def _forms(words):
    return [words] if isinstance(words, str) else list(words or [])


def placeholders(text):
    """The names to be filled in, each once: those of %-format and of str.format."""
    return frozenset(match.group() for match in PLACEHOLDER.finditer(text.replace("%%", "")))

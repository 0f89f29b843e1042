"""The verbs and kinds of rights in words: those of office_kinds.toml in the reader's language.
Their English is in the catalogue, which collects the words of that file too.
"""

from typing import Any

from django.utils.translation import gettext_lazy

from danchu.people.loading import rights_table

EVERY_KIND = gettext_lazy("mọi loại hồ sơ")


def verb_words() -> dict[str, Any]:
    """{verb: word} of every verb of a right."""
    return {verb: gettext_lazy(word) for verb, word in rights_table()["verbs"].items()}


def kind_words() -> dict[str, Any]:
    """{kind: word} of every kind of record that rights name."""
    return {kind: gettext_lazy(word) for kind, word in rights_table()["kinds"].items()}


def words_of_right(verb: str, kind: str) -> str:
    """A right in words: “xác nhận (đối thoại)”; sentences put it after a colon."""
    of_kind = EVERY_KIND if kind == "*" else kind_words().get(kind, kind)
    short, _colon, _what = str(of_kind).partition(":")
    return f"{verb_words().get(verb, verb)} ({short})"

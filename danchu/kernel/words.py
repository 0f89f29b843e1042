"""Translation hooks. Sentences stay Vietnamese until `speak` installs a language and a translator,
so that the kernel needs no framework.
"""

from collections.abc import Callable
from typing import Protocol


class Named(Protocol):
    """An object with a Vietnamese and an English name."""

    @property
    def vi(self) -> str: ...

    @property
    def en(self) -> str: ...


def _vietnamese() -> str | None:
    return "vi"


_active_language: Callable[[], str | None] = _vietnamese
_translate: Callable[[str], str] = str


def speak(language: Callable[[], str | None], translate: Callable[[str], str]) -> None:
    """Install the callables that return the reader's language code and translate a sentence."""
    global _active_language, _translate
    _active_language = language
    _translate = translate


def language() -> str:
    """The reader's language, "vi" or "en"."""
    return "en" if (_active_language() or "vi").startswith("en") else "vi"


def gettext(sentence: str) -> str:
    """The Vietnamese sentence in the reader's language."""
    return _translate(sentence)


def local_name(thing: Named) -> str:
    """The name of `thing` in the reader's language."""
    return thing.en if language() == "en" else thing.vi

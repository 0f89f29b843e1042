"""The language the kernel speaks: Vietnamese, until a surface says whose ears it has. The
kernel knows no framework.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass
class Speech:
    """How to learn the reader's language ("vi", "en") and how to put a Vietnamese sentence into
    it.
    """

    language: Callable = lambda: "vi"
    translate: Callable = str


SPEECH = Speech()


def speak(language, translate):
    """From now on ask these two."""
    SPEECH.language, SPEECH.translate = language, translate


def language():
    """ "vi" or "en"."""
    return "en" if (SPEECH.language() or "vi").startswith("en") else "vi"


def gettext(sentence):
    """The sentence in the reader's language."""
    return SPEECH.translate(sentence)


def told(thing):
    """The name of whatever carries `vi` and `en` in the reader's language."""
    return getattr(thing, language())

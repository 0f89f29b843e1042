"""The language of the reader, as a surface installs it."""

from dataclasses import dataclass

import pytest

from danchu.kernel import words


@dataclass
class Thing:
    vi: str = "việc"
    en: str = "matter"


@pytest.fixture
def spoken():
    """Puts back what a surface had installed."""
    before = words._active_language, words._translate
    yield
    words.speak(*before)


@pytest.mark.parametrize(
    ("active", "language", "name"),
    [("vi", "vi", "việc"), ("en-gb", "en", "matter"), (None, "vi", "việc")],
)
def test_a_name_is_that_of_the_language_of_the_reader(spoken, active, language, name):
    words.speak(lambda: active, str.upper)
    assert words.language() == language
    assert words.local_name(Thing()) == name
    assert words.gettext("việc") == "VIỆC"


def test_without_a_surface_the_kernel_speaks_vietnamese():
    assert words._vietnamese() == "vi"

"""What is kept from the type checker or from coverage has its reason beside it."""

import re

import pytest

from tests.architecture.sources import PACKAGE, modules
from tests.each import for_each

# The comment itself, then two blanks, a hash and the reason.
REASONED = re.compile(r"# (type: ignore\[[\w-]+\]|pragma: no (cover|branch))  # \w.{9,}$")
MARKED = re.compile(r"# (type: ignore|pragma: no )")


def without_reason(text):
    """The lines that are kept from a check without saying why."""
    return [line for line in text.splitlines() if MARKED.search(line) and not REASONED.search(line)]


@for_each(modules)
def test_what_is_not_checked_says_why(name):
    assert without_reason((PACKAGE / name).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("line", "is_reasoned"),
    [
        ("x = f()  # type: ignore[no-any-return]  # a path of names has no type", True),
        ("x = f()  # type: ignore[no-any-return]", False),
        ("x = f()  # type: ignore  # a path of names has no type", False),
        ("else:  # pragma: no cover  # the database refuses such a row", True),
        ("else:  # pragma: no cover", False),
        ("x = f()", True),
    ],
)
def test_a_reason_is_read(line, is_reasoned):
    assert (without_reason(line) == []) == is_reasoned

"""Numbers as a person types several of them: "1, 4-9"."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from danchu.kernel.refusals import Refused

MOST_NUMBERS = 20_000


def numbers_in(text: object, field: str) -> set[int]:
    """The whole numbers that the text names, single ones and spans; Refused at `field` where it
    names none, or is no list of numbers.
    """
    numbers: set[int] = set()
    for part in re.split(r"[,;\s]+", re.sub(r"\s*[-–]\s*", "-", str(text or "").strip())):
        match = re.fullmatch(r"(\d{1,6})(?:-(\d{1,6}))?", part, re.ASCII)
        if match is None:
            raise Refused(_("Hãy ghi các số, như 1, 4-9."), field)
        first = int(match[1])
        last = int(match[2] or match[1])
        if last - first >= MOST_NUMBERS:
            raise Refused(_("Hãy ghi các số, như 1, 4-9."), field)
        numbers.update(range(first, last + 1))
    return numbers


def spans_of(numbers: Iterable[int]) -> str:
    """The numbers as `numbers_in` reads them, the shortest way: "1, 4-9"."""
    spans: list[list[int]] = []
    for number in sorted(numbers):
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in spans)

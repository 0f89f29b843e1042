"""Texts and tables of several lines: every line that is wrong is named, not the first alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import groupby

from danchu.kernel.numbers import show_number
from danchu.kernel.refusals import Refused, raise_all
from danchu.kernel.words import gettext as _

# Lines that are told with what is wrong in them; of the others only the numbers.
MOST_TOLD = 100


@contextmanager
def line_refusals(
    sentence: str, field: str = ""
) -> Iterator[Callable[[int], AbstractContextManager[None]]]:
    """Let every line be checked, and refuse all bad ones together:

        with line_refusals(_("Dòng %(number)s: %(why)s"), "signers") as line:
            for number, text in enumerate(lines, 1):
                with line(number):
                    check(text)

    Refused at the end, once for each bad line, on `field` or else on the field of its own refusal.
    What is refused between the lines, such as a file that cannot be read on, is told with them.
    """
    refusals: list[Refused] = []
    others: list[int] = []

    @contextmanager
    def line(number: int) -> Iterator[None]:
        try:
            yield
        except Refused as refusal:
            if len(refusals) < MOST_TOLD:
                words = sentence % {"number": number, "why": refusal.sentences}
                refusals.append(Refused(words, field or refusal.field))
            else:
                others.append(number)

    try:
        yield line
    except Refused as refusal:
        refusals.extend(refusal.every)
    if others:
        words = _("Còn %(count)s dòng chưa đúng nữa: %(numbers)s.") % {
            "count": show_number(len(others)),
            "numbers": ranges(others),
        }
        refusals.append(Refused(words, field))
    raise_all(refusals)


def ranges(numbers: Iterable[int]) -> str:
    """Ascending numbers in words, those that follow one another as one: "3–5, 9"."""
    runs = []
    for _key, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        first, *rest = (number for _place, number in run)
        runs.append(f"{first}–{rest[-1]}" if rest else f"{first}")
    return ", ".join(runs)

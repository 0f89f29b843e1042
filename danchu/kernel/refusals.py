"""The two exceptions that refuse an act. Every surface handles each of them in one place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any


class Refused(Exception):
    """The values do not permit the act; the message says in Vietnamese what to change.

    `field` is the form field or column that the message belongs to, "" for the whole form.
    `others` are the refusals of further rules that the same values break (see `all_refusals`).
    `choices` are what may be entered instead of `typed`, where that can be said: each has a `value`
    to enter, a `label` to read and `as_json()` for programs.
    """

    def __init__(
        self,
        message: object,
        field: str = "",
        others: Iterable[Refused] = (),
        *,
        choices: Iterable[Any] = (),
        typed: str = "",
    ) -> None:
        super().__init__(str(message))
        self.message = message
        self.field = field
        self.others = tuple(others)
        self.choices = tuple(choices)
        self.typed = typed

    def __str__(self) -> str:
        return self.sentences

    @property
    def every(self) -> list[Refused]:
        """This refusal and the others, in the order of the rules."""
        return [self, *self.others]

    @property
    def sentences(self) -> str:
        """All messages as one text, for where there are no fields."""
        return " ".join(str(one.message) for one in self.every)


class Denied(Exception):
    """The actor has no right to this act on this day."""

    def __init__(self, message: object = "") -> None:
        super().__init__(str(message))
        self.message = message


def require(allowed: bool, message: object = "") -> None:
    """Raise `Denied` unless `allowed`."""
    if not allowed:
        raise Denied(message)


@contextmanager
def all_refusals() -> Iterator[Callable[[], AbstractContextManager[None]]]:
    """Let rules that do not depend on each other all be checked, and refuse them together:

        with all_refusals() as rule:
            with rule():
                check_day(day)
            with rule():
                check_title(title)

    Refused at the end, when a rule refused: the first, with the others in `others`.
    """
    refusals: list[Refused] = []

    @contextmanager
    def rule() -> Iterator[None]:
        try:
            yield
        except Refused as refusal:
            refusals.extend(refusal.every)

    yield rule
    raise_all(refusals)


def raise_all(refusals: Iterable[Refused]) -> None:
    """Raise the first of the refusals with the rest as its `others`; none where there is none."""
    every = list(refusals)
    if every:
        first = every[0]
        raise Refused(
            first.message, first.field, every[1:], choices=first.choices, typed=first.typed
        ) from None

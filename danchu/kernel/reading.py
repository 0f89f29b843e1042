"""Read contexts: within one, the answer to each question (a version of the map or of the law, a
sum) is read from the database once and cached. Where somebody knows what changes, answers last from
one context to the next.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Protocol, TypeVar, cast

from danchu.kernel.dependence import Notes, is_noting, note_again, notes_in_work, noting_apart

Answer = TypeVar("Answer")


class Store(Protocol):
    """Answers that last from one context to the next, each until what was noted of it changes."""

    def find(self, name: Hashable) -> tuple[object, Notes] | None:
        """The answer and what was noted when it was read; None where it is not known or not true
        any more.
        """
        ...

    def keep(self, name: Hashable, answer: object, notes: Notes, tables: Iterable[str]) -> None:
        """Keep an answer until what was noted changes, or any row of the tables."""
        ...


@dataclass
class Known:
    """An answer, what was noted when it was read (None: the reader notes it), and for which answer
    in work it was noted last.
    """

    answer: object
    notes: Notes | None = None
    noted_for: Notes | None = None


_answers: ContextVar[dict[Hashable, Known] | None] = ContextVar(
    "answers of the current read context", default=None
)
_store: ContextVar[Store | None] = ContextVar("answers that last", default=None)


@contextmanager
def reading(*, anew: bool = False) -> Iterator[None]:
    """Open a read context, or join the open one; with `anew` a context of its own, which knows no
    answer that was read before. Only for code that does not write, such as a page or a report,
    because cached answers are never invalidated.
    """
    if _answers.get() is not None and not anew:
        yield
        return
    token = _answers.set({})
    store_token = _store.set(None if anew else _store.get())
    try:
        yield
    finally:
        _answers.reset(token)
        _store.reset(store_token)


@contextmanager
def lasting(store: Store | None) -> Iterator[None]:
    """Let read contexts that are opened within take answers that last from a store, and keep them
    there.
    """
    token = _store.set(store)
    try:
        yield
    finally:
        _store.reset(token)


def is_reading() -> bool:
    """Whether a read context is open."""
    return _answers.get() is not None


def once(
    name: Hashable, ask: Callable[[], Answer], *, lasts: Iterable[str] | None = None
) -> Answer:
    """Return `ask()`, cached per `name` in the current read context; not cached outside one. With
    `lasts` the answer lasts beyond the context, until what was noted of it changes or any row of
    these tables; it is then shared by all readers, so nobody may modify it.
    """
    answers = _answers.get()
    if answers is None:
        return ask()
    if name in answers:
        _note_known(answers[name])
    elif lasts is None or not recall(name):
        if _store.get() is None and not is_noting():
            answers[name] = Known(ask())
        else:
            with noting_apart() as notes:
                answer = ask()
            answers[name] = Known(answer, notes, notes_in_work())
            if lasts is not None:
                keep(name, answer, notes, lasts)
    return cast(Answer, answers[name].answer)


def _note_known(entry: Known) -> None:
    """Whatever is in work depends on an answer that the context knew before, too."""
    in_work = notes_in_work()
    if entry.notes is not None and entry.noted_for is not in_work:
        note_again(entry.notes)
        entry.noted_for = in_work


def is_known(name: Hashable) -> bool:
    """Whether the current read context has the answer of this name; what is in work then depends on
    it.
    """
    answers = _answers.get()
    if answers is None or name not in answers:
        return False
    _note_known(answers[name])
    return True


def recall(name: Hashable) -> bool:
    """Take the answer of this name from those that last; whether it was there."""
    store = _store.get()
    entry = None if store is None else store.find(name)
    if entry is None:
        return False
    answer, notes = entry
    note_again(notes)
    know(name, answer, notes)
    return True


def keep(name: Hashable, answer: object, notes: Notes, tables: Iterable[str] = ()) -> None:
    """Let an answer last until what was noted changes, or any row of the tables."""
    store = _store.get()
    if store is not None and not notes.hindrances:
        store.keep(name, answer, notes, tables)


def know(name: Hashable, answer: object, notes: Notes | None = None) -> None:
    """Let the current read context have an answer that was read together with others, and what was
    noted of it, which was noted for the answer in work, too. RuntimeError outside one.
    """
    answers = _answers.get()
    if answers is None:
        raise RuntimeError("no read context is open")
    answers[name] = Known(answer, notes, notes_in_work())

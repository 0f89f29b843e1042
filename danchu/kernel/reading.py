"""Read contexts: within one, the answer to each question (a version of the map or of the law, a
sum) is read from the database once and cached.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar, cast

Answer = TypeVar("Answer")

_answers: ContextVar[dict[Hashable, object] | None] = ContextVar(
    "answers of the current read context", default=None
)


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
    try:
        yield
    finally:
        _answers.reset(token)


def is_reading() -> bool:
    """Whether a read context is open."""
    return _answers.get() is not None


def once(name: Hashable, ask: Callable[[], Answer]) -> Answer:
    """Return `ask()`, cached per `name` in the current read context; not cached outside one."""
    answers = _answers.get()
    if answers is None:
        return ask()
    if name not in answers:
        answers[name] = ask()
    return cast(Answer, answers[name])


def is_known(name: Hashable) -> bool:
    """Whether the current read context has the answer of this name."""
    answers = _answers.get()
    return answers is not None and name in answers


def know(name: Hashable, answer: object) -> None:
    """Let the current read context have an answer that was read together with others. RuntimeError
    outside one.
    """
    answers = _answers.get()
    if answers is None:
        raise RuntimeError("no read context is open")
    answers[name] = answer

"""The copies in the memory of this process, each true up to the last change that was read."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from threading import Lock

from django.conf import settings

from danchu.copies.changes import Changed, Feed
from danchu.copies.copy import Copy, Dependence, is_touched
from danchu.kernel.dependence import FACTS

feed = Feed()
_lock = Lock()
_copies: OrderedDict[bytes, Copy] = OrderedDict()
_bytes = 0
# What facts said, by the number of the last change that was read before.
_facts: dict[str, tuple[int, str]] = {}


def kept_copy(key: bytes, number: int) -> Copy | None:
    """The copy under a key where no change up to `number` (of `feed.poll`) touches it: who asked
    before a later change is not told of it.
    """
    with _lock:
        copy = _copies.get(key)
        if copy is None:
            return None
        _copies.move_to_end(key)
    changes = feed.between(copy.number, number)
    if changes is None or not is_true(copy.rows, copy.facts, changes, number):
        _drop(key, copy)
        return None
    copy.number = max(copy.number, number)
    return copy


def is_true(
    rows: Dependence, facts: Mapping[str, str], changes: Iterable[Changed], number: int
) -> bool:
    """Whether what depends on these rows and facts is still true after these changes, of which
    `number` is the last.
    """
    if is_touched(rows, changes):
        return False
    tables = {change.table for change in changes}
    return all(
        said(name, number) == text for name, text in facts.items() if FACTS[name].table in tables
    )


def said(name: str, number: int) -> str:
    """What a fact says, asked at most once after each change."""
    asked_at, text = _facts.get(name, (-1, ""))
    if asked_at < number:
        text = FACTS[name].ask()
        _facts[name] = number, text
    return text


def keep(key: bytes, copy: Copy) -> None:
    """Keep a copy; the least used go when all take more than PAGE_COPIES_BYTES."""
    global _bytes
    with _lock:
        earlier = _copies.pop(key, None)
        _copies[key] = copy
        _bytes += copy.size - (earlier.size if earlier else 0)
        while _bytes > settings.PAGE_COPIES_BYTES and _copies:
            _key, oldest = _copies.popitem(last=False)
            _bytes -= oldest.size


def forget_all() -> None:
    """Forget every copy."""
    global _bytes
    with _lock:
        _copies.clear()
        _facts.clear()
        _bytes = 0


def _drop(key: bytes, copy: Copy) -> None:
    global _bytes
    with _lock:
        if _copies.get(key) is copy:
            del _copies[key]
            _bytes -= copy.size

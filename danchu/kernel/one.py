"""One reading: inside it, what was looked up once (a version of the maps, of the law) is not
looked up again.
"""

from contextlib import contextmanager
from contextvars import ContextVar

_met = ContextVar("what this reading has met", default=None)


@contextmanager
def one_look():
    """Inside, `met` answers as it answered first. For what only reads: a page, a report, never
    around a write.
    """
    if _met.get() is not None:
        yield
        return
    token = _met.set({})
    try:
        yield
    finally:
        _met.reset(token)


def met(name, ask):
    """What `ask()` said first in this reading; outside of one it is asked each time."""
    known = _met.get()
    if known is None:
        return ask()
    if name not in known:
        known[name] = ask()
    return known[name]

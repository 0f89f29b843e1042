"""Violations against the statements of boards that keep their book on paper: a violation is counted
once, by its file or by the statement.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from danchu.inspection.models import Finding
from danchu.register.stated_parts import Stated, refuse_newly_beside, stated_beside

# The key under which violations are rows of figures.
SOURCE = "finding"


def refuse_new_violation(violation: Finding, field: str) -> None:
    """Refused, on `field`, where a confirmed statement counts the new violation already."""
    refuse_newly_beside(SOURCE, violation, Stated(), field)


@contextmanager
def counted_once(violation: Finding | None, field: str) -> Iterator[None]:
    """Around a change of a violation (None: nothing to ask). Refused, on `field`, where it counts
    afterwards in an indicator that a confirmed statement gives.
    """
    if violation is None:
        yield
        return
    before = stated_beside(SOURCE, violation)
    yield
    violation.refresh_from_db()
    refuse_newly_beside(SOURCE, violation, before, field)

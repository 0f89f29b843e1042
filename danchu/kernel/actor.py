"""The interface of whoever performs an act (`by`). `danchu.people.actor.Actor` implements it."""

from collections.abc import Set as AbstractSet
from typing import Protocol


class Acting(Protocol):
    """Whoever performs an act: `key` and `name` are written into the journal, `may` and `scope`
    answer what is allowed.
    """

    @property
    def key(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def account_id(self) -> int | None:
        """The account that acts; None for the public and for the system."""
        ...

    @property
    def is_public(self) -> bool: ...

    def may(self, verb: str, kind: str, unit: object) -> bool:
        """Whether `verb` is allowed on objects of `kind` at `unit` (a Unit, its id, or None for the
        whole country).
        """
        ...

    def scope(self, verb: str, kind: str) -> AbstractSet[int] | None:
        """The ids of the units where `verb` is allowed on objects of `kind`; None: everywhere."""
        ...

"""Which lists can be written to files in the background, by name.

A surface registers a function of (actor, query) with `@exportable(name, title, stem)`: it asks for
the actor's right (Denied), reads the filters (Refused) and gives a Table. `query` is a QueryDict of
the list's own address.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from django.http import QueryDict

from danchu.people.actor import Actor

EXPORTABLES = {}


@dataclass(frozen=True)
class Table:
    """`rows(after)` gives (key, cells) in a fixed order, beginning behind the row of that key
    (None: with the first). A key is a list of numbers and texts; cells are texts, whole
    numbers and None.
    """

    head: list
    rows: Callable


@dataclass(frozen=True)
class Exportable:
    name: str
    title: object
    stem: str
    table: Callable


def exportable(name, title, stem):
    """Register the function below under a name; its files are called `stem`."""

    def registered(function):
        EXPORTABLES[name] = Exportable(name, title, stem, function)
        return function

    return registered


def actor_of(export):
    """The actor who asked for an export, with the rights of today."""
    return Actor.of(export.account, second_factor=export.second_factor)


def rights_digest(actor):
    """What the actor may do, as a hash: another one means other rights."""
    rights = [("", actor.rights), *sorted(actor.lent.items())]
    parts = [
        (principal, verb, kind, units if units is None else sorted(units))
        for principal, table in rights
        for (verb, kind), units in sorted(table.items())
    ]
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def table_of(export, actor):
    """The table an export is of, as the actor may see it now; Denied or Refused when not."""
    return EXPORTABLES[export.name].table(actor, QueryDict(export.query))

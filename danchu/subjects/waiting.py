"""Whom a record waits for: its next act, and whoever has the right to it.

A section declares a `Wait` for each state that somebody must end. From the declarations come the
inbox of the desk (what waits for me, what waits for others) and the owner of a record.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from danchu.kernel.chronicle import RANK
from danchu.kernel.days import today
from danchu.kernel.words import language
from danchu.people.holders import holdings_of
from danchu.subjects.life import Life, Right
from danchu.subjects.scoped import condition_within

MOST_NAMED = 3
MOST_READ = 50


@dataclass(frozen=True)
class Wait:
    """Rows in one of `states` that match `only` wait for `act` by whoever may `verb` records of
    `kind` at the unit that the path `place` leads to; from the day in the column `since` on, and to
    the day in the column `last`, where these are named. While something is in the way of the act,
    they wait for the first act of `before` that is possible, by whoever has the right to that.
    """

    act: str
    states: tuple[str, ...]
    verb: str
    kind: str
    place: str = "unit"
    only: Mapping[str, Any] = field(default_factory=dict)
    since: str = ""
    last: str = ""
    before: tuple[str, ...] = ()

    def condition(self) -> Q:
        """The rows that wait so, whoever reads them."""
        days = {}
        if self.since:
            days[f"{self.since}__lte"] = today()
        if self.last:
            days[f"{self.last}__gte"] = today()
        return Q(state__in=self.states, **self.only, **days)

    def is_of(self, row: Any) -> bool:
        """Whether the row waits so."""
        is_right_kind = all(_value_at(row, path) == value for path, value in self.only.items())
        return (
            row.state in self.states
            and is_right_kind
            and (not self.since or getattr(row, self.since) <= today())
            and (not self.last or getattr(row, self.last) >= today())
            and self.unit_of(row) is not None
        )

    def unit_of(self, row: Any) -> Any:
        """The id of the unit where the right is asked for; None where the path leads nowhere."""
        *path, last = self.place.split("__")
        for name in path:
            row = getattr(row, name)
            if row is None:
                return None
        return getattr(row, f"{last}_id")


def _value_at(row: Any, path: str) -> Any:
    """The value at a path of columns; None where a row on it is missing, as in the database."""
    for name in path.split("__"):
        if row is None:
            return None
        row = getattr(row, name)
    return row


@dataclass(frozen=True)
class Owner:
    """Whom a record waits for: the act, and the officials who may do it, "office (name)"."""

    act: str
    names: tuple[str, ...]


def waiting_for(rows: QuerySet[Any], waits: Iterable[Wait], actor: Any) -> QuerySet[Any]:
    """Those of the rows that wait for an act of the actor."""
    return rows.filter(_own_condition(waits, actor))


def waiting_for_others(rows: QuerySet[Any], waits: Iterable[Wait], actor: Any) -> QuerySet[Any]:
    """Those of the rows that wait for somebody else at a place where the actor holds a right;
    what is public elsewhere is no business of theirs.
    """
    waits = tuple(waits)
    places = actor.places()
    at_home = condition_within(places, getattr(rows, "place", "unit"))
    condition = Q(pk__in=[])
    for wait in waits:
        condition |= wait.condition() & (at_home | condition_within(places, wait.place))
    return rows.filter(condition).exclude(_own_condition(waits, actor))


# {(verb, kind, unit id): names of who holds the right there}
Names = dict[tuple[str, str, Any], tuple[str, ...]]


def owners_of(
    row: Any, waits: Iterable[Wait], life: Life, read: Names | None = None
) -> list[Owner]:
    """Whom the row waits for now; [] where it waits for nobody. Names are looked up in `read`
    first and added to it, so that the rows of a page share them.
    """
    names: Names = {} if read is None else read
    owners = []
    for wait in waits:
        acts = (act for act in (wait.act, *wait.before) if life.move(row, act) is not None)
        if wait.is_of(row) and (act := next(acts, "")):
            verb_and_kind = (wait.verb, wait.kind)
            if act != wait.act:
                verb_and_kind = _right_to(life, row, act) or verb_and_kind
            right = (*verb_and_kind, wait.unit_of(row))
            if right not in names:
                names[right] = names_at(*right)
            owners.append(Owner(act, names[right]))
    return owners


def _right_to(life: Life, row: Any, act: str) -> tuple[str, str] | None:
    """(verb, kind) of the right to the act, which is possible; None where it is no such right."""
    move = life.move(row, act)
    right = move.right if move else None
    if not isinstance(right, Right):
        return None
    return right.verb, right.kind if isinstance(right.kind, str) else right.kind(row)


def worded_owners(owners: Iterable[Owner], acts: Iterable[Any]) -> list[tuple[Owner, str]]:
    """[(owner, word of the act)] as a page names them; without the word where a record waits for
    one act alone.
    """
    owners = list(owners)
    words = {act.name: act.word for act in acts} if len(owners) > 1 else {}
    return [(owner, words.get(owner.act, "")) for owner in owners]


def names_at(verb: str, kind: str, unit: Any) -> tuple[str, ...]:
    """The officials, "office (name)", who hold the right at the unit, those nearest to it first; at
    most MOST_NAMED.
    """
    return tuple(map(_name_of_holding, _nearest(holdings_of(verb, kind, unit))))


def _nearest(holdings: Any) -> list[Any]:
    """At most MOST_NAMED of the holdings, those of the lowest unit first."""
    rows = holdings.select_related("account", "office_kind", "unit").order_by("pk")[:MOST_READ]
    return sorted(rows, key=lambda one: -RANK[one.unit.level])[:MOST_NAMED]


def _name_of_holding(holding: Any) -> str:
    office = holding.office_kind
    name = office.name_en if language() == "en" else office.name_vi
    return f"{name} ({holding.account.name})"


def _own_condition(waits: Iterable[Wait], actor: Any) -> Q:
    """The rows for which the actor has the right to the next act. Conditions of the same scope and
    place are put together, so that a right over fourteen kinds is one comparison.
    """
    by_scope: dict[tuple[Any, str], Q] = {}
    for wait in waits:
        scope = actor.scope(wait.verb, wait.kind)
        if scope == frozenset():
            continue
        key = (scope, wait.place)
        by_scope[key] = by_scope.get(key, Q(pk__in=[])) | wait.condition()
    mine = Q(pk__in=[])
    for (scope, place), condition in by_scope.items():
        mine |= condition & condition_within(scope, place)
    return mine

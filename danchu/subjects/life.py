"""Life cycles as tables: which act may follow which state, where it leads, and whose right it is.

A room declares one `Life` for each kind of record. Its acts ask the table before they write, and
every surface asks the same table what to offer, so that no page decides what may follow.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Protocol

from django.db import models
from django.utils.translation import gettext_lazy as _

from danchu.kernel.refusals import Denied, Refused

# The target of an act that leaves the state as it is.
STAYS = None
NO_RIGHT = _("Ông/bà không có quyền làm việc này với hồ sơ này.")
MOVED_ON = _("Việc này đang ở bước khác, có thể người khác vừa làm. Hãy tải lại trang để xem.")


class Permission(Protocol):
    """Anything that says whether `actor` may act on `row`."""

    def allows(self, actor: Any, row: Any) -> bool: ...


@dataclass(frozen=True)
class Right:
    """The right to `verb` things of `kind`, asked for at the unit that `place(row)` names.

    `kind` is a function of the row where rows of one table are of several kinds.
    """

    verb: str
    kind: str | Callable[[Any], str]
    place: Callable[[Any], Any] = attrgetter("unit_id")

    def allows(self, actor: Any, row: Any) -> bool:
        kind = self.kind if isinstance(self.kind, str) else self.kind(row)
        return bool(actor.may(self.verb, kind, self.place(row)))


@dataclass(frozen=True)
class Rule:
    """A right that is no verb and kind of an office: `ask(actor, row)` answers it."""

    ask: Callable[[Any, Any], bool]

    def allows(self, actor: Any, row: Any) -> bool:
        return self.ask(actor, row)


@dataclass(frozen=True)
class Move:
    """`act` leads from any of the states `sources` to `target` (STAYS: the state remains; a
    function of the row: what the act wrote decides).

    `variants` limits the move to some kinds of the record, such as the natures of a petition;
    empty means all. `blocked(row)` is the sentence that says why the act is not possible although
    the state would allow it; empty when it is possible. `no_right` and `moved_on` are the refusals
    of this act where those of the whole `Life` do not say it well enough.
    """

    act: str
    sources: tuple[str, ...]
    target: str | Callable[[Any], str] | None
    right: Permission
    variants: tuple[str, ...] = ()
    blocked: Callable[[Any], Any] | None = None
    no_right: Any = None
    moved_on: Any = None


class Life:
    """The moves of one kind of record.

    `state(row)` is the row's state, by default its column; `variant(row)` its kind where the moves
    differ by it. `no_right` and `moved_on` are the two refusals, in the words of the subject;
    `moved_on` may be a function of the row, which is None when it no longer exists. `no_key` takes
    the weaker lock FOR NO KEY UPDATE, so that inserts which reference the row (thousands of votes
    of one conference) need not wait.
    """

    def __init__(
        self,
        *moves: Move,
        state: Callable[[Any], str] = attrgetter("state"),
        variant: Callable[[Any], str] | None = None,
        no_right: Any = NO_RIGHT,
        moved_on: Any = MOVED_ON,
        no_key: bool = False,
    ) -> None:
        self.moves = moves
        self.acts = tuple(dict.fromkeys(move.act for move in moves))
        self.state = state
        self.variant = variant
        self.no_right = no_right
        self.moved_on = moved_on
        self.no_key = no_key

    def of_act(self, act: str, variant: str = "") -> Iterator[Move]:
        """The moves of this act that a record of the variant has."""
        for move in self.moves:
            if move.act == act and (not move.variants or variant in move.variants):
                yield move

    def move(self, row: Any, act: str) -> Move | None:
        """The move of `act` from the current state of the row; None when it may not follow."""
        state = self.state(row)
        for move in self.of_act(act, self.variant(row) if self.variant else ""):
            if state in move.sources and not _obstacle(move, row):
                return move
        return None

    def target(self, row: Any, act: str) -> str:
        """The state to which the act leads; KeyError when it may not follow."""
        move = self.move(row, act)
        if move is None:
            raise KeyError(act)
        return self.after(row, move)

    def after(self, row: Any, move: Move) -> str:
        """The state of the row once it has made the move."""
        if move.target is STAYS:
            return self.state(row)
        return move.target(row) if callable(move.target) else move.target

    def may(self, actor: Any, act: str, row: Any) -> bool:
        """Whether the actor has the right to the act, in whatever state the row is."""
        variant = self.variant(row) if self.variant else ""
        return any(move.right.allows(actor, row) for move in self.of_act(act, variant))

    def require(self, actor: Any, act: str, row: Any) -> None:
        """Denied unless the actor has the right to the act."""
        if not self.may(actor, act, row):
            moves = self.of_act(act, self.variant(row) if self.variant else "")
            raise Denied(next((m.no_right for m in moves if m.no_right), self.no_right))

    def acts_of(self, row: Any, actor: Any) -> list[str]:
        """The acts that may follow now, by this actor, in the order of the table."""
        possible = []
        for act in self.acts:
            move = self.move(row, act)
            if move is not None and move.right.allows(actor, row):
                possible.append(act)
        return possible

    def hold(self, row: models.Model, act: str, *related: str, field: str = "") -> Any:
        """Reload the row and lock it until the transaction ends; Refused (at `field`) when `act`
        may no longer follow its state.

        `related` are joined rows that nobody changes meanwhile: joined rows are read before the
        lock is granted and may be stale.
        """
        rows = type(row)._default_manager.all()
        if related:
            rows = rows.select_related(*related)
        locked = rows.select_for_update(of=("self",), no_key=self.no_key)
        current = locked.filter(pk=row.pk).first()
        if current is None:
            raise Refused(self._moved_on(act, None), field)
        if self.move(current, act) is None:
            raise Refused(self.obstacle(current, act), field)
        return current

    def obstacle(self, row: Any, act: str) -> Any:
        """Why the act may not follow, as a sentence; empty when it may."""
        if self.move(row, act) is not None:
            return ""
        state = self.state(row)
        for move in self.of_act(act, self.variant(row) if self.variant else ""):
            if state in move.sources:
                return _obstacle(move, row)
        return self._moved_on(act, row)

    def _moved_on(self, act: str, row: Any) -> Any:
        of_act = (move.moved_on for move in self.moves if move.act == act and move.moved_on)
        sentence = next(of_act, self.moved_on)
        return sentence(row) if callable(sentence) else sentence


def _obstacle(move: Move, row: Any) -> Any:
    return move.blocked(row) if move.blocked else ""

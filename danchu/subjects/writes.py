"""The writing half of every act of a life cycle."""

from typing import Any

from django.db.models import QuerySet

from danchu.subjects.life import Life


def move_on(row: Any, life: Life, act: str, **fields: Any) -> Any:
    """Save `fields` and the state to which `act` leads; the calling act has locked `row`.

    KeyError when the act may not follow, which `Life.hold` has refused before.
    """
    move = life.move(row, act)
    if move is None:
        raise KeyError(act)
    for name, value in fields.items():
        setattr(row, name, value)
    row.state = life.after(row, move)
    row.save(update_fields=[*fields, "state"])
    return row


def next_number(rows: QuerySet[Any]) -> int:
    """The number after the last one of the rows, from 1; the caller has locked what they belong
    to.
    """
    last = rows.order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1

"""Small questions about values that the modules of the view model share."""

from typing import Any


def numbered_rows(state: dict[str, Any], prefix: str) -> list[dict[str, Any]]:
    """The values whose keys are `prefix` and a number, each with that number as `pk`."""
    return [
        {**value, "pk": int(key[len(prefix) :])}
        for key, value in state.items()
        if key.startswith(prefix)
    ]


def first(rows: list[dict[str, Any]]) -> dict[str, Any] | None:
    return rows[0] if len(rows) > 0 else None


def text_of(value: Any) -> str:
    return "" if value is None else str(value)


def zero_if_none(number: Any) -> Any:
    return 0 if number is None else number

"""What the pages of the hall show of its programme."""

from typing import Any

from danchu.live.view_model.values import numbered_rows

ITEMS_COMING = 3
MINUTE = 60


def programme_items(state: dict[str, Any], words: dict[str, str]) -> list[dict[str, Any]]:
    """The items in order, each with its number among those that are no session."""
    rows = sorted(numbered_rows(state, "item:"), key=lambda row: (row["position"], row["pk"]))
    whole = len([row for row in rows if row["kind"] != "session"])
    number = 0
    items = []
    for row in rows:
        is_session = row["kind"] == "session"
        if not is_session:
            number += 1
        began = row["began"]
        items.append(
            {
                **row,
                "is_session": is_session,
                "is_current": row["state"] == "current",
                "is_over": row["state"] in ("done", "skipped"),
                "place": "" if is_session else f"{number}/{whole}",
                "kind_word": words[f"item.{row['kind']}"],
                "state_word": words[f"now.{row['state']}"],
                "until": None if began is None else began + row["minutes"] * MINUTE,
                "at": began,
                "css": f"line is-{row['state']}" + (" is-session" if is_session else ""),
            }
        )
    return items


def coming_items(
    items: list[dict[str, Any]], current: dict[str, Any] | None
) -> list[dict[str, Any]]:
    """The next items, each with the time it is expected at while an item is under way."""
    after = 0 if current is None else current["position"]
    at = None if current is None else current["until"]
    coming = []
    for item in items:
        if item["position"] > after and item["state"] == "planned" and not item["is_session"]:
            coming.append({**item, "expected": at})
            at = None if at is None else at + item["minutes"] * MINUTE
    return coming[:ITEMS_COMING]

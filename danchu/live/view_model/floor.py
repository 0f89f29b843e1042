"""What the pages of the hall show of who speaks and who waits to speak."""

from typing import Any

from danchu.live.view_model.values import first

WAITING_SHOWN = 8


def floor_view(
    floor: dict[str, Any], mine: dict[str, Any] | None, words: dict[str, str]
) -> dict[str, Any]:
    """Who speaks, who waits, and the place of this delegate in the queue. A delegate whose request
    is behind those the state lists waits without a place.
    """
    request = None if mine is None else mine["hand"]
    speaking = floor.get("speaking")
    listed = floor.get("waiting", [])
    number = floor.get("number", 0)
    rows = [
        {
            **row,
            "pk": row["id"],
            "place": place,
            "kind_word": _floor_word(row, words),
            "is_mine": row["id"] == request,
        }
        for place, row in enumerate(listed, 1)
    ]
    own = first([row for row in rows if row["is_mine"]])
    is_speaking = speaking is not None and request is not None and speaking["id"] == request
    is_waiting = (
        request is not None and not is_speaking and (own is not None or number > len(listed))
    )
    return {
        "speaking": None if speaking is None else _speaker(speaking, words),
        "waiting": rows[:WAITING_SHOWN],
        "more_waiting": max(0, number - WAITING_SHOWN),
        "line_length": number,
        "my_turn": is_speaking,
        "my_place": None if own is None else own["place"],
        "hand_up": is_waiting,
        "hand_down": mine is not None and not is_waiting and not is_speaking,
        "hand_far": is_waiting and own is None,
        "next_speaker": first(rows),
    }


def _speaker(row: dict[str, Any], words: dict[str, str]) -> dict[str, Any]:
    return {
        **row,
        "until": row["began"] + row["seconds"],
        "kind_word": _floor_word(row, words),
    }


def _floor_word(row: dict[str, Any], words: dict[str, str]) -> str:
    return "" if row["kind"] == "speak" else words[f"floor.{row['kind']}"]

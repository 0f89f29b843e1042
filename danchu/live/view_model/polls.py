"""What the pages of the hall show of its polls."""

from typing import Any

from danchu.live.view_model.formats import percent
from danchu.live.view_model.needs import needs_text
from danchu.live.view_model.values import numbered_rows, text_of, zero_if_none


def opened_polls(
    state: dict[str, Any], mine: dict[str, Any] | None, words: dict[str, str]
) -> list[dict[str, Any]]:
    """Opened polls by their numbers, each with its bars and what this delegate may do."""
    rows = sorted(numbered_rows(state, "poll:"), key=lambda row: row["pk"])
    return [_poll(row, mine, words) for row in rows if row["state"] != "cancelled"]


def _poll(
    row: dict[str, Any], mine: dict[str, Any] | None, words: dict[str, str]
) -> dict[str, Any]:
    counts = row.get("counts")
    vote = None if mine is None else mine["votes"].get(str(row["pk"]))
    choice = None if vote is None else vote.get("choice")
    is_open = row["state"] == "open"
    by_hands = row["franchise"] == "rooms"
    outcome = text_of(row.get("outcome"))
    cast = row.get("cast", 0)
    roll = row.get("roll")
    uid = text_of(row.get("uid"))
    return {
        **row,
        "is_open": is_open,
        "is_declared": row["state"] == "declared",
        "is_closed": row["state"] == "closed",
        "by_hands": by_hands and is_open and mine is not None,
        "kind_word": words[f"poll.{row['kind']}"],
        "secrecy_word": words[f"secrecy.{row['secrecy']}"],
        "counted": counts is not None,
        "roll": roll,
        "cast": cast,
        "turnout": percent(cast, zero_if_none(roll)),
        "outcome_word": "" if outcome == "" else words[f"outcome.{outcome}"],
        "outcome_css": "verdict is-none" if outcome == "" else f"verdict is-{outcome}",
        "why": text_of(row.get("why")),
        "needs": needs_text(row.get("needs"), row["options"], words),
        "at": row.get("at"),
        "lines": [_bar(place, text, counts) for place, text in enumerate(row["options"])],
        "can_vote": is_open and mine is not None and not by_hands and vote is None,
        "can_change": is_open and vote is not None and row["may_change"],
        "my_choice": "" if choice is None else row["options"][choice],
        "has_voted": vote is not None,
        "my_code": "" if vote is None else text_of(vote.get("code")),
        "address": "" if uid == "" else f"/polls/{uid}/",
    }


def _bar(place: int, text: str, counts: list[int] | None) -> dict[str, Any]:
    """One option of a poll and its share of the votes."""
    count = None if counts is None else counts[place]
    share = percent(zero_if_none(count), 0 if counts is None else sum(counts))
    return {
        "pk": place,
        "text": text,
        "count": count,
        "part": f"{share}%",
        "count_name": f"count-{place}",
        "css": f"bar bar-{place % 4}",
    }

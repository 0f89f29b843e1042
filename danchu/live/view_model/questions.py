"""What the pages of the hall show of its questions."""

from typing import Any

from danchu.live.view_model.values import numbered_rows

QUESTIONS_SHOWN = 30


def shown_questions(
    state: dict[str, Any], mine: dict[str, Any] | None, is_open: bool, words: dict[str, str]
) -> list[dict[str, Any]]:
    """Those on the screen, by how many want them answered; the answered ones after."""
    wanted_by = state.get("wanted", {})
    up_voted = [] if mine is None else mine["wanted"]
    rows = [
        {**row, "votes": wanted_by.get(str(row["pk"]), 0), "is_shown": row["state"] == "shown"}
        for row in numbered_rows(state, "question:")
    ]
    ranked = sorted(rows, key=lambda row: (not row["is_shown"], -row["votes"], row["pk"]))
    return [
        {
            **row,
            "is_wanted": row["pk"] in up_voted,
            "state_word": "" if row["is_shown"] else words[f"question.{row['state']}"],
            "can_want": row["is_shown"]
            and mine is not None
            and row["pk"] not in up_voted
            and is_open,
        }
        for row in ranked[:QUESTIONS_SHOWN]
    ]

"""What a page of the hall reads aloud to those who do not see it."""

from typing import Any

from danchu.live.view_model.values import text_of


def announcements(
    current: dict[str, Any] | None,
    notice: str,
    is_over: bool,
    is_my_turn: bool,
    polls: list[dict[str, Any]],
    words: dict[str, str],
) -> list[dict[str, Any]]:
    """[{pk, text, is_urgent}] of what is true now and is read aloud when it becomes so: a page
    reads the rows whose `pk` it had not before.
    """
    rows = []
    if is_my_turn:
        rows.append({"pk": "turn", "text": words["say.turn"], "is_urgent": True})
    if current is not None:
        rows.append(_announcement(f"item:{current['pk']}", "item", current["title"], words))
    if notice != "":
        rows.append(_announcement(f"said:{notice}", "said", notice, words))
    if is_over:
        rows.append(_announcement("over", "over", "", words))
    for poll in polls:
        text = poll["title"]
        if poll["is_declared"]:
            counts = ", ".join(
                [f"{line['text']}: {text_of(line['count'])}" for line in poll["lines"]]
            )
            text = f"{text}. {poll['outcome_word']}. {counts}"
        rows.append(
            {
                **_announcement(f"poll:{poll['pk']}:{poll['state']}", poll["state"], text, words),
                "is_urgent": poll["is_open"],
            }
        )
    return rows


def _announcement(pk: str, kind: str, text: str, words: dict[str, str]) -> dict[str, Any]:
    return {"pk": pk, "text": words[f"say.{kind}"].replace("%s", text), "is_urgent": False}

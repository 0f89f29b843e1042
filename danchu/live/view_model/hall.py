"""The view model of the hall: everything that its pages show."""

from typing import Any

from danchu.live.view_model.announcements import announcements
from danchu.live.view_model.floor import floor_view
from danchu.live.view_model.polls import opened_polls
from danchu.live.view_model.programme import coming_items, programme_items
from danchu.live.view_model.questions import shown_questions
from danchu.live.view_model.values import first, zero_if_none

QUESTIONS_ON_SCREEN = 4
SCENES = ("item", "poll", "result", "questions", "floor", "entry")


def hall_view(
    state: dict[str, Any], mine: dict[str, Any] | None, screen: str, words: dict[str, str]
) -> dict[str, Any]:
    """{name: value} of everything a page may show, by the names the slots of the templates use.

    `state` is the hall's (conference/queries/hall_state.py). `mine` is what the delegate of the
    device has done (mine.py), None without a vote. `screen` is the scene a projector was told to
    show, "auto" for the one that matters now. `words` are those of wording.py in one language.
    """
    hall = state.get("hall", {})
    hall_state = hall.get("state", "")
    is_open = hall_state == "open"
    items = programme_items(state, words)
    current = first([item for item in items if item["is_current"]])
    polls = opened_polls(state, mine, words)
    open_polls = [poll for poll in polls if poll["is_open"]]
    ended_polls = [poll for poll in polls if not poll["is_open"]][::-1]
    questions = shown_questions(state, mine, is_open, words)
    floor = floor_view(state.get("floor", {}), mine, words)
    asking = state.get("questions", {"waiting": 0, "shown": 0})
    unanswered = [question for question in questions if question["is_shown"]]
    on_screen = unanswered[:QUESTIONS_ON_SCREEN]
    scene = screen
    if screen == "auto":
        scene = _scene(
            hall_state, current, open_polls, ended_polls, floor["speaking"], len(on_screen)
        )
    is_over = hall_state in ("closed", "cancelled")
    notice = hall.get("said", "")
    return {
        "said": notice,
        "is_open": is_open,
        "is_before": hall_state in ("drafted", "convened"),
        "is_over": is_over,
        "is_cancelled": hall_state == "cancelled",
        "item": current,
        "items": items,
        "coming": coming_items(items, current),
        "open_polls": open_polls,
        "big_poll": first(open_polls),
        "result": first(ended_polls),
        "results": ended_polls[1:],
        "done_polls": ended_polls,
        "room_polls": [poll for poll in open_polls if poll["franchise"] != "delegates"],
        "questions": questions,
        "big_questions": on_screen,
        "more_big_questions": len(unanswered) - len(on_screen),
        "more_questions": max(0, asking["shown"] - len(questions)),
        "asking": asking,
        **floor,
        "present": _present(state.get("presence")),
        "can_act": mine is not None and is_open,
        "between": is_open and current is None,
        "asked": [] if mine is None else mine["asked"],
        **{f"on_{name}": name == scene for name in SCENES},
        "title_mark": "● " if len(open_polls) > 0 else "",
        "announcements": announcements(current, notice, is_over, floor["my_turn"], polls, words),
    }


def _scene(
    hall_state: str,
    current: dict[str, Any] | None,
    open_polls: list[dict[str, Any]],
    ended_polls: list[dict[str, Any]],
    speaking: dict[str, Any] | None,
    questions: int,
) -> str:
    """What a projector shows by itself. A result stays until the next item begins."""
    if hall_state in ("drafted", "convened"):
        return "entry"
    if len(open_polls) > 0:
        return "poll"
    if len(ended_polls) > 0 and (
        current is None or zero_if_none(ended_polls[0]["at"]) >= zero_if_none(current["began"])
    ):
        return "result"
    if speaking is not None:
        return "floor"
    if current is not None and current["kind"] == "questions" and questions > 0:
        return "questions"
    return "item"


def _present(presence: dict[str, Any] | None) -> dict[str, Any]:
    """How many are in the hall; after its end, how many came."""
    numbers = {} if presence is None else presence
    heads = numbers.get("heads", 0)
    return {
        "is_known": presence is not None and numbers.get("came") is None,
        "came": numbers.get("came"),
        "heads": heads,
        "delegates": numbers.get("delegates", 0),
        "rooms": numbers.get("rooms", 0),
        "has_rooms": heads > 0,
    }

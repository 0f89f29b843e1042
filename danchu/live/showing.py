"""What a page of the hall shows, worked out of the hall's state: the same in Python, for the page
as it is sent, and in static/live/show.js, for what changes on it. A test holds the two together.

Names here are the names the slots of the templates ask for (data-t, data-if, data-each).
"""

from danchu.live.wording import words

COMING = 3
QUESTIONS_SHOWN = 30
QUESTIONS_ON_SCREEN = 4
WAITING_SHOWN = 8
STAGES = ("item", "poll", "result", "questions", "floor", "entry")
MINUTE = 60


def shown(state, mine=None, view="auto"):
    """Everything a page may show. `mine` is what the device's delegate has done (mine.py), None for
    who has no vote; `view` what a projector was told to show, "auto" for what matters now.
    """
    said = words()
    hall = state.get("hall", {})
    items = _items(state, said)
    current = next((item for item in items if item["state"] == "current"), None)
    polls = _polls(state, mine, said)
    done = [poll for poll in polls if not poll["is_open"]][::-1]
    floor = _floor(state.get("floor", {}), mine, said)
    asked = _questions(state, mine, said)
    opened = [poll for poll in polls if poll["is_open"]]
    stage = (
        view
        if view != "auto"
        else _stage(hall.get("state"), current, opened, done, floor["speaking"], asked)
    )
    return {
        "title": hall.get("title", ""),
        "said": hall.get("said", ""),
        "video": hall.get("video", ""),
        "is_open": hall.get("state") == "open",
        "is_before": hall.get("state") in ("drafted", "convened"),
        "is_over": hall.get("state") in ("closed", "cancelled"),
        "is_cancelled": hall.get("state") == "cancelled",
        "item": current,
        "items": items,
        "coming": _coming(items, current),
        "open_polls": opened,
        "big_poll": opened[0] if opened else None,
        "result": done[0] if done else None,
        "results": done[1:],
        "done_polls": done,
        "room_polls": [poll for poll in opened if poll["franchise"] != "delegates"],
        "questions": asked,
        "big_questions": [row for row in asked if row["is_shown"]][:QUESTIONS_ON_SCREEN],
        "asking": state.get("questions", {"waiting": 0, "shown": 0}),
        **floor,
        "present": _present(state.get("presence", {})),
        "can_act": mine is not None and hall.get("state") == "open",
        "between": hall.get("state") == "open" and current is None,
        "asked": (mine or {}).get("asked", []),
        **{f"on_{name}": name == stage for name in STAGES},
    }


def _stage(state, current, opened, done, speaking, asked):
    """What a projector shows by itself. A result stays until the next item begins."""
    if state in ("drafted", "convened"):
        return "entry"
    if opened:
        return "poll"
    if done and (current is None or (done[0].get("at") or 0) >= (current["began"] or 0)):
        return "result"
    if speaking:
        return "floor"
    return (
        "questions"
        if current and current["kind"] == "questions" and any(row["is_shown"] for row in asked)
        else "item"
    )


def _rows(state, start):
    return [
        {"pk": int(key[len(start) :]), **value}
        for key, value in state.items()
        if key.startswith(start)
    ]


def _items(state, said):
    """The lines of the programme in order, each with its number among those that are no session."""
    rows = sorted(_rows(state, "item:"), key=lambda row: row["position"])
    number = 0
    whole = sum(row["kind"] != "session" for row in rows)
    for row in rows:
        number += row["kind"] != "session"
        row["is_session"], row["is_current"] = row["kind"] == "session", row["state"] == "current"
        row["is_over"] = row["state"] in ("done", "skipped")
        row["place"], row["number"], row["whole"] = (
            ("", "", "") if row["is_session"] else (f"{number}/{whole}", number, whole)
        )
        row["kind_word"], row["state_word"] = (
            said[f"item.{row['kind']}"],
            said[f"now.{row['state']}"],
        )
        row["until"] = row["began"] + row["minutes"] * MINUTE if row["began"] else None
        row["at"], row["css"] = (
            row["began"],
            f"line is-{row['state']}{' is-session' if row['is_session'] else ''}",
        )
    return rows


def _coming(items, current):
    """What follows, with the time it is expected at where something is under way."""
    after = current["position"] if current else 0
    found = [
        row
        for row in items
        if row["position"] > after and row["state"] == "planned" and not row["is_session"]
    ][:COMING]
    at = current["began"] + current["minutes"] * MINUTE if current and current["began"] else None
    shown = []
    for row in found:
        shown.append({**row, "expected": at})
        at = at + row["minutes"] * MINUTE if at else None
    return shown


def _polls(state, mine, said):
    """Opened polls in the order of their numbers, each with its bars and with what this
    delegate may do.
    """
    kept = []
    for row in sorted(_rows(state, "poll:"), key=lambda row: row["pk"]):
        if row["state"] == "cancelled":
            continue
        counts = row.get("counts")
        whole = sum(counts) if counts else 0
        vote = (mine or {}).get("votes", {}).get(str(row["pk"]))
        is_open = row["state"] == "open"
        by_hands = row["franchise"] == "rooms"
        row |= {
            "is_open": is_open,
            "is_declared": row["state"] == "declared",
            "is_closed": row["state"] == "closed",
            "is_binding": row["kind"] == "binding",
            "is_secret": row["secrecy"] == "secret",
            "by_hands": by_hands and is_open and mine is not None,
            "kind_word": said[f"poll.{row['kind']}"],
            "secrecy_word": said[f"secrecy.{row['secrecy']}"],
            "state_word": said[f"pollstate.{row['state']}"],
            "counted": counts is not None,
            "roll": row.get("roll"),
            "cast": row.get("cast", 0),
            "turnout": _percent(row.get("cast", 0), row.get("roll") or 0),
            "outcome_word": said[f"outcome.{row['outcome']}"] if row.get("outcome") else "",
            "outcome_css": f"verdict is-{row.get('outcome') or 'none'}",
            "why": row.get("why", ""),
            "lines": [
                _line(place, text, counts, whole, vote, row["pk"])
                for place, text in enumerate(row["options"])
            ],
            "can_vote": is_open and mine is not None and not by_hands and vote is None,
            "can_change": is_open and mine is not None and vote is not None and row["may_change"],
            "my_choice": row["options"][vote["choice"]]
            if vote and vote.get("choice") is not None
            else "",
            "has_voted": vote is not None,
            "my_code": (vote or {}).get("code", ""),
            "address": f"/polls/{row['uid']}/" if row.get("uid") else "",
        }
        kept.append(row)
    return kept


def _line(place, text, counts, whole, vote, poll):
    number = counts[place] if counts else None
    part = _percent(number or 0, whole)
    return {
        "pk": place,
        "text": text,
        "count": number,
        "part": f"{part}%",
        "bar": f"{part}%",
        "poll": poll,
        "count_name": f"count-{place}",
        "is_mine": bool(vote) and vote.get("choice") == place,
        "css": f"bar bar-{place % 4}",
        "is_counted": counts is not None,
    }


def _percent(part, whole):
    """Rounded half up, in whole numbers."""
    return (part * 200 + whole) // (2 * whole) if whole else 0


def _questions(state, mine, said):
    """Those on the screen, most wanted first; the answered ones after."""
    by = state.get("wanted", {})
    rows = [{**row, "votes": by.get(str(row["pk"]), 0)} for row in _rows(state, "question:")]
    rows = sorted(rows, key=lambda row: (row["state"] != "shown", -row["votes"], row["pk"]))[
        :QUESTIONS_SHOWN
    ]
    wanted = set((mine or {}).get("wanted", ()))
    for row in rows:
        is_shown = row["state"] == "shown"
        row |= {
            "is_shown": is_shown,
            "is_wanted": row["pk"] in wanted,
            "state_word": "" if is_shown else said[f"question.{row['state']}"],
            "can_want": is_shown
            and mine is not None
            and row["pk"] not in wanted
            and state.get("hall", {}).get("state") == "open",
        }
    return rows


def _floor(floor, mine, said):
    """Who speaks, who waits, and where this delegate stands in the line."""
    hand = (mine or {}).get("hand")
    speaking = floor.get("speaking")
    waiting = floor.get("waiting", [])
    rows = [
        {
            **row,
            "pk": row["id"],
            "place": place,
            "kind_word": _floor_word(row, said),
            "is_mine": row["id"] == hand,
        }
        for place, row in enumerate(waiting, 1)
    ]
    place = next((row["place"] for row in rows if row["is_mine"]), None)
    is_mine = bool(speaking) and hand is not None and speaking["id"] == hand
    waits = (
        hand is not None
        and not is_mine
        and (place is not None or floor.get("number", 0) > len(waiting))
    )
    return {
        "speaking": {
            **speaking,
            "until": speaking["began"] + speaking["seconds"],
            "kind_word": _floor_word(speaking, said),
        }
        if speaking
        else None,
        "waiting": rows[:WAITING_SHOWN],
        "more_waiting": max(0, floor.get("number", 0) - WAITING_SHOWN),
        "line_length": floor.get("number", 0),
        "my_turn": is_mine,
        "my_place": place,
        "hand_up": waits,
        "hand_down": mine is not None and not waits and not is_mine,
        "hand_far": waits and place is None,
        "next_speaker": rows[0] if rows else None,
    }


def _floor_word(row, said):
    return "" if row["kind"] == "speak" else said[f"floor.{row['kind']}"]


def _present(presence):
    return {
        "is_known": bool(presence) and "came" not in presence,
        "came": presence.get("came"),
        "heads": presence.get("heads", 0),
        "online": presence.get("online", 0),
        "delegates": presence.get("delegates", 0),
        "points": presence.get("points", 0),
        "rooms": presence.get("rooms", 0),
        "has_rooms": presence.get("heads", 0) > 0,
    }

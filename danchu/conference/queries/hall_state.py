"""The public state of a hall, part by part, read from the tables: {key: value}.

It never contains the name of a voter, a question that is not screened, or the choice of a secret
vote.
"""

from collections import Counter

from django.db.models import Count

from danchu.conference.models import BridgePoint, FloorRequest, Question, Upvote
from danchu.conference.queries.attendance import attendance_by_place
from danchu.conference.queries.presence import present_now
from danchu.conference.queries.speaking_order import speaking_order
from danchu.conference.votes.needed import needed
from danchu.conference.votes.running_count import running_count
from danchu.conference.words import FloorState, PollState, QuestionState, State

MOST_QUESTIONS = 60
MOST_WAITING = 20


def programme(conference):
    """The hall itself and the items of its programme."""
    items = list(conference.items.order_by("position"))
    current = next((item for item in items if item.state == "current"), None)
    state = {
        "hall": {
            "state": conference.state,
            "title": conference.title,
            "item": current.pk if current else None,
            "said": conference.said,
            "video": conference.video,
            "opened": _at(conference.opened_at),
            "closed": _at(conference.closed_at),
        }
    }
    for item in items:
        state[f"item:{item.pk}"] = {
            "position": item.position,
            "parent": item.parent_id,
            "title": item.title,
            "kind": item.kind,
            "speaker": item.speaker,
            "minutes": item.planned_minutes,
            "state": item.state,
            "began": _at(item.began_at),
            "ended": _at(item.ended_at),
        }
    return state


def polls(conference):
    """Every poll that was opened, with how many have voted and, where they may be shown, the
    counts; before the result, what it needs to pass.
    """
    state = {}
    for poll in (
        conference.polls.exclude(state=PollState.DRAFTED)
        .exclude(state=PollState.CANCELLED, opened_at=None)
        .order_by("pk")
    ):
        state[f"poll:{poll.pk}"] = {
            "title": poll.title,
            "kind": poll.kind,
            "secrecy": poll.secrecy,
            "franchise": poll.franchise,
            "options": poll.options,
            "state": poll.state,
            "item": poll.item_id,
            "may_change": poll.may_change,
            "uid": str(poll.uid),
            "at": _at(poll.declared_at or poll.closed_at or poll.opened_at),
            **(
                poll.result["told"]
                if poll.state == PollState.DECLARED
                else running_count(poll) | {"needs": needed(poll)}
            ),
        }
    return state


def questions(conference):
    """The questions on the screen, most wanted first; their up-votes under a key of their own, as
    these change every second; how many wait to be screened.
    """
    rows = Question.objects.filter(conference=conference)
    upvotes = wanted_answers(conference)
    unseen = [QuestionState.SUBMITTED, QuestionState.REFUSED, QuestionState.GROUPED]
    on_screen = sorted(
        rows.exclude(state__in=unseen), key=lambda q: (q.state != "shown", -upvotes[q.pk], q.pk)
    )
    first = on_screen[:MOST_QUESTIONS]
    state = {
        f"question:{q.pk}": {
            "text": q.text,
            "state": q.state,
            "item": q.item_id,
            "answer": q.answer,
        }
        for q in first
    }
    state["wanted"] = {str(q.pk): upvotes[q.pk] for q in first}
    state["questions"] = {
        "waiting": rows.filter(state=QuestionState.SUBMITTED).count(),
        "shown": len(on_screen),
    }
    return state


def wanted_answers(conference):
    """{question id: number of delegates who voted it up}. Each delegate counts once for a question
    and those grouped into it.
    """
    rows = (
        Upvote.objects.filter(question__conference=conference, question__into=None)
        .values_list("question_id")
        .annotate(number=Count("delegate_id"))
    )
    upvotes = Counter(dict(rows))
    grouped = list(
        Question.objects.filter(conference=conference, state=QuestionState.GROUPED).values_list(
            "pk", "into_id"
        )
    )
    for into in {into for _pk, into in grouped}:
        question_ids = [into, *(pk for pk, parent in grouped if parent == into)]
        upvotes[into] = (
            Upvote.objects.filter(question__in=question_ids)
            .values("delegate_id")
            .distinct()
            .count()
        )
    return upvotes


def floor(conference):
    """Who speaks, until when, and who follows, in fair order."""
    rows = list(
        FloorRequest.objects.filter(conference=conference).select_related("delegate", "point")
    )
    current = next((row for row in rows if row.state == FloorState.SPEAKING), None)
    queue = speaking_order(rows)
    return {
        "floor": {
            "speaking": {
                **_speaker(current),
                "began": _at(current.began_at),
                "seconds": current.seconds,
            }
            if current
            else None,
            "waiting": [_speaker(row) for row in queue[:MOST_WAITING]],
            "number": len(queue),
        }
    }


def _speaker(row):
    name = row.speaker or (row.delegate.name if row.delegate else "")
    return {
        "id": row.pk,
        "name": name,
        "point": row.point.name if row.point else "",
        "kind": row.kind,
    }


def presence(conference):
    """How many are in the hall, by how they attend; once it is closed, how many attended."""
    points = {"points": BridgePoint.objects.filter(conference=conference).count()}
    if conference.state == State.CLOSED:
        return {
            "presence": points
            | {
                "came": sum(
                    amount
                    for _unit, _name, amount in attendance_by_place(
                        conference, conference.closed_at
                    )
                )
            }
        }
    return {"presence": points | present_now(conference)}


PARTS = {
    "programme": programme,
    "polls": polls,
    "questions": questions,
    "floor": floor,
    "presence": presence,
}
# The prefixes of the keys of each part.
KEYS = {
    "programme": ("hall", "item:"),
    "polls": ("poll:",),
    "questions": ("question:", "questions", "wanted"),
    "floor": ("floor",),
    "presence": ("presence",),
}


def hall_state(conference, parts=PARTS):
    """{key: value} of the named parts of the hall."""
    return {key: value for part in parts for key, value in PARTS[part](conference).items()}


def keys_of_parts(state, parts):
    """The part of a state that belongs to the named parts."""
    starts = tuple(start for part in parts for start in KEYS[part])
    return {key: value for key, value in state.items() if key.startswith(starts)}


def _at(instant):
    return round(instant.timestamp(), 3) if instant else None

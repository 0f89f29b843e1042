"""The state of a hall as everyone in it may know it, part by part, read from the tables: {key:
value}.

No name of a voter, no unscreened question, no choice of a secret vote is ever part of it.
"""

from collections import Counter

from django.db.models import Count

from danchu.conference.models import BridgePoint, FloorRequest, Question, Upvote
from danchu.conference.queries.attendance import attended
from danchu.conference.queries.presence import present_now
from danchu.conference.queries.speaking_order import in_order
from danchu.conference.votes.running_count import running_count
from danchu.conference.words import FloorState, PollState, QuestionState, State

QUESTIONS_TOLD = 60
WAITING_TOLD = 20


def programme(conference):
    """The hall itself and the lines of its programme."""
    items = list(conference.items.order_by("position"))
    current = next((item for item in items if item.state == "current"), None)
    told = {
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
        told[f"item:{item.pk}"] = {
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
    return told


def polls(conference):
    """Every poll that was opened: how many have voted; the counts where they may be known."""
    told = {}
    for poll in (
        conference.polls.exclude(state=PollState.DRAFTED)
        .exclude(state=PollState.CANCELLED, opened_at=None)
        .order_by("pk")
    ):
        told[f"poll:{poll.pk}"] = {
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
            **(poll.result["told"] if poll.state == PollState.DECLARED else running_count(poll)),
        }
    return told


def questions(conference):
    """Those shown, most wanted first; by how many each is wanted, apart, as that alone changes
    each second; how many wait to be screened.
    """
    rows = Question.objects.filter(conference=conference)
    wanted = wanted_answers(conference)
    unseen = [QuestionState.SUBMITTED, QuestionState.REFUSED, QuestionState.GROUPED]
    shown = sorted(
        rows.exclude(state__in=unseen), key=lambda q: (q.state != "shown", -wanted[q.pk], q.pk)
    )
    first = shown[:QUESTIONS_TOLD]
    told = {
        f"question:{q.pk}": {
            "text": q.text,
            "state": q.state,
            "item": q.item_id,
            "answer": q.answer,
        }
        for q in first
    }
    told["wanted"] = {str(q.pk): wanted[q.pk] for q in first}
    told["questions"] = {
        "waiting": rows.filter(state=QuestionState.SUBMITTED).count(),
        "shown": len(shown),
    }
    return told


def wanted_answers(conference):
    """{question id: how many delegates want it answered}; those of grouped ones once a delegate
    at the question they went into.
    """
    rows = (
        Upvote.objects.filter(question__conference=conference, question__into=None)
        .values_list("question_id")
        .annotate(number=Count("delegate_id"))
    )
    wanted = Counter(dict(rows))
    grouped = list(
        Question.objects.filter(conference=conference, state=QuestionState.GROUPED).values_list(
            "pk", "into_id"
        )
    )
    for into in {into for _pk, into in grouped}:
        family = [into, *(pk for pk, parent in grouped if parent == into)]
        wanted[into] = (
            Upvote.objects.filter(question__in=family).values("delegate_id").distinct().count()
        )
    return wanted


def floor(conference):
    """Who speaks, until when, and who follows, in fair order."""
    rows = list(
        FloorRequest.objects.filter(conference=conference).select_related("delegate", "point")
    )
    speaking = next((row for row in rows if row.state == FloorState.SPEAKING), None)
    waiting = in_order(rows)
    return {
        "floor": {
            "speaking": {
                **_speaker(speaking),
                "began": _at(speaking.began_at),
                "seconds": speaking.seconds,
            }
            if speaking
            else None,
            "waiting": [_speaker(row) for row in waiting[:WAITING_TOLD]],
            "number": len(waiting),
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
    """How many are in the hall, by how they came; once it is closed, how many came."""
    number = {"points": BridgePoint.objects.filter(conference=conference).count()}
    if conference.state == State.CLOSED:
        return {
            "presence": number
            | {
                "came": sum(
                    came for _unit, _name, came in attended(conference, conference.closed_at)
                )
            }
        }
    return {"presence": number | present_now(conference)}


PARTS = {
    "programme": programme,
    "polls": polls,
    "questions": questions,
    "floor": floor,
    "presence": presence,
}
# Which keys a part answers for.
KEYS = {
    "programme": ("hall", "item:"),
    "polls": ("poll:",),
    "questions": ("question:", "questions", "wanted"),
    "floor": ("floor",),
    "presence": ("presence",),
}


def told(conference, parts=PARTS):
    """{key: value} of the parts named."""
    return {key: value for part in parts for key, value in PARTS[part](conference).items()}


def of_parts(state, parts):
    """What of a state the parts answer for."""
    starts = tuple(start for part in parts for start in KEYS[part])
    return {key: value for key, value in state.items() if key.startswith(starts)}


def _at(instant):
    return round(instant.timestamp(), 3) if instant else None

"""What one delegate has done in a hall: votes, the request to speak, up-votes, questions. Sent to
their own device only.
"""

from django.utils.translation import gettext as _

from danchu.conference.models import FloorRequest, Question, Upvote, Vote
from danchu.conference.words import FloorState, QuestionState
from danchu.vault.urn import Urn, UrnLost

MOST_ASKED = 20


def mine_of(conference, delegate):
    """{"votes": {poll id: {choice, code}}, "hand": request id or None, "wanted": [question id],
    "asked": [{pk, text, state, is_waiting, answer}]} of a delegate's id.

    Of a secret vote only the code, and only while its urn has a key: nobody who picks up the device
    can read the choice.
    """
    request = (
        FloorRequest.objects.filter(
            conference=conference,
            delegate=delegate,
            state__in=[FloorState.WAITING, FloorState.SPEAKING],
        )
        .order_by("-pk")
        .first()
    )
    questions = Question.objects.filter(conference=conference, delegate=delegate).order_by("-pk")[
        :MOST_ASKED
    ]
    return {
        "votes": {
            str(vote.poll_id): _vote(vote)
            for vote in Vote.objects.filter(
                voter=delegate, poll__conference=conference
            ).select_related("poll")
        },
        "hand": request.pk if request else None,
        "wanted": list(
            Upvote.objects.filter(delegate=delegate, question__conference=conference).values_list(
                "question", flat=True
            )
        ),
        "asked": [_question(question) for question in questions],
    }


def _vote(vote):
    if vote.sealed is None:
        return {"choice": vote.choice, "code": ""}
    try:
        with Urn(vote.poll.uid) as urn:
            _choice, code = urn.unseal(vote.poll_id, vote.voter_id, vote.sealed)
        return {"choice": None, "code": code}
    except UrnLost:
        return {"choice": None, "code": ""}


def _question(question):
    state = (
        _("Không đưa lên: %s") % question.reason
        if question.state == QuestionState.REFUSED
        else str(question.get_state_display())
    )
    return {
        "pk": question.pk,
        "text": question.text,
        "state": state,
        "is_waiting": question.state == QuestionState.SUBMITTED,
        "answer": question.answer,
    }

"""What pages of a petition show without an account: to its sender, who has its code and secret,
and to everyone, of what may be shown.
"""

from uuid import uuid4

from danchu.casework.moves import sender_acts
from danchu.casework.natures import Nature
from danchu.casework.queries.history import clocks_of_petitions, handover_chain
from danchu.casework.rules.timebars import may_complain_again
from danchu.casework.words import STEP_WORDS
from danchu.kernel.days import today
from danchu.minutes.models import Commitment, Origin
from danchu.units.names import name_of

# A step of this act is about the sender's own channel of notices.
UNTOLD = "notify"


def own_facts(petition):
    """What its sender reads: `parts`, one for each petition it became when it was handed over, with
    its steps and clocks; `last` of them, the `acts` that its sender may do with that one, whether
    they may complain `again`, and the promises of the answer.
    """
    petitions = handover_chain(petition)
    clocks = clocks_of_petitions(petitions)
    last = petitions[-1]
    promises = Commitment.objects.counted().filter(
        origin=Origin.PETITION, origin_uid__in=[part.uid for part in petitions]
    )
    return {
        "last": last,
        "acts": sender_acts(last),
        "again": may_complain_again(last, today()),
        "once": uuid4(),
        "promises": promises,
        "parts": [_part(part, clocks[part.pk]) for part in petitions],
    }


def public_facts(petition):
    """What everyone reads of a petition that may be shown, beside its words: the clocks of
    feedback. Those of a published decision would tell the day on which a denunciation came.
    """
    is_feedback = petition.nature == Nature.FEEDBACK
    return {"clocks": clocks_of_petitions([petition])[petition.pk] if is_feedback else []}


def _part(petition, clocks):
    steps = [step for step in petition.steps.all() if step.act != UNTOLD]
    return {
        "record": petition,
        "where": name_of(petition.unit_id, petition.received_on),
        "clocks": clocks,
        "steps": [(step, STEP_WORDS.get(step.act, step.act)) for step in steps],
    }

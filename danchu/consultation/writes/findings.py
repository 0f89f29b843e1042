"""What jobs work out of votes and texts, written over what was worked out before: all of it from
the beginning now and then, the picture of groups also as soon as somebody votes.
"""

import hashlib
import json

import numpy as np
from django.db import connection, transaction

from danchu.consultation.findings import groups_counted, groups_moved, topics_and_copies
from danchu.consultation.lives import State
from danchu.consultation.models import Consultation, Findings
from danchu.consultation.proposition_life import PropositionState
from danchu.consultation.vote_rows import UNCOUNTED, all_votes, triples, votes_of_the_moving
from danchu.consultation.writes.telling import tell_results
from danchu.kernel.days import now

# (votes, choices) → those votes are counted so in what is kept of the groups, not at all where
# the choice is UNCOUNTED.
_COUNT = """
UPDATE consultation_vote v SET counted_as = nullif(c.choice, %s)
FROM unnest(%s::bigint[], %s::smallint[]) AS c(vote, choice) WHERE v.id = c.vote
"""


def work_out_all() -> None:
    """Work out the findings of each public consultation that is open or not summed up yet."""
    states = (State.OPEN, State.CLOSED)
    for consultation in Consultation.objects.public().filter(state__in=states).order_by("pk"):
        work_out(consultation)
        tell_results(consultation.pk)


def work_out(consultation: Consultation) -> None:
    """Work out the findings, unless they rest on the same votes and texts. Texts first: while votes
    are counted, none can move the picture.
    """
    opinions = list(consultation.opinions.opinions().exclude(text="").order_by("number"))
    digest = _digest(all_votes(consultation.pk), opinions)
    if Findings.objects.filter(pk=consultation.pk, basis=digest).exists():
        return
    columns = topics_and_copies(opinions)
    with transaction.atomic():
        earlier = Findings.objects.select_for_update().filter(pk=consultation.pk).first()
        votes = all_votes(consultation.pk)
        count = bytes(earlier.groups_kept) if earlier else b""
        groups = groups_counted(triples(votes), count)
        columns |= {"groups": {}, "is_counted": bool(groups), **groups}
        if groups:
            hidden = consultation.votes.exclude(proposition__state=PropositionState.COUNTED)
            hidden.exclude(counted_as=None).update(counted_as=None)
            _count(votes, votes["choice"])
        columns |= {"basis": _digest(votes, opinions), "worked_out_at": now()}
        Findings.objects.update_or_create(consultation=consultation, defaults=columns)


@transaction.atomic
def move_groups(consultation: int) -> None:
    """Move the picture of groups by the votes that came since it was counted or moved last."""
    rows = Findings.objects.select_for_update().filter(pk=consultation, is_counted=True)
    findings = rows.first()
    if findings is None:
        return
    votes = votes_of_the_moving(consultation)
    if not len(votes):
        return
    before = votes[votes["counted_as"] != UNCOUNTED]
    after = votes[votes["is_shown"] == 1]
    groups = groups_moved(
        bytes(findings.groups_kept), triples(before, "counted_as"), triples(after)
    )
    if groups:
        _count(votes, np.where(votes["is_shown"] == 1, votes["choice"], UNCOUNTED))
        Findings.objects.filter(pk=consultation).update(**groups, worked_out_at=now())


def _count(votes, choices):
    """Note how the votes (rows of vote_rows) are counted in what is kept, as they were read: who
    changes one meanwhile has it counted next time.
    """
    fresh = votes["counted_as"] != choices
    if fresh.any():
        columns = [votes["vote"][fresh].tolist(), choices[fresh].tolist()]
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, [UNCOUNTED, *columns])


def _digest(votes, opinions):
    """A digest of all on which findings rest."""
    texts = [(one.number, one.unit_id, str(one.received_on), one.text) for one in opinions]
    digest = hashlib.sha256(triples(votes).tobytes())
    digest.update(json.dumps(texts).encode())
    return digest.hexdigest()

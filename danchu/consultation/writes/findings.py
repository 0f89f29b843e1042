"""What jobs work out of votes and texts, written over what was worked out before: all of it from
the beginning now and then, the picture of groups also as soon as somebody votes.
"""

import hashlib
import json

from django.db import connection, transaction
from django.db.models import F, Q

from danchu.consultation.findings import groups_counted, groups_moved, topics_and_copies
from danchu.consultation.lives import State
from danchu.consultation.models import Consultation, Findings, Proposition, Vote
from danchu.consultation.proposition_life import PropositionState
from danchu.kernel.days import now

_VOTES_ALONE = ("pk", "voter_id", "proposition_id", "choice", "counted_as")
_VOTES = ("pk", "voter__number", "proposition__number", "choice", "counted_as")
# (votes, choices) → those votes are counted so in what is kept of the groups.
_COUNT = """
UPDATE consultation_vote v SET counted_as = c.choice
FROM unnest(%s::bigint[], %s::smallint[]) AS c(vote, choice) WHERE v.id = c.vote
"""


def work_out_all() -> None:
    """Work out the findings of each public consultation that is open or not summed up yet."""
    states = (State.OPEN, State.CLOSED)
    for consultation in Consultation.objects.public().filter(state__in=states).order_by("pk"):
        work_out(consultation)


def work_out(consultation: Consultation) -> None:
    """Work out the findings, unless they rest on the same votes and texts. Texts first: while votes
    are counted, none can move the picture.
    """
    opinions = list(consultation.opinions.opinions().exclude(text="").order_by("number"))
    digest = _digest(_counted_votes(consultation), opinions)
    if Findings.objects.filter(pk=consultation.pk, basis=digest).exists():
        return
    columns = topics_and_copies(opinions)
    with transaction.atomic():
        earlier = Findings.objects.select_for_update().filter(pk=consultation.pk).first()
        votes = _counted_votes(consultation)
        count = bytes(earlier.groups_kept) if earlier else b""
        groups = groups_counted([vote[1:4] for vote in votes], count)
        columns |= {"groups": {}, "is_counted": bool(groups), **groups}
        if groups:
            hidden = consultation.votes.exclude(proposition__state=PropositionState.COUNTED)
            hidden.exclude(counted_as=None).update(counted_as=None)
            _count([(pk, choice, then) for pk, _who, _what, choice, then in votes])
        columns |= {"basis": _digest(votes, opinions), "worked_out_at": now()}
        Findings.objects.update_or_create(consultation=consultation, defaults=columns)


@transaction.atomic
def move_groups(consultation: int) -> None:
    """Move the picture of groups by the votes that came since it was counted or moved last."""
    rows = Findings.objects.select_for_update().filter(pk=consultation, is_counted=True)
    findings = rows.first()
    if findings is None:
        return
    votes = Vote.objects.filter(consultation=consultation)
    fresh = votes.counted().filter(Q(counted_as=None) | ~Q(counted_as=F("choice")))
    theirs = votes.filter(voter__in=fresh.values("voter"))
    propositions = Proposition.objects.filter(consultation=consultation)
    number_of = dict(propositions.values_list("pk", "number"))
    visible = propositions.filter(state=PropositionState.COUNTED)
    is_visible = set(visible.values_list("pk", flat=True))
    before, after, counted = [], [], []
    for pk, who, what, choice, then in theirs.values_list(*_VOTES_ALONE):
        if then is not None:
            before.append((who, number_of[what], then))
        if what in is_visible:
            after.append((who, number_of[what], choice))
        counted.append((pk, choice if what in is_visible else None, then))
    groups = groups_moved(bytes(findings.groups_kept), before, after) if counted else {}
    if groups:
        _count(counted)
        Findings.objects.filter(pk=consultation).update(**groups, worked_out_at=now())


def _counted_votes(consultation):
    """The votes that count, in the order of voter and proposition, as _VOTES."""
    rows = consultation.votes.counted().order_by("voter__number", "proposition__number")
    return list(rows.values_list(*_VOTES))


def _count(votes):
    """Note how votes are counted in what is kept, for [(vote, choice or None, noted before)], as
    they were read: who changes one meanwhile has it counted next time.
    """
    fresh = [(vote, choice) for vote, choice, then in votes if choice != then]
    if fresh:
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, [list(column) for column in zip(*fresh, strict=True)])


def _digest(votes, opinions):
    """A digest of all on which findings rest."""
    texts = [(one.number, one.unit_id, str(one.received_on), one.text) for one in opinions]
    return hashlib.sha256(json.dumps([[vote[1:4] for vote in votes], texts]).encode()).hexdigest()

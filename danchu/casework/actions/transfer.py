"""From one body to another: handed over to a unit that works with this product, or to the
successor of one that is no more.
"""

from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.casework.access.codes import new_code
from danchu.casework.lives import FILE_LIFE
from danchu.casework.models import Petition, PetitionPaper
from danchu.casework.moves import NO_RIGHT, PETITION_LIFE
from danchu.casework.natures import Channel
from danchu.casework.rules.routing import handler_of
from danchu.casework.writes.clocks import begin_clocks
from danchu.casework.writes.entry import keep_persons, persons_of
from danchu.casework.writes.trail import add_step, advance, check_day
from danchu.journal.actions import record
from danchu.kernel.days import today
from danchu.kernel.refusals import Refused, require
from danchu.obligations.actions import hand_over_obligations
from danchu.units.models import Body
from danchu.units.names import name_of
from danchu.vault.actions import hand_over_identity


@transaction.atomic
def hand_over_petition(petition, *, by, to, on, text=""):
    """Forward it to `to`, a unit here: there it is received anew with all that is known; its
    sender's code shows both trails.
    """
    FILE_LIFE.require(by, "hand_over", petition)
    found = PETITION_LIFE.hold(petition, "forward", "unit", "body", "matter")
    if to.pk == found.unit_id:
        raise Refused(_("Đơn đang ở chính nơi này. Hãy chọn nơi khác."), "to")
    check_day(on, found.moved_on)
    advance(found, "forward", by, on, {"text": text, "elsewhere": (name_of(to.pk, on) or "")[:200]})
    made = _received_there(found, to, on)
    begin_clocks("register", made, on)
    add_step(made, "register", on, by)
    if made.sealed_id:
        hand_over_identity(made.sealed, by=by, unit=to)
    record(by, "petition.handed_over", made, unit=found.unit_id, to=to.pk, on=on.isoformat())
    return made


@transaction.atomic
def succeed_petitions(*, by, on=None):
    """Give the running petitions of units that are no more to who answers them now, all at once;
    (moved, [those that need a person]).

    By the place they are about, else to the one successor. Their clocks go on with them, as they
    were.
    """
    require(by.may("reorganise", "unit", None), NO_RIGHT)
    on = on or today()
    moved = 0
    left = []
    for it in (
        Petition.objects.orphaned(on)
        .select_related("matter", "sealed", "place")
        .select_for_update(of=("self",))
        .order_by("pk")
    ):
        try:
            unit, body = handler_of(it.matter, it.place_id or it.unit_id, on)
        except Refused:
            left.append(it.code)
            continue
        before = it.unit_id
        it.unit = unit
        it.body = body
        it.claimed_by = None
        it.claimed_until = None
        it.save(update_fields=["unit", "body", "claimed_by", "claimed_until"])
        hand_over_obligations("petition", it.pk, by=by, unit=unit, body=body)
        if it.sealed_id:
            hand_over_identity(it.sealed, by=by, unit=unit)
        add_step(it, "succeed", max(on, it.moved_on), by)
        record(by, "petition.succeeded", it, unit=unit, before=before)
        moved += 1
    return moved, left


def _received_there(found, to, on):
    """The row at the receiving unit, with the persons and papers of the first; followed with
    the same secret.
    """
    fresh = Petition(
        uid=uuid4(),
        code=new_code(found.nature),
        secret=found.secret,
        nature=found.nature,
        channel=Channel.HANDED_OVER,
        stage=found.stage,
        unit=to,
        body=Body.objects.on(on).filter(unit=to, kind=found.matter.body).order_by("pk").first(),
        place=found.place,
        matter=found.matter,
        title=found.title,
        content=found.content,
        known_on=found.known_on,
        received_on=on,
        moved_on=on,
        people=found.people,
        is_named=found.is_named,
        is_remote=found.is_remote,
        came_from=(name_of(found.unit_id, on) or "")[:200],
        handed_from=found,
        sealed=found.sealed,
        sender_key=found.sender_key,
        made_by=found.made_by,
        made_at=found.made_at,
    )
    fresh.save(force_insert=True)
    keep_persons(fresh, persons_of(found))
    PetitionPaper.objects.bulk_create(
        PetitionPaper(petition=fresh, paper_id=one.paper_id, name=one.name, added_at=one.added_at)
        for one in found.papers.all()
    )
    return fresh

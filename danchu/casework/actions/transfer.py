"""Transfer of petitions: to another unit that uses this system, or to the successor of a unit that
has ended.
"""

from datetime import date
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
from danchu.casework.writes.paper_books import NOTHING_STATED, refuse_counted_on_paper
from danchu.casework.writes.trail import add_step, advance, check_day
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import today
from danchu.kernel.refusals import Refused, require
from danchu.obligations.actions import hand_over_obligations
from danchu.units.models import Body, Unit
from danchu.units.names import name_of
from danchu.units.on_day import check_unit_on
from danchu.vault.actions import hand_over_identity


@transaction.atomic
def hand_over_petition(
    petition: Petition, *, by: Acting, to: Unit, on: date, text: str = ""
) -> Petition:
    """Forward the petition to `to`, a unit that uses this system: the new petition there has all
    its content, and the code of the sender shows both trails.

    Returns the new petition. Refused by field; Denied without the right.
    """
    FILE_LIFE.require(by, "hand_over", petition)
    petition = PETITION_LIFE.hold(petition, "forward", "unit", "body", "matter")
    if to.pk == petition.unit_id:
        raise Refused(_("Đơn đang ở chính nơi này. Hãy chọn nơi khác."), "to")
    check_day(on, petition.moved_on)
    check_unit_on(to, on, "to")
    values = {"text": text, "elsewhere": (name_of(to.pk, on) or "")[:200]}
    advance(petition, "forward", by, on, values)
    forwarded = _copy_to(petition, to, on)
    refuse_counted_on_paper(forwarded, NOTHING_STATED, by, "to")
    begin_clocks("register", forwarded, on)
    add_step(forwarded, "register", on, by)
    if forwarded.sealed_id:
        hand_over_identity(forwarded.sealed, by=by, unit=to)
    record(
        by,
        "petition.handed_over",
        forwarded,
        unit=petition.unit_id,
        to=to.pk,
        on=on.isoformat(),
    )
    return forwarded


@transaction.atomic
def succeed_petitions(*, by: Acting, on: date | None = None) -> tuple[int, list[str]]:
    """Give the running petitions of units that have ended to the units that answer them on the day,
    all at once. Returns (how many, [codes of those left to an official: their unit was divided, or
    the new unit's paper book counts them already]).

    The place a petition is about decides, else the one successor of its unit. Clocks keep their
    due days. Denied without the right.
    """
    require(by.may("reorganise", "unit", None), NO_RIGHT)
    on = on or today()
    number = 0
    unresolved_codes = []
    for petition in (
        Petition.objects.orphaned(on)
        .select_related("matter", "sealed", "place")
        .select_for_update(of=("self",))
        .order_by("pk")
    ):
        old_unit_id = petition.unit_id
        try:
            unit, body = handler_of(petition.matter, petition.place_id or petition.unit_id, on)
            with transaction.atomic():
                _give(petition, unit, body, by)
        except Refused:
            unresolved_codes.append(petition.code)
            continue
        hand_over_obligations("petition", petition.pk, by=by, unit=unit, body=body)
        if petition.sealed_id:
            hand_over_identity(petition.sealed, by=by, unit=unit)
        add_step(petition, "succeed", max(on, petition.moved_on), by)
        record(by, "petition.succeeded", petition, unit=unit, before=old_unit_id)
        number += 1
    return number, unresolved_codes


def _give(petition, unit, body, by):
    """Set the unit and body of the petition. Refused where the new unit's paper book counts it."""
    petition.unit = unit
    petition.body = body
    petition.claimed_by = None
    petition.claimed_until = None
    petition.save(update_fields=["unit", "body", "claimed_by", "claimed_until"])
    refuse_counted_on_paper(petition, NOTHING_STATED, by)


def _copy_to(petition, to, on):
    """The row at the receiving unit, with the persons and papers of the first and the same
    secret, by which its sender follows both.
    """
    copy = Petition(
        uid=uuid4(),
        code=new_code(petition.nature),
        secret=petition.secret,
        nature=petition.nature,
        channel=Channel.HANDED_OVER,
        stage=petition.stage,
        unit=to,
        body=Body.objects.on(on).filter(unit=to, kind=petition.matter.body).order_by("pk").first(),
        place=petition.place,
        matter=petition.matter,
        title=petition.title,
        content=petition.content,
        known_on=petition.known_on,
        received_on=on,
        moved_on=on,
        people=petition.people,
        is_named=petition.is_named,
        is_remote=petition.is_remote,
        came_from=(name_of(petition.unit_id, on) or "")[:200],
        handed_from=petition,
        sealed=petition.sealed,
        sender_key=petition.sender_key,
        made_by=petition.made_by,
        made_at=petition.made_at,
    )
    copy.save(force_insert=True)
    keep_persons(copy, persons_of(petition))
    PetitionPaper.objects.bulk_create(
        PetitionPaper(
            petition=copy,
            paper_id=attachment.paper_id,
            name=attachment.name,
            added_at=attachment.added_at,
            is_answer=attachment.is_answer,
        )
        for attachment in petition.papers.all()
    )
    return copy

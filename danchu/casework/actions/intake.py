"""How petitions come in: at the counter, from the portal, from other bodies."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import IO, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.casework.actions.visits import LONGEST, seal_visit
from danchu.casework.input.form_token import lock_token, sent_key
from danchu.casework.input.persons import MOST, checked_persons, is_named
from danchu.casework.input.signers import with_representatives, without_duplicates
from danchu.casework.lives import FILE_LIFE
from danchu.casework.models import Matter, Petition, Visit
from danchu.casework.moves import FILE, NO_RIGHT
from danchu.casework.natures import Channel, Nature, Stage, stage_for
from danchu.casework.rules.routing import check_certain, check_receives, handler_of
from danchu.casework.writes.entry import (
    Submission,
    check_start,
    create_petition,
    keep_persons,
    persons_of,
)
from danchu.casework.writes.paper_books import NOTHING_STATED, refuse_counted_on_paper
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import today
from danchu.kernel.refusals import Refused, all_refusals, require
from danchu.kernel.text import clean
from danchu.units.models import Body, Unit
from danchu.units.on_day import check_unit_on

OPEN_CHANNELS = (Channel.PORTAL, Channel.OPEN311)


@transaction.atomic
def register_petition(
    *,
    by: Acting,
    nature: str,
    channel: str,
    matter: Matter,
    title: str,
    content: str,
    place: Unit | None = None,
    unit: Unit | None = None,
    received_on: date | None = None,
    known_on: date | None = None,
    persons: Sequence[Mapping[str, Any]] = (),
    secret_text: str = "",
    files: Sequence[tuple[IO[bytes], str]] = (),
    open_files: Sequence[tuple[IO[bytes], str]] = (),
    once: UUID | str | None = None,
    people: int | None = None,
    stage: str = Stage.FIRST,
    is_remote: bool = False,
    several_places: bool = False,
    same_as: Petition | None = None,
    follows: Petition | None = None,
    came_from: str = "",
    visit: Visit | None = None,
) -> tuple[Petition, str]:
    """(petition, secret); only the digest of the secret is stored. Officials register at their
    `unit`; anyone may today by an open channel, at the unit that answers the matter at `place`.

    `visit` is the line of the register it was brought with. Refused by field, on "once" when a
    form with this token was received before; Denied without the right.
    """
    received_on = received_on or today()
    start = nature, channel, received_on, known_on, stage
    links = _checked_links(start, follows, same_as, came_from)
    unit, body = _who_answers(by, matter, place, unit, received_on)
    is_open = by.is_public and channel in OPEN_CHANNELS and received_on == today()
    require(is_open or by.may("draft", FILE, unit), NO_RIGHT)
    _check_unsent(once)
    petition, secret = create_petition(
        by,
        Submission(title, content, secret_text, persons, files, open_files, once),
        nature=nature,
        channel=channel,
        matter=matter,
        unit=unit,
        body=body,
        place=place,
        received_on=received_on,
        known_on=known_on,
        stage=stage_for(nature, stage),
        is_remote=is_remote,
        several_places=several_places,
        people=people,
        **links,
    )
    refuse_counted_on_paper(petition, NOTHING_STATED, by, "received_on")
    _link_visit(visit, petition, by)
    record(by, "petition.registered", petition, **_journal_fields(petition))
    return petition, secret


def _who_answers(by, matter, place, unit, day):
    """(unit, body or None) that answers the matter: the unit of the official, else the one at the
    place. Refused without either; for the public also where the place is not certain, and where
    nobody receives petitions.
    """
    if unit is not None:
        check_unit_on(unit, day, "received_on")
        return unit, Body.objects.on(day).filter(unit=unit, kind=matter.body).order_by("pk").first()
    if place is None:
        raise Refused(_("Hãy ghi nơi xảy ra việc."), "place")
    if not by.is_public:
        return handler_of(matter, place, day)
    check_certain(matter, place.pk, day)
    answering, body = handler_of(matter, place, day)
    check_receives(answering, place, day)
    return answering, body


def _check_unsent(once):
    """Refused where a form with this token was received before; concurrent requests with the token
    wait for the lock.
    """
    if once:
        lock_token(once)
        if Petition.objects.filter(sent_key=sent_key(once)).exists():
            raise Refused(_("Biểu này đã được gửi trước đó: đơn đã được nhận."), "once")


def _checked_links(start, follows, same_as, came_from):
    """{"follows", "same_as", "came_from"}: the petitions to which a new one is linked, and the body
    that handed it over. `start` is what `check_start` takes. Refused by field where one does not
    fit.
    """
    nature, channel, *_rest = start
    is_denunciation = nature == Nature.DENUNCIATION
    with all_refusals() as rule:
        with rule():
            check_start(*start)
        if follows is not None and (follows.nature, nature) != (Nature.COMPLAINT, Nature.COMPLAINT):
            with rule():
                raise Refused(_("Chỉ khiếu nại lần hai mới nối tiếp một đơn khiếu nại."), "follows")
        if same_as is not None and (same_as.nature == Nature.DENUNCIATION) != is_denunciation:
            with rule():
                raise Refused(
                    _("Không nối đơn tố cáo với đơn có tên người gửi: như vậy sẽ biết ai tố cáo."),
                    "same_as",
                )
        with rule():
            came_from = _checked_sender(came_from, channel)
    return {"follows": follows, "same_as": same_as, "came_from": came_from}


def _checked_sender(came_from, channel):
    """The cleaned name of the body that handed the petition over; Refused where that channel was
    used and none is named.
    """
    came_from = clean(came_from)
    if len(came_from) > 200 or channel == Channel.HANDED_OVER and not came_from:
        raise Refused(_("Hãy ghi cơ quan chuyển đơn đến, không quá 200 ký tự."), "came_from")
    return came_from


def _journal_fields(petition):
    """The fields of the journal entry of a new petition."""
    return {
        "unit": petition.unit_id,
        "nature": petition.nature,
        "channel": petition.channel,
        "people": petition.people,
    }


def _link_visit(visit, petition, by):
    """Link the line of the register to the petition; the visit of a denouncer is sealed first."""
    if visit is None:
        return
    if (
        visit.unit_id != petition.unit_id
        or visit.petition_id is not None
        or bool(visit.sealed_id) > (petition.nature == Nature.DENUNCIATION)
    ):
        raise Refused(
            _(
                "Lượt tiếp này không nối được với đơn: khác nơi, đã có đơn, hoặc là lượt "
                "tiếp về tố cáo."
            ),
            "visit",
        )
    if petition.nature == Nature.DENUNCIATION and visit.sealed_id is None:
        visit = seal_visit(visit, by=by, content=petition.content[:LONGEST])
    Visit.objects.filter(pk=visit.pk).update(petition=petition)


@transaction.atomic
def add_signers(
    petition: Petition,
    *,
    by: Acting,
    persons: Sequence[Mapping[str, Any]],
    people: int | None = None,
) -> tuple[Petition, int]:
    """(petition, how many were new) after more people signed it; `people` is how many there are
    in all, named or not. Who is named already is not written twice.

    Refused by field, also on "signers" when there are more than MOST; Denied without the right.
    """
    FILE_LIFE.require(by, "signers", petition)
    petition = FILE_LIFE.hold(petition, "signers")
    old_signers = persons_of(petition)
    signers = without_duplicates(old_signers + checked_persons(persons))
    if len(signers) > MOST:
        raise Refused(
            _("Một đơn ghi nhiều nhất %s người; những người còn lại đính kèm danh sách.") % MOST,
            "signers",
        )
    petition.people = max(petition.people, len(signers), people or 0)
    signers = with_representatives(signers, petition.people, petition.received_on)
    petition.is_named = is_named(signers)
    petition.save(update_fields=["people", "is_named"])
    petition.petitioners.all().delete()
    keep_persons(petition, signers)
    number = len(signers) - len(old_signers)
    record(
        by,
        "petition.signers_added",
        petition,
        unit=petition.unit_id,
        number=number,
        people=petition.people,
    )
    return petition, number
